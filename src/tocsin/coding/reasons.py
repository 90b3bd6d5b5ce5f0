"""Why a claim's fields hold what they hold, one reason a hand."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.coding.scene import Scene
from tocsin.coding.syntax import span_at
from tocsin.coding.triggers import Candidate
from tocsin.records.claim import Claim, Interval, Participant
from tocsin.records.evidence import Reason, Span
from tocsin.records.reading import Edge


def of_type(found: Candidate, trigger: Span) -> Iterator[Reason]:
    """Yield why words were taken for an event: the hand that took them, and who agrees with it."""
    score = found.score
    if found.hand == "model" and found.proposal is not None:
        score = dict(found.proposal.types)[found.type]
    yield Reason(
        field="type", hand=found.hand, because=found.because, span=trigger, score=round(score, 3)
    )
    if found.hand == "model" and found.listed is not None:
        yield Reason(field="type", hand="lexicon", because=found.listed, span=trigger)


def seen(field: str, name: str, score: float) -> Reason:
    """Return that the network sees a field's value in a trigger."""
    because = f"network {score:.2f} for {name}"
    return Reason(field=field, hand="model", because=because, score=score)


def of_edge(scene: Scene, edge: Edge) -> Reason:
    """Return why words stand in a role: the network's score, or the rule."""
    return Reason(
        field=edge.role,
        hand="lexicon" if edge.because else "model",
        because=edge.because or f"network {edge.score:.2f} for this role",
        score=edge.score,
        span=span_at(scene.article.text, scene.trees[edge.sentence].s, edge.start, edge.end),
    )


def of_source(who: Participant) -> Reason:
    """Return why somebody speaks whom the network did not see."""
    because = "the source of the statement around it"
    return Reason(field="speaker", hand="rule", because=because, span=who.span)


def of_days(because: str | None, deadline: Interval | None) -> Iterator[Reason]:
    """Yield how a date and a deadline were read."""
    if because is not None:
        yield Reason(field="date", hand="lexicon", because=because)
    if deadline is not None:
        term = "read as a term that is set"
        yield Reason(field="deadline", hand="lexicon", because=term, span=deadline.span)


def of_link(parent: Claim, score: float) -> Reason:
    """Return why a claim is the content of another, with the words of that one."""
    because = f"network {score:.2f} for this link"
    return Reason(
        field="content_of", hand="model", because=because, score=score, span=parent.trigger
    )
