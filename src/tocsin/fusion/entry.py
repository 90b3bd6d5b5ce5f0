"""A thread of claims as a row of the ledger, before anything is said of what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from tocsin.fusion.captions import caption
from tocsin.fusion.cues import cues
from tocsin.fusion.deadlines import Due
from tocsin.fusion.sides import known, state
from tocsin.fusion.told import order
from tocsin.fusion.uttered import Uttered, armed
from tocsin.records.claim import Participant
from tocsin.records.event import Event
from tocsin.records.origin import Origin, Report
from tocsin.records.threat import (
    Authority,
    Deadline,
    Does,
    Threat,
    ThreatKind,
    Utterance,
    threat_id,
)

Part = TypeVar("Part")
# A kind that says more takes the place of the founder's.
_MORE: Mapping[str, tuple[ThreatKind, ...]] = {
    "unconditional": ("ultimatum", "compellent", "deterrent"),
    "compellent": ("ultimatum",),
    "demand": ("ultimatum", "compellent"),
}


def entry(thread: Sequence[Uttered], events: Mapping[str, Event]) -> Threat:
    """Return the row that a thread makes; `thread` begins with the claim that founded it."""
    founder = thread[0]
    rows = sorted(thread, key=lambda row: order(row.told))
    firm = [row for row in rows if row.founds]
    does, deadline, moved = _deadlines(rows, founder)
    parts = [row.parts for row in (*firm, *(row for row in rows if not row.founds))]
    cost = _first(parts, lambda part: part.cost)
    cost_claim = _first(parts, lambda part: part.cost_claim)
    demand_claim = _first(parts, lambda part: part.demand_claim)
    cost_type = _first(parts, lambda part: part.cost_type)
    reports = [report for row in rows if (report := _report(row, events)) is not None]
    kept = [row for row in rows if row.does not in ("recalls", "denies")]
    made = Threat(
        id=threat_id(founder.claim.id),
        kind=_kind(founder, firm, timed=deadline is not None),
        status="open",
        issuer=_side(founder.issuer, [(row.claim.article, row.issuer) for row in firm]),
        target=_side(founder.target, [(row.claim.article, row.target) for row in rows]),
        by=_side(founder.by, [(row.claim.article, row.by) for row in firm]),
        utterances=tuple(_utterance(row, does[row.claim.id], events) for row in rows),
        demand=_first(parts, lambda part: part.demand),
        demand_claim=demand_claim.id if demand_claim else None,
        demand_type=_first(parts, lambda part: part.demand_type),
        condition=_first(parts, lambda part: part.condition),
        polarity=_first(parts, lambda part: part.polarity),
        cost=cost,
        cost_type=cost_type,
        cost_claim=cost_claim.id if cost_claim else None,
        cost_place=cost_claim.place.name if cost_claim and cost_claim.place else None,
        object=cost_claim.recipients if cost_claim else (),
        gravity=cues().costs[cost_type].gravity if cost_type else None,
        modes=tuple(dict.fromkeys(mode for row in firm for mode in row.claim.modes)),
        certainty=founder.certainty,
        authority=_authority(founder.issuer),
        issued=founder.spoken,
        first_reported=rows[0].day,
        last_reported=(kept or rows)[-1].day,
        deadline=deadline,
        moved_from=moved,
        origins=_origins(reports, [events[row.event] for row in rows if row.event in events]),
        independent=len({report.origin for report in reports if report.copy_of is None}),
    )
    made = replace(made, specificity=_exact(made))
    return replace(made, title=caption(made))


def _deadlines(
    rows: Sequence[Uttered], founder: Uttered
) -> tuple[dict[str, Does], Deadline | None, tuple[Deadline, ...]]:
    """Return what each claim does, the deadline that holds and those it was moved from.

    A day within the days known so far narrows them. A length that was told before is the same
    deadline, not a new one from the day of the report.
    """
    does: dict[str, Does] = {}
    held: tuple[Due, str] | None = None
    moved: list[tuple[Due, str]] = []
    for row in rows:
        act = "issues" if row is founder else row.does
        if row.due is not None and held is None:
            held = row.due, row.claim.id
        elif row.due is not None and held is not None:
            now = held[0]
            if row.due.start <= now.end and now.start <= row.due.end:
                held = _narrowed(now, row.due), held[1]
            elif _moves(row, now):
                moved.append(held)
                held = row.due, row.claim.id
                act = "extends" if row.due.end > now.end else "revises"
        does[row.claim.id] = "restates" if act == "extends" and not moved else act
    return does, _deadline(held) if held else None, tuple(_deadline(one) for one in moved if one)


def _moves(row: Uttered, now: Due) -> bool:
    """Return whether a claim sets another deadline than the one that holds."""
    due = row.due
    if due is None or row.does == "recalls" or (due.length and due.length == now.length):
        return False
    return row.does == "extends" or (row.founds and due.basis == "explicit")


def _narrowed(now: Due, new: Due) -> Due:
    if new.length is not None and now.length is None:
        return now
    return now._replace(start=max(now.start, new.start), end=min(now.end, new.end))


def _deadline(held: tuple[Due, str]) -> Deadline:
    due, claim = held
    return Deadline(start=due.start, end=due.end, basis=due.basis, claim=claim, quote=due.quote)


def _kind(founder: Uttered, firm: Sequence[Uttered], *, timed: bool) -> ThreatKind:
    """Return the kind: the founder's, unless another claim knows of a deadline or a condition."""
    found = Counter(row.kind for row in firm)
    for kind in _MORE.get(founder.kind, ()):
        if found[kind] and (kind != "ultimatum" or timed):
            return kind
    return founder.kind


