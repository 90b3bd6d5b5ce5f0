"""Whether the level of a daily series has changed lately: Bayesian online change points.

Adams and MacKay, "Bayesian Online Changepoint Detection" (2007, arXiv:0710.3742), with counts that
are negative binomial around the level of a regime, and levels that are gamma. The posterior of a
level has no closed form then, so levels are taken from a grid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LEVELS = 48  # levels of the grid
REACH = (1 / 20, 40)  # the lowest and the highest of them, by the mean
NEGLIGIBLE = 1e-7  # of all; regimes less likely are given up
TIDY = 16  # days after which that is looked at
BLOCK = 28  # days over which a level is taken to stand, where the prior is made
FEWEST = 3  # blocks that show how levels differ
# Bounds of what a history may claim: how alike levels are, how even the days of one level. One that
# has been level so far says nothing of the next, so twice and half the mean always stay likely.
SHAPES, SIZES = (0.5, 2.0), (0.2, 200.0)
_LEAST = 0.5  # events added to a history without any


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of a series before its first day.

    Levels, in events a day, are gamma with a mean and a shape; the days of a level are negative
    binomial with a size: the lower, the more uneven.
    """

    mean: float
    shape: float
    size: float

    @property
    def levels(self) -> Floats:
        """Levels from a twentieth of the mean to forty times it, in equal steps of its log."""
        found: Floats = self.mean * np.geomspace(*REACH, LEVELS)
        return found

    @property
    def chances(self) -> Floats:
        """How likely each level is, in log."""
        from scipy.special import gammaln, logsumexp, xlogy  # noqa: PLC0415

        levels, scale = self.levels, self.mean / self.shape
        told = levels / scale
        density = xlogy(self.shape - 1.0, told) - told - gammaln(self.shape) - np.log(scale)
        # Steps grow with the level.
        found = density + np.log(levels)
        return np.asarray(found - logsumexp(found))


@dataclass(frozen=True, slots=True)
class Runs:
    """How long the regime of the last day has lasted: `chance[n]` that it did n + 1 days.

    `level` is the mean of the days of that regime, given that it is younger than `young` days, and
    `before` that of the four weeks before it, both over all that it may have begun on.
    """

    chance: Floats
    young: int
    level: float
    before: float

    @property
    def changed(self) -> float:
        """The chance that the regime is younger than `young` days."""
        return float(self.chance[: self.young - 1].sum())


def prior(history: Ints, family: Prior | None = None) -> Prior:
    """Return what a series' own history says, or its family's where it is too short for that.

    Means of blocks of four weeks give the levels and how they differ, the days within blocks how
    uneven they are, both by moments.
    """
    blocks = history.size // BLOCK
    if family is not None and (blocks < FEWEST or not history.any()):
        return family
    used = history[history.size - blocks * BLOCK :] if blocks else history
    days = used.reshape(max(blocks, 1), -1).astype(np.float64)
    mean = float((days.sum() + _LEAST) / max(days.size, 1))
    width = days.shape[1] if days.size else 1
    inner = float(days.var(axis=1, ddof=1).mean()) if width > 1 else mean
    size = mean * mean / (inner - mean) if inner > mean else SIZES[1]
    # Blocks differ by chance too, and only what is beyond that is a difference of levels.
    outer = float(days.mean(axis=1).var(ddof=1)) - inner / width if blocks >= FEWEST else 0.0
    shape = mean * mean / outer if outer > 0 else SHAPES[1]
    if blocks < FEWEST:
        shape = 1.0
    return Prior(mean, float(np.clip(shape, *SHAPES)), float(np.clip(size, *SIZES)))


def runs(counts: Ints, prior: Prior, *, regime: float, young: int) -> Runs:
    """Return how long the regime of the last day has lasted.

    `regime` is the mean length of regimes in days; the first day begins one.
    """
    if counts.size == 0:
        raise ValueError("a series without days; expected one at least")
    grid, known = prior.levels, np.exp(prior.chances)
    told = _likelihoods(counts, grid, prior.size)
    ends = 1 / regime
    # A row for each day on which the regime may have begun, the oldest first: how likely that is,
    # and how likely each level is then, both together with all counts so far.
    starts = np.zeros(1, np.int64)
    weights = (known * told[0])[None, :]
    weights /= weights.sum()
    for day in range(1, counts.size):
        # All weights sum to one.
        weights = np.concatenate([weights * (1 - ends), (ends * known)[None, :]]) * told[day]
        weights /= weights.sum()
        starts = np.append(starts, day)
        if day % TIDY == 0:
            kept = weights.sum(axis=1) > NEGLIGIBLE
            kept[-1] = True
            starts, weights = starts[kept], weights[kept]
    return _summed(counts, starts, weights / weights.sum(), young)


def _likelihoods(counts: Ints, grid: Floats, size: float) -> Floats:
    """Return the chance of each day's count at each level, in shares of its likeliest level's."""
    from scipy.special import gammaln  # noqa: PLC0415

    n = counts[:, None].astype(np.float64)
    share = size / (size + grid)[None, :]
    ways = gammaln(n + size) - gammaln(size) - gammaln(n + 1)
    logs = ways + size * np.log(share) + n * np.log1p(-share)
    found: Floats = np.exp(logs - logs.max(axis=1, keepdims=True))
    return found


def _summed(counts: Ints, starts: Ints, weights: Floats, young: int) -> Runs:
    rows = weights.sum(axis=1)
    lengths = counts.size - starts
    chance = np.zeros(counts.size)
    chance[lengths - 1] = rows
    fresh = lengths < young
    whole = float(rows[fresh].sum())
    if whole == 0:
        return Runs(chance, young, 0.0, 0.0)
    now = [counts[start:].mean() for start in starts[fresh]]
    before = [counts[max(0, s - BLOCK) : s].mean() if s else 0.0 for s in starts[fresh]]
    means = (float(rows[fresh] @ np.array(side) / whole) for side in (now, before))
    return Runs(chance, young, *means)
