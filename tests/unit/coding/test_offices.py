"""Offices: who heads a known body on the article's day, and who is no more than one of it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.packaged import a_scene, who

LEADER = """
The        the        DET   3 det
Hezbollah  Hezbollah  PROPN 3 compound
{noun}     {noun}     NOUN  4 nsubj
spoke      speak      VERB  0 root
.          .          PUNCT 4 punct
"""
ONE = LEADER.replace("The        the        DET ", "A          a          DET ")
DEPUTY = """
The        the        DET   4 det
Hezbollah  Hezbollah  PROPN 4 compound
deputy     deputy     ADJ   4 amod
leader     leader     NOUN  5 nsubj
spoke      speak      VERB  0 root
.          .          PUNCT 5 punct
"""


@pytest.mark.parametrize("noun", ["leader", "chief", "secretary-general"])
def test_the_head_of_a_body_is_known_by_the_day(noun: str) -> None:
    """The leader of a movement is whoever led it on the day of the article."""
    scene = a_scene(LEADER.format(noun=noun), day=date(2015, 5, 1))
    assert who(scene, f"The Hezbollah {noun}").entity == "lbn-nasrallah"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        pytest.param(ONE.format(noun="leader"), "A Hezbollah leader", id="one of several"),
        pytest.param(DEPUTY, "The Hezbollah deputy leader", id="another office"),
    ],
)
def test_not_every_leader_is_the_leader(rows: str, words: str) -> None:
    """A leader, or a deputy leader, is nobody known by that alone."""
    found = who(a_scene(rows, day=date(2015, 5, 1)), words)
    assert found.entity is None
    assert found.country == "LBN"


PRESIDENT = """
The        the        DET   2 det
president  president  NOUN  5 nsubj
of         of         ADP   4 case
Chad       Chad       PROPN 2 nmod
spoke      speak      VERB  0 root
.          .          PUNCT 5 punct
"""


def test_a_country_read_as_a_name_is_no_other_holder() -> None:
    """Chad is a first name, too; after "president of" it is the country, whoever reads it so."""
    scene = a_scene(PRESIDENT, day=date(2015, 5, 1), people=("Chad",))
    assert who(scene, "The president of Chad").entity == "tcd-deby"


SPOKESMAN = """
The        the        DET   2 det
spokesman  spokesman  NOUN  5 nsubj
of         of         ADP   4 case
Russia     Russia     PROPN 2 nmod
spoke      speak      VERB  0 root
.          .          PUNCT 5 punct
"""


def test_a_spokesman_is_none_of_a_countrys_many() -> None:
    """The Kremlin's and the ministry's hold the same office at a time: its name tells no person."""
    found = who(a_scene(SPOKESMAN, day=date(2024, 5, 1)), "The spokesman of Russia")
    assert (found.entity, found.country) == (None, "RUS")
