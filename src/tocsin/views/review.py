"""The queue of what is worth an analyst's attention, and one question of it at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import log2
from typing import Literal

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.records.event import EVENT_SLOTS, TOLLS, Dispute, Event, Held
from tocsin.records.judgement import Judgement
from tocsin.store import actors, codings, decisions, events, judgements, listing, queue, syntax
from tocsin.store.listing import Line
from tocsin.store.queue import Weight
from tocsin.views import claim, saved
from tocsin.views.claim import Corrected, Evidence, evidence, judged

Kind = Literal["pair", "claim", "dispute"]
KINDS: tuple[Kind, ...] = ("pair", "dispute", "claim")
# Slots of disputes that an event's own slots call otherwise.
SLOTS = {"days": "time"}

# Decisions that a queue may not know of yet.
_LATE = 200

# How many entries of watch lists an event is under.
Watched = Mapping[str, int]


class Near(Struct, frozen=True):
    """Two events that nearly are one, by their nearest claims; one from a `mean` of `needed` on."""

    one: str
    other: str
    claim: str
    beside: str
    mean: float
    needed: float


class Score(Struct, frozen=True):
    """Why something comes where it does: the three numbers, and what they were made of."""

    uncertainty: float
    importance: float
    watch: int
    reports: int
    killed: int

    @property
    def rank(self) -> float:
        """What the queue is ordered by."""
        return self.uncertainty * self.importance * self.watch


class Item(Struct, frozen=True):
    """Something to decide: a claim, a pair of events or one dispute of an event.

    `id` is its place in the queue for addresses; `chance` is the number that is uncertain.
    """

    id: str
    kind: Kind
    score: Score
    chance: float
    claim: str | None = None
    event: str | None = None
    near: Near | None = None
    slot: str | None = None


class Side(Struct, frozen=True):
    """What one side of a dispute says, what choosing it sets, and a claim that says so."""

    name: str
    value: str
    origins: int
    claims: int
    evidence: Evidence | None


class Shown(Struct, frozen=True):
    """An item with all that is needed to decide it."""

    item: Item
    one: Evidence | None = None
    other: Evidence | None = None
    event: Line | None = None
    beside: Line | None = None
    slots: tuple[claim.Slot, ...] = ()
    because: str = ""
    field: str = ""
    sides: tuple[Side, ...] = ()


def ranked(connection: Connection, near: Sequence[Near], watched: Watched) -> list[Item]:
    """Return everything that waits to be decided, what matters most first.

    The order is uncertainty times importance times watch: uncertainty from 0 to 1 says how near a
    question is to being even, importance is the binary logarithm of 1 + reports + killed, watch is
    1 + entries of watch lists that the event is under.
    """
    weights = queue.weights(connection)
    items = [
        *_pairs(near, weights, watched),
        *_claims(connection, weights, watched),
        *_disputes(connection, weights, watched),
    ]
    return sorted(items, key=place)


def undecided(connection: Connection, items: Sequence[Item]) -> list[Item]:
    """Return the items of a queue, perhaps an older one, that nobody has decided since."""
    late = [one for one in decisions.latest(connection, _LATE) if one.undone is None]
    judged_ = {one.target for one in late if one.verdict in ("accept", "reject", "correct")}
    pairs = {frozenset(_claims_of(one)) for one in late if one.verdict in ("same", "different")}
    settled = {(one.target, one.field) for one in late if one.verdict == "correct"}
    return [
        one
        for one in items
        if not (
            one.claim in judged_
            or (one.near and frozenset((one.near.claim, one.near.beside)) in pairs)
            or (one.event, SLOTS.get(one.slot or "", one.slot)) in settled
        )
    ]


def _claims_of(made: Judgement) -> Iterator[str]:
    """Yield the claims that a judgement of two is about."""
    for anchor in (made.anchor, made.beside):
        if anchor is not None:
            yield anchor.claim


def watched(connection: Connection, today: date) -> Watched:
    """Return how many entries of watch lists each event is under; others are left out."""
    out: Counter[str] = Counter()
    for entry in saved.watched(connection):
        if entry.query:
            node = syntax.parse(entry.query, today=today)
            claims = {one.id for one in actors.acts(connection, node)}
            out.update({one.event for one in events.members(connection, "claim", claims)})
    return out


def place(item: Item) -> tuple[float, str]:
    """Return where an item stands in the queue."""
    return -item.score.rank, item.id


def shown(connection: Connection, item: Item, corrected: Corrected) -> Shown | None:
    """Return an item with its evidence; None where it is not there any more."""
    if item.claim is not None:
        view = claim.view(connection, item.claim, corrected)
        if view is None:
            return None
        return Shown(
            item, view.evidence, event=view.evidence.event, slots=view.slots, because=view.because
        )
    if item.near is not None:
        return _near(connection, item, item.near, corrected)
    return _dispute(connection, item, corrected)


def _near(
    connection: Connection, item: Item, near: Near, corrected: Corrected
) -> Shown | None:  # fmt: skip
    told = _told(connection, [near.claim, near.beside], corrected)
    lines = listing.named(connection, {near.one, near.other})
    if len(told) < 2 or len(lines) < 2:
        return None
    return Shown(item, told[near.claim], told[near.beside], lines[near.one], lines[near.other])


def _dispute(connection: Connection, item: Item, corrected: Corrected) -> Shown | None:
    event = events.load(connection, [item.event or ""]).get(item.event or "")
    found = next((d for d in event.disputes if d.slot == item.slot), None) if event else None
    if event is None or found is None:
        return None
    first = [side.claims[0] for side in found.sides if side.claims]
    told = _told(connection, first, corrected)
    sides = tuple(
        Side(
            side.name, _value(found, side), len(side.origins), len(side.claims),
            told.get(side.claims[0]) if side.claims else None,
        )
        for side in found.sides
    )  # fmt: skip
    line = listing.named(connection, [event.id])[event.id]
    return Shown(item, event=line, because=found.because, field=_slot(found), sides=sides)


def _told(
    connection: Connection, names: Sequence[str], corrected: Corrected
) -> dict[str, Evidence]:  # fmt: skip
    held = codings.claims(connection, names)
    found = evidence(connection, [held[name] for name in names if name in held], corrected)
    return {one.glance.id: one for one in found}


def _slot(found: Dispute) -> str:
    return SLOTS.get(found.slot, found.slot)


def _value(found: Dispute, side: Held) -> str:
    """Return what an event's slot is set to when a side is chosen: of numbers the lower one."""
    if found.slot not in TOLLS:
        return side.value
    return "".join(c for c in side.value.partition(" ")[0].partition("–")[0] if c.isdigit())


