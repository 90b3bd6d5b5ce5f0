"""Pools of forecasts: shares that would have given what came the highest chance, with a floor."""

from __future__ import annotations

import numpy as np

from tocsin.watch.shape import Floats

# No forecast's share falls below this (WATCH, 4).
FLOOR = 0.1
ROUNDS = 100
_TINY = 1e-12


def weigh(masses: Floats, floor: float = FLOOR) -> Floats:
    """Return each forecast's share of the linear pool with the best log score.

    `masses` has a row a past count and a column a forecast: the chance that it gave the count.
    Without a past all have the same share.
    """
    number = masses.shape[1]
    if not len(masses):
        return np.full(number, 1 / number)
    masses = np.maximum(masses, _TINY)
    free = 1 - number * floor
    base = floor * masses.sum(1)
    shares = np.full(number, 1 / number)
    for _ in range(ROUNDS):
        own = free * shares * masses
        credit = (own / (base + own.sum(1))[:, None]).sum(0)
        shares = credit / max(float(credit.sum()), _TINY)
    return np.asarray(floor + free * shares)
