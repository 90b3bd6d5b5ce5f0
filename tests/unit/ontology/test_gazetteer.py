"""The gazetteer: an index made of few places, written, opened and asked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tocsin.base.errors import InputError, OntologyError
from tocsin.ontology import actors, gazetteer, geonames
from tocsin.ontology.compile import compiled
from tocsin.ontology.gazetteer import MAIN, NEWS, OTHER, PEOPLE, SHORT, Gazetteer
from tocsin.ontology.geonames import Division, Entry

SUPPLEMENT = """\
- {name: Hit Bridge, kind: BDG, country: IRQ, lat: 33.64, lon: 42.83}
- {name: Heet, kind: PPL, country: IRQ, lat: 33.65, lon: 42.82, aliases: [Hit]}
- {name: Anbar, kind: ADM1, code: IQ.01, country: IRQ, aliases: [al-Anbar]}
- {name: Wide Sea, kind: SEA, countries: [IRQ, IRN], lat: 30.0, lon: 49.0}
"""
LINE = (
    "{id}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{cls}\t{kind}\t{cc}\t\t{a1}\t{a2}"
    "\t\t\t{pop}\t\t\tAsia/Baghdad\t2024-01-01\n"
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Return a gazetteer of two towns, two divisions, a bridge and a sea; tests only ask it."""
    folder = tmp_path_factory.mktemp("places")
    data = folder / "data"
    data.mkdir()
    (data / "centres.yml").write_text("IRQ: [33.00, 44.00]\nIRN: [32.00, 53.00]\n")
    (data / "shorthand.yml").write_text("- {code: IQ.01, style: [Anb.], post: AN}\n")
    (data / "local.yml").write_text(SUPPLEMENT)
    divisions = [
        Division("IQ.01", "Al Anbār", 99592),
        Division("IQ.01.5", "Hit District", 5),
        Division("IQ.02", "Empty Province", 6),
    ]
    towns = [
        Entry(95788, "Hīt", ("هيت", "Hit", "HIT"), 33.64, 42.83, "IQ", "IQ.01.5", "PPL", 44000),
        Entry(99532, "Ar Ramādī", ("Ramadi",), 33.43, 43.30, "IQ", "IQ.01", "PPL", 223500),
    ]
    draft = compiled(actors.load().countries, divisions, towns, data, {"IQ": 99237, "IR": 130758})
    draft.write(folder / "index", "1", ["by hand"])
    return gazetteer.load(folder / "index")


@pytest.mark.parametrize(
    ("name", "title", "kind", "how"),
    [
        ("Ramadi", "Ar Ramādī", "PPL", OTHER),
        ("ar-Ramadi", "Ar Ramādī", "PPL", MAIN),
        ("هيت", "Hīt", "PPL", OTHER),
        ("Hit district", "Hit District", "ADM2", MAIN),
        ("Al-Anbar", "Anbar", "ADM1", NEWS),
        ("Iraqis", "Iraq", "PCLI", PEOPLE),
        ("Hit Bridge", "Hit Bridge", "BDG", NEWS),
    ],
)
def test_names_in_every_spelling(
    places: Gazetteer, name: str, title: str, kind: str, how: int
) -> None:
    """Accents, articles, hyphens and scripts do not matter; how a name names a place is told."""
    assert [(s.name, s.kind, h) for s, h in places.find(name)] == [(title, kind, how)]


def test_what_a_place_is(places: Gazetteer) -> None:
    """A town knows its id, people, country and the divisions it lies in."""
    town = next(s for s, _ in places.find("Hit") if s.kind == "PPL")
    assert (town.id, town.population, town.country) == (95788, 44000, "IRQ")
    assert (town.lat, town.lon, town.precision) == (33.64, 42.83, "place")
    assert town.division is not None
    assert town.district is not None
    assert [places[town.division].name, places[town.district].name] == ["Anbar", "Hit District"]


def test_a_district_is_called_without_its_kind(places: Gazetteer) -> None:
    """The name of a town may be its district's too, in short."""
    assert {s.kind: how for s, how in places.find("Hit")} == {"PPL": NEWS, "ADM2": SHORT}


def test_a_place_that_is_known_is_not_added_again(places: Gazetteer) -> None:
    """A town of the supplement beside its own name in GeoNames only adds names to it."""
    assert [s.id for s, _ in places.find("Heet")] == [95788]


