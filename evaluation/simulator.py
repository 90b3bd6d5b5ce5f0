"""Worlds of events with known truth: self-exciting, late, merged, under a panel that grows.

One simulator for all studies: of forecasts, of completeness, of signals. Steps are days, but for
their number nothing depends on it.

    world = simulate(Plan(series=200, steps=730, seed=1))
    world.seen(700)      # counts by series and day as they stood on day 700, days 0 to 700
    world.reported       # the counts that remain in the end: what forecasts and nowcasts are of
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Rates = NDArray[np.float64]
# A step after all steps.
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a world is like.

    `level` is the median over series of events a day, `spread` the standard deviation of its
    logarithm. Of all events `fast` and `slow` are brought about by earlier ones, with half-lives of
    2 and 21 days; together under 1. `size` is the negative binomial's. An event is reported `delay`
    days after it on average (geometric; 0 for at once), and in `twice` of all cases by two records
    at first, which are merged `merging` days after the second came, on average. The panel grows by
    the factor `growth` at the step `grown`: its reports of events, not the events. In a share
    `shifted` of the series the rate is `shift` times as high from the step `shifts` on.
    """

    series: int = 200
    steps: int = 730
    level: float = 0.3
    spread: float = 1.2
    fast: float = 0.4
    slow: float = 0.3
    size: float = 5.0
    delay: float = 2.0
    twice: float = 0.1
    merging: float = 5.0
    found: float = 0.5
    growth: float = 1.0
    grown: int | None = None
    shifted: float = 0.0
    shift: float = 1.0
    shifts: int | None = None
    seed: int = 1


@dataclass(frozen=True, slots=True)
class World:
    """What happened, what was reported of it, and the records by which it came to be known.

    `happened`, `reported`, `rates` and `panel` have a row a series and a column a step; `panel` is
    the size of the panel, 1 at first. `changed` tells which series shift at the plan's step. A
    record is of `series[i]`, of the day `day[i]`, stands from `first[i]` to before `last[i]`.
    """

    plan: Plan
    happened: Counts
    reported: Counts
    rates: Rates
    panel: Rates
    changed: NDArray[np.bool_]
    series: Counts
    day: Counts
    first: Counts
    last: Counts

    def seen(self, step: int) -> Counts:
        """Return the counts by series and event day, as they stood at the end of a step."""
        there = (self.first <= step) & (self.last > step) & (self.day <= step)
        wide = step + 1
        at = self.series[there] * wide + self.day[there]
        return np.bincount(at, minlength=self.plan.series * wide).reshape(-1, wide)


def simulate(plan: Plan) -> World:
    """Return a world by its plan; the same for the same plan."""
    generator = np.random.default_rng(plan.seed)
    changed = generator.random(plan.series) < plan.shifted
    happened, rates = _happened(plan, changed, generator)
    panel = np.ones((plan.series, plan.steps))
    if plan.grown is not None:
        panel[:, plan.grown :] = plan.growth
    # A panel of twice the size misses as often as two panels that do not know of each other.
    known = 1 - (1 - plan.found) ** panel
    reported = generator.binomial(happened, known)
    series, day = (
        part.repeat(reported.ravel()) for part in np.indices(reported.shape).reshape(2, -1)
    )
    first = day + _waits(plan.delay, len(day), generator)
    double = np.flatnonzero(generator.random(len(day)) < plan.twice)
    second = day[double] + _waits(plan.delay, len(double), generator)
    last = second + 1 + _waits(plan.merging, len(double), generator)
    never = np.full(len(day), NEVER)
    return World(
        plan, happened, reported, rates, panel, changed,
        series=np.concatenate([series, series[double]]), day=np.concatenate([day, day[double]]),
        first=np.concatenate([first, second]), last=np.concatenate([never, last]),
    )  # fmt: skip


def _happened(
    plan: Plan, changed: NDArray[np.bool_], generator: np.random.Generator
) -> tuple[Counts, Rates]:
    """Return the events that happen and their expected numbers, each step after the last."""
    level = plan.level * np.exp(plan.spread * generator.standard_normal(plan.series))
    keep = 0.5 ** (1 / np.array([2.0, 21.0]))
    means = np.repeat(level[:, None], 2, axis=1)
    counts = np.zeros((plan.series, plan.steps), np.int64)
    rates = np.zeros((plan.series, plan.steps))
    for step in range(plan.steps):
        own = level * (1 - plan.fast - plan.slow)
        if plan.shifts is not None and step >= plan.shifts:
            own = np.where(changed, plan.shift * own, own)
        rates[:, step] = own + means @ np.array([plan.fast, plan.slow])
        mixed = generator.gamma(plan.size, rates[:, step] / plan.size)
        counts[:, step] = generator.poisson(mixed)
        means = means * keep + counts[:, step, None] * (1 - keep)
    return counts, rates


def _waits(mean: float, number: int, generator: np.random.Generator) -> Counts:
    """Return waits in whole steps, geometric from 0 on."""
    return generator.geometric(1 / (1 + mean), number).astype(np.int64) - 1
