"""Distributions made honest by the past: how often counts fell where, by size of the forecast.

The chance below a count, F, becomes G(F), where G is the share of past forecasts of like size whose
counts lay at most so high in them. This is split conformal prediction by bins: within a bin a
forecast that was too narrow becomes as wide as its errors. Counts are discrete, so each past count
is spread evenly over its own chance (Czado, Gneiting and Held 2009).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.watch.shape import Floats

# Where G is known; between, it rises evenly.
LEVELS = np.array([0, 0.01, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.99, 1])
# Bounds of the bins: expected counts a step.
BOUNDS = np.array([0.05, 0.25, 1.0, 4.0, 16.0])
# How many past forecasts the plain distribution counts for.
TRUST = 100.0


def bins(mean: Floats) -> NDArray[np.intp]:
    """Return the bin of each forecast, by its mean."""
    return np.searchsorted(BOUNDS, mean, side="right")


def learn(below: Floats, upto: Floats, where: NDArray[np.intp], trust: float = TRUST) -> Floats:
    """Return G at the levels, a row a bin.

    `below` and `upto` are the chances of less than, and of no more than, each past count.
    """
    wide = np.maximum(upto - below, 1e-12)
    out = np.tile(LEVELS, (len(BOUNDS) + 1, 1))
    for number in range(len(out)):
        some = where == number
        if not some.any():
            continue
        lies = np.clip((LEVELS - below[some, None]) / wide[some, None], 0, 1)
        count = float(some.sum())
        out[number] = (lies.sum(0) + trust * LEVELS) / (count + trust)
        # A count above all that had a chance lies at the end of it, never beyond.
        out[number, -1] = 1.0
    return out


def bend(below: Floats, curves: Floats) -> Floats:
    """Return G of chances; `curves` has G at the levels, for the same rows, in its last axis."""
    at = np.clip(np.searchsorted(LEVELS, below, side="right") - 1, 0, len(LEVELS) - 2)
    part = (below - LEVELS[at]) / (LEVELS[at + 1] - LEVELS[at])
    wide = np.broadcast_to(curves, (*below.shape[:-1], len(LEVELS)))
    low, high = (np.take_along_axis(wide, side, -1) for side in (at, at + 1))
    return np.asarray(low + part * (high - low))
