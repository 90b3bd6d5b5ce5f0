"""False alarms and delays of signals of counts, on worlds whose changes are known.

    python -m evaluation.alarms > evaluation/results/alarms.md

Counts are looked at as they stood on the day, late reports and double records included. A false
alarm is the first look in ten days at which a signal is raised in a series whose level never
changed; series excite themselves, so that bursts are among them. The delay is that of the first
look at which a signal is raised after the level was multiplied, in series where it was not raised
at the look before that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom, poisson

from evaluation.simulator import Plan, World, simulate
from tocsin.base.settings import load
from tocsin.score import chances
from tocsin.watch.change import prior, runs
from tocsin.watch.indicators import FLOOR, MONTH, YEAR
from tocsin.watch.scene import weeks
from tocsin.watch.silence import silence

Floats = NDArray[np.float64]
RULES = load().signals
# Days between two looks, days of the first and the last one, days of a change and after it.
EVERY, FIRST, LAST, SHIFT, AFTER = 3, 365, 729, 500, 60
# Looks after which a signal that is raised again is another alarm.
APART = 3
WINDOW = 26
THRESHOLDS: Mapping[str, tuple[float, ...]] = {
    "surge": (1.5, 2, 3, 4), "rising": (1.5, 2, 3, 4), "exceedance": (0.05, 0.02, 0.01, 0.001),
    "change": (0.3, 0.5, 0.7, 0.9), "silence": (0.05, 0.02, 0.01, 0.005),
}  # fmt: skip
SHIPPED = {"surge": 2, "rising": 2, "exceedance": 0.02, "change": 0.5, "silence": 0.02}


class Rate(NamedTuple):
    """A number with the ends of its 95 % interval, by bootstrap over series."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Looks:
    """What each signal's number was, by look and series: the higher, the more of a signal."""

    days: tuple[int, ...]
    values: Mapping[str, Floats]


def surge(counts: NDArray[np.int64]) -> Floats:
    """Return by how much the last week is above the four before, 0 under the floor."""
    weekly = weeks(counts)
    before = weekly[:, -MONTH - 1 : -1].mean(axis=1)
    return np.where(before >= FLOOR, weekly[:, -1] / np.maximum(before, 1e-9), 0.0)


def rising(counts: NDArray[np.int64]) -> Floats:
    """Return by how much the last month is above its year, 0 under the floor."""
    weekly = weeks(counts)
    month, year = weekly[:, -MONTH:].mean(axis=1), weekly[:, -YEAR:].mean(axis=1)
    return np.where(month >= FLOOR, month / np.maximum(year, 1e-9), 0.0)


def exceedance(counts: NDArray[np.int64]) -> Floats:
    """Return how unlikely the last week is under a negative binomial of the 26 before it."""
    weekly = weeks(counts)
    past, last = weekly[:, -WINDOW - 1 : -1], weekly[:, -1]
    mean = past.mean(axis=1) + 0.5 / WINDOW
    spread = past.var(axis=1, ddof=1)
    size = np.where(spread > mean, mean**2 / np.maximum(spread - mean, 1e-9), np.inf)
    known = np.where(np.isinf(size), 1.0, size)
    tails = np.where(
        np.isinf(size),
        poisson.sf(last - 1, mean),
        nbinom.sf(last - 1, known, known / (known + mean)),
    )
    return 1 - tails


def change(counts: NDArray[np.int64]) -> Floats:
    """Return how likely each level is to have changed lately, as signals have it."""
    late = counts[:, -365:]
    out = np.zeros(len(late))
    for at, row in enumerate(late):
        if row.sum() >= RULES.few:
            known = prior(row[: row.size - 2 * RULES.young])
            out[at] = runs(row, known, regime=RULES.regime, young=RULES.young).changed
    return out


def quiet(counts: NDArray[np.int64]) -> Floats:
    """Return how unusual the silence of each series is by its own gaps."""
    out = np.zeros(len(counts))
    for at, row in enumerate(counts):
        found = silence(
            np.flatnonzero(row).tolist(), row.size - 1, window=RULES.window, fewest=RULES.gaps,
            chance=0.5, least=RULES.quiet,
        )  # fmt: skip
        out[at] = 0.0 if found is None or found.days < RULES.quiet else 1 - found.chance
    return out


NUMBERS: Mapping[str, Callable[[NDArray[np.int64]], Floats]] = {
    "surge": surge, "rising": rising, "exceedance": exceedance, "change": change, "silence": quiet,
}  # fmt: skip


def looks(world: World, days: Sequence[int], stopped: int | None = None) -> Looks:
    """Return a world's numbers on some days; nothing is reported from `stopped` on."""
    values: dict[str, list[Floats]] = {name: [] for name in NUMBERS}
    for day in days:
        counts = world.seen(day)
        if stopped is not None:
            counts[:, stopped:] = 0
        for name, number in NUMBERS.items():
            values[name].append(number(counts))
    return Looks(tuple(days), {name: np.array(rows) for name, rows in values.items()})


