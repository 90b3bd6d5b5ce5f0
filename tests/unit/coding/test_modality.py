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
