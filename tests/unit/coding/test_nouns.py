"""Nouns: what the common nouns of a phrase say of the people or the body they name."""

from __future__ import annotations

import pytest

from tests.packaged import a_scene, where
from tests.phrases import a_subject, read, seen
from tocsin.coding import nouns

MEN = """
A     a     DET  2 det
group group NOUN 5 nsubj Number=Sing
of    of    ADP  4 case
men   man   NOUN 2 nmod Number=Plur
left  leave VERB 0 root
"""
DOZENS = """
Dozens dozen   NUM  4 nsubj
of     of      ADP  3 case
rebels rebel   NOUN 1 nmod Number=Plur
left   leave   VERB 0 root
"""
CHAMBER = """
The       the       DET  2 det
president president NOUN 6 nsubj Number=Sing
of        of        ADP  5 case
the       the       DET  5 det
bank      bank      NOUN 2 nmod
left      leave     VERB 0 root
"""
AGED = """
The  the   DET  5 det
26   26    NUM  5 nummod
-    -     PUNCT 5 punct
year year  NOUN 5 compound
old  old   NOUN 6 nsubj
left leave VERB 0 root
"""


@pytest.mark.parametrize(
    ("words", "sectors"),
    [
        (("army", "forces"), ("MIL",)),
        (("police", "personnel"), ("COP",)),
        (("rebel", "leaders"), ("REB",)),
        (("officials",), ("GOV",)),
        (("seamen",), ("LAB",)),
    ],
)
def test_words_around_tell(words: tuple[str, ...], sectors: tuple[str, ...]) -> None:
    """A noun that says little takes the sector of the word before it, else its usual one."""
    rows = a_subject("The", *words, tag="NOUN").replace("amod", "compound")
    assert read(rows, " ".join(["The", *words])).sectors == sectors


@pytest.mark.parametrize(
    ("rows", "words", "sectors"),
    [
        (MEN, "A group of men", ("CVL",)),
        (DOZENS, "Dozens of rebels", ("REB",)),
        (CHAMBER, "The president of the bank", ("BUS",)),
        (AGED, "The 26 - year old", ("CVL",)),
    ],
)
def test_whole_phrases(rows: str, words: str, sectors: tuple[str, ...]) -> None:
    """Whom a noun gathers or presides over settles the sector; an age alone means a civilian."""
    assert read(rows, words).sectors == sectors


@pytest.mark.parametrize(
    ("words", "sectors"),
    [
        (("the", "residential", "area"), ("CVL",)),
        (("the", "houses"), ("CVL",)),
        (("the", "police", "post"), ("COP",)),
        (("the", "opposition", "held", "area"), ("REB",)),
        (("the", "town"), ()),
        (("the", "House"), ()),
    ],
)
def test_ground_by_its_own_words(words: tuple[str, ...], sectors: tuple[str, ...]) -> None:
    """Houses are those of civilians, a police post is the police's; a town alone is nobody's."""
    rows = a_subject(*words)
    scene = a_scene(rows)
    _, end = where(scene.reading.sentences[0], " ".join(words))
    assert nouns.ground(scene, 0, end - 1) == sectors


@pytest.mark.parametrize("title", ["Mr", "Mrs.", "Sir"])
def test_courtesy_says_nothing(title: str) -> None:
    """A courtesy title is no sort of people."""
    scene = a_scene(a_subject(title, "Dello"))
    assert nouns.anywhere(scene, 0, 0, 1) is None


def test_former_officials_only() -> None:
    """Somebody who was an official is ELI; a former villager is what he was."""
    assert seen(read(a_subject("The", "former", "minister"), "The former minister")) == (
        None,
        ("ELI",),
    )
    assert read(a_subject("The", "former", "villager"), "The former villager").sectors == ("CVL",)
