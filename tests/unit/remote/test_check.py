"""Checks: nothing is taken on an endpoint's word that can be looked up."""

from __future__ import annotations

import pytest

from tests.build import a_reading, an_article, text_of
from tests.endpoint import a_role, a_said
from tocsin.ontology import load
from tocsin.records.reading import Edge, Proposal
from tocsin.remote.check import Check

ROWS = """
Rebels     rebel      NOUN  2 nsubj
attacked   attack     VERB  0 root
Tarvos     Tarvos     PROPN 2 obj

The        the        DET   2 det
army       army       NOUN  3 nsubj
vowed      vow        VERB  0 root
to         to         PART  5 mark
attack     attack     VERB  3 xcomp
the        the        DET   7 det
rebels     rebel      NOUN  5 obj

Talks      talk       NOUN  2 nsubj
failed     fail       VERB  0 root
"""
ARTICLE = an_article(text_of(ROWS))
SENTENCES = a_reading(ROWS, article=ARTICLE).sentences
TYPES = load.load()
ATTACK = a_said("attacked")
VOW = a_said("vowed", code="THREATEN", sentence=2)


def checked(*rows: object, start: int = 0, stop: int = 2) -> tuple[list[Proposal], list[str]]:
    """Return what holds of rows about the first two sentences, and what was noted: place, words."""
    check = Check(ARTICLE, SENTENCES, 0, start, stop, TYPES, 0.95)
    found = check.proposals(rows)
    assert {(i.code, i.stage, i.severity) for i in check.issues} <= {
        ("endpoint-dropped", "remote", "note")
    }
    assert {(i.file, i.article) for i in check.issues} <= {(ARTICLE.doc, ARTICLE.id)}
    return found, [f"{i.place}: {i.message}" for i in check.issues]


def test_what_is_true_is_kept() -> None:
    """A claim with known ids and words that are there is a proposal, the endpoint its hand."""
    roles = (a_role("actor", "Rebels"), a_role("place", "Tarvos"))
    said = a_said(modes=("aerial", "aerial"), modality="possible", outcome="failed", roles=roles)
    (proposal,), issues = checked(said)
    assert issues == []
    assert proposal == Proposal(
        sentence=0,
        start=1,
        end=2,
        types=(("ASSAULT", 0.95),),
        modality=(("possible", 0.95),),
        modes=(("ASSAULT:aerial", 0.95),),
        outcome=(("failed", 0.95),),
        edges=(
            Edge("actor", 0, 0, 1, 0.95, hand="endpoint"),
            Edge("place", 0, 2, 3, 0.95, hand="endpoint"),
        ),
        hand="endpoint",
    )


@pytest.mark.parametrize(
    ("said", "note"),
    [
        (a_said("bombarded"), "sentence 1: 'bombarded' as a trigger: no such words there"),
        (a_said("vowed"), "sentence 1: 'vowed' as a trigger: no such words there"),
        (a_said("attacked", nth=2), "sentence 1: 'attacked' as a trigger: no such words there"),
        (a_said("failed", sentence=3), "sentence 3: 'failed' as a trigger: the sentence was not"),
        (a_said("failed", sentence=-1), "sentence -1: 'failed' as a trigger: the sentence was not"),
        (a_said(sentence=10**30), "None: a claim of another form"),
        (a_said(code="QUARREL"), "sentence 1: 'QUARREL' for 'attacked' is not known"),
        (a_said(modality="likely"), "sentence 1: 'likely' for 'attacked' is not known"),
        ({"trigger": "attacked"}, "None: a claim of another form"),
        ("attacked", "None: a claim of another form"),
        (None, "None: a claim of another form"),
    ],
)
def test_claims_that_do_not_hold_are_dropped(said: object, note: str) -> None:
    """False words, unknown ids and other forms are dropped and told; the rest stays."""
    found, (issue,) = checked(said, VOW)
    assert [p.types[0][0] for p in found] == ["THREATEN"]
    assert issue.startswith(note)


@pytest.mark.parametrize(
    ("said", "note"),
    [
        (a_said(modes=("visit",)), "sentence 1: 'visit' is no mode of ASSAULT"),
        (a_said(outcome="won"), "sentence 1: 'won' is no outcome"),
        (a_said(roles=(a_role("author", "Rebels"),)), "sentence 1: 'author' is no role"),
        (a_said(roles=(a_role("actor", "Monks"),)), "sentence 1: 'Monks' as actor of 'attacked'"),
        (a_said(roles=(a_role("actor", "Rebels", sentence=2),)), "sentence 2: 'Rebels' as actor"),
        (a_said(roles=(a_role("actor", "Talks", sentence=3),)), "sentence 3: 'Talks' as actor"),
    ],
)
def test_parts_that_do_not_hold_are_dropped(said: object, note: str) -> None:
    """A mode, outcome or role that does not hold leaves its claim without it."""
    (proposal,), (issue,) = checked(said)
    assert (proposal.modes, proposal.outcome, proposal.edges) == ((), (("none", 0.95),), ())
    assert issue.startswith(note)


def test_sentences_shown_before_lend_people_only() -> None:
    """A role may stand in a sentence that was shown before; a trigger may not."""
    vow = {**VOW, "roles": [a_role("recipient", "Rebels")]}
    (proposal,), (issue,) = checked(ATTACK, vow, start=1)
    assert [(e.role, e.sentence) for e in proposal.edges] == [("recipient", 0)]
    assert issue.startswith("sentence 1: 'attacked' as a trigger: the sentence was not asked about")


def test_a_claim_given_twice_is_one() -> None:
    """The same words under the same type are one claim; under another type they are two."""
    arrest = a_said("attacked", code="COERCE")
    found, (issue,) = checked(ATTACK, ATTACK, arrest)
    assert [p.types[0][0] for p in found] == ["ASSAULT", "COERCE"]
    assert "'attacked' was given as ASSAULT before" in issue


def test_contents_find_their_claim() -> None:
    """Proposals come in text order, and a parent is found again whatever was dropped or moved."""
    content = a_said("attack", sentence=2, modality="future", parent=2)
    found, _ = checked(content, a_said("bombarded"), VOW, ATTACK)
    assert [p.start for p in found] == [1, 2, 4]
    assert [(p.parent, p.parent_score) for p in found] == [(None, 0.0), (None, 0.0), (1, 0.95)]


@pytest.mark.parametrize("parent", [7, -1, 0])
def test_parents_that_are_none_are_told(parent: int) -> None:
    """A parent out of the list, or a claim that is its own, is no link."""
    (proposal,), (issue,) = checked(a_said(parent=parent))
    assert proposal.parent is None
    assert issue == f"sentence 1: 'attacked' as content of claim {parent}: there is none"


def test_a_dropped_parent_is_none() -> None:
    """The content of a claim that was dropped stands alone."""
    found, issues = checked(a_said("bombarded"), a_said(parent=0))
    assert [p.parent for p in found] == [None]
    assert len(issues) == 2


def test_contents_in_a_circle_are_none() -> None:
    """Two claims that are to be each other's content are neither's."""
    found, issues = checked(a_said(parent=1), {**VOW, "parent": 0})
    assert [p.parent for p in found] == [None, None]
    assert len(issues) == 2
