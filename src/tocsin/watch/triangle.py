"""The reporting triangle: events of each day as they stood so many days later.

An event comes into the count of its day when it is first seen, mostly late, and may leave it again:
merged with another, dated otherwise, taken back. Both are counted by age, in days since the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tocsin.watch.columns import Columns, Flags, Ints

Floats = NDArray[np.float64]
# Days after which a day's count is taken for settled, and how many days a triangle looks back.
AGES, BACK = 60, 365
# Events that a share of what is reported by when must rest on, on days that are settled so far.
FEWEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle:
    """Events by day (a row each, the oldest first, the last is `on`) and age (a column each).

    `came` and `left` are how many came in and went out at each age. Ages after `on` are unknown
    and hold zeros; `known` says which are known.
    """

    on: date
    came: Ints
    left: Ints

    @property
    def known(self) -> Flags:
        """Which ages of which days are over."""
        days, ages = self.came.shape
        found: Flags = np.arange(ages)[None, :] < np.arange(days, 0, -1)[:, None]
        return found

    @property
    def stood(self) -> Ints:
        """How many events of a day stood at each age, where that is known."""
        found: Ints = np.cumsum(self.came - self.left, axis=1) * self.known
        return found


def triangle(
    of: Columns, on: date, which: Flags | None = None, *, ages: int = AGES, back: int = BACK
) -> Triangle:
    """Return the triangle of some of the spells as it stood on a day, of all by default.

    What comes in later than `ages` days is nobody's late report but a look back, and left out.
    """
    kept = np.ones(len(of), np.bool_) if which is None else which
    day, seen, gone = _joined(of.event[kept], of.day[kept], of.seen[kept], of.gone[kept])
    return triangulated(day, seen, gone, on, ages=ages, back=back)


def triangulated(
    day: Ints, seen: Ints, gone: Ints, on: date, *, ages: int = AGES, back: int = BACK
) -> Triangle:
    """Return the triangle of events by their days and the days that they came and went."""
    end = on.toordinal()
    came = np.zeros((back, ages), np.int64)
    left = np.zeros((back, ages), np.int64)
    first, last = np.maximum(seen - day, 0), gone - day
    inside = (day > end - back) & (day <= end) & (last > first)
    row = day - (end - back + 1)
    for age, moment, into in ((first, seen, came), (last, gone, left)):
        some = inside & (first < ages) & (age < ages) & (moment <= end)
        np.add.at(into, (row[some], age[some]), 1)
    return Triangle(on=on, came=came, left=left)


def _joined(event: Ints, day: Ints, seen: Ints, gone: Ints) -> tuple[Ints, Ints, Ints]:
    """Return days, comings and goings, where what goes on as one event of the same day is one."""
    order = np.lexsort((seen, day, event))
    event, day, seen, gone = event[order], day[order], seen[order], gone[order]
    fresh = np.ones(len(event), np.bool_)
    fresh[1:] = (event[1:] != event[:-1]) | (day[1:] != day[:-1]) | (gone[:-1] != seen[1:])
    last = np.roll(fresh, -1)
    last[-1:] = True
    return day[fresh], seen[fresh], gone[last]


def links(of: Triangle) -> tuple[Ints, Ints]:
    """Return by age how many events stood then and how many a day later, of the same days."""
    stood, known = of.stood, of.known
    both = known[:, 1:]
    return (stood[:, :-1] * both).sum(axis=0), (stood[:, 1:] * both).sum(axis=0)


def completeness(of: Triangle) -> Floats | None:
    """Return by age which share of a day's settled count stands then (chain ladder).

    It is over one where merges take away more than late reports bring. None where the days that are
    old enough have too few events to say.
    """
    now, after = links(of)
    if of.stood[: -of.stood.shape[1], -1].sum() < FEWEST or not (now > 0).all():
        return None
    share = np.ones(len(now) + 1)
    for age in range(len(now) - 1, -1, -1):
        share[age] = share[age + 1] * (int(now[age]) / max(int(after[age]), 1))
    return share
