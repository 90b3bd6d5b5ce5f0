"""Fixed panels of sources: how much they publish, and where they break.

A panel is the set of sources that a registry names so. Events are held against all that it
publishes, never against what it publishes about the place, which grows with the violence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from tocsin.watch.columns import Flags, Ints
from tocsin.watch.series import ended

WEEK = 7
# Weeks that a week is held against.
BEFORE = 12
# A week breaks with those before it with so many times as many documents as their median, or with
# that share of it; and where sources that had this share of theirs (one in four) are silent.
FACTOR, PART = 2, 4


class Document(NamedTuple):
    """How many articles of a source were published on a day, an ordinal."""

    source: str
    day: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What a panel published by week: a row a source, a column a week, the oldest first."""

    sources: tuple[str, ...]
    start: date
    documents: Ints

    @property
    def total(self) -> Ints:
        """How many documents all of its sources published."""
        found: Ints = self.documents.sum(axis=0)
        return found

    @property
    def breaks(self) -> Flags:
        """The weeks that are not to be compared with those before them.

        The first twelve are not known to be and count as none.
        """
        total = self.total
        out = np.zeros(len(total), np.bool_)
        for at in range(BEFORE, len(total)):
            before = self.documents[:, at - BEFORE : at]
            now, twice = int(total[at]), _twice(before.sum(axis=0))
            silent = before[self.documents[:, at] == 0].sum()
            out[at] = (
                2 * now > FACTOR * twice
                or 2 * now * FACTOR < twice
                or (silent > 0 and silent * PART >= before.sum())
            )
        return out


def panel(
    documents: Iterable[Document], members: Collection[str], on: date, weeks: int
) -> Panel | None:
    """Return what the members of a panel published in so many weeks up to a day.

    None where there are no members, or none of them has published anything then.
    """
    sources = tuple(sorted(set(members)))
    row = {name: at for at, name in enumerate(sources)}
    stop = ended(on, "week")
    start = stop - weeks * WEEK
    table = np.zeros((len(sources), weeks), np.int64)
    for one in documents:
        if one.source in row and start <= one.day < stop:
            table[row[one.source], (one.day - start) // WEEK] += one.number
    if not table.any():
        return None
    return Panel(sources=sources, start=date.fromordinal(start), documents=table)


def _twice(numbers: Ints) -> int:
    """Return twice the median, which is a whole number."""
    ordered = sorted(numbers.tolist())
    half = len(ordered) // 2
    return int(ordered[half] + ordered[~half])
