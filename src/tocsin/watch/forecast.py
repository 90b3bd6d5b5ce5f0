"""Forecasts of counts: components, their pool, and the past that weighs and widens it.

Everything is known by its last column: the forecasts of a column depend on no later one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tocsin.watch import baseline, conformal, hawkes, pool, shape
from tocsin.watch.baseline import Counts
from tocsin.watch.shape import Floats, Shape

COMPONENTS = ("conflictology", "window", "hawkes")
# By what the window has: nothing, under one a step, more.
STRATA = ("none", "low", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How counts of a step are forecast.

    `horizons` are numbers of steps ahead; `window` is what baselines look at, `origins` how many
    past steps weigh and widen the pool, so many `apart`; every `refit` steps has its own model.
    """

    horizons: tuple[int, ...]
    halves: tuple[float, float]
    window: int = 26
    origins: int = 26
    apart: int = 1
    refit: int = 13
    strength: float = 5.0
    floor: float = pool.FLOOR
    widen: bool = True


WEEKLY = Design(horizons=(1, 2, 3, 4), halves=hawkes.WEEKLY)
DAILY = Design(
    horizons=tuple(range(1, 15)), halves=hawkes.DAILY, window=91, origins=12, apart=7, refit=42
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """Forecasts by series and horizon.

    `shapes` are the components in their order, `weights` their shares by series and horizon,
    `curves` what widens the pool (`conformal.learn`), by series and horizon too. `model` and
    `means` are what the self-exciting one goes on from, `others` the other directions' means.
    """

    design: Design
    shapes: tuple[Shape, ...]
    weights: Floats
    curves: Floats
    strata: NDArray[np.intp]
    model: hawkes.Fit
    means: Floats
    others: Floats | None = None

    @property
    def pooled(self) -> Shape:
        """The pool as one shape, before it is widened."""
        return shape.mixed(list(self.shapes), self.weights)

    def cdf(self, points: Floats) -> Floats:
        """Return the chance of no more than each point, or each row's own points."""
        return _cdf(self.shapes, self.weights, self.curves, points)

    def mass(self, counts: Floats) -> Floats:
        """Return the chance of exactly these counts, by series and horizon."""
        pair = self.cdf(np.stack([counts - 1, counts], -1))
        return np.asarray(pair[..., 1] - pair[..., 0])

    def tables(self) -> Iterator[tuple[NDArray[np.intp], Floats, Floats]]:
        """Yield series by their places, with points and chances up to them that hold nearly all."""
        points, need = shape.ladder(), shape.reach(self.shapes, self.weights)
        for number in np.unique(need):
            some = np.flatnonzero(need == number)
            upto = points[:number]
            parts = [one.rows(some) for one in self.shapes]
            yield some, upto, _cdf(parts, self.weights[some], self.curves[some], upto)


@dataclass(frozen=True, slots=True)
class Past:
    """What the pool learnt from: shares by horizon and stratum, curves by horizon and bin."""

    weights: Floats
    curves: Floats


def forecast(
    counts: Counts,
    design: Design,
    seen: Floats | None = None,
    reverse: NDArray[np.intp] | None = None,
) -> Made:
    """Return the forecasts of the steps after the last, for series that have steps enough.

    `reverse` is the row of each series' other direction, -1 where there is none.
    """
    seen = np.ones(counts.shape) if seen is None else seen
    learnt = learn(counts, design, seen, reverse)
    made = hawkes.fit(
        counts, design.halves, seen=seen, strength=design.strength, reverse=reverse
    )  # fmt: skip
    means = hawkes.means(counts, design.halves, seen)
    others = hawkes.beside(means, reverse)
    return put(counts, design, made, means[:, -1], learnt, others=others)


def put(
    counts: Counts,
    design: Design,
    made: hawkes.Fit,
    means: Floats,
    learnt: Past,
    *,
    others: Floats | None = None,
) -> Made:
    """Return forecasts by what was fitted and learnt before."""
    shapes = components(counts, design, made, means, others)
    found = strata(counts, design.window)
    weights = learnt.weights[:, found].transpose(1, 0, 2)
    middle, _ = shape.moments(shape.mixed(list(shapes), weights))
    lead = np.arange(len(design.horizons))
    curves = learnt.curves[lead[None, :], conformal.bins(middle)]
    return Made(design, shapes, weights, curves, found, made, means, others)


def components(
    counts: Counts,
    design: Design,
    made: hawkes.Fit,
    means: Floats,
    others: Floats | None = None,
) -> tuple[Shape, ...]:
    """Return the forecasts that are pooled."""
    whole = hawkes.ahead(made, means, max(design.horizons), others)
    at = np.array(design.horizons) - 1
    return (
        baseline.quiet(counts, design.window),
        baseline.inflated(counts, design.window),
        Shape(whole.weight[:, at], whole.mean[:, at], whole.size[:, at]),
    )


def strata(counts: Counts, window: int) -> NDArray[np.intp]:
    """Return each series' stratum, as a place in `STRATA`."""
    mean = counts[:, -window:].mean(1)
    return np.where(mean == 0, 0, np.where(mean < 1, 1, 2))


def learn(
    counts: Counts, design: Design, seen: Floats, reverse: NDArray[np.intp] | None = None
) -> Past:
    """Return what past forecasts teach about the pool's shares and its width."""
    wide = len(design.horizons)
    rows = list(_past(counts, design, seen, reverse))
    weights = np.full((wide, len(STRATA), len(COMPONENTS)), 1 / len(COMPONENTS))
    curves = np.tile(conformal.LEVELS, (wide, len(conformal.BOUNDS) + 1, 1))
    for lead in range(wide):
        some = [row for row in rows if row.known[lead]]
        if not some:
            continue
        masses = np.concatenate([row.masses[:, lead] for row in some])
        found = np.concatenate([row.strata for row in some])
        for stratum in range(len(STRATA)):
            weights[lead, stratum] = pool.weigh(masses[found == stratum], design.floor)
        if design.widen:
            share = weights[lead, found]
            below, upto = (
                (np.concatenate([side(row)[:, lead] for row in some]) * share).sum(1)
                for side in (_below, _upto)
            )
            middle = (np.concatenate([row.means[:, lead] for row in some]) * share).sum(1)
            curves[lead] = conformal.learn(below, upto, conformal.bins(middle))
    return Past(weights, curves)


@dataclass(frozen=True, slots=True)
class _Row:
    """A past step: by series, horizon and component the chances around what came, and means."""

    known: NDArray[np.bool_]
    strata: NDArray[np.intp]
    masses: Floats
    below: Floats
    upto: Floats
    means: Floats


def _below(row: _Row) -> Floats:
    return row.below


def _upto(row: _Row) -> Floats:
    return row.upto


def origins(steps: int, design: Design) -> Sequence[int]:
    """Return the past columns from which the pool learns: those with a window before them."""
    last = steps - 1 - min(design.horizons)
    first = max(min(design.window, steps // 2) - 1, hawkes.LEAD + 1)
    return range(last, first - 1, -design.apart)[: design.origins][::-1]


def _past(
    counts: Counts, design: Design, seen: Floats, reverse: NDArray[np.intp] | None
) -> Iterator[_Row]:
    steps = counts.shape[1]
    ahead = np.array(design.horizons)
    for _, group in groupby(origins(steps, design), lambda at: at // design.refit):
        some = list(group)
        upto = some[0] + 1
        made = hawkes.fit(
            counts[:, :upto], design.halves, seen=seen[:, :upto], strength=design.strength,
            reverse=reverse,
        )  # fmt: skip
        means = hawkes.means(counts[:, : some[-1] + 1], design.halves, seen[:, : some[-1] + 1])
        for at in some:
            known = at + ahead < steps
            came = counts[:, np.where(known, at + ahead, at)].astype(float)
            others = hawkes.beside(means[:, : at + 2], reverse)
            parts = components(counts[:, : at + 1], design, made, means[:, at + 1], others)
            pairs = [shape.cdf(one, np.stack([came - 1, came], -1)) for one in parts]
            centres = [shape.moments(one)[0] for one in parts]
            wide = [np.broadcast_to(one, came.shape) for one in centres]
            below, whole = (np.stack([pair[..., side] for pair in pairs], -1) for side in (0, 1))
            yield _Row(
                known, strata(counts[:, : at + 1], design.window), whole - below, below, whole,
                np.stack(wide, -1),
            )  # fmt: skip


def _cdf(shapes: Sequence[Shape], weights: Floats, curves: Floats, points: Floats) -> Floats:
    whole: Floats = np.zeros(1)
    for number, one in enumerate(shapes):
        whole = whole + weights[..., number, None] * shape.cdf(one, points)
    return conformal.bend(np.clip(whole, 0, 1), curves)
