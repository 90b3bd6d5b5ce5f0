"""Why claims were brought together as one event, and why others were left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tocsin.explain.lines import Line, Numbers, Part, cut
from tocsin.records.claim import Claim

LONGEST = 160  # characters of a sentence


class Joined(NamedTuple):
    """A claim and the one that it is nearest to: the chance that both tell of one event, and why.

    `speaking` and `against` are reasons in words, the weightiest first; `judged` names a judgement
    that decides instead.
    """

    claim: str
    other: str
    chance: float
    speaking: tuple[str, ...]
    against: tuple[str, ...]
    judged: str = ""


class Apart(NamedTuple):
    """Another event that is near: its nearest claim, and the mean chance of all pairs.

    From `needed` on the two would have become one.
    """

    event: str
    title: str
    nearest: Joined
    mean: float
    needed: float


def parts(
    merged: Sequence[Joined],
    apart: Sequence[Apart],
    numbers: Numbers,
    claims: Mapping[str, Claim],
) -> tuple[Part, ...]:
    """Return why an event's claims are one event, and what was left out, as two parts."""
    alone = (Line("it has one claim"),)
    nobody = (Line("nothing else comes near"),)
    return (
        Part("Why these claims are one event", tuple(_merged(merged, numbers)) or alone),
        Part("What was left out", tuple(_apart(apart, numbers, claims)) or nobody),
    )


def _merged(merged: Sequence[Joined], numbers: Numbers) -> Iterator[Line]:
    for one in merged:
        pair = f"claims {numbers[one.other]} and {numbers[one.claim]}"
        chance = "" if one.judged else f", {one.chance:.2f}"
        because = one.judged or "; ".join(one.speaking) or "no one thing says it"
        yield Line(f"{pair}{chance}: {because}", about=(one.claim, one.other))


def _apart(apart: Sequence[Apart], numbers: Numbers, claims: Mapping[str, Claim]) -> Iterator[Line]:
    for one in apart:
        near = one.nearest
        yield Line(f"{one.title} ({one.event})", about=(one.event,))
        if near.claim in claims:
            quote = cut(claims[near.claim].sentence.quote, LONGEST)
            yield Line(f"“{quote}” ({near.claim})", depth=1, about=(near.claim,))
        if near.judged:
            yield Line(near.judged, depth=1)
        else:
            yield from _short(one, numbers)


def _short(one: Apart, numbers: Numbers) -> Iterator[Line]:
    """Yield what speaks for and against another event, and how far it falls short."""
    near = one.nearest
    yield Line(f"with claim {numbers[near.other]}: {near.chance:.2f}", depth=1)
    for title, reasons in (("for it", near.speaking), ("against it", near.against)):
        if reasons:
            yield Line(f"{title}: {'; '.join(reasons)}", depth=2)
    if near.chance >= one.needed:
        words = f"all claims of both: {one.mean:.2f} on average, where {one.needed:.2f} is needed"
        yield Line(words, depth=1)
