"""What the tree alone tells of triggers that no network saw."""

from __future__ import annotations

from datetime import date

from tests.packaged import a_scene
from tocsin.coding import modality, plain
from tocsin.coding.scene import Scene
from tocsin.coding.triggers import Candidate
from tocsin.ontology.entries import Frame, Trigger

ULTIMATUM = """
Russia     Russia     PROPN  2  nsubj
threatened threaten   VERB   0  root   Tense=Past
to         to         PART   4  mark
attack     attack     VERB   2  xcomp  VerbForm=Inf
Tarvos     Tarvos     PROPN  4  obj
unless     unless     SCONJ  8  mark
it         it         PRON   8  nsubj
withdraws  withdraw   VERB   4  advcl
by         by         ADP    10 case
Friday     Friday     PROPN  8  obl
.          .          PUNCT  2  punct
"""
WILL = """
Russia  Russia  PROPN 2 nsubj
attacks attack  VERB  0 root  {feats}
Tarvos  Tarvos  PROPN 2 obj
.       .       PUNCT 2 punct
"""


def listed(at: int, kind: str, *content: str) -> Candidate:
    """Return a word of the first sentence as the lexicon alone takes it."""
    entry = Trigger(
        lemma="any",
        pos="VERB",
        words=("any",),
        head=0,
        tags=frozenset(),
        type=kind,
        mode=None,
        sense="always",
        frame=Frame(content=content),
    )
    return Candidate(0, at, at + 1, kind, 0.8, "lexicon", "listed", None, entry)


def scene(rows: str) -> Scene:
    """Return the scene of some rows."""
    return a_scene(rows, people=(), towns=("Tarvos",))


def test_a_condition_is_the_clause_that_a_conjunction_opens() -> None:
    """The act has it, and so has the threat above whose content the act is."""
    found = plain.condition(scene(ULTIMATUM), listed(3, "ASSAULT"))
    assert found is not None
    assert (found.kind, found.span.quote) == ("unless", "unless it withdraws by Friday")


def test_a_trigger_in_the_condition_is_under_none() -> None:
    """What is demanded does not hang on itself."""
    assert plain.condition(scene(ULTIMATUM), listed(7, "RETREAT")) is None


def test_a_term_in_the_sentence_is_a_threats_deadline() -> None:
    """Friday after the day of publication; an attack has no deadline."""
    found = plain.deadline(scene(ULTIMATUM), listed(1, "THREATEN"))
    assert found is not None
    assert found.end == date(2024, 3, 8)
    assert plain.deadline(scene(ULTIMATUM), listed(3, "ASSAULT")) is None


def test_contents_stand_where_the_frame_has_them() -> None:
    """An open clause is the content of a threat whose frame says so, and of no other."""
    act = listed(3, "ASSAULT")
    assert plain.contents(scene(ULTIMATUM), [listed(1, "THREATEN", "xcomp"), act]) == {1: 0}
    assert plain.contents(scene(ULTIMATUM), [listed(1, "THREATEN", "ccomp"), act]) == {}


def test_forms_of_the_verb_tell_the_modality() -> None:
    """A future form is ahead, a conditional one unconfirmed, another happened."""
    told = {}
    for feats in ("Tense=Fut", "Mood=Cnd", "Tense=Past"):
        made = scene(WILL.format(feats=feats))
        told[feats] = modality.by_form(made, 0, 1, 2, threat=False)[0]
    assert told == {"Tense=Fut": "future", "Mood=Cnd": "possible", "Tense=Past": "actual"}
