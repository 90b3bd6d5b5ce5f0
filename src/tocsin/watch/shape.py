"""Distributions of counts: mixtures of negative binomials and of single values.

Arrays have a row a series and a column a horizon; a shape adds its parts as a third axis. Where all
horizons are alike a shape has one column, which stands for any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Counts up to here are told apart; above, points are a sixty-fourth of a power of two apart.
EXACT = 256
HIGHEST = 2**24
# What a distribution may leave above the last point of its grid.
BEYOND = 1e-7


@dataclass(frozen=True, slots=True)
class Shape:
    """Parts of a distribution by series and horizon: weights (adding up to one), means, sizes.

    A part of infinite size is Poisson, one of size 0 is its mean alone, a whole number.
    """

    weight: Floats
    mean: Floats
    size: Floats

    def rows(self, chosen: NDArray[np.intp]) -> Shape:
        """Return the shapes of some series."""
        return Shape(self.weight[chosen], self.mean[chosen], self.size[chosen])


def ladder() -> Floats:
    """Return the points at which distributions are known: all counts up to 255, then ever fewer."""
    upper = np.arange(np.log2(EXACT), np.log2(HIGHEST) + 1 / 128, 1 / 64)
    return np.concatenate([np.arange(EXACT), np.rint(2**upper)])


def one(mean: Floats, size: Floats) -> Shape:
    """Return shapes of one part."""
    mean, size = np.broadcast_arrays(mean, size)
    return Shape(np.ones(mean.shape)[..., None], mean[..., None], size[..., None])


def mixed(shapes: list[Shape], weights: Floats) -> Shape:
    """Return a pool of shapes; `weights` has a column a shape, rows by series, or by both."""
    wide = max(shape.mean.shape[1] for shape in shapes)
    share = weights if weights.ndim == 3 else weights[:, None, :]
    parts = [
        np.broadcast_to(part, (len(part), wide, part.shape[2]))
        for shape in shapes for part in (shape.weight, shape.mean, shape.size)
    ]  # fmt: skip
    scaled = [part * share[..., [number]] for number, part in enumerate(parts[::3])]
    return Shape(
        np.concatenate(scaled, 2), np.concatenate(parts[1::3], 2), np.concatenate(parts[2::3], 2)
    )


def cdf(shape: Shape, points: Floats) -> Floats:
    """Return the chance of no more than each of some points; they are the last axis.

    They are the same for all, or have rows by series and horizon themselves.
    """
    if (shape.size == 0).all():
        there = shape.mean[..., None, :] <= points[..., :, None]
        return np.asarray((there * shape.weight[..., None, :]).sum(-1))
    rows = np.broadcast_shapes(shape.mean.shape[:2], points.shape[:-1] or (1, 1))
    out = np.zeros((*rows, points.shape[-1]))
    for part in range(shape.mean.shape[2]):
        weight, mean, size = (
            side[:, :, part, None] for side in (shape.weight, shape.mean, shape.size)
        )
        out += weight * _below(mean, size, np.maximum(points, 0))
    return np.asarray(np.where(points < 0, 0.0, out))


def mass(shape: Shape, counts: Floats) -> Floats:
    """Return the chance of exactly so many, by series and horizon."""
    at = counts[..., None]
    mean, size = shape.mean, shape.size
    return np.asarray((shape.weight * _chance(mean, size, at)).sum(-1))


def moments(shape: Shape) -> tuple[Floats, Floats]:
    """Return means and variances."""
    mean = (shape.weight * shape.mean).sum(-1)
    solid = shape.size == 0
    over = np.divide(shape.mean**2, shape.size, out=np.zeros(shape.mean.shape), where=~solid)
    second = shape.mean**2 + np.where(solid, 0, shape.mean + over)
    return mean, np.maximum((shape.weight * second).sum(-1) - mean**2, 0)


def reach(shapes: Sequence[Shape], weights: Floats) -> NDArray[np.intp]:
    """Return for each series how many points of the ladder hold nearly all of a pool of shapes."""
    points = ladder()
    found = np.full(len(weights), len(points))
    left = np.arange(len(weights))
    for number in (8, 16, 32, 64, 128, *range(256, len(points), 128)):
        at = points[number - 1 : number]
        below = sum(
            weights[left, :, at_, None] * cdf(one.rows(left), at) for at_, one in enumerate(shapes)
        )
        done = np.asarray(below).min((1, 2)) >= 1 - BEYOND
        found[left[done]] = number
        left = left[~done]
        if not len(left):
            break
    return found


def _below(mean: Floats, size: Floats, points: Floats) -> Floats:
    """Return the cumulative chance of single parts."""
    from scipy.special import betainc, pdtr  # noqa: PLC0415

    solid, smooth = size == 0, np.isinf(size)
    if solid.all():
        return (points >= mean).astype(np.float64)
    if smooth.all():
        return np.asarray(pdtr(points, mean))
    some = np.where(solid | smooth, 1.0, size)
    out = np.where(mean > 0, betainc(some, points + 1, some / (some + mean)), 1.0)
    if smooth.any():
        out = np.where(smooth, pdtr(points, mean), out)
    return np.where(solid, points >= mean, out) if solid.any() else out


def _chance(mean: Floats, size: Floats, at: Floats) -> Floats:
    """Return the chance of single counts under single parts."""
    from scipy.special import gammaln, xlogy  # noqa: PLC0415

    solid, smooth = size == 0, np.isinf(size)
    some = np.where(solid | smooth, 1.0, size)
    ways = gammaln(at + some) - gammaln(some) - gammaln(at + 1)
    log = ways - some * np.log1p(mean / some) + xlogy(at, mean / (some + mean))
    if smooth.any():
        log = np.where(smooth, xlogy(at, mean) - mean - gammaln(at + 1), log)
    return np.asarray(np.where(solid, at == mean, np.exp(log)))
