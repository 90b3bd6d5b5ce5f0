"""How surprising a count is to the forecast that was made before it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

# Draws of the count, or a function that gives the chance of so many or more.
Forecast = NDArray[np.integer] | Callable[[int], float]


def tail(observed: int, forecast: Forecast) -> float:
    """Return the chance, under a forecast, of a count of `observed` or more.

    Of n draws the answer is at least 1 / (n + 1): that none was so high is no proof that none can
    be.
    """
    if callable(forecast):
        return float(forecast(observed))
    if forecast.size == 0:
        raise ValueError("a forecast without draws; expected one or more")
    return float((np.count_nonzero(forecast >= observed) + 1) / (forecast.size + 1))


def above(mass: NDArray[np.floating]) -> Callable[[int], float]:
    """Return the chance of so many or more as a function, for the chances of 0, 1, 2 and so on."""
    upper = np.cumsum(np.asarray(mass, np.float64)[::-1])[::-1]

    def chance(observed: int) -> float:
        if observed <= 0:
            return 1.0
        return float(upper[observed]) if observed < upper.size else 0.0

    return chance
