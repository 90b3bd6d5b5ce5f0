"""Frames: where a trigger's participants stand in its sentence."""

from __future__ import annotations

import pytest

from tests.build import a_sentence
from tocsin.coding import frames
from tocsin.coding.syntax import Tree

ACTIVE = """
The        the        DET   2 det
rebels     rebel      NOUN  3 nsubj
attacked   attack     VERB  0 root
soldiers   soldier    NOUN  3 obj
and        and        CCONJ 6 cc
villagers  villager   NOUN  4 conj
with       with       ADP   8 case
mortars    mortar     NOUN  3 obl
"""
PASSIVE = """
Soldiers   soldier    NOUN  3 nsubj:pass
were       be         AUX   3 aux:pass
attacked   attack     VERB  0 root  Voice=Pass
by         by         ADP   5 case
rebels     rebel      NOUN  3 obl:agent
"""
AGENTLESS = """
Soldiers   soldier    NOUN  3 nsubj:pass
were       be         AUX   3 aux:pass
attacked   attack     VERB  0 root  Voice=Pass
in         in         ADP   5 case
Tarvos     Tarvos     PROPN 3 obl
"""
NOUN = """
Rebel      rebel      ADJ   2 amod
attacks    attack     NOUN  5 nsubj
on         on         ADP   4 case
villages   village    NOUN  2 nmod
continued  continue   VERB  0 root
"""
ORDERED = """
Generals   general    NOUN  2 nsubj
ordered    order      VERB  0 root
troops     troops     NOUN  2 obj
to         to         PART  5 mark
attack     attack     VERB  2 xcomp
villages   village    NOUN  5 obj
"""
WHO = """
Rebels     rebel      NOUN  5 nsubj
who        who        PRON  3 nsubj PronType=Rel
attacked   attack     VERB  1 acl:relcl
villages   village    NOUN  3 obj
fled       flee       VERB  0 root
"""
ACTOR, RECIPIENT = ("nsubj",), ("obj",)


def found(rows: str, trigger: str, relations: tuple[str, ...], *, likely: bool = True) -> list[str]:
    """Return the words of a trigger's arguments."""
    sentence = a_sentence(rows)
    at = sentence.forms.index(trigger)
    spans = frames.arguments(Tree(sentence), at, at + 1, relations, lambda _: likely)
    return [" ".join(sentence.forms[a:b]) for a, b in spans]


@pytest.mark.parametrize(
    ("rows", "trigger", "actors", "recipients"),
    [
        pytest.param(ACTIVE, "attacked", ["The rebels"], ["soldiers", "villagers"], id="active"),
        pytest.param(PASSIVE, "attacked", ["rebels"], ["Soldiers"], id="passive"),
        pytest.param(AGENTLESS, "attacked", [], ["Soldiers"], id="no agent"),
        pytest.param(ORDERED, "attack", ["troops"], ["villages"], id="ordered to"),
        pytest.param(WHO, "attacked", ["Rebels"], ["villages"], id="who"),
    ],
)
def test_voice_is_undone(rows: str, trigger: str, actors: list[str], recipients: list[str]) -> None:
    """Subject and object are read as in the active voice, those in coordination one by one."""
    assert found(rows, trigger, ACTOR) == actors
    assert found(rows, trigger, RECIPIENT) == recipients


def test_prepositions() -> None:
    """A relation with a preposition is the phrase under it, of a verb or a noun."""
    assert found(ACTIVE, "attacked", ("obl:with",)) == ["mortars"]
    assert found(NOUN, "attacks", ("nmod:on",)) == ["villages"]
    assert found(NOUN, "attacks", ("nmod:by",)) == []


def test_modifier_must_be_likely() -> None:
    """A word before a noun is its actor only where it names somebody."""
    assert found(NOUN, "attacks", ("amod",)) == ["Rebel"]
    assert found(NOUN, "attacks", ("amod",), likely=False) == []


def test_first_relation_wins() -> None:
    """Of several relations the first that holds anybody is taken."""
    assert found(ACTIVE, "attacked", ("iobj", "obj", "nsubj")) == ["soldiers", "villagers"]


def test_way_through_a_clause() -> None:
    """A relation may lead through a clause."""
    assert found(ORDERED, "ordered", ("xcomp>obj",)) == ["villages"]
    assert found(ORDERED, "ordered", ("ccomp>obj",)) == []


def test_small_words_are_mended() -> None:
    """A range of small words is mended to the phrase of the noun they belong to."""
    tree = Tree(a_sentence(ACTIVE))
    assert frames.mended(tree, 0, 1) == (0, 2)
    assert frames.mended(tree, 1, 2) == (1, 2)


CLAIMED = """
The        the            DET   2 det
front      front          NOUN  3 nsubj
claimed    claim          VERB  0 root
responsibility responsibility NOUN 3 obj
for        for            ADP   6 case
attacks    attack         NOUN  4 nmod
"""


def test_who_claims_an_attack_is_its_actor() -> None:
    """Whoever claims an attack, or responsibility for it, is found; whoever reports one is not."""
    tree = Tree(a_sentence(CLAIMED))
    assert frames.claimant(tree, 5, 6) == (0, 2)
    assert frames.claimant(Tree(a_sentence(CLAIMED.replace("claim ", "report"))), 5, 6) is None


def test_protesters_are_found_by_their_name() -> None:
    """People who are called by their protest are found in its sentence; others are not."""
    rows = CLAIMED.replace("front      front ", "protesters protester ")
    assert frames.protesters(Tree(a_sentence(rows))) == (0, 2)
    assert frames.protesters(Tree(a_sentence(CLAIMED))) is None


BEHIND = """
Militias   militia    NOUN  3 nsubj:pass
were       be         AUX   3 aux:pass
accused    accuse     VERB  0 root  Voice=Pass
of         of         SCONJ 7 mark
being      be         AUX   7 cop
behind     behind     ADP   7 case
attacks    attack     NOUN  3 advcl
"""
OBLIQUE = """
Troops     troops     NOUN  2 nsubj
repelled   repel      VERB  0 root
attacks    attack     NOUN  2 obl
Monday     Monday     PROPN 2 obl
"""


def test_who_is_behind_it() -> None:
    """Whoever is said to be behind an attack is found across the accusation."""
    tree = Tree(a_sentence(BEHIND))
    assert frames.behind(tree, 6, 7) == (0, 1)
    assert frames.behind(tree, 2, 3) is None


def test_a_bare_oblique_is_an_object() -> None:
    """A noun without a preposition is what a verb is done to; a day is not."""
    assert found(OBLIQUE, "repelled", RECIPIENT) == ["attacks"]
    assert (
        found(OBLIQUE.replace("attacks    attack", "today      day"), "repelled", RECIPIENT) == []
    )
