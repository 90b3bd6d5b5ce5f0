"""An event's reports on a line of days, a lane for each origin, in shares of the line's length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tocsin.views.event import Source, View

# Room left of the first day and right of the last, in percent.
EDGE = 3.0
TICKS = 6


class Point(NamedTuple):
    """A report: where it stands in percent, its number, its claim, its day, what marks it."""

    x: float
    number: int
    claim: str
    day: date
    copied: bool
    stance: str
    outlet: str


class Lane(NamedTuple):
    """The reports of one origin."""

    name: str
    points: tuple[Point, ...]


class Tick(NamedTuple):
    """A day under the line."""

    x: float
    day: date


class Timeline(NamedTuple):
    """The days of the event as a band from `start` over `width` percent, and its reports."""

    start: float | None
    width: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def timeline(view: View) -> Timeline | None:
    """Return the time line of an event; None where fewer than two days are known."""
    event = view.event
    reported = [report.day for report in event.reports if report.day]
    known = sorted({*reported, *filter(None, (event.start, event.end))})
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    span = (last - first).days

    def at(day: date) -> float:
        return round(EDGE + (100 - 2 * EDGE) * (day - first).days / span, 2)

    start, end = event.start or event.end, event.end or event.start
    band = None if start is None or end is None else (at(start), at(end))
    return Timeline(
        start=band[0] if band else None,
        width=max(band[1] - band[0], 0.6) if band else 0.0,
        lanes=tuple(_lane(source, at) for source in view.sources),
        ticks=tuple(Tick(at(day), day) for day in _ticks(first, span)),
    )


def _lane(source: Source, at: Callable[[date], float]) -> Lane:
    """Return the reports of an origin; those of one day stand beside each other."""
    seen: dict[date, int] = {}
    points = []
    for way in source.ways:
        day = way.report.day
        if day is None:
            continue
        beside = seen.get(day, 0)
        seen[day] = beside + 1
        points.append(
            Point(
                round(at(day) + beside * 1.6, 2), way.number, way.report.claim, day,
                way.report.copy_of is not None, way.report.stance, way.report.outlet or "?",
            )
        )  # fmt: skip
    return Lane(source.origin.name, tuple(points))


def _ticks(first: date, span: int) -> Sequence[date]:
    steps = min(span, TICKS)
    return [first + timedelta(days=round(span * k / steps)) for k in range(steps + 1)]
