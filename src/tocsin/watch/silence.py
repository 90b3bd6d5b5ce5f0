"""Places and sources that have stopped reporting, by the gaps between their own reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Silence:
    """Days since the last report, and how unusual that is for who reports.

    `gaps` is how many gaps were counted, `median` and `longest` are their days; `limit` are the
    days of silence that only a share of `chance` of the gaps would reach.
    """

    days: int
    limit: int
    median: float
    longest: int
    gaps: int
    chance: float

    @property
    def raised(self) -> bool:
        """Whether it is silent for unusually long."""
        return self.days >= self.limit


def silence(
    days: Iterable[int], today: int, *, window: int, fewest: int, chance: float, least: int
) -> Silence | None:
    """Return how long nothing was reported; None where reports are too few to say what is usual.

    `days` are ordinals on which something was reported, in any order, those after `today` left out;
    gaps that ended within `window` days before the last report count. The chance that a gap lasts
    so long is (gaps as long + 1) / (gaps + 1): never none, since the next may be the longest.
    """
    seen = np.unique(np.array([day for day in days if day <= today], np.int64))
    if seen.size < 2:
        return None
    last = int(seen[-1])
    gaps = np.diff(seen)[seen[1:] > last - window]
    if gaps.size < fewest:
        return None
    lengths = np.sort(gaps)
    # The shortest silence that at most a share of `chance` of its own gaps reach.
    few = int(np.floor(chance * (gaps.size + 1))) - 1
    if few < 0:
        return None
    limit = int(lengths[-few - 1]) + 1 if few < gaps.size else 1
    lasted = today - last
    rate = (int((gaps >= max(lasted, 1)).sum()) + 1) / (gaps.size + 1)
    return Silence(
        lasted, max(limit, least), float(np.median(gaps)), int(lengths[-1]), int(gaps.size), rate
    )
