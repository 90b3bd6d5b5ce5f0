"""Actors: what was true of them on a day, and how a folder of them is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tocsin.base.errors import OntologyError
from tocsin.ontology.actors import Knowledge, load

if TYPE_CHECKING:
    from pathlib import Path

COUNTRIES = """\
- {id: ARV, iso2: AV, name: Arvania, adjectives: [Arvanian], people: [Arvanian, Arvanians]}
- {id: BEL, iso2: BE, name: Belmark}
"""
ACTORS = """\
- id: arv-moro
  name: Ana Moro
  kind: person
  aliases: [Moro]
  country: ARV
  roles:
    - office: head-of-government
      title: prime minister
      sectors: [GOV]
      from: 2010-05-01
      until: 2014-03-31
    - {office: head-of-state, title: president, sectors: [GOV], from: "2016-02", until: 2018}
    - {office: secretary-general, title: chief, of: igo-league, country: IGO, from: 2020}
- id: arv-guard
  name: River Guard
  kind: group
  aliases: []
  country: ARV
  roles:
    - {sectors: [PRM], from: 2012-01-01, until: 2015-06-30}
    - {sectors: [PRM], from: 2015-07-01}
    - {sectors: [MIL], from: 2016-01-01}
  parents: [arv-ministry]
  patrons: [BEL]
- id: arv-teller
  name: The Teller
  kind: outlet
  aliases: []
  country: ARV
  type: private
- id: arv-tam
  name: Tam Oro
  kind: person
  aliases: []
  country: ARV
  roles:
    - {office: leader, of: arv-guard, title: commander, sectors: [REB], until: 2015-06-30}
"""
MORO = "arv-moro"


def folder(path: Path, actors: str = ACTORS, countries: str = COUNTRIES) -> Path:
    """Return a data folder with these actors and countries."""
    (path / "actors").mkdir()
    (path / "actors" / "av.yml").write_text(actors, encoding="utf-8")
    (path / "countries.yml").write_text(countries, encoding="utf-8")
    return path


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    """Return what the small folder knows."""
    return load(folder(tmp_path))


def one(entry: str) -> str:
    """Return a person's file with one role."""
    head = "- id: arv-moro\n  name: Ana Moro\n  kind: person\n  country: ARV\n  roles:\n"
    return f"{head}    - {entry}\n"


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2010, 5, 1), "prime minister"),
        (date(2014, 3, 31), "prime minister"),
        (date(2014, 4, 1), None),
        (date(2016, 2, 1), "president"),
        (date(2018, 12, 31), "president"),
        (date(2019, 1, 1), None),
    ],
)
def test_role_on_a_day(knowledge: Knowledge, day: date, title: str | None) -> None:
    """A role holds from its first day to its last, a month or year standing for all its days."""
    role = knowledge.role_on(knowledge.actors[MORO], day)
    assert (role.title if role else None) == title


def test_role_without_a_day(knowledge: Knowledge) -> None:
    """Without a day the role is the one that began last."""
    role = knowledge.role_on(knowledge.actors[MORO], None)
    assert role is not None
    assert role.title == "chief"
    assert knowledge.sectors_on(knowledge.actors[MORO], None) == ()


def test_newest_of_two_roles(knowledge: Knowledge) -> None:
    """Of two roles held at once the one that began later counts."""
    role = knowledge.role_on(knowledge.actors["arv-guard"], date(2017, 1, 1))
    assert role is not None
    assert role.sectors == ("MIL",)


@pytest.mark.parametrize(
    ("actor", "day", "sectors"),
    [
        (MORO, date(2012, 1, 1), ("GOV",)),
        (MORO, date(2015, 1, 1), ("ELI",)),
        (MORO, date(2009, 1, 1), ()),
        ("arv-guard", date(2017, 1, 1), ("PRM", "MIL")),
        ("arv-guard", date(2011, 1, 1), ()),
        ("arv-tam", date(1990, 1, 1), ("REB",)),
        ("arv-tam", date(2020, 1, 1), ()),
        ("arv-teller", date(1990, 1, 1), ("JRN",)),
    ],
)
def test_sectors_on_a_day(
    knowledge: Knowledge, actor: str, day: date, sectors: tuple[str, ...]
) -> None:
    """Sectors of all roles held count; a former official is ELI, a former rebel and a group not."""
    assert knowledge.sectors_on(knowledge.actors[actor], day) == sectors


