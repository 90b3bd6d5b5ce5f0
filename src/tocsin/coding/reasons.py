"""Why a claim's fields hold what they hold, one reason a hand."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.coding import votes
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import span_at
from tocsin.coding.triggers import Candidate, basis
from tocsin.records.claim import Claim, Interval
from tocsin.records.evidence import Hand, Reason, Span
from tocsin.records.reading import Edge


def of_type(found: Candidate, trigger: Span) -> Iterator[Reason]:
    """Yield why words were taken for an event: the hand that took them, and who agrees with it."""
    score = found.score
    if found.hand == "model" and found.proposal is not None:
        score = dict(found.proposal.types)[found.type]
    yield Reason(
        field="type", hand=found.hand, because=found.because, span=trigger, score=round(score, 3)
    )
    if found.hand != "lexicon" and found.listed is not None:
        yield Reason(field="type", hand="lexicon", because=found.listed, span=trigger)


def seen(field: str, name: str, score: float, hand: Hand = "model") -> Reason:
    """Return that a reader sees a field's value in a trigger."""
    return Reason(field=field, hand=hand, because=basis(hand, score, name), score=score)


def voted(field: str, what: str, score: float, span: Span | None = None) -> Reason:
    """Return that the hands together give a field its value."""
    because = f"chance {score:.2f} of {what}, by network, tree and lexicon"
    return Reason(field=field, hand="model", because=because, score=score, span=span)


def of_edge(scene: Scene, edge: Edge) -> Reason:
    """Return why words stand in a role: the chance that the hands give them, or the rule."""
    span = span_at(scene.article.text, scene.trees[edge.sentence].s, edge.start, edge.end)
    if edge.role in votes.ROLES and edge.hand == "model" and not edge.because:
        return voted(edge.role, "this role", edge.score, span)
    return Reason(
        field=edge.role,
        hand="lexicon" if edge.because else edge.hand,
        because=edge.because or basis(edge.hand, edge.score, "this role"),
        score=edge.score,
        span=span,
    )


def of_days(because: str | None, deadline: Interval | None) -> Iterator[Reason]:
    """Yield how a date and a deadline were read."""
    if because is not None:
        yield Reason(field="date", hand="lexicon", because=because)
    if deadline is not None:
        term = "read as a term that is set"
        yield Reason(field="deadline", hand="lexicon", because=term, span=deadline.span)


def of_link(parent: Claim, score: float, *, ruled: bool = False) -> Reason:
    """Return why a claim is the content of another, with the words of that one."""
    if ruled:
        because = "stands where its word's frame has the content"
        return Reason(field="content_of", hand="lexicon", because=because, span=parent.trigger)
    because = f"network {score:.2f} for this link"
    return Reason(
        field="content_of", hand="model", because=because, score=score, span=parent.trigger
    )
