"""What judgements come to together: the last that stands wins, and words outlive ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.build import a_claim, an_article
from tocsin.base.errors import JudgementError
from tocsin.fusion.judgements import Settled, corrected, found, settle
from tocsin.records.claim import Claim
from tocsin.records.evidence import span_of
from tocsin.records.judgement import Anchor, Judgement, Verdict

TEXT = "Rebels shelled the town. The army denied it. Planes bombed a bridge."
ARTICLE = an_article(TEXT)
START = datetime(2024, 3, 6, 12, tzinfo=UTC)


A, B, C = (
    replace(a_claim(ARTICLE, word), id=f"claim-{number}")
    for number, word in enumerate(("shelled", "denied", "bombed"))
)


def anchor(claim: Claim) -> Anchor:
    """What a judgement of a claim is tied to."""
    return Anchor(claim=claim.id, article=claim.article, type=claim.type, span=claim.trigger)


def judged(
    number: int,
    verdict: Verdict,
    one: Claim,
    other: Claim | None = None,
    **fields: Any,  # noqa: ANN401
) -> Judgement:
    """A judgement, each a minute after the one before."""
    return Judgement(
        id=f"judgement-{number:02}", verdict=verdict, target=fields.pop("target", one.id),
        author="ann", time=START + timedelta(minutes=number), anchor=anchor(one),
        other=other.id if other else None, beside=anchor(other) if other else None, **fields,
    )  # fmt: skip


def settled(*made: Judgement, among: list[Claim] | None = None) -> Settled:
    """What some judgements come to for the claims of the article."""
    return settle(made, {ARTICLE.id: among or [A, B, C]})


def test_the_last_verdict_wins() -> None:
    """Whoever rejects after accepting has rejected; an undone judgement counts for nothing."""
    made = [judged(1, "accept", A), judged(2, "reject", A), judged(3, "accept", B)]
    assert settled(*made).rejected == {A.id}
    assert settled(*made).accepted == {B.id}
    undone = replace(made[1], undone=START + timedelta(hours=1))
    assert settled(made[0], undone).accepted == {A.id}


def test_corrections_lie_one_on_the_other() -> None:
    """Each field keeps the last value that was given for it."""
    made = (
        judged(1, "correct", A, field="modality", after="negated"),
        judged(2, "correct", A, field="type", after="COERCE"),
        judged(3, "correct", A, field="modality", after="possible"),
    )
    assert settled(*made).claims == {A.id: replace(A, modality="possible", type="COERCE")}


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("modality", "maybe", "modality"),
        ("sentence", None, "cannot be corrected"),
        ("killed", {"low": "many"}, "killed"),
        ("killed", {"low": 5, "high": 2, "span": [0, 0, ""]}, "the low bound comes first"),
    ],
)
def test_what_no_field_holds(name: str, value: object, reason: str) -> None:
    """A value that the field cannot hold is refused with the reason."""
    with pytest.raises(JudgementError, match=reason):
        corrected(A, name, value)


def test_words_outlive_ids() -> None:
    """After coding anew, a judgement holds for the claim on the same words."""
    again = replace(A, id="claim-9", type="COERCE")
    made = judged(1, "correct", A, field="modality", after="negated")
    assert settled(made, among=[again, B]).claims == {"claim-9": replace(again, modality="negated")}


def test_a_verdict_is_of_a_type() -> None:
    """Whoever rejected an assault has said nothing of the arrest that stands there now."""
    again = replace(A, id="claim-9", type="COERCE")
    out = settled(judged(1, "reject", A), among=[again, B])
    assert out.rejected == frozenset()
    assert [why for _, why in out.loose] == [
        "no claim of type ASSAULT stands on “shelled” any more"
    ]


def test_the_nearest_claim_is_found() -> None:
    """Of several claims on the words, the one of the type is meant, else what shares most."""
    trigger = span_of(TEXT, 0, 15)
    wide = replace(A, id="claim-8", type="COERCE", trigger=trigger)
    assert found(anchor(replace(A, id="gone")), [wide, A], typed=True) == A
    assert found(anchor(replace(A, id="gone", type="AID")), [wide], typed=False) == wide
    assert found(anchor(replace(A, id="gone")), [B, C], typed=False) is None


def test_pairs() -> None:
    """Same and different are of pairs, whichever was named first; the later one holds."""
    out = settled(judged(1, "same", B, A), judged(2, "different", B, C))
    assert out.same == ((A.id, B.id),)
    assert out.different == ((B.id, C.id),)
    out = settled(judged(1, "same", B, A), judged(2, "different", A, B))
    assert (out.same, out.different) == ((), ((A.id, B.id),))


def test_what_cannot_hold_together() -> None:
    """One with the other, the other with a third, and the first not with it: the oldest yields."""
    out = settled(
        judged(1, "same", A, B), judged(2, "same", B, C), judged(3, "different", A, C)
    )  # fmt: skip
    assert out.different == ((A.id, C.id),)
    assert out.same == ((B.id, C.id),)
    assert [(made.id, why) for made, why in out.loose] == [
        ("judgement-01", "later judgements say the opposite")
    ]


def test_values_of_events() -> None:
    """A correction of an event chooses a value for it, by the claim that it is known by."""
    made = judged(1, "correct", A, target="event-1", field="killed", after=3)
    odd = judged(2, "correct", A, target="event-1", field="trigger", after=3)
    out = settled(made, odd)
    assert out.chosen == {(A.id, "killed"): "3"}
    assert [one.id for one, _ in out.loose] == ["judgement-02"]


VERDICTS = st.lists(
    st.tuples(
        st.sampled_from(["same", "different"]), st.sampled_from([(A, B), (B, C), (A, C)])
    ),
    max_size=6,
)  # fmt: skip


@given(VERDICTS)
def test_no_two_contradict(made: list[tuple[Verdict, tuple[Claim, Claim]]]) -> None:
    """Whatever is judged, what is the same by what holds is never held to be different."""
    out = settled(*(judged(n, verdict, *pair) for n, (verdict, pair) in enumerate(made)))
    group = {name: name for name in (A.id, B.id, C.id)}
    for one, other in out.same:
        old, new = group[other], group[one]
        group = {name: new if of == old else of for name, of in group.items()}
    assert all(group[one] != group[other] for one, other in out.different)
    assert len(out.same) + len(out.different) + len(out.loose) >= len({pair for _, pair in made})


@given(VERDICTS, st.randoms())
def test_order_does_not_matter(
    made: list[tuple[Verdict, tuple[Claim, Claim]]], chance: Random
) -> None:
    """Judgements come to the same in whichever order they are read."""
    told = [judged(n, verdict, *pair) for n, (verdict, pair) in enumerate(made)]
    mixed = [*told]
    chance.shuffle(mixed)
    assert settled(*mixed) == settled(*told)