def test_country_on_a_day(knowledge: Knowledge) -> None:
    """A role held for an international organisation has that for its country."""
    moro = knowledge.actors[MORO]
    assert knowledge.country_on(moro, date(2012, 1, 1)) == "ARV"
    assert knowledge.country_on(moro, date(2021, 1, 1)) == "IGO"


def test_holder(knowledge: Knowledge) -> None:
    """An office of a country, or of an organisation, has its holder on the days of a term alone."""
    moro = knowledge.actors[MORO]
    assert knowledge.holder("ARV", "head-of-government", date(2012, 1, 1)) is moro
    assert knowledge.holder("ARV", "head-of-government", date(2015, 1, 1)) is None
    assert knowledge.holder("igo-league", "secretary-general", date(2021, 1, 1)) is moro
    assert knowledge.holder("IGO", "secretary-general", date(2021, 1, 1)) is None


TWO = """\
- {{id: a, name: Ana Moro, kind: person, country: ARV,
   roles: [{{office: head-of-state, sectors: [GOV], until: 2015-06-30{one}}}]}}
- {{id: b, name: Ben Tale, kind: person, country: ARV,
   roles: [{{office: head-of-state, sectors: [GOV], from: 2015-06-30{other}}}]}}
"""


def test_handover(tmp_path: Path) -> None:
    """On the day of a handover the incoming holder counts."""
    knowledge = load(folder(tmp_path, TWO.format(one="", other="")))
    holder = knowledge.holder("ARV", "head-of-state", date(2015, 6, 30))
    assert holder is knowledge.actors["b"]


def test_disputed_office(tmp_path: Path) -> None:
    """A disputed holder gives way to a sure one, and alone is none."""
    knowledge = load(folder(tmp_path, TWO.format(one="", other=", disputed: true")))
    assert knowledge.holder("ARV", "head-of-state", date(2015, 6, 30)) is knowledge.actors["a"]
    assert knowledge.holder("ARV", "head-of-state", date(2016, 1, 1)) is None


def test_outlet(knowledge: Knowledge) -> None:
    """An outlet has its ownership, and is a journalist without being told."""
    teller = knowledge.actors["arv-teller"]
    assert (teller.ownership, teller.roles[0].sectors) == ("private", ("JRN",))


def test_actor_is_found_by_alias(knowledge: Knowledge) -> None:
    """A surname finds an actor where it is listed, and only there."""
    assert [match.id for match in knowledge.find(["Moro", "said"], 0)] == [MORO]
    assert knowledge.find(["Oro", "said"], 0) == ()


def test_list_of_shared_names_is_no_actor(tmp_path: Path) -> None:
    """The file of shared names beside the actors is left alone."""
    path = folder(tmp_path)
    (path / "actors" / "clashes.yml").write_text("- {name: moro}\n", encoding="utf-8")
    assert MORO in load(path).actors


@pytest.mark.parametrize(
    ("actors", "found"),
    [
        (one("{sectors: [GOV], from: 2015-01-02, until: 2015-01-01}"), "before 2015-01-02"),
        (one("{sectors: [GVO]}"), "GVO"),
        (one("{sectors: [GOV], country: XXX}"), "XXX"),
        (one("{sectors: [GOV], from: soon}"), "soon"),
        (one("{sectors: [GOV], form: 2015}"), "form"),
        (one("{sectors: [GOV], disputed: maybe}"), "maybe"),
        (ACTORS + ACTORS, "twice"),
        ("- {id: a, name: Ana, kind: ghost}", "ghost"),
        ("- {id: a, name: Ana, kind: outlet}", "type"),
        ("- {id: a, kind: person}", "name"),
        ("- {id: a, name: '-', kind: person}", "letters"),
    ],
)
def test_bad_actors_are_refused(tmp_path: Path, actors: str, found: str) -> None:
    """A file that contradicts itself or misspells a field is refused by file, entry and field."""
    with pytest.raises(OntologyError, match=found):
        load(folder(tmp_path, actors))
