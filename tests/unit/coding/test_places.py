"""Places: where a claim happens, and in which country."""

from __future__ import annotations

import pytest

from tests.packaged import a_scene, where
from tocsin.coding import places
from tocsin.records.claim import Place

HIT = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
in        in       ADP   4 case
{word}    {word}   PROPN 2 obl
.         .        PUNCT 2 punct
"""
BESIDE = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
in        in       ADP   4 case
Tarvos    Tarvos   PROPN 2 obl
,         ,        PUNCT 6 punct
Iraq      Iraq     PROPN 4 appos
.         .        PUNCT 2 punct
"""
TOWN = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  0 root
the       the      DET   5 det
Iraqi     Iraqi    ADJ   5 amod
town      town     NOUN  2 obj
of        of       ADP   7 case
Tarvos    Tarvos   PROPN 5 nmod
.         .        PUNCT 2 punct
"""
SPEAKER = """
Rebels    rebel    NOUN  2 nsubj
attacked  attack   VERB  7 ccomp
in        in       ADP   4 case
Tarvos    Tarvos   PROPN 2 obl
,         ,        PUNCT 7 punct
Iran      Iran     PROPN 7 nsubj
said      say      VERB  0 root
.         .        PUNCT 7 punct
"""
OTHERS = "\n\nIraq Iraq PROPN 2 nsubj\nleft leave VERB 0 root\n\n" * 2
PAIR = """

Iraq      Iraq     PROPN 4 nsubj
and       and      CCONJ 3 cc
Iran      Iran     PROPN 1 conj
left      leave    VERB  0 root
"""


def found(rows: str, words: str) -> Place:
    """Return the place that words of the first sentence name."""
    scene = a_scene(rows)
    return places.resolve(scene, 0, *where(scene.reading.sentences[0], words))


@pytest.mark.parametrize(
    ("word", "name", "country", "precision"),
    [
        ("Iraq", "Iraq", "IRQ", "country"),
        ("Baghdad", "Baghdad", "IRQ", "place"),
        ("Darfur", "Darfur", "SDN", "region"),
    ],
)
def test_known_place(word: str, name: str, country: str, precision: str) -> None:
    """A country, a part of one and a capital are each called by their name, in their country."""
    place = found(HIT.format(word=word), word)
    assert (place.name, place.country, place.precision) == (name, country, precision)
    assert (place.span.quote, place.unknown) == (word, None)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        pytest.param(BESIDE, "Tarvos", id="after a comma"),
        pytest.param(BESIDE, "Tarvos , Iraq", id="within the words"),
        pytest.param(TOWN, "Tarvos", id="before its kind"),
        pytest.param(TOWN, "the Iraqi town of Tarvos", id="within the phrase"),
    ],
)
def test_country_in_or_beside(rows: str, words: str) -> None:
    """A place that is not known is of the country whose name stands in or beside it."""
    place = found(rows + PAIR, words)
    assert (place.name, place.country) == (words, "IRQ")
    assert (place.precision, place.unknown) == (None, None)


def test_speaker_beside_is_no_country() -> None:
    """A country that says something behind a place's name does not tell where the place is."""
    place = found(SPEAKER + OTHERS, "Tarvos")
    assert place.country != "IRN"


def test_focus_settles_the_country() -> None:
    """A place that nothing names is of the country that the article is about."""
    assert found(HIT.format(word="Tarvos") + OTHERS, "Tarvos").country == "IRQ"


def test_unknown_says_why() -> None:
    """A place of which nothing tells the country stays without, and says why."""
    place = found(HIT.format(word="Tarvos") + PAIR, "Tarvos")
    assert (place.name, place.country) == ("Tarvos", None)
    assert place.unknown


def test_no_coordinates_without_a_gazetteer() -> None:
    """Coordinates are never made up."""
    place = found(HIT.format(word="Baghdad"), "Baghdad")
    assert (place.geonames, place.latitude, place.longitude) == (None, None, None)
