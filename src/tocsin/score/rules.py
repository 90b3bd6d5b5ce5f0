"""Scores of forecasts of counts: the lower the better, but for coverage.

A distribution is a table: `points` are counts in rising order, from 0 by ones to begin with,
`below` the chance of no more than each, in its last axis. Between points further apart than one
the chance is taken to rise evenly, and the last must hold nearly all. The library scoringrules has
the scores of draws, intervals and single chances, and is called from here alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# A count that a forecast thought impossible costs as much as one in a trillion.
LEAST = 1e-12


def crps(points: Floats, below: Floats, counts: Floats, *, least: Floats | float = 0) -> Floats:
    """Return the continuous ranked probability score, in counts.

    With `least` it looks at counts from there on alone (threshold-weighted). On unit points it is
    the ranked probability score exactly.
    """
    return _integral(points, below, counts, np.diff(points), least)


def crps_log(points: Floats, below: Floats, counts: Floats) -> Floats:
    """Return the score of the logarithm of one more than the count."""
    return _integral(points, below, counts, np.diff(np.log1p(points)), 0)


def log_score(mass: Floats) -> Floats:
    """Return the negative logarithm of the chance that a forecast gave what came."""
    return np.asarray(-np.log(np.maximum(mass, LEAST)))


def brier(chances: Floats, outcomes: NDArray[np.bool_]) -> Floats:
    """Return the squared distance of chances from what came."""
    from scoringrules import brier_score  # noqa: PLC0415

    return np.asarray(brier_score(outcomes.astype(float), chances))


def interval(low: Floats, high: Floats, counts: Floats, share: float) -> Floats:
    """Return the interval score: its width, and a penalty for what lies outside."""
    from scoringrules import interval_score  # noqa: PLC0415

    return np.asarray(interval_score(counts, low, high, 1 - share))


def drawn(draws: Floats, counts: Floats) -> Floats:
    """Return the continuous ranked probability score of draws, which are the last axis."""
    from scoringrules import crps_ensemble  # noqa: PLC0415

    return np.asarray(crps_ensemble(counts, draws, estimator="qd"))


def covered(low: Floats, high: Floats, counts: Floats) -> NDArray[np.bool_]:
    """Return whether intervals, bounds included, hold what came."""
    return np.asarray((low <= counts) & (counts <= high))


def _integral(
    points: Floats, below: Floats, counts: Floats, width: Floats, least: Floats | float
) -> Floats:
    """Return the squared distance of a distribution from the step at a count, over the points."""
    step = np.diff(points) == 1
    under = _runs(below, width, step)
    over = _runs(1 - below, width, step)
    begin = _at(points, under, np.minimum(counts, least))
    end = _at(points, under, np.asarray(counts, float))
    rest = over[..., -1] - _at(points, over, np.maximum(counts, least))
    return np.asarray(end - begin + rest)


def _runs(heights: Floats, width: Floats, step: NDArray[np.bool_]) -> Floats:
    """Return the integral of squares up to each point: of steps by ones, of lines further apart."""
    left, right = heights[..., :-1], heights[..., 1:]
    line = (left**2 + left * right + right**2) / 3
    pieces = width * np.where(step, left**2, line)
    return np.concatenate([np.zeros((*heights.shape[:-1], 1)), pieces.cumsum(-1)], -1)


def _at(points: Floats, runs: Floats, counts: Floats) -> Floats:
    """Return an integral up to counts that may lie between points."""
    shape = np.broadcast_shapes(runs.shape[:-1], np.shape(counts))
    counts = np.broadcast_to(np.asarray(counts, float), shape)
    runs = np.broadcast_to(runs, (*shape, len(points)))
    right = np.clip(np.searchsorted(points, counts, side="left"), 1, len(points) - 1)
    part = (counts - points[right - 1]) / (points[right] - points[right - 1])
    low, high = (np.take_along_axis(runs, at[..., None], -1)[..., 0] for at in (right - 1, right))
    # Above the last point a distribution that has ended misses by one a count.
    return np.asarray(low + part * (high - low))
