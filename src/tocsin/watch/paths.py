"""Possible courses of a series, for chances that hang on several steps at once.

A course follows one component of the pool from beginning to end, each as often as its share says.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b

import numpy as np

from tocsin.watch import hawkes, indicators
from tocsin.watch.baseline import Counts
from tocsin.watch.forecast import Made
from tocsin.watch.hawkes import Fit
from tocsin.watch.shape import Floats, Shape

DRAWS = 2_000
YEAR = 52


def seeded(key: str, day: date) -> np.random.Generator:
    """Return the generator of a series and a day: the same draws whenever and wherever asked."""
    whole = blake2b(f"{key} {day.isoformat()}".encode(), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(whole))


def courses(
    made: Made, row: int, steps: int, generator: np.random.Generator, draws: int = DRAWS
) -> Counts:
    """Return the counts of the next steps of the series in a row, a row a course."""
    split = generator.multinomial(draws, made.weights[row, 0])
    parts = [
        drawn(made.shapes[number], row, (split[number], steps), generator) for number in (0, 1)
    ]
    added = [hawkes.answered(made.model, made.others, step)[row] for step in range(steps)]
    parts.append(
        _excited(made.model, row, made.means[row], (split[2], steps), generator, added=added)
    )  # fmt: skip
    return np.concatenate(parts)


def drawn(one: Shape, row: int, size: tuple[int, int], generator: np.random.Generator) -> Counts:
    """Return draws of a shape that is the same for all steps."""
    weight, mean, spread = one.weight[row, 0], one.mean[row, 0], one.size[row, 0]
    edges = weight.cumsum()
    chosen = np.searchsorted(edges / edges[-1], generator.random(size), side="right")
    if not spread.any():
        return np.asarray(mean[chosen], np.int64)
    return _counts(mean[chosen], spread[chosen], generator)


def surges(counts: Counts, ahead: Counts) -> Floats:
    """Return for each step ahead the share of courses that surge then (I2)."""
    past = np.broadcast_to(counts[-indicators.MONTH :], (len(ahead), indicators.MONTH))
    whole = np.concatenate([past, ahead], 1).astype(np.int64)
    return np.asarray(indicators.surge(whole)[:, indicators.MONTH :].mean(0))


def heights(counts: Counts, ahead: Counts) -> Floats:
    """Return for each step ahead the share of courses that are higher than the 52 steps before."""
    out = np.empty(ahead.shape[1])
    for step in range(ahead.shape[1]):
        back = counts[max(0, len(counts) - YEAR + step) :]
        before = np.full(len(ahead), back.max(initial=0))
        if step:
            before = np.maximum(before, ahead[:, :step].max(1))
        out[step] = (ahead[:, step] > before).mean()
    return out


def _excited(
    made: Fit,
    row: int,
    means: Floats,
    size: tuple[int, int],
    generator: np.random.Generator,
    *,
    added: Sequence[float] = (),
) -> Counts:
    """Return courses of the self-exciting model; `added` is what else is in the rate, by step."""
    keep = 0.5 ** (1 / np.array(made.halves))
    base = made.shares[row, 0] * made.level[row]
    pull, spread = made.shares[row, 1:], np.full(size[0], made.size[row])
    state = np.tile(means, (size[0], 1))
    out = np.empty(size, np.int64)
    for step in range(size[1]):
        more = added[step] if added else 0.0
        out[:, step] = _counts(base + more + state @ pull, spread, generator)
        state = state * keep + out[:, step, None] * (1 - keep)
    return out


def _counts(mean: Floats, size: Floats, generator: np.random.Generator) -> Counts:
    """Return a draw of each negative binomial, Poisson or single value."""
    solid, smooth = size == 0, np.isinf(size)
    some = np.where(solid | smooth, 1.0, size)
    rate = np.where(smooth, mean, generator.standard_gamma(some) * mean / some)
    return np.where(solid, mean, generator.poisson(rate)).astype(np.int64)
