"""Forecasts that a model must beat: zero, the last count, what the window had, and its moments.

Counts have a row a series and a column a step, oldest first; every shape holds for all horizons.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.watch.shape import Floats, Shape, mixed, one

Counts = NDArray[np.int64]
# A window's size is not taken below this: heavier tails than that are not learnt from a window.
SMALLEST = 0.02
# How often a quiet unit behaves like the units that are not (WATCH: about a twentieth).
LEAP = 0.05
# Values of the pool that stand for all of its positive counts.
KNOTS = 40


def zero(counts: Counts) -> Shape:
    """Return the forecast that nothing happens."""
    return one(np.zeros((len(counts), 1)), np.zeros((len(counts), 1)))


def last(counts: Counts) -> Shape:
    """Return Poisson forecasts with the last count for their mean."""
    return one(counts[:, -1:].astype(float), np.full((len(counts), 1), np.inf))


def conflictology(counts: Counts, window: int) -> Shape:
    """Return the counts of the window, each as likely as the next."""
    some = counts[:, -window:].astype(float)[:, None, :]
    return Shape(np.full(some.shape, 1 / some.shape[2]), some, np.zeros(some.shape))


def negative(counts: Counts, window: int) -> Shape:
    """Return negative binomials with the window's mean and variance, Poisson where that is less."""
    mean, variance = _moments(counts[:, -window:])
    return one(mean[:, None], sized(mean, variance)[:, None])


def inflated(counts: Counts, window: int) -> Shape:
    """Return the same with a share of certain zeros, where the window has more than it should.

    Mean, variance and share of zeros are the window's, as far as any share of zeros allows.
    """
    mean, variance = _moments(counts[:, -window:])
    none = (counts[:, -window:] == 0).mean(1)
    low, high = np.zeros(len(counts)), np.where(mean > 0, none, 0.0)
    for _ in range(40):
        middle = (low + high) / 2
        inner, size = _inside(mean, variance, middle)
        zeros = middle + (1 - middle) * _nothing(inner, size)
        low, high = np.where(zeros < none, middle, low), np.where(zeros < none, high, middle)
    share = np.where(_nothing(mean, sized(mean, variance)) < none, low, 0.0)
    inner, size = _inside(mean, variance, share)
    return mixed(
        [zero(counts), one(inner[:, None], size[:, None])], np.stack([share, 1 - share], 1)
    )


def quiet(counts: Counts, window: int, share: float = LEAP) -> Shape:
    """Return the window's counts, with a small share of what other units have when they have any.

    Without it a unit that never had an event never could.
    """
    own = conflictology(counts, window)
    positive = np.sort(counts[:, -window:][counts[:, -window:] > 0])
    if not len(positive):
        return own
    middles = (np.arange(KNOTS) + 0.5) / KNOTS
    values, times = np.unique(
        positive[(middles * len(positive)).astype(np.intp)], return_counts=True
    )
    wide = (len(counts), 1, len(values))
    others = Shape(
        np.broadcast_to(times / KNOTS, wide), np.broadcast_to(values.astype(float), wide),
        np.zeros(wide),
    )  # fmt: skip
    return mixed([own, others], np.tile([1 - share, share], (len(counts), 1)))


def sized(mean: Floats, variance: Floats) -> Floats:
    """Return the sizes that give negative binomials their variance; infinite where it is less."""
    extra = variance - mean
    size = np.divide(mean**2, extra, out=np.full(mean.shape, np.inf), where=extra > 0)
    return np.asarray(np.maximum(size, SMALLEST))


def _moments(some: Counts) -> tuple[Floats, Floats]:
    return some.mean(1), some.var(1, ddof=min(1, some.shape[1] - 1))


def _inside(mean: Floats, variance: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Return mean and size of what is left of a distribution when so many zeros are set aside."""
    inner = mean / (1 - share)
    second = (variance + mean**2) / (1 - share)
    return inner, sized(inner, np.maximum(second - inner**2, 0))


def _nothing(mean: Floats, size: Floats) -> Floats:
    """Return the chance of no event under negative binomials."""
    finite = np.where(np.isinf(size), 1.0, size)
    return np.where(np.isinf(size), np.exp(-mean), np.exp(-finite * np.log1p(mean / finite)))
