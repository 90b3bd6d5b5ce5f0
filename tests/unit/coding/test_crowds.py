"""Crowds: how many people take part in a protest."""

from __future__ import annotations

import pytest

from tests.build import a_sentence
from tocsin.coding import crowds, numbered
from tocsin.coding.syntax import Tree

MARCH = """
Tens      ten       NOUN   6 nsubj
of        of        ADP    3 case
thousands thousand  NOUN   1 nmod
of        of        ADP    3 case
people    people    NOUN   1 nmod
marched   march     VERB   0 root
through   through   ADP    8 case
Tarvos    Tarvos    PROPN  6 obl
.         .         PUNCT  6 punct
"""
DREW = """
The    the    DET    2 det
rally  rally  NOUN   3 nsubj
drew   draw   VERB   0 root
5,000  5,000  NUM    5 nummod
people people NOUN   3 obj
.      .      PUNCT  3 punct
"""
STRIKE = """
Dockers docker  NOUN   2 nsubj
began   begin   VERB   0 root
a       a       DET    4 det
strike  strike  NOUN   2 obj
by      by      ADP    7 case
300     300     NUM    7 nummod
workers worker  NOUN   2 nsubj
.       .       PUNCT  2 punct
"""
BARE = DREW.replace("5,000  5,000  NUM  ", "the    the    DET  ").replace("nummod", "det")
STREETS = DREW.replace("people people", "streets street")


@pytest.mark.parametrize(
    ("rows", "at", "stated"),
    [
        (MARCH, 5, (20_000, 99_999, "Tens of thousands of people")),
        (DREW, 1, (5000, 5000, "5,000 people")),
        (STRIKE, 3, (300, 300, "300 workers")),
    ],
)
def test_crowds(rows: str, at: int, stated: tuple[int, int, str]) -> None:
    """Who marches, whom a rally draws and who a strike is by are its crowd."""
    tree = Tree(a_sentence(rows))
    found = crowds.crowd(tree, at, at + 1)
    assert found is not None
    assert (*found[2], numbered.words(tree, found[0], found[1])) == stated


@pytest.mark.parametrize("rows", [BARE, STREETS])
def test_no_crowd(rows: str) -> None:
    """People without a number are no crowd, and neither are streets with one."""
    assert crowds.crowd(Tree(a_sentence(rows)), 1, 2) is None
