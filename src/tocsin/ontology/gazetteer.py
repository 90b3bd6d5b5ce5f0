"""Every place that has coordinates, found by any of its names, out of a memory-mapped index.

The index is a folder: `places.npy` (a row a place), `names.marisa` (from spelling to rows),
`titles.bin` (what each row is called) and `gazetteer.toml` (what it was made of). Opening it maps
files and reads nothing; a look-up takes a few microseconds.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from tocsin.base.errors import OntologyError
from tocsin.ontology.spelling import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE = "TOCSIN_GAZETTEER"
DATA = Path(__file__).resolve().parent.parent / "data" / "places"
NONE = 0xFFFF
LAYOUT = 2
# One row a place: `admin1` and `admin2` are row numbers of the divisions it lies in, which stand
# first; latitude and longitude are in hundred-thousandths of a degree.
ROW = np.dtype(
    [
        ("id", "<u4"), ("lat", "<i4"), ("lon", "<i4"), ("population", "<u4"),
        ("country", "<u2"), ("kind", "<u2"), ("admin1", "<u2"), ("admin2", "<u2"), ("title", "<u4"),
    ]
)  # fmt: skip
SCALE = 1e5
# How a name names a row: as the supplement has it from news, as GeoNames calls it first or else,
# without its kind, by its people.
NEWS, MAIN, OTHER, SHORT, PEOPLE = range(5)

Precision = Literal["country", "region", "place", "point"]
# GeoNames feature codes that stand for a whole country, a populated place, or an area; spots such
# as bases, camps and crossings are points.
_REGIONS = (
    "ADM", "AREA", "BAY", "CHN", "CONT", "DSRT", "FRST", "GULF", "ISL", "LK", "MT", "OCN", "PEN",
    "PLN", "RESN", "RGN", "SEA", "STM", "STRT", "TERR", "VAL", "WAD", "ZN",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the gazetteer.

    `id` is its GeoNames id where it has one, `kind` its GeoNames feature code, `country` ISO
    3166-1 alpha-3 (or XKX); `division` and `district` are the rows of the first- and second-order
    divisions it lies in.
    """

    row: int
    id: int | None
    name: str
    lat: float
    lon: float
    population: int
    country: str | None
    kind: str
    division: int | None
    district: int | None

    @property
    def precision(self) -> Precision:
        """How closely the place is one point: country, region, populated place or point."""
        if self.kind.startswith("PCL"):
            return "country"
        if self.kind.startswith(_REGIONS):
            return "region"
        return "place" if self.kind.startswith("PPL") else "point"


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """An open index of places.

    `shorthand` has the rows of divisions by their short forms ("Calif."), `postal` by their postal
    ones, which name them only after a comma.
    """

    folder: Path
    version: str
    countries: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: NDArray[np.void]
    names: marisa_trie.RecordTrie
    shorthand: Mapping[str, int]
    postal: Mapping[str, tuple[int, ...]]

    def __len__(self) -> int:
        """Return how many places it holds."""
        return len(self.rows)

    def __getitem__(self, row: int) -> Spot:
        """Return the place of a row."""
        return _spot(self, row)

    def read(self, row: int) -> Spot:
        """Return the place of a row as it stands in the index."""
        found = self.rows[row]
        country, identity = int(found["country"]), int(found["id"])
        division, district = int(found["admin1"]), int(found["admin2"])
        return Spot(
            row=row,
            id=identity or None,
            name=self._title(int(found["title"])),
            lat=float(found["lat"]) / SCALE,
            lon=float(found["lon"]) / SCALE,
            population=int(found["population"]),
            country=None if country == NONE else self.countries[country],
            kind=self.kinds[int(found["kind"])],
            division=None if division == NONE else division,
            district=None if district == NONE else district,
        )

    def find(self, name: str) -> list[tuple[Spot, int]]:
        """Return the places that a name, in whatever spelling, is a name of, and how it is."""
        return [(self[row], how) for row, how in self.rows_of(name_key(name))]

    def rows_of(self, key: str) -> Iterator[tuple[int, int]]:
        """Yield the rows a spelled name stands for, each once, with how it names them."""
        best: dict[int, int] = {}
        if "\0" in key:  # which the trie takes for the end of a name
            return
        for row, how in self.names.get(key, ()):
            best[row] = min(how, best.get(row, PEOPLE))
        yield from best.items()

    def _title(self, at: int) -> str:
        return self._titles[at : self._titles.index(b"\n", at)].tobytes().decode()

    @cached_property
    def _titles(self) -> _Text:
        return _Text(np.memmap(self.folder / "titles.bin", np.uint8, "r"))


class _Text:
    """Bytes on disk that can be searched from a place on."""

    __slots__ = ("_bytes",)

    def __init__(self, held: NDArray[np.uint8]) -> None:
        self._bytes = held.data

    def __getitem__(self, part: slice) -> memoryview:
        return self._bytes[part]

    def index(self, what: bytes, at: int) -> int:
        return at + bytes(self._bytes[at : at + 512]).index(what)


@lru_cache(maxsize=65536)
def _spot(gazetteer: Gazetteer, row: int) -> Spot:
    return gazetteer.read(row)


def packaged() -> Path:
    """Return the folder of the index in use: the one TOCSIN_GAZETTEER names, or the shipped one."""
    chosen = os.environ.get(VARIABLE)
    return Path(chosen) if chosen else DATA / "index"


def load(folder: Path | None = None) -> Gazetteer:
    """Return the gazetteer of a folder, by default the one in use."""
    return _load(folder or packaged())


@cache
def _load(folder: Path) -> Gazetteer:
    try:
        facts = tomllib.loads((folder / "gazetteer.toml").read_text("utf8"))
        rows = np.load(folder / "places.npy", mmap_mode="r", allow_pickle=False)
        names = marisa_trie.RecordTrie("<IB")
        names.mmap(str(folder / "names.marisa"))
    except (OSError, ValueError, RuntimeError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(
            f"{folder}: no readable gazetteer ({error}); expected gazetteer.toml, places.npy, "
            "names.marisa and titles.bin: reinstall, or run `tocsin gazetteer build`"
        ) from error
    if rows.dtype != ROW or facts.get("layout") != LAYOUT:
        raise OntologyError(
            f"{folder}: a gazetteer of another layout; run `tocsin gazetteer build`"
        )
    postal: dict[str, tuple[int, ...]] = {}
    for code, row in facts["postal"]:
        postal[code] = (*postal.get(code, ()), row)
    return Gazetteer(
        folder=folder,
        version=str(facts["version"]),
        countries=tuple(facts["countries"]),
        kinds=tuple(facts["kinds"]),
        rows=rows,
        names=names,
        shorthand=dict(facts["shorthand"]),
        postal=postal,
    )
