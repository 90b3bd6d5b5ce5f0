"""Events by week and family, on either clock, with what may still be reported of each week."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from msgspec import Struct

from tocsin.views.filter import WEEKS, Filter, clocked
from tocsin.views.index import FAMILIES, Flags, Index, ordinal

# Days after which hardly anything is reported any more, and how far back reports are compared.
SETTLED, COMPARED = 60, 730
# Events that a share of what is reported by when must rest on.
FEWEST = 20
# From this share on a week counts as told in full.
WHOLE = 0.95


class Week(Struct, frozen=True):
    """Seven days, how many events of each family; `complete` is None where nobody can tell.

    `complete` is the share of such a week's events that were usually reported by the day.
    """

    start: date
    end: date
    counts: dict[str, int]
    complete: float | None = None
    chosen: bool = False

    @property
    def total(self) -> int:
        """How many events there are."""
        return sum(self.counts.values())

    @property
    def hatched(self) -> bool:
        """Whether events of the week are still to be expected."""
        return self.complete is not None and self.complete < WHOLE


class Weeks(Struct, frozen=True):
    """Weeks up to a day, oldest first; `undated` events have no day on the clock."""

    weeks: tuple[Week, ...]
    undated: int

    @property
    def most(self) -> int:
        """How many events the fullest week has, one at least."""
        return max((week.total for week in self.weeks), default=0) or 1


def weeks(index: Index, every: Flags, of: Filter) -> Weeks:
    """Return the weeks that end on a filter's day; days chosen in it narrow nothing here."""
    days = clocked(index, of.clock)
    late = reported_by(index, of.on)
    first = ordinal(of.first)
    slot = (days - first) // 7
    inside = every & (days > 0) & (slot >= 0) & (slot < WEEKS)
    table = np.zeros((WEEKS, len(FAMILIES)), np.int64)
    np.add.at(table, (slot[inside], index.family[inside]), 1)
    out = []
    for at in range(WEEKS):
        start = of.first + timedelta(weeks=at)
        end = start + timedelta(days=6)
        age = (of.on - end).days
        share = None
        if of.clock == "event" and late is not None:
            share = float(late[age : age + 7].mean()) if age < SETTLED - 7 else 1.0
        picked = (of.start or of.first) <= end and start <= (of.end or of.on)
        counts = {name: int(n) for name, n in zip(FAMILIES, table[at], strict=True) if n}
        chosen = picked and (of.start is not None or of.end is not None)
        out.append(Week(start, end, counts, share, chosen))
    return Weeks(tuple(out), int((every & (days == 0)).sum()))


def reported_by(index: Index, on: date) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """Return which share of events is reported within 0, 1, 2 … days of the day they were on.

    It is counted on events that are long over; None where they are too few to say.
    """
    edge = ordinal(on) - SETTLED
    past = (index.start > edge - COMPARED) & (index.start <= edge) & (index.first > 0)
    lag = index.first[past] - index.start[past]
    lag = lag[(lag >= 0) & (lag < SETTLED)]
    if lag.size < FEWEST:
        return None
    return np.cumsum(np.bincount(lag, minlength=SETTLED)) / lag.size
