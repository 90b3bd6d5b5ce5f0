"""Modality: whether an act happened, by the words that govern it."""

from __future__ import annotations

import pytest

from tests.packaged import a_scene, where
from tocsin.coding import modality

PLAIN = """
Rebels    rebel     NOUN  2 nsubj
attacked  attack    VERB  0 root
villages  village   NOUN  2 obj
"""
MODAL = """
Rebels    rebel     NOUN  3 nsubj
{form}    {lemma}   AUX   3 aux
attack    attack    VERB  0 root
villages  village   NOUN  3 obj
"""
OPEN = """
Rebels    rebel     NOUN  2 nsubj
{form}    {lemma}   VERB  0 root
to        to        PART  4 mark
attack    attack    VERB  2 xcomp
villages  village   NOUN  4 obj
"""
NOT = """
Rebels    rebel     NOUN  4 nsubj
did       do        AUX   4 aux
not       not       PART  4 advmod
attack    attack    VERB  0 root
villages  village   NOUN  4 obj
"""
UNDER_NOT = """
Rebels    rebel     NOUN  4 nsubj
did       do        AUX   4 aux
not       not       PART  4 advmod
{form}    {lemma}   VERB  0 root
to        to        PART  6 mark
attack    attack    VERB  4 xcomp
villages  village   NOUN  6 obj
"""
PREVENTED = """
Police     police    NOUN  4 nsubj
did        do        AUX   4 aux
not        not       PART  4 advmod
prevent    prevent   VERB  0 root
the        the       DET   6 det
attack     attack    NOUN  4 obj
"""
IF_NOT = """
Rebels    rebel     NOUN  2 nsubj
attack    attack    VERB  0 root
if        if        SCONJ 7 mark
troops    troops    NOUN  7 nsubj
do        do        AUX   7 aux
not       not       PART  7 advmod
withdraw  withdraw  VERB  2 advcl
"""
GO_ON = """
Troops    troops    NOUN  2 nsubj
leave     leave     VERB  0 root
if        if        SCONJ 5 mark
attacks   attack    NOUN  5 nsubj
continue  continue  VERB  2 advcl
"""
UNLESS = """
Rebels    rebel     NOUN  3 nsubj
would     would     AUX   3 aux
attack    attack    VERB  0 root
unless    unless    SCONJ 6 mark
troops    troops    NOUN  6 nsubj
withdrew  withdraw  VERB  3 advcl
"""


def found(rows: str, trigger: str) -> str | None:
    """Return the modality that the words around a trigger set."""
    scene = a_scene(rows)
    ruled = modality.by_rule(scene, 0, *where(scene.reading.sentences[0], trigger))
    return ruled[0] if ruled else None


def test_plain_past_is_not_ruled() -> None:
    """Where no word governs the act, nothing is ruled."""
    assert found(PLAIN, "attacked") is None


@pytest.mark.parametrize(
    ("form", "lemma", "expected"), [("will", "will", "future"), ("could", "could", "possible")]
)
def test_modal(form: str, lemma: str, expected: str) -> None:
    """A modal verb sets the modality of the verb it stands before."""
    assert found(MODAL.format(form=form, lemma=lemma), "attack") == expected


def test_negation() -> None:
    """What is said not to have happened is negated."""
    assert found(NOT, "attack") == "negated"


@pytest.mark.parametrize(
    ("form", "lemma", "expected"),
    [
        ("planned", "plan", "future"),
        ("refused", "refuse", "negated"),
        ("agreed", "agree", "future"),
    ],
)
def test_governing_verb(form: str, lemma: str, expected: str) -> None:
    """A verb sets the modality of the act that its open clause names."""
    assert found(OPEN.format(form=form, lemma=lemma), "attack") == expected


@pytest.mark.parametrize(
    ("form", "lemma", "expected"), [("refuse", "refuse", "possible"), ("plan", "plan", "negated")]
)
def test_a_cue_that_is_negated_sets_its_opposite(form: str, lemma: str, expected: str) -> None:
    """What is not refused may come, what is not planned is not to come."""
    assert found(UNDER_NOT.format(form=form, lemma=lemma), "attack") == expected


def test_an_attack_that_was_not_prevented_took_place() -> None:
    """Where a verb that stops an act is negated, nothing is said against the act."""
    assert found(PREVENTED, "attack") is None
    done = PREVENTED.replace("not     ", "indeed  ").replace("PART", "ADV")
    assert found(done, "attack") == "possible"


def test_if_outranks_not() -> None:
    """The act that a condition asks for is possible, said with "not" or without."""
    assert found(IF_NOT, "withdraw") == "possible"


def test_what_goes_on_is_as_its_verb_is() -> None:
    """Of a noun that takes place the verb tells whether it does."""
    assert found(GO_ON, "attacks") == "possible"


def test_condition_rules_both_clauses() -> None:
    """A conjunction makes its main clause conditional, and the act in its own clause possible."""
    rows = UNLESS.replace("would     would     AUX   3 aux\n", "")
    rows = rows.replace("3 nsubj", "2 nsubj").replace("6 mark", "5 mark")
    rows = rows.replace("6 nsubj", "5 nsubj").replace("3 advcl", "2 advcl")
    assert found(rows, "attack") == "conditional"
    assert found(rows, "withdrew") == "possible"


def test_cue_is_named() -> None:
    """The word that decided is told."""
    scene = a_scene(NOT)
    assert modality.by_rule(scene, 0, 3, 4) == ("negated", "not")
