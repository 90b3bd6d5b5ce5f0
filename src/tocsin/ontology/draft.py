"""A gazetteer's index while it is made: places by row, names, and the files they become."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from hashlib import sha256
from pathlib import Path

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from tocsin.ontology.gazetteer import LAYOUT, MAIN, NONE, OTHER, ROW, SCALE
from tocsin.ontology.spelling import name_key

LONGEST = 80  # characters of a name worth keeping
SAME = round(0.1 * SCALE)  # places of one name this near to each other are one
# GeoNames parts Arabic articles from their names, and writes them as they sound.
ARTICLES = frozenset({"ad", "al", "an", "ar", "as", "ash", "at", "az", "edh", "el", "esh"})
ARABIC = frozenset(
    {"ARE", "BHR", "DJI", "DZA", "EGY", "ESH", "IRQ", "ISR", "JOR", "KWT", "LBN", "LBY", "MAR"}
    | {"MRT", "OMN", "PSE", "QAT", "SAU", "SDN", "SYR", "TCD", "TUN", "YEM"}
)


@dataclass(slots=True)
class Line:
    """One place of the index, its fields in the order of `ROW`."""

    identity: int
    lat: int
    lon: int
    population: int
    country: int
    kind: int
    admin1: int
    admin2: int
    title: int

    @property
    def nowhere(self) -> bool:
        """Whether it has no coordinates yet."""
        return self.lat == self.lon == 0


@dataclass(slots=True)
class Draft:
    """Places, names and codes as far as they are gathered."""

    countries: list[str]
    lines: list[Line] = field(default_factory=list)
    names: list[tuple[str, tuple[int, int]]] = field(default_factory=list)
    titles: bytearray = field(default_factory=bytearray)
    kinds: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)  # of divisions, to their rows
    shorthand: list[tuple[str, int]] = field(default_factory=list)
    postal: list[tuple[str, int]] = field(default_factory=list)
    _met: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _called: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(
        self,
        name: str,
        *,
        country: str | None,
        kind: str,
        identity: int = 0,
        population: int = 0,
        spot: tuple[float, float] = (0.0, 0.0),
        admin1: int = NONE,
        admin2: int = NONE,
    ) -> int:
        """Add a place under its main name and return its row."""
        row = len(self.lines)
        where = NONE if country is None else self.countries.index(country)
        lat, lon = degrees(spot)
        people = min(population, 0xFFFFFFFF)
        line = Line(identity, lat, lon, people, where, self.kind(kind), admin1, admin2, 0)
        self.lines.append(line)
        self.rename(row, name)
        return row

    def kind(self, code: str) -> int:
        """Return the number of a GeoNames feature code."""
        return self.kinds.setdefault(code, len(self.kinds))

    def rename(self, row: int, name: str) -> None:
        """Give a place another main name."""
        self.lines[row].title = len(self.titles)
        self.titles += name.encode() + b"\n"
        self.call(row, [name], MAIN)

    def call(self, row: int, names: Iterable[str], how: int) -> None:
        """Let names stand for a place; "Ar Raqqah" is al-Raqqah and Raqqah too."""
        country = self.lines[row].country
        arabic = country != NONE and self.countries[country] in ARABIC
        for key in dict.fromkeys(map(name_key, names)):
            if not key or len(key) >= LONGEST:
                continue
            self._name(key, row, how)
            first, _, rest = key.partition(" ")
            if arabic and rest and first in ARTICLES:
                self._name(f"al {rest}", row, how)
                self._name(rest, row, max(how, OTHER))

    def _name(self, key: str, row: int, how: int) -> None:
        self.names.append((key, (row, how)))
        self._met[key].append(row)
        if row < NONE:  # countries and divisions stand first, and nobody asks of others
            self._called[row].append(key)

    def names_of(self, row: int) -> list[str]:
        """Return the spelled names that stand for a country or division so far."""
        return self._called[row]

    def rows(self, name: str) -> list[int]:
        """Return the rows a name stands for so far."""
        return list(dict.fromkeys(self._met.get(name_key(name), ())))

    def known(
        self, names: Sequence[str], country: str | None, kind: str, spot: tuple[float, float]
    ) -> int | None:
        """Return the row of a place that stands there already: a name of it, near by, akin."""
        where = NONE if country is None else self.countries.index(country)
        akin = {number for code, number in self.kinds.items() if code[:3] == kind[:3]}
        lat, lon = degrees(spot)
        for row in (row for name in names for row in self.rows(name)):
            line = self.lines[row]
            near = max(abs(line.lat - lat), abs(line.lon - lon)) < SAME
            if line.kind in akin and line.country == where and (near or kind == "CONT"):
                return row
        return None

    def table(self) -> NDArray[np.void]:
        """Return the places as rows of the index."""
        return np.array([astuple(line) for line in self.lines], dtype=ROW)

    def write(self, folder: Path, version: str, sources: Sequence[str]) -> None:
        """Write the index into a folder; its manifest last, so that half an index is none."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "gazetteer.toml").unlink(missing_ok=True)
        np.save(folder / "places.npy", self.table(), allow_pickle=False)
        marisa_trie.RecordTrie("<IB", self.names).save(str(folder / "names.marisa"))
        (folder / "titles.bin").write_bytes(bytes(self.titles))
        digest = sha256()
        for name in ("places.npy", "names.marisa", "titles.bin"):
            digest.update((folder / name).read_bytes())
        facts = {
            "layout": LAYOUT,
            "version": f"{version}+{digest.hexdigest()[:12]}",
            "sources": list(sources),
            "countries": self.countries,
            "kinds": list(self.kinds),
            "shorthand": self.shorthand,
            "postal": self.postal,
        }
        head = "# Made by `tocsin gazetteer build`; places and names from GeoNames, CC BY 4.0.\n"
        lines = [f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in facts.items()]
        (folder / "gazetteer.toml").write_text(head + "".join(lines), "utf8")


def degrees(spot: tuple[float, float]) -> tuple[int, int]:
    """Return latitude and longitude in the units of the index."""
    return round(spot[0] * SCALE), round(spot[1] * SCALE)
