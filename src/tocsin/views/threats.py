"""The ledger of threats as a reader sees it: what is due, what is overdue, what came of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.records.claim import Participant
from tocsin.records.threat import Candidate, Deadline, Status, Threat, Utterance
from tocsin.store import codings, listing
from tocsin.store.listing import Line
from tocsin.views.claim import Corrected, Evidence, evidence

# Days ahead that count as soon.
AHEAD = 14
CLOSED: frozenset[Status] = frozenset({"resolved", "withdrawn", "void"})
PASSED: frozenset[Status] = frozenset({"grace", "lapsed"})
# How the ledger is cut up: due soon, overdue, running without a near day, ended.
Group = Literal["due", "overdue", "open", "ended"]
GROUPS: tuple[Group, ...] = ("due", "overdue", "open", "ended")


class Share(Struct, frozen=True, omit_defaults=True):
    """How many of how many, with the bounds of 95 %; no value where they are too few to say."""

    name: str
    count: int
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


class Rates(Struct, frozen=True):
    """Who carried out how many of the threats that are settled; `fewest` is what a share needs."""

    followed: Share
    by: tuple[Share, ...]
    extended: Share
    slippage: float | None
    fewest: int


class Ledger(Struct, frozen=True):
    """The threats of a day, oldest first, with the titles of the events that they point to."""

    threats: tuple[Threat, ...]
    titles: Mapping[str, str]
    rates: Rates


# A ledger without threats, for as long as it is not known.
NONE = Ledger((), {}, Rates(Share("", 0, 0), (), Share("", 0, 0), None, 0))


class Row(Struct, frozen=True, omit_defaults=True):
    """A threat on a line: `days` until its earliest end, or since its latest one if `late`."""

    id: str
    kind: str
    status: Status
    group: Group
    issuer: tuple[str, ...]
    target: tuple[str, ...]
    certainty: str
    reports: int
    origins: int
    issued: date | None
    last: date | None
    title: str
    demand: str | None = None
    cost: str | None = None
    condition: str | None = None
    polarity: str | None = None
    deadline: Deadline | None = None
    days: int | None = None
    late: bool = False
    moved: int = 0
    candidates: int = 0
    did: str | None = None
    target_did: str | None = None
    countries: tuple[str, ...] = ()


class Rows(Struct, frozen=True):
    """The ledger's rows in groups, with how many threats each group has before any narrowing."""

    on: date
    groups: Mapping[Group, tuple[Row, ...]]
    counts: Mapping[str, int]
    total: int
    rates: Rates


class Said(Struct, frozen=True):
    """One utterance of a thread, with its evidence where the claim is still there."""

    utterance: Utterance
    evidence: Evidence | None


class Proposal(Struct, frozen=True):
    """An event that may be an outcome, as a list shows it."""

    candidate: Candidate
    event: Line | None


class Thread(Struct, frozen=True):
    """A threat with everything a page about it shows."""

    on: date
    threat: Threat
    row: Row
    said: tuple[Said, ...]
    proposals: tuple[Proposal, ...]
    answers: tuple[Row, ...]
    signals: tuple[Line, ...]
    evidence: tuple[Line, ...]
    rate: Share | None


def rows(ledger: Ledger, on: date, status: str | None = None) -> Rows:
    """Return the ledger of a day in groups: what is due first, then what is overdue the newest."""
    made = [row(one, on) for one in ledger.threats]
    counts: dict[str, int] = {}
    for one in made:
        counts[one.status] = counts.get(one.status, 0) + 1
    shown = [one for one in made if status is None or one.status == status]
    groups: dict[Group, tuple[Row, ...]] = {}
    for name in GROUPS:
        mine = [one for one in shown if one.group == name]
        if mine:
            groups[name] = tuple(sorted(mine, key=_order))
    return Rows(on, groups, counts, len(made), ledger.rates)


def _order(one: Row) -> tuple[int, int, str]:
    if one.group in ("due", "overdue"):
        return (one.days or 0, -one.reports, one.id)
    return (-(one.last.toordinal() if one.last else 0), -one.reports, one.id)


def row(one: Threat, on: date) -> Row:
    """Return a threat on a line, as of a day."""
    due, late = one.deadline, one.status in PASSED
    days = None
    if due is not None:
        days = (on - due.end).days if late else max((due.start - on).days, 0)
    known = one.outcome
    return Row(
        id=one.id, kind=one.kind, status=one.status, group=_group(one, on),
        issuer=_names(one.issuer), target=_names(one.target), certainty=one.certainty,
        reports=len(one.utterances), origins=one.independent, issued=one.issued,
        last=one.last_reported, title=one.title,
        demand=_words(one.demand.quote if one.demand else None),
        cost=_words(one.cost.quote if one.cost else None),
        condition=_words(one.condition.quote if one.condition else None),
        polarity=one.polarity, deadline=due, days=days, late=late, moved=len(one.moved_from),
        candidates=sum(not candidate.confirmed for candidate in one.candidates),
        did=known.issuer if known.issuer != "cannot tell" else None,
        target_did=known.target if known.target != "cannot tell" else None,
        countries=tuple(sorted(
            {who.country for who in (*one.issuer, *one.target) if who.country}
        )),
    )  # fmt: skip


def _group(one: Threat, on: date) -> Group:
    if one.status in CLOSED:
        return "ended"
    if one.status in PASSED:
        return "overdue"
    near = one.deadline is not None and one.deadline.start - on <= timedelta(AHEAD)
    return "due" if near else "open"


def thread(
    connection: Connection, ledger: Ledger, name: str, on: date, corrected: Corrected
) -> Thread | None:
    """Return a threat by its id; None where the ledger of the day has none."""
    by = {one.id: one for one in ledger.threats}
    one = by.get(name)
    if one is None:
        return None
    wanted = {*one.signals, *one.outcome.evidence, *(c.event for c in one.candidates)}
    lines = listing.named(connection, wanted)
    mine = row(one, on)
    rate = next((share for share in ledger.rates.by if share.name in _keys(one)), None)
    return Thread(
        on=on, threat=one, row=mine,
        said=tuple(_said(connection, one.utterances, corrected)),
        proposals=tuple(Proposal(c, lines.get(c.event)) for c in one.candidates),
        answers=tuple(row(by[other], on) for other in one.answers if other in by),
        signals=tuple(lines[other] for other in one.signals if other in lines),
        evidence=tuple(lines[other] for other in one.outcome.evidence if other in lines),
        rate=rate,
    )  # fmt: skip


def _said(
    connection: Connection, utterances: Sequence[Utterance], corrected: Corrected
) -> Iterator[Said]:
    names = [one.claim for one in utterances]
    held = codings.claims(connection, names)
    shown = evidence(connection, [held[name] for name in names if name in held], corrected)
    by = {one.glance.id: one for one in shown}
    for one in utterances:
        yield Said(one, by.get(one.claim))


def _keys(one: Threat) -> frozenset[str]:
    """Return the names that an issuer's rate may stand under."""
    if not one.issuer:
        return frozenset()
    first = one.issuer[0]
    return frozenset(filter(None, (first.country, first.entity, first.name)))


def _names(side: Sequence[Participant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(who.name for who in side))


def _words(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None
