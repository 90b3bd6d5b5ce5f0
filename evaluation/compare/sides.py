"""Several coders' measures side by side: a measure a line, a coder a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from evaluation.measure import DRAWS, SEED, Measure


def table(columns: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Yield the lines of a table; later columns show in brackets how they differ from the first."""
    base = next(iter(columns.values()))
    measures = dict.fromkeys(m for values in columns.values() for m in values)
    width = max([17, *(len(name) + 2 for name in columns)])
    yield " " * 44 + "".join(f"{name:>{width}}" for name in columns)
    for measure in measures:
        cells = (_cell(v.get(measure), base.get(measure), v is base) for v in columns.values())
        yield f"{measure:44}" + "".join(f"{cell:>{width}}" for cell in cells)


def _cell(value: float | None, base: float | None, first: bool) -> str:  # noqa: FBT001
    if value is None:
        return "-"
    if first or base is None:
        return f"{value:.3f}"
    return f"{value:.3f} ({value - base:+.3f})"


def gap(one: Measure, other: Measure) -> tuple[float, float, float] | None:
    """Return by how much one coder is above another, and the ends of its 95 % interval.

    The same articles are drawn for both, so that hard ones are hard for both; None where they are
    not measured on the same articles, or on one alone.
    """
    number = len(one.units)
    if number < 2 or number != len(other.units):
        return None
    chance = np.random.default_rng(SEED)
    weights = chance.multinomial(number, np.full(number, 1 / number), size=DRAWS)
    drawn = [_values(weights, measure.units) for measure in (one, other)]
    low, high = np.quantile(drawn[0] - drawn[1], (0.025, 0.975))
    return one.value - other.value, float(low), float(high)


def _values(weights: np.ndarray, units: Sequence[Sequence[Sequence[float]]]) -> np.ndarray:
    held = np.asarray(units, dtype=float)
    sums = (weights @ held.reshape(len(held), -1)).reshape(len(weights), -1, 2)
    above, below = sums[..., 0], sums[..., 1]
    ratios = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return np.asarray(ratios.mean(-1))
