"""How chances kept their word, and how sure one can be of a difference between two forecasters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.score.rules import Floats

Flags = NDArray[np.bool_]
# Bounds of the bands of a reliability curve: fine where warnings are, at the low end.
BANDS = (0.0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)
DRAWS = 2_000


@dataclass(frozen=True, slots=True)
class Band:
    """Of chances between two bounds: how many, their mean, and the share that came true."""

    low: float
    high: float
    number: int
    said: float
    came: float


def reliability(chances: Floats, outcomes: Flags) -> tuple[Band, ...]:
    """Return the bands that have a chance in them; the upper bound belongs to the next band."""
    place = np.clip(np.searchsorted(BANDS, chances, side="right") - 1, 0, len(BANDS) - 2)
    return tuple(
        Band(
            BANDS[at], BANDS[at + 1], int(some.sum()), float(chances[some].mean()),
            float(outcomes[some].mean()),
        )
        for at in range(len(BANDS) - 1)
        if (some := place == at).any()
    )  # fmt: skip


def precision(chances: Floats, outcomes: Flags) -> float | None:
    """Return the average precision of a ranking; None where nothing came true.

    Equal chances are taken together.
    """
    if not outcomes.any():
        return None
    values, place = np.unique(-chances, return_inverse=True)
    number = np.bincount(place, minlength=len(values)).cumsum()
    true = np.bincount(place, outcomes, len(values)).cumsum()
    gained = np.diff(true, prepend=0)
    return float((gained * true / number).sum() / true[-1])


def bootstrap(
    differences: Floats, blocks: NDArray[np.integer], seed: int = 1, draws: int = DRAWS
) -> tuple[float, float, float]:
    """Return the mean of differences and its bounds of 95 %, with whole blocks drawn anew.

    `blocks` names the block of each difference: its origin, say, or its unit.
    """
    names, place = np.unique(blocks, return_inverse=True)
    sums = np.bincount(place, differences, len(names))
    numbers = np.bincount(place, minlength=len(names))
    chosen = np.random.default_rng(seed).integers(0, len(names), (draws, len(names)))
    means = sums[chosen].sum(1) / numbers[chosen].sum(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(differences.mean()), float(low), float(high)
