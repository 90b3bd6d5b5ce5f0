"""Indicators I1 to I4: how much there is, and whether that is much for the place.

Counts are whole numbers by series and week, oldest first. Every function gives for each week what
could be said at its end, out of that week and those before it. Comparisons are made between whole
numbers, so that they come out the same wherever they are made.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MONTH, YEAR = 4, 52
# Fewer than so many events a week, on average, and twice as many are nothing to speak of.
FLOOR = 1
# Weeks in a year so far above its mean that make a place volatile, and how many standard
# deviations above that is.
SHOCKS, FAR = 6, 2
# From so many events a week on, in thirds of two, a year's level is high: 1.5.
HIGH = (3, 2)
# By volatile and high.
CLASSES = ("low", "consistent", "growing", "extreme")
UNKNOWN = -1


def summed(counts: Ints, weeks: int) -> Ints:
    """Return the events of so many weeks up to each; -1 where so many are not known."""
    whole = np.zeros((counts.shape[0], counts.shape[1] + 1), np.int64)
    np.cumsum(counts, axis=1, out=whole[:, 1:])
    out = np.full(counts.shape, UNKNOWN, np.int64)
    if counts.shape[1] >= weeks:
        out[:, weeks - 1 :] = whole[:, weeks:] - whole[:, :-weeks]
    return out


def surge(counts: Ints) -> Flags:
    """Return where a week has twice the mean of the four before it, and those one a week (I2).

    The rule is that of ACLED's surge tracker.
    """
    out = np.zeros(counts.shape, np.bool_)
    before = summed(counts, MONTH)[:, :-1]
    out[:, 1:] = (before >= FLOOR * MONTH) & (counts[:, 1:] * MONTH >= 2 * before)
    return out


def rising(counts: Ints) -> Flags:
    """Return where the mean of four weeks is twice that of the year that they end (I3).

    The four weeks must have one event a week. The rule is that of ACLED's emerging threats.
    """
    month, year = summed(counts, MONTH), summed(counts, YEAR)
    enough = (year != UNKNOWN) & (month >= FLOOR * MONTH)
    found: Flags = enough & (month * YEAR >= 2 * year * MONTH)
    return found


def shocks(counts: Ints) -> Ints:
    """Return how many weeks of a year stand two standard deviations above its mean; -1 unknown."""
    out = np.full(counts.shape, UNKNOWN, np.int64)
    for at in range(YEAR - 1, counts.shape[1]):
        year = counts[:, at - YEAR + 1 : at + 1]
        whole = year.sum(axis=1, keepdims=True)
        # Both sides times 52, and squared: nothing is rounded.
        above = YEAR * year - whole
        spread = YEAR * (year * year).sum(axis=1, keepdims=True) - whole * whole
        out[:, at] = ((above > 0) & (above * above >= FAR * FAR * spread)).sum(axis=1)
    return out


def classes(counts: Ints) -> Ints:
    """Return each week's class as a place in `CLASSES`, by the year that it ends (I4); -1 unknown.

    Volatile is a year with six weeks that stand out; high one with 1.5 events a week.
    """
    volatile = shocks(counts) >= SHOCKS
    year = summed(counts, YEAR)
    high = year * HIGH[1] >= HIGH[0] * YEAR
    found: Ints = np.where(year == UNKNOWN, UNKNOWN, 2 * volatile + high)
    return found
