"""Why the claims of an event were brought together, and what came near and was left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from tocsin.explain.why import Apart, Joined
from tocsin.fusion import fuse, match
from tocsin.fusion.judgements import Settled
from tocsin.fusion.table import Table, table
from tocsin.pipeline.fusing import judges
from tocsin.records.event import Event
from tocsin.store import codings, events, fusing, listing
from tocsin.store.articles import few

# How many reasons are given for a pair, and against it.
SAID = 3
# How many events that were left out are told of.
NEAREST = 5

Chances = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Why:
    """How the claims of an event hang together, and which events came nearest to it."""

    merged: tuple[Joined, ...]
    apart: tuple[Apart, ...]


def why(connection: Connection, event: Event) -> Why:
    """Return why an event's claims are one event, and why those that come nearest are not of it.

    Each claim is told of with the one reported before it that it is nearest to.
    """
    settled = judges(connection).settled
    chances = fusing.pairs(connection, event.claims)
    inner = set(event.claims)
    near = [
        (claim, _nearest(claim, event.claims[:at] or (), event.claims, chances))
        for at, claim in enumerate(event.claims[1:], 1)
    ]
    outer = _outer(connection, inner, chances, settled)
    ends = inner | {one for rows in outer.values() for one in rows}
    told = _Told(_rows(connection, ends, settled), settled, chances)
    merged = tuple(told.joined(claim, other) for claim, other in near)
    return Why(merged, _apart(connection, event, outer, told))


def _nearest(
    claim: str, before: Sequence[str], every: Sequence[str], chances: Chances
) -> str:  # fmt: skip
    """Return the claim that one is nearest to: of those before it, else of all."""
    for some in (before, every):
        known = [(chances[pair], name) for name in some if (pair := _pair(claim, name)) in chances]
        if known:
            return max(known, key=lambda one: (one[0], -some.index(one[1])))[1]
    return before[0]


def _outer(
    connection: Connection, inner: set[str], chances: Chances, settled: Settled
) -> dict[str, list[str]]:
    """Return the claims of other events that one of an event's claims was compared with."""
    ends = {name for pair in (*chances, *settled.different) if inner & {*pair} for name in pair}
    out: dict[str, list[str]] = {}
    for one in events.members(connection, "claim", ends - inner):
        out.setdefault(one.event, []).append(one.claim)
    return out


def _apart(
    connection: Connection, event: Event, outer: Mapping[str, Sequence[str]], told: _Told
) -> tuple[Apart, ...]:
    """Return the events that come nearest, the nearest first."""
    inner = set(event.claims)
    best = {name: told.best(inner, claims) for name, claims in outer.items()}
    kept = sorted(best, key=lambda name: (-told.weight(*best[name]), name))[:NEAREST]
    lines = listing.named(connection, kept)
    sizes = {name: lines[name].reports for name in kept}
    weights = match.load()
    out = []
    for name in kept:
        pairs = len(inner) * sizes[name]
        known = [
            p for pair, p in told.chances.items() if inner & {*pair} and {*outer[name]} & {*pair}
        ]
        mean = (sum(known) + (pairs - len(known)) * weights.absent) / pairs
        nearest = told.joined(*best[name])
        out.append(Apart(name, lines[name].title, nearest, mean, weights.threshold))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Told:
    """The mentions of some articles, with the chances and judgements of their pairs."""

    rows: Table
    settled: Settled
    chances: Chances

    def best(self, inner: Collection[str], outer: Sequence[str]) -> tuple[str, str]:
        """Return the outer claim and the inner one that are nearest to each other."""
        pairs = [
            (b, a) if a in inner else (a, b)
            for a, b in (*self.chances, *self.settled.different)
            if (a in inner and b in outer) or (b in inner and a in outer)
        ]
        return max(pairs, key=lambda pair: (self.weight(*pair), pair))

    def weight(self, claim: str, other: str) -> float:
        """Return how near two claims are; what a person parted comes first."""
        pair = _pair(claim, other)
        return 1.0 if pair in self.settled.different else self.chances.get(pair, 0.0)

    def joined(self, claim: str, other: str) -> Joined:
        """Return why two claims are of one event, or are not."""
        pair = _pair(claim, other)
        judged = ""
        if pair in self.settled.different:
            judged = "a person judged that these are two events"
        elif pair in self.settled.same:
            judged = "a person judged that these are one event"
        at = {mention.id: row for row, mention in enumerate(self.rows.mentions)}
        if claim not in at or other not in at:
            return Joined(
                claim, other, 0.0, (), (), judged or "one of the two is not read any more"
            )
        verdict = match.explain(self.rows, at[claim], at[other])
        speaking = [one.words for one in verdict.reasons if one.value * one.weight > 0]
        against = [one.words for one in verdict.reasons if one.value * one.weight <= 0]
        return Joined(
            claim, other, verdict.probability, tuple(speaking[:SAID]), tuple(against[:SAID]), judged
        )


def _rows(connection: Connection, claims: Collection[str], settled: Settled) -> Table:
    """Return the mentions of the articles that some claims stand in."""
    names = sorted({one.article for one in events.members(connection, "claim", claims)})
    sheets = [
        fuse.sheet_of(coded, settled)
        for some in few(names)
        for coded in codings.load(connection, some)
    ]
    return table(sheets)


def _pair(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)
