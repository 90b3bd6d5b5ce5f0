"""Drawings of series: weeks as bars under lines, what is still to come of them, small tracks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tocsin.desk.drawing import HIGH, Mark, marked, spaced
from tocsin.records.forecast import Score
from tocsin.views.outlook import Ahead
from tocsin.views.scores import Band
from tocsin.views.units import Weeks

# Weeks that are this far from complete are hatched.
WHOLE = 0.98
# Units that a track is wide and high, and a reliability diagram; room left around the latter.
LONG, LOW = 120, 24
SQUARE, ROOM = 220, 34
# Units that a fan of intervals is wide and high.
FAN, TALL = 220, 22


class Box(NamedTuple):
    """A week: its count as a box, and where it is hatched, the box of what is still to come."""

    x: float
    y: float
    width: float
    height: float
    events: int
    start: date
    end: date
    complete: float | None
    more: float


class Line(NamedTuple):
    """A line across the weeks at a count."""

    name: str
    y: float
    value: float


class Curve(NamedTuple):
    """Weeks as bars, lines across them, where the panel of sources broke, and the largest count."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    breaks: tuple[float, ...]
    marks: tuple[Mark, ...]
    most: int
    width: float

    @property
    def hatched(self) -> Box | None:
        """The last week, where it is not complete."""
        last = self.boxes[-1]
        return last if last.more else None


def curve(weeks: Weeks, lines: Mapping[str, float | None] | None = None) -> Curve:
    """Return weeks as bars with lines at some counts; those that are None are left out."""
    held = {name: value for name, value in (lines or {}).items() if value is not None}
    step, width = spaced(len(weeks.counts))
    most = max((*weeks.counts, *held.values(), *_ends(weeks), 1))
    boxes = []
    for at, count in enumerate(weeks.counts):
        complete = weeks.complete[at] if weeks.complete else None
        more = _more(count, complete)
        height, above = HIGH * count / most, HIGH * more / most
        start = weeks.start(at)
        boxes.append(
            Box(
                round(at * step, 1), round(HIGH - height, 1), width, round(height, 1),
                count, start, start + timedelta(days=6), complete, round(above, 1),
            )
        )  # fmt: skip
    return Curve(
        tuple(boxes),
        tuple(Line(name, round(HIGH - HIGH * v / most, 1), v) for name, v in held.items()),
        tuple(round(at * step, 1) for at, broke in enumerate(weeks.breaks) if broke),
        marked([one.start for one in boxes], step), max((*weeks.counts, 0)), width,
    )  # fmt: skip


def _ends(weeks: Weeks) -> list[float]:
    """Return how high the boxes of weeks reach with what is still to come of them."""
    held = zip(weeks.counts, weeks.complete or [None] * len(weeks.counts), strict=True)
    return [count + _more(count, complete) for count, complete in held]


def _more(count: int, complete: float | None) -> float:
    """Return how many events are still to come of a week, by the share that is in."""
    if complete is None or not 0 < complete < WHOLE:
        return 0.0
    return count / complete - count


def track(values: Sequence[float | str | None]) -> str | None:
    """Return the points of a line through numbers; None where fewer than two are known."""
    known = [(at, one) for at, one in enumerate(values) if isinstance(one, (int, float))]
    if len(known) < 2:
        return None
    low = min(0.0, *(float(one) for _, one in known))
    high = max(float(one) for _, one in known)
    span = (high - low) or 1.0
    step = LONG / max(len(values) - 1, 1)
    return " ".join(
        f"{at * step:.1f},{LOW - 2 - (LOW - 4) * (float(one) - low) / span:.1f}"
        for at, one in known
    )


def small(weeks: Weeks) -> tuple[Box, ...]:
    """Return weeks as bars in the size of a track."""
    most, step = max((*weeks.counts, 1)), LONG / max(len(weeks.counts), 1)
    return tuple(
        Box(
            round(at * step, 1), round(LOW - LOW * count / most, 1), round(max(step - 1, 0.5), 1),
            round(LOW * count / most, 1), count, weeks.start(at),
            weeks.start(at) + timedelta(days=6), None, 0.0,
        )
        for at, count in enumerate(weeks.counts)
        if count
    )  # fmt: skip


class Fan(NamedTuple):
    """The intervals of a count on a line that all steps of a series share: boxes and the median."""

    spans: tuple[tuple[str, float, float], ...]
    middle: float


def fans(steps: Sequence[Ahead]) -> list[Fan | None]:
    """Return the intervals of each step, the widest first, on one scale; None where it has none."""
    highs = [span.high for one in steps for span in one.intervals]
    most = max((*highs, 1.0))

    def at(count: float) -> float:
        return round(4 + (FAN - 8) * count / most, 1)

    return [
        Fan(
            tuple(
                (f"{span.share:.2f}", at(span.low), round(max(at(span.high) - at(span.low), 2), 1))
                for span in sorted(one.intervals, key=lambda span: -span.share)
            ),
            at(one.median),
        )
        if one.intervals and one.median is not None
        else None
        for one in steps
    ]  # fmt: skip


class Dot(NamedTuple):
    """A band of chances on the diagram: what was said across, what came upwards, how large."""

    x: float
    y: float
    size: float
    band: Band


def dots(bands: Sequence[Band]) -> tuple[Dot, ...]:
    """Return a reliability diagram; on its diagonal what is said is what comes."""
    most = max((one.number for one in bands), default=1)
    return tuple(
        Dot(
            round(ROOM + SQUARE * one.said, 1), round(8 + SQUARE * (1 - one.came), 1),
            round(3 + 5 * (one.number / most) ** 0.5, 1), one,
        )
        for one in bands
    )  # fmt: skip


def reached(one: Score) -> list[tuple[float, float]]:
    """Return of a score the shares that intervals name, each with the share of counts within."""
    return list(zip((0.5, 0.8, 0.95), one.covered, strict=False))
