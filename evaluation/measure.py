"""What a corpus shows: measures with what each article adds to them, and how sure they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluation.align import Tally

# How often an interval draws the articles anew, and from which seed.
DRAWS, SEED = 1000, 1
# What one article or sentence adds above and below the line of each ratio of a measure.
Ratio = tuple[float, float]
Unit = tuple[Ratio, ...]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """A value: the mean of ratios of sums over articles, mostly of one; `of` counts gold items.

    Accuracy, precision, recall and F1 are ratios of sums, a macro-F1 is the mean of one a class.
    """

    name: str
    units: tuple[Unit, ...]
    of: int

    @property
    def value(self) -> float:
        """The measure over all articles."""
        return _value(np.asarray(self.units, dtype=float).sum(0)[None])[0] if self.units else 0.0


@dataclass(frozen=True, slots=True)
class Corpus:
    """A measured corpus: its name, its files, and what was measured on it."""

    name: str
    files: tuple[Path, ...]
    measures: tuple[Measure, ...]


def ratio(name: str, units: Iterable[Ratio], of: int | None = None) -> Measure:
    """Return the measure of one ratio; without `of`, what stands below the line was counted."""
    kept = tuple((unit,) for unit in units)
    return Measure(name, kept, round(sum(u[0][1] for u in kept)) if of is None else of)


def f1(name: str, tallies: Sequence[Tally]) -> Measure:
    """Return the F1 over what articles tallied."""
    return ratio(name, [(2 * t.right, t.gold + t.said) for t in tallies], _gold(tallies))


def precision(name: str, tallies: Sequence[Tally]) -> Measure:
    """Return the share of what was said that is true."""
    return ratio(name, [(t.right, t.said) for t in tallies], _gold(tallies))


def recall(name: str, tallies: Sequence[Tally]) -> Measure:
    """Return the share of what is true that was said."""
    return ratio(name, [(t.right, t.gold) for t in tallies], _gold(tallies))


def _gold(tallies: Iterable[Tally]) -> int:
    return sum(t.gold for t in tallies)


def interval(measure: Measure) -> Interval | None:
    """Return where 95 % of the values lie when articles are drawn anew, with replacement.

    The percentile bootstrap (Efron 1979), seeded; None where there is but one article.
    """
    units = np.asarray(measure.units, dtype=float)
    number = len(units)
    if number < 2:
        return None
    chance = np.random.default_rng(SEED)
    weights = chance.multinomial(number, np.full(number, 1 / number), size=DRAWS)
    sums = (weights @ units.reshape(number, -1)).reshape(DRAWS, -1, 2)
    low, high = np.quantile(_value(sums), (0.025, 0.975))
    return float(low), float(high)


def _value(sums: np.ndarray) -> list[float]:
    """Return the mean of the ratios of each row of sums [draws, ratios, 2]; 0 over 0 is 0."""
    above, below = sums[..., 0], sums[..., 1]
    ratios = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return [float(x) for x in ratios.mean(-1)]
