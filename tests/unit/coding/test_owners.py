"""Owners: whose somebody is."""

from __future__ import annotations

import pytest

from tests.packaged import a_scene, who
from tests.phrases import a_subject, read, seen
from tocsin.coding import participants
from tocsin.coding.owners import owner_of

LED = """
The       the       DET   5 det
US        US        PROPN 5 compound
-         -         PUNCT 2 punct
led       lead      ADJ   5 amod
coalition coalition NOUN  6 nsubj
left      leave     VERB  0 root
"""
STRIKE = """
The       the       DET   5 det
US        US        PROPN 4 compound
-         -         PUNCT 2 punct
led       lead      VERB  5 amod
raid      raid      NOUN  6 nsubj
failed    fail      VERB  0 root
"""
IN = """
Protesters protester NOUN 4 nsubj Number=Plur
in         in        ADP  3 case
Syria      Syria     PROPN 1 nmod
left       leave     VERB 0 root
"""
ENVOY = """
The   the   DET   2 det
envoy envoy NOUN  5 nsubj Number=Sing
to    to    ADP   4 case
Syria Syria PROPN 2 nmod
left  leave VERB  0 root
"""
POLICE = """
Police police NOUN  4 nsubj Number=Sing
in     in     ADP   3 case
Japan  Japan  PROPN 4 obl
left   leave  VERB  0 root
"""


def test_leader_of_a_coalition() -> None:
    """A coalition at war is its leader's, and military; later mentions take it up."""
    scene = a_scene(LED + "\n" + a_subject("The", "coalition"))
    participants.survey(scene)
    assert seen(who(scene, "US - led coalition")) == ("USA", ("MIL",))
    assert seen(who(scene, "The coalition", sentence=1)) == ("USA", ("MIL",))


BACKED = """
{land}  {land}   {tag}   2 {rel}
forces  force    NOUN  6 nsubj Number=Plur
backed  backed   ADJ   2 amod
by      by       ADP   5 case
Russia  Russia   PROPN 3 obl:agent
left    leave    VERB  0 root
"""


def test_who_backs_a_force_does_not_own_it() -> None:
    """A force has its country by the word before it, and none by the state behind it."""
    rows = BACKED.format(land="Government", tag="NOUN", rel="compound")
    words = "Government forces backed by Russia"
    assert seen(read(rows, words)) == (None, ("MIL",))
    assert seen(read(rows, "Government forces")) == (None, ("MIL",))
    own = BACKED.format(land="Syrian", tag="ADJ", rel="amod")
    assert seen(read(own, "Syrian forces backed by Russia")) == ("SYR", ("MIL",))


def test_leader_by_an_adjective() -> None:
    """Who leads a raid is found though the article before the name belongs to the raid."""
    assert seen(read(STRIKE, "US - led"))[0] == "USA"


def test_protesters_are_for_nothing() -> None:
    """A word that only begins like "pro" sets nobody apart from the country he is in."""
    assert seen(read(IN, "Protesters in Syria", place="GRC")) == ("SYR", ("CVL",))


def test_whom_one_is_sent_to() -> None:
    """An envoy is not of the country that he is sent to."""
    assert owner_of(a_scene(ENVOY), 0, 0, 2, 1) is None


def test_head_stands_before_its_preposition() -> None:
    """However the reader hangs the place, the police in it are what the phrase names."""
    assert seen(read(POLICE, "Police in Japan")) == ("JPN", ("COP",))


@pytest.mark.parametrize(("word", "country"), [("Ethopian", "ETH"), ("Quatar", "QAT")])
def test_slips_of_the_pen(word: str, country: str) -> None:
    """A country's name with one slip in it still means the country."""
    assert read(a_subject(word, "rebels"), f"{word} rebels").country == country


def test_international_bodies_have_no_officials_of_a_state() -> None:
    """A committee of an international body has its country, and no sector of a state's."""
    assert seen(read(a_subject("UN", "committee", tag="PROPN"), "UN committee")) == ("IGO", ())


def test_army_with_a_name() -> None:
    """An army that bears a name, and no country's, is none of a state's."""
    rows = a_subject("Lilac", "Army", tag="PROPN").replace("amod", "compound")
    assert read(rows, "Lilac Army").sectors == ("REB",)


AFFILIATE = """
The       the       DET   3 det
Egyptian  egyptian  ADJ   3 amod
affiliate affiliate NOUN  6 nsubj Number=Sing
of        of        ADP   5 case
ISIS      ISIS      PROPN 3 nmod
left      leave     VERB  0 root
"""


def test_body_outranks_nationality() -> None:
    """What an affiliate is an affiliate of tells its sort, the nationality its country."""
    assert seen(read(AFFILIATE, "The Egyptian affiliate of ISIS")) == ("EGY", ("REB",))