def test_a_division_lies_among_its_towns(places: Gazetteer) -> None:
    """A division without coordinates takes the middle of its inhabited cells, and its people."""
    anbar = places.find("Anbar")[0][0]
    assert (anbar.population, anbar.precision) == (267500, "region")
    assert 33.4 < anbar.lat < 33.7
    assert 42.8 < anbar.lon < 43.4


def test_what_nobody_can_place_is_not_found(places: Gazetteer) -> None:
    """A division without a town has no place on a map, so its name finds nothing."""
    assert places.find("Empty Province") == []


def test_a_sea_of_several_countries_is_in_none(places: Gazetteer) -> None:
    """Its country is left open."""
    assert [(s.country, s.id) for s, _ in places.find("Wide Sea")] == [(None, None)]


def test_codes_of_airports_are_no_names(places: Gazetteer) -> None:
    """Short names in capitals in GeoNames are codes; they give no names."""
    assert places.find("HIT") == places.find("Hit")


def test_short_forms(places: Gazetteer) -> None:
    """Short and postal forms of divisions are kept apart from names."""
    assert places[places.shorthand["Anb."]].name == "Anbar"
    assert [places[row].name for row in places.postal["AN"]] == ["Anbar"]


def test_no_gazetteer_says_what_to_do(tmp_path: Path) -> None:
    """A folder that holds none is an error that names the command to make one."""
    with pytest.raises(OntologyError, match="tocsin gazetteer build"):
        gazetteer.load(tmp_path)


def rows(*lines: dict[str, object]) -> str:
    """Return lines of a dump."""
    base: dict[str, object] = {
        "others": "",
        "cls": "P",
        "cc": "IQ",
        "a1": "01",
        "a2": "5",
        "pop": 0,
    }
    return "".join(LINE.format_map(base | line) for line in lines)


DUMP = rows(
    {"id": 1, "name": "Iraq", "lat": 33, "lon": 44, "cls": "A", "kind": "PCLI", "a1": "", "a2": ""},
    {"id": 2, "name": "Anbar", "lat": 33, "lon": 42, "cls": "A", "kind": "ADM1", "a2": ""},
    {"id": 3, "name": "Hit District", "lat": 33.6, "lon": 42.8, "cls": "A", "kind": "ADM2"},
    {
        "id": 4,
        "name": "Hit",
        "lat": 33.64,
        "lon": 42.83,
        "kind": "PPL",
        "pop": 44000,
        "others": "Heet",
    },
    {"id": 5, "name": "Old Hit", "lat": 33.64, "lon": 42.83, "kind": "PPLH"},
    {"id": 6, "name": "Some Shop", "lat": 33.64, "lon": 42.83, "cls": "S", "kind": "SHOP"},
    {"id": 7, "name": "Hit Base", "lat": 33.64, "lon": 42.83, "cls": "S", "kind": "AIRB"},
    {"id": 8, "name": "Highway 12", "lat": 33.64, "lon": 42.83, "cls": "R", "kind": "RD"},
)


@pytest.mark.parametrize("name", ["IQ.txt", "IQ.zip"])
def test_dump(tmp_path: Path, name: str) -> None:
    """Of a dump, packed or not, places, areas and the spots that news names are taken."""
    path = tmp_path / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as held:
            held.writestr("IQ.txt", DUMP)
    else:
        path.write_text(DUMP, encoding="utf8")
    assert [e.id for e in geonames.dump(path)] == [1, 2, 3, 4, 7]
    assert geonames.dumped_countries(path) == {"IQ": 1}
    assert [d.code for d in geonames.dumped_divisions(path)] == ["IQ.01", "IQ.01.5"]
    hit = next(e for e in geonames.dump(path) if e.id == 4)
    assert (hit.others, hit.division, hit.population) == (("Heet",), "IQ.01.5", 44000)


def test_dump_of_something_else(tmp_path: Path) -> None:
    """A file that is no dump is refused with its line."""
    path = tmp_path / "x.txt"
    path.write_text("a\tb\n", encoding="utf8")
    with pytest.raises(InputError, match=r"x\.txt:1: 2 columns"):
        list(geonames.dump(path))
