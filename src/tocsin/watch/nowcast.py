"""How many events of the last days there will be once all is reported, with intervals.

Two things move a day's count: late reports and merges. Which share of a day's events is in at each
age, and which share of those in stays to the end, are taken from settled days (`watch.triangle`).
What is still to come is a Poisson number whose rate is not known: a gamma distribution around the
level of the last weeks, narrowed by what is in already, so that it is a negative binomial in the
end. What goes again is a binomial of what stands. The shares themselves are drawn anew from the
days that they rest on (a bootstrap over weeks), so that few days make wide intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tocsin.watch.columns import Ints
from tocsin.watch.triangle import FEWEST, Floats, Triangle

# Draws, and the seed that makes the same input give the same intervals.
DRAWS, SEED = 2_000, 20_17
# Days that the level is taken from: their weights halve with every so many days.
LEVEL, HALF = 56, 10
# A day counts towards the level when this share of it is in.
ENOUGH = 0.5
# Days that are drawn together, since a late week is late on all of its days.
BLOCK = 7


@dataclass(frozen=True, slots=True)
class Expected:
    """A day's events: how many stand, and how many there will be in the end.

    `mean` is the expected final count; from `low` to `high` it lies with the chance that was asked
    for.
    """

    day: date
    stands: int
    mean: float
    low: int
    median: int
    high: int


@dataclass(frozen=True, slots=True)
class Nowcast:
    """The last days, the oldest first; none where nobody can tell, and then `because` says why."""

    days: tuple[Expected, ...]
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """By draw and age: the share that is in, that comes later and stays, that stays to the end."""

    come: Floats
    later: Floats
    stays: Floats


def shares(of: Triangle, draws: int = DRAWS) -> Shares | str:
    """Return draws of the shares: each weighs the weeks of the triangle anew, and comes of that.

    Where too few days are settled it returns why nobody can tell.
    """
    back, ages = of.came.shape
    settled = int(of.came[:-ages].sum())
    if settled < FEWEST:
        return (
            f"{settled} events on days that are {ages} days old; at least {FEWEST} are needed to "
            "say how late reports come"
        )
    both = of.known[:, 1:]
    weeks = -(-back // BLOCK)
    generator = np.random.default_rng(SEED)
    drawn_weeks = generator.multinomial(weeks, np.full(weeks, 1 / weeks), size=draws)
    weights = np.repeat(drawn_weeks.astype(np.float64), BLOCK, axis=1)[:, :back]
    into = np.cumsum(of.came, axis=1)
    now, after = weights @ (into[:, :-1] * both) + 0.5, weights @ (into[:, 1:] * both) + 0.5
    come = np.ones((draws, ages))
    come[:, :-1] = np.cumprod((now / after)[:, ::-1], axis=1)[:, ::-1]
    # Of those that stood at an age, which share had left a day later.
    stood = weights @ (of.stood[:, :-1] * both) + 0.5
    leave = np.minimum(weights @ (of.left[:, 1:] * both) / stood, 1.0)
    stays = np.ones((draws, ages))
    stays[:, :-1] = np.cumprod((1 - leave)[:, ::-1], axis=1)[:, ::-1]
    fresh = np.diff(come, axis=1, prepend=0.0) * stays
    later = np.zeros((draws, ages))
    later[:, :-1] = np.cumsum(fresh[:, :0:-1], axis=1)[:, ::-1]
    return Shares(come, later, stays)


def nowcast(of: Triangle, known: Shares | str, *, days: int = 14, chance: float = 0.9) -> Nowcast:
    """Return what is to be expected of the last days of a triangle.

    The shares may be those of a wider triangle: of all units of the family, say.
    """
    if isinstance(known, str):
        return Nowcast((), known)
    if of.came[-LEVEL:].sum() == 0:
        return Nowcast((), f"no event in the last {LEVEL} days")
    stood = of.stood
    generator = np.random.default_rng(SEED)
    found = []
    for age in range(days - 1, -1, -1):
        stands = int(stood[len(stood) - 1 - age, min(age, stood.shape[1] - 1)])
        final = drawn(of, known, age, generator)
        low, median, high = (
            int(np.quantile(final, part, method="inverted_cdf"))
            for part in ((1 - chance) / 2, 0.5, (1 + chance) / 2)
        )
        mean = float(final.mean())
        found.append(Expected(of.on - timedelta(days=age), stands, mean, low, median, high))
    return Nowcast(tuple(found))


def drawn(of: Triangle, known: Shares, age: int, generator: np.random.Generator) -> Ints:
    """Return draws of the final count of the day that is so many days old."""
    back, ages = of.came.shape
    row, column = back - 1 - age, min(age, ages - 1)
    into = int(of.came[row, : column + 1].sum())
    stands = into - int(of.left[row, : column + 1].sum())
    shape, rate = level(of, known)
    mean = generator.gamma(shape + into, 1.0 / (rate + known.come[:, column]))
    come = generator.poisson(mean * known.later[:, column])
    final: Ints = come + generator.binomial(stands, known.stays[:, column])
    return final


def level(of: Triangle, known: Shares) -> tuple[float, float]:
    """Return the shape and rate of the gamma distribution of a day's events that come in, ever.

    By the mean and the spread of the last weeks, each day set up by the share that is in.
    """
    back, ages = of.came.shape
    age = np.arange(min(LEVEL, back))
    column = np.minimum(age, ages - 1)
    share = known.come.mean(axis=0)[column]
    into = np.cumsum(of.came, axis=1)[back - 1 - age, column]
    use = share >= ENOUGH
    weight = np.where(use, 0.5 ** (age / HALF), 0.0) * share
    whole = weight.sum()
    mean = max(float((weight * into / share).sum() / whole), 1 / LEVEL)
    spread = float((weight * (into / share - mean) ** 2).sum() / whole)
    noise = float((weight * mean / share).sum() / whole)  # what chance alone makes of one rate
    over = max(spread - noise, 0.05 * mean * mean)
    return mean * mean / over, mean / over
