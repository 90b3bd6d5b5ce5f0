"""False alarms and delays of signals, on worlds whose changes are known.

    python -m evaluation.alarms [SERIES] [--report FOLDER]

Counts are looked at as they stood on the day, late reports and double records included. A false
alarm is the first look in ten days at which a signal is raised in a series whose level never
changed; series excite themselves, so that bursts are among them. The delay is that of the first
look at which a signal is raised after the level was multiplied, in series where it was not raised
at the look before that. Ladder and deadline have worlds of their own (`evaluation.escalation`).
The report holds the tables, and beside it the same as curves.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom, poisson

from evaluation import curves, escalation
from evaluation.curves import Point, Rate
from evaluation.simulator import Plan, World, simulate
from tocsin.base.settings import load
from tocsin.score import chances
from tocsin.watch.change import prior, runs
from tocsin.watch.indicators import FLOOR, HIGH, MONTH, SHOCKS, YEAR, shocks
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
    "change": (0.3, 0.5, 0.7, 0.9), "class": (4, 6, 8, 10), "silence": (0.05, 0.02, 0.01, 0.005),
}  # fmt: skip
SHIPPED = {
    "surge": 2, "rising": 2, "exceedance": RULES.surprise, "change": RULES.changed,
    "class": SHOCKS, "silence": RULES.silence,
}  # fmt: skip
WHAT = {
    "surge": "times the mean of the four weeks before", "rising": "times the year's mean",
    "exceedance": "chance of so many", "change": "chance of a new level",
    "class": "weeks of a year that stand out, from which a place is volatile",
    "silence": "share of its own gaps",
}  # fmt: skip


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
    return np.asarray(1 - tails)


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


def moved(counts: NDArray[np.int64], least: int) -> Floats:
    """Return 1 where the class of the last year is above that of a week ago, as signals have it.

    `least` weeks that stand out make a year volatile.
    """
    lately = weeks(counts)[:, -YEAR - 1 :]
    out = shocks(lately)[:, -2:] >= least
    sums = np.stack([lately[:, :-1].sum(1), lately[:, 1:].sum(1)], 1)
    found = 2 * out + (sums * HIGH[1] >= HIGH[0] * YEAR)
    return np.asarray(found[:, 1] > found[:, 0], np.float64)


NUMBERS: Mapping[str, Callable[[NDArray[np.int64]], Floats]] = {
    "surge": surge, "rising": rising, "exceedance": exceedance, "change": change, "silence": quiet,
    **{f"class {least:g}": partial(moved, least=int(least)) for least in THRESHOLDS["class"]},
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
    if name == "class":
        name, threshold = f"class {threshold:g}", 1.0
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


def delays(of: Looks, name: str, threshold: float) -> tuple[Rate, float | None, float]:
    """Return the share of changes seen in four weeks, the median days to those seen, and the mean.

    In the mean a change that is not seen counts as seen on the last day looked at.
    """
    up = raised(of, name, threshold)
    known = ~up[0]
    up, days = up[1:, known], np.array(of.days[1:]) - of.days[0] - EVERY + 1
    taken = np.where(up.any(axis=0), days[up.argmax(axis=0)], np.inf)
    share = bootstrap((taken <= 28).astype(np.float64))
    seen = taken[np.isfinite(taken)]
    capped = float(np.minimum(taken, AFTER).mean()) if taken.size else float(AFTER)
    return share, float(np.median(seen)) if seen.size else None, capped


def bootstrap(rows: Floats) -> Rate:
    """Return the mean of rows and its interval; each row is a block of its own."""
    if not rows.size:
        return Rate(np.nan, np.nan, np.nan)
    return Rate(*chances.bootstrap(rows, np.arange(rows.size)))


def study(series: int) -> tuple[list[str], dict[str, dict[str, list[Point]]]]:
    """Return the lines of the report, and the points of the curves by signal and case."""
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
    lines = list(_head(series, still))
    points: dict[str, dict[str, list[Point]]] = {}
    for name, thresholds in THRESHOLDS.items():
        cases = {"reports end": ended} if name == "silence" else {
            **{f"level x{factor:g}": of for factor, of in shifts.items()}, "panel x2": panel
        }  # fmt: skip
        points[name] = {case: [] for case in cases}
        lines += [f"\n## {name}\n", f"Threshold: {WHAT[name]}.\n"]
        lines.append("| threshold | alarms a series and year | " + " | ".join(cases) + " |")
        lines.append("|---" * (2 + len(cases)) + "|")
        for threshold in thresholds:
            false = alarms(still, name, threshold)
            cells = [_rate(false, "{:.2f}")]
            for case, of in cases.items():
                share, days, mean = delays(of, name, threshold)
                shipped = threshold == SHIPPED[name]
                points[name][case].append(Point(false.mean, mean, f"{threshold:g}", shipped))
                cells.append(_delay(share, days, mean))
            mark = " (shipped)" if threshold == SHIPPED[name] else ""
            lines.append(f"| {threshold:g}{mark} | " + " | ".join(cells) + " |")
    for told in (escalation.ladders(series), escalation.deadlines(series)):
        lines += told.lines
        points[told.name] = told.points
    return lines, points


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
        "give the share of changes seen within 28 days, the median days to those seen at all, and "
        "the mean over all changes; "
        "brackets are 95 % intervals by bootstrap over series. `panel x2` is no change of what "
        "happens, only of how much is reported: what is seen there is a false alarm too, which "
        "panel-break flags are for. Exceedance is held against a negative binomial of the 26 weeks "
        f"before, the simplest of the forecasts. The curves ([alarms.svg](alarms.svg)) show alarms "
        f"a series and year across and the mean delay upwards, {AFTER} days where nothing is seen."
    )


def _rate(rate: Rate, form: str) -> str:
    mean, low, high = (form.format(part) for part in rate)
    return f"{mean} [{low}, {high}]"


def _delay(share: Rate, days: float | None, mean: float) -> str:
    took = "never" if days is None else f"{days:.0f} d"
    return f"{_rate(share, '{:.0%}')}, {took}, mean {mean:.0f} d"


def main() -> None:
    """Print the report, or write it with its curves."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("series", type=int, nargs="?", default=60)
    parser.add_argument("--report", type=Path, help="a folder for alarms.md and alarms.svg")
    chosen = parser.parse_args()
    lines, points = study(chosen.series)
    text = "\n".join(lines) + "\n"
    if chosen.report is None:
        print(text, end="")
        return
    (chosen.report / "alarms.md").write_text(text, "utf8")
    (chosen.report / "alarms.svg").write_text(curves.render(points, most=float(AFTER)), "utf8")


if __name__ == "__main__":
    main()
