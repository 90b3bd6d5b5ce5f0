"""Sources as a reader sees them: what they published, how their feeds are, how they fared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.shares import interval
from tocsin.base.text import fold
from tocsin.records.event import Event
from tocsin.records.feed import FeedState
from tocsin.records.source import Source
from tocsin.store import events, letters, marks, outlets
from tocsin.store.outlets import Outlet

# Shares of fewer events say nothing and are not shown.
LEAST = 5
# What an interval holds of what may be, in all.
HELD = 0.9


class Record(Struct, frozen=True):
    """Of `tried` events that an outlet reported alone at first, how many others bore out later.

    `low` and `high` bound the share, with a chance of nine in ten; None below five events.
    """

    tried: int
    borne: int
    low: float | None = None
    high: float | None = None

    @property
    def share(self) -> float | None:
        """The share that was borne out; None below five events."""
        return None if self.low is None else self.borne / self.tried


class Row(Struct, frozen=True):
    """An outlet with its registry's entry, its feeds, its record.

    `single` of its `events` have one origin.
    """

    outlet: Outlet
    source: Source | None
    feeds: tuple[FeedState, ...]
    events: int
    single: int
    record: Record


class View(Struct, frozen=True):
    """All outlets, feeds and sources that nothing came of yet, and how many are registered."""

    rows: tuple[Row, ...]
    feeds: tuple[FeedState, ...]
    silent: tuple[Source, ...]
    registered: int


def view(connection: Connection) -> View:
    """Return what a store knows of its sources."""
    kept = letters.kept(connection)
    by = {fold(one.name): one for one in kept} | {one.id: one for one in kept}
    feeds: dict[str, list[FeedState]] = {}
    for state in marks.feeds(connection).values():
        feeds.setdefault(state.source, []).append(state)
    told = _fared(connection)
    rows = []
    for one in outlets.outlets(connection):
        source = by.get(one.source or "") or by.get(fold(one.name or ""))
        key = one.source or (source.id if source else "")
        all_, single, tried, borne = told.get(one.name, (0, 0, 0, 0))
        own = tuple(feeds.pop(key, ()))
        rows.append(Row(one, source, own, all_, single, _record(tried, borne)))
    met = {row.source.id for row in rows if row.source}
    left = tuple(state for states in feeds.values() for state in states)
    silent = tuple(one for one in kept if one.id not in met)
    return View(tuple(rows), left, silent, len(kept))


def _record(tried: int, borne: int) -> Record:
    """Return a record, with the interval of a Beta distribution over a flat one."""
    if tried < LEAST:
        return Record(tried, borne)
    return Record(tried, borne, *interval(borne, tried, (1 - HELD) / 2))


def _fared(connection: Connection) -> Mapping[str | None, tuple[int, int, int, int]]:
    """Return how many events outlets have: all, of one origin, had alone at first, borne out."""
    counts: dict[str | None, list[int]] = {}

    def add(name: str | None, *numbers: int) -> None:
        own = counts.setdefault(name, [0, 0, 0, 0])
        for at, number in enumerate(numbers):
            own[at] += number

    for names in outlets.alone(connection).values():
        for name in names:
            add(name, 1, 1, 1 if len(names) == 1 else 0, 0)
    for event in events.load(connection, outlets.shared(connection)).values():
        first = _first(event)
        for name in {report.outlet for report in event.reports}:
            add(name, 1, 0)
        if first is not None:
            add(first[0], 0, 0, 1, 1 if first[1] else 0)
    return {name: (own[0], own[1], own[2], own[3]) for name, own in counts.items()}


def _first(event: Event) -> tuple[str | None, bool] | None:
    """Return which outlet had an event alone on its first day, and whether another origin came.

    None where several had it on that day, or no day is known.
    """
    known = [report for report in event.reports if report.day is not None]
    if not known:
        return None
    day: date = min(report.day for report in known if report.day is not None)
    began = [report for report in known if report.day == day]
    if len({report.origin for report in began}) > 1 or len({r.outlet for r in began}) > 1:
        return None
    later = any(
        report.origin != began[0].origin
        and report.stance == "asserts"
        and report.outlet != began[0].outlet
        and report.copy_of is None
        for report in known
        if report.day != day
    )
    return began[0].outlet, later