def _score(uncertainty: float, weight: Weight, watch: int) -> Score:
    importance = log2(1 + weight.reports + weight.killed)
    return Score(uncertainty, importance, 1 + watch, weight.reports, weight.killed)


def _pairs(near: Sequence[Near], weights: Mapping[str, Weight], watched: Watched) -> Iterator[Item]:
    for one in near:
        a, b = weights.get(one.one), weights.get(one.other)
        if a is None or b is None:  # merged since
            continue
        both = Weight(max(a.killed, b.killed), a.reports + b.reports, a.title)
        watch = watched.get(one.one, 0) + watched.get(one.other, 0)
        uncertainty = max(0.0, 1 - abs(one.mean - one.needed) / one.needed)
        score = _score(uncertainty, both, watch)
        yield Item(f"{one.one}~{one.other}", "pair", score, one.mean, near=one)


def _claims(
    connection: Connection, weights: Mapping[str, Weight], watched: Watched
) -> Iterator[Item]:
    """Yield claims that nobody has judged, in doubt by how near their chance is to a half."""
    done = judged(connection)
    for one in queue.doubts(connection):
        if one.claim not in done:
            uncertainty = 1 - abs(2 * one.chance - 1)
            score = _score(uncertainty, weights[one.event], watched.get(one.event, 0))
            yield Item(one.claim, "claim", score, one.chance, claim=one.claim, event=one.event)


def _disputes(
    connection: Connection, weights: Mapping[str, Weight], watched: Watched
) -> Iterator[Item]:
    """Yield disputes that nobody settled, in doubt by how even their sides' origins are."""
    settled = {
        (made.anchor.claim, made.field)
        for made in judgements.standing(connection)
        if made.verdict == "correct" and made.anchor and made.target.startswith("event-")
    }
    for name, event in events.load(connection, queue.disputed(connection)).items():
        for one in event.disputes:
            done = any((claim, _slot(one)) in settled for claim in event.claims)
            if done or _slot(one) not in EVENT_SLOTS or len(one.sides) < 2:
                continue
            even = _even(event, one)
            score = _score(even, weights[name], watched.get(name, 0))
            yield Item(f"{name}~{one.slot}", "dispute", score, even, event=name, slot=one.slot)


def _even(event: Event, one: Dispute) -> float:
    """Return the origins of the smallest side by those of the largest."""
    origin = {report.claim: report.origin for report in event.reports}
    sizes = sorted(len({origin.get(name, name) for name in side.claims}) for side in one.sides)
    return sizes[0] / sizes[-1] if sizes[-1] else 0.0
