"""Outcomes: how an attack ended that did not succeed, and who stopped it."""

from __future__ import annotations

import pytest

from tests.build import a_sentence
from tocsin.coding import outcomes
from tocsin.coding.syntax import Tree

DOWNED = """
Gunners    gunner     NOUN  3 nsubj
have       have       AUX   3 aux
downed     down       VERB  0 root
two        two        NUM   5 nummod
drones     drone      NOUN  3 obj
"""
LAUNCHED = """
Drones     drone      NOUN  6 nsubj:pass
launched   launch     VERB  1 acl   Voice=Pass
from       from       ADP   4 case
Tarvos     Tarvos     PROPN 2 obl
were       be         AUX   6 aux:pass
intercepted intercept VERB  0 root  Voice=Pass
"""
FOILED = """
Police     police     NOUN  2 nsubj
thwarted   thwart     VERB  0 root
a          a          DET   4 det
series     series     NOUN  2 obj
of         of         ADP   6 case
attacks    attack     NOUN  4 nmod
"""
BROUGHT = """
Gunners    gunner     NOUN  2 nsubj
brought    bring      VERB  0 root
down       down       ADP   2 compound:prt
rockets    rocket     NOUN  2 obj
"""
HOPED = """
Police     police     NOUN  2 nsubj
hope       hope       VERB  0 root
to         to         PART  4 mark
prevent    prevent    VERB  2 xcomp VerbForm=Inf
attacks    attack     NOUN  4 obj
"""
TRIED = """
Gunmen     gunman     NOUN  2 nsubj
tried      try        VERB  0 root
to         to         PART  4 mark
storm      storm      VERB  2 xcomp VerbForm=Inf
barracks   barracks   NOUN  4 obj
"""
ABORTIVE = """
An         a          DET   3 det
abortive   abortive   ADJ   3 amod
raid       raid       NOUN  4 nsubj
angered    anger      VERB  0 root
them       they       PRON  4 obj
"""
FIRED = """
Gunners    gunner     NOUN  2 nsubj
intercepted intercept VERB  0 root
a          a          DET   4 det
missile    missile    NOUN  2 obj
fired      fire       VERB  4 acl   Voice=Pass
by         by         ADP   7 case
rebels     rebel      NOUN  5 obl:agent
"""
ARTICLE = """
Police     police     NOUN  2 nsubj
foiled     foil       VERB  0 root
a          a          DET   2 obj
bombing    bombing    NOUN  2 obj
"""
BUILDINGS = """
Shells     shell      NOUN  2 nsubj
destroyed  destroy    VERB  0 root
two        two        NUM   4 nummod
houses     house      NOUN  2 obj
"""


def ended(rows: str, trigger: str) -> str | None:
    """Return how the attack of a trigger ended."""
    sentence = a_sentence(rows)
    at = sentence.forms.index(trigger)
    found = outcomes.find(Tree(sentence), at, at + 1)
    return found and found[0]


@pytest.mark.parametrize(
    ("rows", "trigger", "outcome"),
    [
        (DOWNED, "downed", "intercepted"),
        (BROUGHT, "brought", "intercepted"),
        (LAUNCHED, "launched", "intercepted"),
        (FOILED, "attacks", "foiled"),
        (TRIED, "storm", "failed"),
        (ABORTIVE, "raid", "failed"),
        (HOPED, "attacks", None),
        (BUILDINGS, "destroyed", None),
    ],
)
def test_an_outcome_is_told_by_the_words_around(
    rows: str, trigger: str, outcome: str | None
) -> None:
    """Verbs of stopping, verbs of trying and words before an attack end it; wishes do not."""
    assert ended(rows, trigger) == outcome


def test_who_stops_an_attack_takes_no_part_in_it() -> None:
    """The verb that intercepts has the defender as subject and a weapon as object."""
    downed, struck = Tree(a_sentence(DOWNED)), Tree(a_sentence(BUILDINGS))
    assert outcomes.defence(downed, 2, 3) == outcomes.Defence((0, 1), (3, 5), None)
    assert outcomes.defence(struck, 1, 2) is None


def test_neither_does_who_foils_one() -> None:
    """The subject of the verb that foils is the defender, whatever noun the attack has."""
    foiled = Tree(a_sentence(FOILED))
    assert outcomes.defence(foiled, 5, 6) == outcomes.Defence((0, 1), None, None)


def test_who_sent_a_weapon_is_named_behind_it() -> None:
    """By a participle or by a clause."""
    assert outcomes.defence(Tree(a_sentence(FIRED)), 1, 2) == outcomes.Defence(
        (0, 1), (2, 4), (6, 7)
    )


def test_an_article_that_is_called_an_object_is_none() -> None:
    """The noun beside it is what was foiled."""
    assert ended(ARTICLE, "bombing") == "foiled"
