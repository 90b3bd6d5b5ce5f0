"""Speakers: names, classes of people, outlets, papers, and who may be whom."""

from __future__ import annotations

import pytest

from tests.hearsay import who
from tocsin.fusion.speakers import alike, echoes, kindred, outlets, plain, refers, speaker

KNOWN = outlets(["Al-Bayraq TV", "The Daily News", "Tavor Daily"])


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ofra Lavi, who runs a guest house", "named"),
        ("Halima", "named"),
        ("the Lebanese health ministry", "named"),
        ("an army spokesman", "named"),
        ("the governor of Darfur", "named"),
        ("a mayor of a neighbouring village", "unnamed"),
        ("a US official", "unnamed"),
        ("two security sources", "unnamed"),
        ("People living across the river", "unnamed"),
        ("Elders in El Fasher", "unnamed"),
        ("a trader from Torodi", "unnamed"),
        ("The Gulf channel Al-Bayraq", "outlet"),
        ("a channel close to the rebels", "outlet"),
        ("the statement", "vessel"),
        ("one of them", "pronoun"),
        ("he", "pronoun"),
    ],
)
def test_kinds(words: str, kind: str) -> None:
    """The head of a phrase tells what kind of speaker it is."""
    assert speaker(who(words), KNOWN).kind == kind


def test_outlets_are_known_by_the_words_that_are_theirs() -> None:
    """A quoted channel is the outlet of that name; a person who shares a word with it is not."""
    assert speaker(who("the Gulf channel Al-Bayraq"), KNOWN).name == "Al-Bayraq TV"
    assert speaker(who("a deputy editor at rival station Al-Bayraq here"), KNOWN).kind != "outlet"
    assert speaker(who("the Tavor council"), KNOWN).kind == "outlet"


def test_what_is_definite_points_back() -> None:
    """What is definite was named before, "a source" is new; an entity never points back."""
    assert speaker(who("the source"), KNOWN).vague
    assert not speaker(who("a source"), KNOWN).vague
    assert speaker(who("the ministry"), KNOWN).vague
    assert not speaker(who("the army", entity="isr-idf"), KNOWN).vague


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Lebanese health ministry", "LBN"), ("health ministry", None), True),
        (("Lebanese health ministry", "LBN"), ("Syrian health ministry", "SYR"), False),
        (("health ministry", None), ("foreign ministry", None), False),
        (("Hanan Idris", "SDN"), ("Idris", "SDN"), True),
        (("World Health Organization", None), ("WHO", None), True),
        (("Hanan Idris", None), ("Salma Bakhit", None), False),
    ],
)
def test_names(one: tuple[str, str | None], other: tuple[str, str | None], same: bool) -> None:  # noqa: FBT001
    """A short name is the longer one with its words and head, in no other country."""
    a, b = (speaker(who(name, country=country), KNOWN) for name, country in (one, other))
    assert alike(a, b) is same
    assert alike(b, a) is same


def test_entities_are_compared_by_their_ids() -> None:
    """Two entities are two, however alike their names are."""
    a = speaker(who("army", entity="isr-idf"), KNOWN)
    b = speaker(who("army", entity="lbn-laf"), KNOWN)
    assert not alike(a, b)


def test_a_bare_body_is_the_known_one_of_its_country() -> None:
    """An "Iraqi group" may be the armed group that is known, and is no ministry or minister."""
    known = speaker(who("Resistance", entity="irq-iri", country="IRQ", sectors=("PRM",)), KNOWN)
    assert plain(speaker(who("an Iraqi group", country="IRQ", sectors=("REB",)), KNOWN), known)
    assert not plain(speaker(who("a Syrian group", country="SYR", sectors=("REB",)), KNOWN), known)
    assert not plain(speaker(who("the army", country="IRQ", sectors=("MIL",)), KNOWN), known)


def test_unnamed_classes() -> None:
    """People of one kind and country may be the same; officials of two countries are not."""
    us = speaker(who("a US official", country="USA", sectors=("GOV",)), KNOWN)
    iraqi = speaker(who("an Iraqi official", country="IRQ", sectors=("GOV",)), KNOWN)
    aide = speaker(who("an aide", country="USA", sectors=("GOV",)), KNOWN)
    medic = speaker(who("a medical source", country="USA", sectors=("MED",)), KNOWN)
    assert kindred(us, aide)
    assert not kindred(us, iraqi)
    assert not kindred(us, medic)
    assert kindred(medic, speaker(who("a nurse", country="USA", sectors=("MED",)), KNOWN))


def test_what_points_back_fits_what_it_points_to() -> None:
    """A pronoun means anybody, "the source" a source, "the ministry" a ministry."""
    source = speaker(who("two security sources", country="IRQ"), KNOWN)
    ministry = speaker(who("the defence ministry", country="IRQ"), KNOWN)
    assert refers(speaker(who("he"), KNOWN), source)
    assert refers(speaker(who("the sources"), KNOWN), source)
    assert refers(speaker(who("the ministry"), KNOWN), ministry)
    assert not refers(speaker(who("the ministry"), KNOWN), source)
    assert not refers(speaker(who("the sources"), KNOWN), ministry)


def test_headlines_shorten() -> None:
    """A headline's office or country means the one of the text below; an outlet means nobody."""
    below = speaker(who("Minni Minnawi", country="SDN", entity="sdn-minnawi"), KNOWN)
    assert echoes(speaker(who("Darfur governor", country="SDN"), KNOWN), below)
    assert not echoes(speaker(who("Paris mayor", country="FRA"), KNOWN), below)
    assert not echoes(speaker(who("Al-Bayraq"), KNOWN), below)
