"""The gazetteer's supplement: every entry can be placed, and none stands there twice."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tocsin.ontology import actors, gazetteer
from tocsin.ontology.compile import NOT_PLACES, centre_rows
from tocsin.ontology.gazetteer import Gazetteer
from tocsin.ontology.rows import Row, read_rows
from tocsin.ontology.spelling import name_key

FILES = sorted(p for p in gazetteer.DATA.glob("*.yml") if p.name not in NOT_PLACES)
FIELDS = {"name", "kind", "code", "country", "countries", "lat", "lon", "aliases", "within"}
COUNTRIES = actors.load().countries


def rows(path: Path) -> list[Row]:
    """Return the entries of a file."""
    return read_rows(path)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_entries_are_sorted_by_name(path: Path) -> None:
    """An entry is found where its name says."""
    names = [row.text("name") for row in rows(path)]
    assert names == sorted(names)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_entries_lie_on_earth_in_known_countries(path: Path) -> None:
    """Coordinates are degrees and countries have codes; a division has its own coordinates."""
    for row in rows(path):
        countries = [c for c in (row.maybe("country"), *row.texts("countries")) if c]
        assert all(c in COUNTRIES for c in countries), row.where
        if row.maybe("code") is None:
            assert -90 <= float(row.text("lat")) <= 90, row.where
            assert -180 <= float(row.text("lon")) <= 180, row.where


def test_no_place_stands_there_twice() -> None:
    """A name means one place in a country; wide regions are in one file only."""
    met = defaultdict(list)
    for path in FILES:
        for row in rows(path):
            if row.maybe("code") is None:
                where = row.maybe("country") or " ".join(row.texts("countries"))
                met[name_key(row.text("name")), where].append(row.where)
    assert {k: v for k, v in met.items() if len(v) > 1} == {}


def test_supplement_is_as_large_as_it_was_meant() -> None:
    """War reporting names thousands of places that lists of towns lack."""
    assert sum(len(rows(path)) for path in FILES) >= 1500


def test_every_country_has_a_middle() -> None:
    """A country that exists and has an ISO code can be put on a map."""
    centres = centre_rows(gazetteer.DATA / "centres.yml")
    places = gazetteer.load()
    lost = [c.id for c in COUNTRIES.values() if c.iso2 and not c.until and c.id not in centres]
    assert set(lost) <= {"BES", "BVT", "CCK", "CXR", "HMD", "UMI"}
    assert [c for c in centres if "." not in c and c not in places.countries] == []


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    """Return the gazetteer that ships."""
    return gazetteer.load(gazetteer.DATA / "index")


def test_index_holds_the_supplement(shipped: Gazetteer) -> None:
    """The index was built after the last change of the supplement: every name is found."""
    names = [row.text("name") for path in FILES for row in rows(path)]
    assert [name for name in names if not shipped.find(name)] == []


def test_index_is_as_large_as_it_says(shipped: Gazetteer) -> None:
    """GeoNames' towns, the divisions of the world and the supplement are all there."""
    assert len(shipped) > 290_000
    assert {spot.country for spot, _ in shipped.find("Aleppo")} == {"SYR"}
    assert any(spot.id == 170063 for spot, _ in shipped.find("حلب"))
