"""What ships of countries and actors: read whole, held against itself, and counted."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from tocsin.ontology.actors import Knowledge, load
from tocsin.ontology.audit import CLASHES_HEAD, clash_rows, clashes, problems
from tocsin.ontology.countries import SECTORS
from tocsin.ontology.load import load as load_ontology
from tocsin.ontology.rows import parse

DATA = resources.files("tocsin") / "data"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return all that ships."""
    return load()


def test_nothing_contradicts_itself(knowledge: Knowledge) -> None:
    """References meet, sole offices have one holder a day, no name first means two countries."""
    assert problems(knowledge) == ()


def test_shared_names_are_listed(knowledge: Knowledge) -> None:
    """Every name that actors of one time share stands in clashes.yml, with what tells them apart.

    After changing actors write the file anew with `CLASHES_HEAD + clash_rows(clashes(load()))`
    and read the difference: a new line may be one actor twice, or an alias that is too short.
    """
    kept = (DATA / "actors" / "clashes.yml").read_text(encoding="utf-8")
    assert kept == CLASHES_HEAD + clash_rows(clashes(knowledge))


def test_nobody_stands_there_twice(knowledge: Knowledge) -> None:
    """Of actors that share a name something always tells them apart."""
    assert [clash for clash in clashes(knowledge) if clash.apart == "nothing"] == []


def test_files_are_sorted() -> None:
    """Each file lists its entries by id, so a change shows where it belongs."""
    for path in sorted((DATA / "actors").iterdir(), key=lambda path: path.name):
        rows = parse(path.read_text(encoding="utf-8"))
        assert isinstance(rows, list)
        ids = [str(row["id"]) for row in rows if isinstance(row, dict) and "id" in row]
        assert ids == sorted(ids), path.name


def test_sectors_are_the_ontologys() -> None:
    """Sectors of actors are those of the ontology."""
    assert frozenset(load_ontology().sectors) == SECTORS


def test_iso_is_complete(knowledge: Knowledge) -> None:
    """All 249 countries and territories of ISO 3166-1 are there, and Kosovo, each with its code."""
    codes = {c.iso2 for c in knowledge.countries.values() if c.iso2 and c.until is None}
    assert len(codes) == 250
    assert {"NO", "XK", "PS", "TW", "EH"} <= codes


def test_codes_of_other_lists(knowledge: Knowledge) -> None:
    """Codes of the Correlates of War, Gleditsch and Ward, and FIPS stand beside those of ISO."""
    codes = {c.id: (c.cow, c.gw, c.fips) for c in knowledge.countries.values()}
    assert codes["IRQ"] == (645, 645, "IZ")
    assert codes["YEM"] == (679, 678, "YM")
    assert codes["NOR"] == (385, 385, "NO")
    assert codes["PSE"] == (None, None, "WE")


@pytest.mark.parametrize("field", ["cow", "gw", "fips"])
def test_codes_mean_one_country(knowledge: Knowledge, field: str) -> None:
    """Of the countries that last no two share a code of another list."""
    last = [c for c in knowledge.countries.values() if c.until is None]
    codes = [getattr(c, field) for c in last if getattr(c, field) is not None]
    assert len(codes) > 170
    assert len(codes) == len(set(codes))


def test_everyone_is_worded(knowledge: Knowledge) -> None:
    """Every state that lasts and is inhabited has an adjective or a word for its people."""
    silent = {c.id for c in knowledge.countries.values() if not (c.adjectives or c.people)}
    assert len(silent) < 30
    assert not silent & {"USA", "CHN", "RUS", "IRQ", "PSE", "XKX", "TWN"}


@pytest.mark.parametrize(
    ("words", "kind", "country"),
    [
        ("the U.S. strikes", "country", "USA"),
        ("the United States", "country", "USA"),
        ("Britons were", "people", "GBR"),
        ("Scottish police", "adjective", "GBR"),
        ("Dutch troops", "adjective", "NLD"),
        ("Spaniards voted", "people", "ESP"),
        ("Poles voted", "people", "POL"),
        ("Gaza", "country", "PSE"),
        ("Kiev said", "capital", "UKR"),
        ("Downing Street", "metonym", "GBR"),
        ("Élysée", "metonym", "FRA"),
        ("the Soviet Union", "country", "SUN"),
        ("South Sudanese", "adjective", "SSD"),
    ],
)
def test_countries_are_found(knowledge: Knowledge, words: str, kind: str, country: str) -> None:
    """News names of a country find it first."""
    match = knowledge.find(["So", *words.split()], 1)[0]
    assert (match.kind, match.id) == (kind, country)


def test_pentagon_is_military(knowledge: Knowledge) -> None:
    """A metonym says what it stands for."""
    match = next(m for m in knowledge.find(["Pentagon"], 0) if m.kind == "metonym")
    assert match.sectors == ("MIL",)


@pytest.mark.parametrize("words", ["told us that", "who said", "it is"])
def test_everyday_words_are_no_names(knowledge: Knowledge, words: str) -> None:
    """Pronouns and auxiliaries are never US, WHO or IS."""
    parts = words.split()
    assert [m for at in range(len(parts)) for m in knowledge.find(parts, at)] == []


@pytest.mark.parametrize(
    ("actor", "day", "country", "sectors"),
    [
        ("igo-nato", date(2020, 1, 1), "IGO", ("MIL",)),
        ("igo-un", date(2020, 1, 1), "IGO", ()),
        ("igo-un", date(1930, 1, 1), "IGO", ()),
        ("igo-minusma", date(2020, 1, 1), "IGO", ("MIL",)),
        ("igo-minusma", date(2024, 6, 1), "IGO", ()),
        ("igo-icc", date(2020, 1, 1), "IGO", ("JUD",)),
        ("ngo-sohr", date(2020, 1, 1), "NGO", ("SOC",)),
        ("outlet-reuters", date(2020, 1, 1), "GBR", ("JRN",)),
    ],
)
def test_known_actors(
    knowledge: Knowledge, actor: str, day: date, country: str, sectors: tuple[str, ...]
) -> None:
    """International bodies, monitors and outlets are what they were on the day."""
    held = knowledge.actors[actor]
    assert (held.country, knowledge.sectors_on(held, day)) == (country, sectors)


def test_secretaries_general(knowledge: Knowledge) -> None:
    """The United Nations and NATO have one secretary-general a day."""
    annan = knowledge.holder("igo-un", "secretary-general", date(2003, 3, 20))
    assert annan is not None
    assert annan.name == "Kofi Annan"


def test_size(knowledge: Knowledge) -> None:
    """Enough is known to read the news of any country, and outlets of every kind."""
    kinds = [actor.kind for actor in knowledge.actors.values()]
    assert len(kinds) > 4000
    assert kinds.count("outlet") > 600
    owned = {a.ownership for a in knowledge.actors.values() if a.kind == "outlet"}
    assert owned == {"agency", "party", "private", "public", "state"}