def raised(of: Looks, name: str, threshold: float) -> NDArray[np.bool_]:
    """Return at which looks a signal is raised in which series."""
    at = 1 - threshold if name in ("exceedance", "silence") else threshold
    found: NDArray[np.bool_] = of.values[name] >= at
    return found


def alarms(of: Looks, name: str, threshold: float) -> Rate:
    """Return the alarms a series and year."""
    up = raised(of, name, threshold)
    fresh = up.copy()
    for back in range(1, APART + 1):
        fresh[back:] &= ~up[:-back]
    years = (of.days[-1] - of.days[0] + EVERY) / 365
    return bootstrap(fresh.sum(axis=0) / years)


def delays(of: Looks, name: str, threshold: float) -> tuple[Rate, float | None]:
    """Return the share of changes seen within four weeks, and the median days it took."""
    up = raised(of, name, threshold)
    known = ~up[0]
    up, days = up[1:, known], np.array(of.days[1:]) - of.days[0] - EVERY + 1
    taken = np.where(up.any(axis=0), days[up.argmax(axis=0)], np.inf)
    share = bootstrap((taken <= 28).astype(np.float64))
    seen = taken[np.isfinite(taken)]
    return share, float(np.median(seen)) if seen.size else None


def bootstrap(rows: Floats) -> Rate:
    """Return the mean of rows and its interval; each row is a block of its own."""
    if not rows.size:
        return Rate(np.nan, np.nan, np.nan)
    return Rate(*chances.bootstrap(rows, np.arange(rows.size)))


def study(series: int) -> Iterator[str]:
    """Yield the report, line by line."""
    level = Plan(series=series, steps=LAST + 1, seed=11)
    still = looks(simulate(level), range(FIRST, LAST + 1, EVERY))
    grown = varied(level, growth=2.0, grown=SHIFT)
    after = range(SHIFT - EVERY, SHIFT + AFTER, EVERY)
    panel = looks(simulate(grown), after)
    shifts = {
        factor: looks(
            simulate(varied(level, shifted=1.0, shift=factor, shifts=SHIFT)), after
        )
        for factor in (2.0, 3.0, 5.0)
    }  # fmt: skip
    ended = looks(simulate(level), after, stopped=SHIFT)
    yield from _head(series, still)
    for name, thresholds in THRESHOLDS.items():
        cases = {"reports end": ended} if name == "silence" else {
            **{f"level x{factor:g}": of for factor, of in shifts.items()}, "panel x2": panel
        }  # fmt: skip
        yield f"\n## {name}\n"
        yield "| threshold | alarms a series and year | " + " | ".join(cases) + " |"
        yield "|---" * (2 + len(cases)) + "|"
        for threshold in thresholds:
            mark = " (shipped)" if threshold == SHIPPED[name] else ""
            cells = [_rate(alarms(still, name, threshold), "{:.2f}")]
            cells += [_delay(*delays(of, name, threshold)) for of in cases.values()]
            yield f"| {threshold:g}{mark} | " + " | ".join(cells) + " |"


def varied(plan: Plan, **other: float) -> Plan:
    """Return a plan with something else in it."""
    fields = {name: getattr(plan, name) for name in Plan.__dataclass_fields__}
    return Plan(**(fields | other))


def _head(series: int, still: Looks) -> Iterator[str]:
    yield "# How often signals are false, and how late they are right"
    yield ""
    yield "Written by `python -m evaluation.alarms`; what is measured stands in its docstring."
    yield (
        f"Simulated: {series} self-exciting series of two years with late reports and double "
        f"records, looked at every {EVERY} days; {len(still.days)} looks for false alarms. Columns "
        "give the share of changes seen within 28 days, and the median days to those seen at all; "
        "brackets are 95 % intervals by bootstrap over series. `panel x2` is no change of what "
        "happens, only of how much is reported: what is seen there is a false alarm too, which "
        "panel-break flags are for. Ladder and deadline have no threshold on counts, and class "
        "follows the two rules of ACLED; exceedance is held against a negative binomial of the 26 "
        "weeks before, the simplest of the forecasts."
    )


def _rate(rate: Rate, form: str) -> str:
    mean, low, high = (form.format(part) for part in rate)
    return f"{mean} [{low}, {high}]"


def _delay(share: Rate, days: float | None) -> str:
    took = "never" if days is None else f"{days:.0f} d"
    return f"{_rate(share, '{:.0%}')}, {took}"


if __name__ == "__main__":
    for line in study(int(sys.argv[1]) if len(sys.argv) > 1 else 60):
        print(line)
