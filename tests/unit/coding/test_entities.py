"""Entities: everybody and every place an article mentions, each once."""

from __future__ import annotations

from datetime import date

from tests.packaged import a_scene, true_spans
from tocsin.coding import entities, participants
from tocsin.records.coded import Coded, Stamp
from tocsin.records.entity import Entity

ROWS = """
Hamas      Hamas     PROPN 2 nsubj Number=Sing
attacked   attack    VERB  0 root
Israel     Israel    PROPN 2 obj   Number=Sing
.          .         PUNCT 2 punct

Israeli    Israeli   ADJ   2 amod
jets       jet       NOUN  3 nsubj Number=Plur
bombed     bomb      VERB  0 root
Gaza       Gaza      PROPN 5 compound
City       city      PROPN 3 obj
,          ,         PUNCT 8 punct
Reuters    Reuters   PROPN 8 nsubj
said       say       VERB  3 parataxis
.          .         PUNCT 3 punct

Syrian     Syrian    ADJ   2 amod
activist   activist  NOUN  5 nsubj Number=Sing
Omar       Omar      PROPN 2 flat  Number=Sing
Dello      Dello     PROPN 3 flat  Number=Sing
spoke      speak     VERB  0 root
.          .         PUNCT 5 punct
"""


def found(rows: str = ROWS, *, day: date = date(2023, 10, 20)) -> tuple[Entity, ...]:
    """Return the entities of an article, each of their spans cut out of its text."""
    scene = a_scene(rows, day=day, people=("Omar Dello",))
    participants.survey(scene)
    out = entities.gather(scene)
    true_spans(Coded(article=scene.article, entities=out, stamp=Stamp("0", "o", "m", "g")))
    return out


def named(name: str) -> Entity:
    """Return the entity of a name."""
    return next(e for e in found() if e.name == name)


def test_each_is_named_once() -> None:
    """An entity has one record, whatever it is called and however often."""
    names = [(e.kind, e.name) for e in found()]
    assert len(names) == len(set(names))
    assert len({e.id for e in found()}) == len(names)


def test_country_has_its_adjectives() -> None:
    """A country's adjective is a mention of the country."""
    israel = named("Israel")
    assert (israel.kind, israel.country, israel.known_as) == ("country", "ISR", "ISR")
    assert [m.quote for m in israel.mentions] == ["Israel", "Israeli"]


def test_group_has_sectors_of_the_day() -> None:
    """A known group carries its id, its country and what it counted as on the day."""
    hamas = named("Hamas")
    assert (hamas.kind, hamas.country, hamas.known_as) == ("group", "PSE", "pse-hamas")
    assert hamas.sectors


def test_capital_is_a_place_of_its_own() -> None:
    """A city is a place under its own name, not its country."""
    city = named("Gaza City")
    assert (city.kind, city.country) == ("place", "PSE")
    assert [m.quote for m in city.mentions] == ["Gaza City"]


def test_outlet_is_an_outlet() -> None:
    """A news agency is an outlet."""
    assert (named("Reuters").kind, named("Reuters").sectors) == ("outlet", ("JRN",))


def test_unknown_person_is_kept() -> None:
    """A person that no list knows is an entity all the same, described by the words around."""
    person = next(e for e in found() if e.kind == "person")
    assert "Omar Dello" in person.name
    assert (person.country, person.sectors, person.known_as) == ("SYR", ("CVL",), None)


def test_order_is_by_first_mention() -> None:
    """Entities come in the order in which the article first mentions them."""
    starts = [e.mentions[0].start for e in found()]
    assert starts == sorted(starts)
    assert found()[0].name == "Hamas"


def test_nobody_in_an_empty_scene() -> None:
    """An article that names nobody has no entities."""
    assert found("Rain rain NOUN 2 nsubj\nfell fall VERB 0 root") == ()
