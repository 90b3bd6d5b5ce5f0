"""Counts of events by unit, family and step, as they stood on the evening of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tocsin.records.series import DAYS, FAMILIES, Clock, Key, Series, Step, Unit, UnitKind
from tocsin.watch.columns import Columns, Ints

# The first of January of year 1, ordinal 1, was a Monday.
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Events of every series that has some: a row a series, a column a step, the oldest first.

    The last step is the last that was over by the day `on`. `left` is how many events of those
    days are in no unit.
    """

    on: date
    step: Step
    clock: Clock
    start: date
    keys: tuple[Key, ...]
    counts: Ints
    left: int

    def series(self) -> Iterator[Series]:
        """Yield the series one by one."""
        for key, row in zip(self.keys, self.counts.tolist(), strict=True):
            yield Series(key, self.step, self.start, tuple(row))

    def row(self, unit: Unit, family: str) -> Ints:
        """Return one series by its names; zeros where no event is of it."""
        for at, key in enumerate(self.keys):
            if key.unit == unit and key.family == family:
                found: Ints = self.counts[at]
                return found
        return np.zeros(self.counts.shape[1], np.int64)


def counted(
    of: Columns,
    on: date,
    *,
    step: Step = "week",
    steps: int | None = None,
    clock: Clock = "event",
    kinds: tuple[UnitKind, ...] = ("country", "area", "dyad"),
    given: bool = False,
    least: int = 1,
) -> Counts:
    """Return the counts of every unit and family that has at least so many events.

    `steps` is how many there are, by default as many as reach back to the first report: what was
    before is told by looking back alone. With `given` those alone count whose day a claim gives.
    """
    stop = ended(on, step)
    day = of.day if clock == "event" else of.reported
    kept = of.on(on) & (day < stop)
    if given:
        kept &= np.array([one.sighting.given for one in of.spells], np.bool_)
    width = DAYS[step]
    steps = reach(of, on, step) if steps is None else steps
    start = stop - steps * width
    kept &= day >= start
    wanted = np.array([one.kind in kinds for one in of.units], np.bool_)
    pairs = kept[of.row] & wanted[of.unit]
    row, unit = of.row[pairs], of.unit[pairs]
    code = unit * len(FAMILIES) + of.family[row]
    names, place = np.unique(code, return_inverse=True)
    slot = (day[row] - start) // width
    table = np.bincount(place * steps + slot, minlength=len(names) * steps)
    counts = table.reshape(len(names), steps).astype(np.int64)
    enough = counts.sum(axis=1) >= least
    inside = np.zeros(len(of), np.bool_)
    inside[row] = True
    return Counts(
        on=on, step=step, clock=clock, start=date.fromordinal(start),
        keys=tuple(_key(of, int(name)) for name in names[enough]),
        counts=counts[enough], left=int((kept & ~inside).sum()),
    )  # fmt: skip


def ended(on: date, step: Step) -> int:
    """Return the ordinal of the day after the last step that is over when a day is."""
    after = on.toordinal() + 1
    return after if step == "day" else after - (after - 1) % _WEEK


def reach(of: Columns, on: date, step: Step) -> int:
    """Return how many steps there are from the first report to the last step that is over."""
    there = of.on(on)
    stop = ended(on, step)
    first = int(of.reported[there].min()) if there.any() else stop - 1
    return max(1, -(-(stop - first) // DAYS[step]))


def behind(of: Columns, key: Key, on: date, start: date, end: date) -> tuple[str, ...]:
    """Return the events of a series on some days, both included, as they stood on a day."""
    first, last = start.toordinal(), end.toordinal()
    kept = of.on(on) & of.of(key.unit) & (of.day >= first) & (of.day <= last)
    kept &= of.family == FAMILIES.index(key.family)
    return tuple(of.spells[at].sighting.event for at in np.flatnonzero(kept))


def weeks(of: Counts) -> tuple[date, ...]:
    """Return the first days of the steps."""
    return tuple(of.start + timedelta(days=DAYS[of.step] * at) for at in range(of.counts.shape[1]))


def _key(of: Columns, code: int) -> Key:
    unit, family = divmod(code, len(FAMILIES))
    return Key(of.units[unit], FAMILIES[family])