def _side(
    first: tuple[Participant, ...], told: Sequence[tuple[str, tuple[Participant, ...]]]
) -> tuple[Participant, ...]:
    """Return a side as the founder has it; as two articles have it where the founder's is unknown.

    Where the founder names nobody, the side that most articles name counts.
    """
    if known(first):
        return first
    sides = [(article, side) for article, side in told if known(side)]
    votes = Counter(
        name for name, _ in {(_name(side), article) for article, side in sides}
    )  # fmt: skip
    for _, side in sorted(sides, key=lambda one: -votes[_name(one[1])]):
        if not first or votes[_name(side)] > 1:
            return side
    return first or next((side for _, side in told if side), ())


def _name(side: Sequence[Participant]) -> str:
    return side[0].entity or side[0].country or side[0].name


def _first(parts: Sequence[object], part: Callable[..., Part | None]) -> Part | None:
    return next((found for one in parts if (found := part(one)) is not None), None)


def _utterance(row: Uttered, does: Does, events: Mapping[str, Event]) -> Utterance:
    report = _report(row, events)
    return Utterance(
        claim=row.claim.id, article=row.claim.article, event=row.event, day=row.told.day,
        does=does, origin=report.origin if report else None, quote=row.claim.trigger,
    )  # fmt: skip


def _report(row: Uttered, events: Mapping[str, Event]) -> Report | None:
    event = events.get(row.event)
    reports = event.reports if event else ()
    return next((one for one in reports if one.claim == row.claim.id), None)


def _origins(reports: Sequence[Report], events: Sequence[Event]) -> tuple[Origin, ...]:
    """Return the origins of the claims, in order of first appearance."""
    by = {origin.id: origin for event in events for origin in event.origins}
    return tuple(by[name] for name in dict.fromkeys(r.origin for r in reports) if name in by)


def _authority(issuer: Sequence[Participant]) -> Authority:
    """Return whether whoever speaks can do it: states and armed groups can, citizens cannot."""
    if not issuer or not known(issuer):
        return "unknown"
    if any(state(one) for one in issuer) or armed(issuer):
        return "can bind"
    return "cannot bind" if all(one.sectors for one in issuer) else "unknown"


def _exact(threat: Threat) -> tuple[int, int, int]:
    """Return how exact the demand, the cost and the time are, each from 0 to 3."""
    demand = sum((
        bool(threat.demand or threat.condition), threat.demand_type is not None,
        threat.demand_claim is not None,
    ))  # fmt: skip
    cost = sum((
        threat.cost is not None, threat.cost_type is not None,
        bool(threat.object) or threat.cost_place is not None,
    ))  # fmt: skip
    if threat.deadline is None:
        return demand, cost, 0
    if threat.deadline.basis == "implicit":
        return demand, cost, 1
    return demand, cost, 3 if threat.deadline.start == threat.deadline.end else 2
