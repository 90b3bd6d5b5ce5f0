"""The adjudicator: it asks about what is uncertain, and changes that alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from tests.build import a_proposal, a_reading, an_article, text_of
from tests.endpoint import Answer, Reply, Service, a_verdict, says, serving, verdicts
from tocsin.base import settings
from tocsin.ontology import load
from tocsin.records.reading import Edge, Proposal, Reading
from tocsin.remote.client import Client, Endpoint
from tocsin.remote.judge import Judge

ROWS = """
Rebels     rebel      NOUN  2 nsubj
attacked   attack     VERB  0 root

Troops     troop      NOUN  2 nsubj
moved      move       VERB  0 root

Talks      talk       NOUN  2 nsubj
failed     fail       VERB  0 root
"""
ARTICLE = an_article(text_of(ROWS))
ASKING = replace(settings.load().endpoint, before=1, retries=0, lowest=0.25, highest=0.75)
SURE = a_proposal(1, chance=0.9)
UNLIKELY = a_proposal(1, sentence=2, code="CONSULT", chance=0.1)
DOUBTED = replace(
    a_proposal(1, sentence=1, modality="future", edges=(Edge("actor", 1, 0, 1, 0.8),)),
    types=(("MOBILIZE", 0.5), ("RETREAT", 0.3)),
)
READING = a_reading(ROWS, article=ARTICLE, proposals=(SURE, DOUBTED, UNLIKELY))


@contextmanager
def judging(*replies: Answer, questions: int = 40) -> Iterator[tuple[Judge, Service]]:
    """Yield an adjudicator and the server that it asks."""
    asking = replace(ASKING, questions=questions)
    with serving(*replies) as service:
        yield Judge(Client(Endpoint(service.url, "small"), asking), load.load()), service


def judged(*replies: Answer) -> Reading:
    """Return the reading after the replies."""
    with judging(*replies) as (judge, _):
        return judge.read(ARTICLE, READING)


def doubts(count: int) -> Reading:
    """Return a reading with so many doubts about the same word."""
    return replace(READING, proposals=(DOUBTED,) * count)


def test_only_doubts_are_asked_about() -> None:
    """One request names the uncertain words; only their sentence and the one before are sent."""
    with judging(verdicts(a_verdict())) as (judge, service):
        judge.read(ARTICLE, READING)
    (asked,) = service.asked
    assert asked.data["questions"] == [{"number": 1, "sentence": 2, "words": "moved"}]
    assert [s["number"] for s in asked.data["sentences"]] == [1, 2]


def test_a_verdict_replaces_type_and_modality() -> None:
    """A claim takes type and modality of the verdict; its people and the others stay."""
    out = judged(verdicts(a_verdict(code="COERCE", modality="possible")))
    expected = replace(
        DOUBTED,
        types=(("COERCE", 0.95),),
        modality=(("possible", 0.95),),
        hand="endpoint",
    )
    assert out.proposals == (SURE, expected, UNLIKELY)
    assert out.issues == ()
    assert out.endpoint is not None
    assert out.endpoint.startswith("adjudicate small ")


def test_no_claim_lowers_the_chances() -> None:
    """Where the endpoint sees no claim, all types share a chance that nothing lifts."""
    out = judged(verdicts(a_verdict(claim=False, code=None, modality=None)))
    changed = out.proposals[1]
    assert changed.hand == "endpoint"
    assert [name for name, _ in changed.types] == ["MOBILIZE", "RETREAT"]
    assert sum(chance for _, chance in changed.types) == pytest.approx(0.02)
    assert (out.proposals[0], out.proposals[2]) == (SURE, UNLIKELY)


def test_without_doubts_nothing_is_asked() -> None:
    """An article where all is sure causes no request and bears no mark of the endpoint."""
    sure = replace(READING, proposals=(SURE, UNLIKELY))
    with judging(verdicts()) as (judge, service):
        assert judge.read(ARTICLE, sure) == sure
    assert service.asked == []


@pytest.mark.parametrize(("chance", "asked"), [(0.24, 0), (0.25, 1), (0.75, 1), (0.76, 0)])
def test_the_band_has_both_its_ends(chance: float, asked: int) -> None:
    """The lowest and the highest uncertain chance are uncertain themselves."""
    reading = replace(READING, proposals=(a_proposal(1, chance=chance),))
    with judging(verdicts(a_verdict())) as (judge, service):
        judge.read(ARTICLE, reading)
    assert len(service.asked) == asked


def test_many_doubts_are_asked_in_parts() -> None:
    """A request asks so many questions and no more, each part counted from 1."""
    rows = (a_verdict(1, code="ACCUSE"), a_verdict(2, code="AID"))
    with judging(verdicts(*rows), verdicts(a_verdict(1)), questions=2) as (judge, service):
        out = judge.read(ARTICLE, doubts(3))
    assert [len(a.data["questions"]) for a in service.asked] == [2, 1]
    assert [p.types[0][0] for p in out.proposals] == ["ACCUSE", "AID", "ASSAULT"]


@pytest.mark.parametrize(
    "row",
    [
        a_verdict(2),
        a_verdict(0),
        a_verdict(code="QUARREL"),
        a_verdict(modality="likely"),
        a_verdict(code=None),
        {"number": 1},
        "yes",
    ],
)
def test_verdicts_that_do_not_hold_change_nothing(row: object) -> None:
    """A verdict on no question, of no known type or of another form is told and dropped."""
    out = judged(verdicts(row))
    assert (out.proposals, out.endpoint) == (READING.proposals, None)
    assert [i.code for i in out.issues] == ["endpoint-dropped", "endpoint-answer"]
    assert "0 verdicts on 1 questions" in out.issues[1].message


def test_a_second_verdict_is_dropped() -> None:
    """Of two verdicts on one question the first holds."""
    out = judged(verdicts(a_verdict(code="AID"), a_verdict(code="ACCUSE")))
    assert out.proposals[1].types == (("AID", 0.95),)
    assert [i.code for i in out.issues] == ["endpoint-dropped"]


def test_a_cut_answer_decides_what_it_came_to() -> None:
    """Verdicts before a cut hold; the other questions stay open."""
    text = '{"verdicts": [{"number": 1, "claim": true, "type": "AID", "modality": "actual"}, {"n'
    with judging(says(text, finish="length")) as (judge, _):
        out = judge.read(ARTICLE, doubts(2))
    assert [p.hand for p in out.proposals] == ["endpoint", "model"]
    assert [i.code for i in out.issues] == ["endpoint-cut"]


@pytest.mark.parametrize(
    ("replies", "codes", "requests"),
    [
        ([Reply(status=500)], ["endpoint-failed"], 1),
        ([says("Yes.")], ["endpoint-answer"] * 3, 3),
    ],
)
def test_failures_leave_the_network_s_word(
    replies: Sequence[Answer], codes: list[str], requests: int
) -> None:
    """Without a usable answer all stays as it was; after a lasting failure no more is asked."""
    with judging(*replies, questions=1) as (judge, service):
        out = judge.read(ARTICLE, doubts(3))
    assert out.proposals == (DOUBTED,) * 3
    assert [i.code for i in out.issues] == codes
    assert len(service.asked) == requests
    assert out.endpoint is None


def test_untouched_proposals_are_the_same() -> None:
    """Nothing about a sure proposal changes, whatever the endpoint says."""
    kept: list[Proposal] = [p for p in judged(verdicts(a_verdict())).proposals if p.hand == "model"]
    assert kept == [SURE, UNLIKELY]
