"""Which characters of an article bear out which field of a claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from tocsin.records.claim import Claim, Count
from tocsin.records.evidence import Span

Role = Literal[
    "trigger", "actor", "recipient", "speaker", "cue", "denier",
    "condition", "deadline", "date", "place", "count", "counted",
]  # fmt: skip
COUNTS = ("killed", "injured", "arrested", "displaced", "crowd")


class Mark(NamedTuple):
    """A span and what it is to a claim; `counted` are the people whom a number is of."""

    span: Span
    role: Role


def marks(claim: Claim) -> list[Mark]:
    """Return the spans of a claim with their roles, each once, wider ones first."""
    found = dict.fromkeys((Mark(claim.trigger, "trigger"), *_people(claim), *_circumstances(claim)))
    return sorted(found, key=lambda mark: mark.span.start - mark.span.end)


def counts(claim: Claim) -> Iterator[tuple[str, Count]]:
    """Yield the numbers of people that a claim has, by field."""
    for field in COUNTS:
        count = getattr(claim, field)
        if count is not None:
            yield field, count


def _people(claim: Claim) -> Iterator[Mark]:
    yield from (Mark(who.span, "actor") for who in claim.actors)
    yield from (Mark(who.span, "recipient") for who in claim.recipients)
    yield from (Mark(who.span, "denier") for who in claim.denied_by)
    if claim.attribution is not None:
        yield from (Mark(who.span, "speaker") for who in claim.attribution.chain)
        if claim.attribution.cue is not None:
            yield Mark(claim.attribution.cue, "cue")


def _circumstances(claim: Claim) -> Iterator[Mark]:
    if claim.condition is not None:
        yield Mark(claim.condition.span, "condition")
    if claim.deadline is not None:
        yield Mark(claim.deadline.span, "deadline")
    if claim.date is not None:
        yield Mark(claim.date.span, "date")
    if claim.place is not None:
        yield Mark(claim.place.span, "place")
    for _, count in counts(claim):
        yield Mark(count.span, "count")
        if count.group is not None:
            yield Mark(count.group, "counted")
