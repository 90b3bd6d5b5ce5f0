"""Whether intervals of what will have been reported hold: `python -m evaluation.nowcast`.

In worlds of known truth (`evaluation.simulator`) every series' last days are estimated on many
evenings and held against what remained in the end. Printed for each world: how often the 90%
interval held the truth, by how many days old the day was; the same by a draw that takes the jumps
of whole numbers into account (an interval of whole numbers can only be too wide); how wide the
intervals were; and how far the sums of what stood then and of what was expected were from the
truth.

With `--store FILE --unit SYR` it is done for every Sunday of a store's events instead, against the
counts of 60 days later by first reports.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np

from evaluation.simulator import Plan, World, simulate
from tocsin.pipeline import watching
from tocsin.records.series import FAMILIES, Unit
from tocsin.store.open import open_store
from tocsin.watch.columns import Columns, standing
from tocsin.watch.nowcast import LEVEL, Shares, drawn, shares
from tocsin.watch.triangle import AGES, Triangle, triangle, triangulated

CHANCE, DAYS = 0.9, 14
# Days after which the last of the days are settled.
LATER = AGES + DAYS
PLAIN = Plan(series=40, steps=730, level=2.0, spread=1.0)
SILENT = "silent weekends"
WORLDS: dict[str, Plan] = {
    "as a rule": PLAIN,
    "no merges": replace(PLAIN, twice=0.0),
    "many merges": replace(PLAIN, twice=0.4, merging=8.0),
    "late reports": replace(PLAIN, delay=6.0),
    "panel doubled a month ago": replace(PLAIN, growth=2.0, grown=600),
    "rate doubled a month ago": replace(PLAIN, shifted=1.0, shift=2.0, shifts=600),
    "hardly excited": replace(PLAIN, fast=0.05, slow=0.05),
    "strongly excited": replace(PLAIN, fast=0.5, slow=0.4),
    "quiet": replace(PLAIN, level=0.1),
    "busy": replace(PLAIN, level=20.0, spread=0.5),
    SILENT: replace(PLAIN, level=5.0, spread=0.5),
}


def weekends(of: World) -> World:
    """Return a world in which nothing is reported on two days of seven, and all of it on the next.

    That the estimate does not know of.
    """
    late = of.first % 7
    return replace(of, first=of.first + np.where(late >= 5, 7 - late, 0))


def _triangle(of: World, step: int, which: np.ndarray) -> Triangle:
    kept = which & (of.day <= step)
    return triangulated(
        of.day[kept] + 1, of.first[kept] + 1, np.minimum(of.last[kept], 10**6) + 1,
        date.fromordinal(step + 1),
    )  # fmt: skip


def _rank(final: np.ndarray, truth: int, generator: np.random.Generator) -> float:
    """Return where the truth stands among the draws, ties broken by chance."""
    below, equal = float((final < truth).mean()), float((final == truth).mean())
    return below + equal * float(generator.random())


def _row(
    final: np.ndarray, truth: int, age: int, stood: int, generator: np.random.Generator
) -> tuple[float, ...]:
    """Return age, in the plain interval, in the drawn one, width, stood, expected, truth."""
    edges = (1 - CHANCE) / 2, (1 + CHANCE) / 2
    low, high = np.quantile(final, edges, method="inverted_cdf")
    rank = _rank(final, truth, generator)
    held, inside = low <= truth <= high, edges[0] <= rank <= edges[1]
    return age, held, inside, high - low, stood, final.mean(), truth


def study(plan: Plan, origins: Sequence[int], *, silent: bool = False) -> np.ndarray:
    """Return a row for every series, evening and day; `silent` are weekends.

    Its columns: age, in the plain interval, in the drawn one, width, stood, expected, truth.
    """
    world = weekends(simulate(plan)) if silent else simulate(plan)
    generator = np.random.default_rng(plan.seed)
    out = []
    for step in origins:
        known = shares(_triangle(world, step, np.ones(len(world.day), np.bool_)))
        if not isinstance(known, Shares):
            raise SystemExit(f"{plan}: {known}")
        for series in range(plan.series):
            of = _triangle(world, step, world.series == series)
            for age in range(DAYS):
                final = drawn(of, known, age, generator)
                truth = int(world.reported[series, step - age])
                stood = int(of.stood[-1 - age, age])
                out.append(_row(final, truth, age, stood, generator))
    return np.array(out, np.float64)


def kept(of: Columns, unit: Unit, *, given: bool) -> np.ndarray:
    """Return the same rows for a unit's families on the Sundays of a store."""
    generator = np.random.default_rng(1)
    member = of.of(unit)
    if given:
        member &= np.array([one.sighting.given for one in of.spells], np.bool_)
    first, last = (date.fromordinal(int(edge(of.reported))) for edge in (np.min, np.max))
    sundays = range(first.toordinal() + 7 - first.isoweekday(), last.toordinal() - LATER, 7)
    out = []
    for at, sunday in product(range(len(FAMILIES)), sundays):
        on = date.fromordinal(sunday)
        which = of.family == at
        if given:
            which &= member
        known = shares(triangle(of, on, which))
        now = triangle(of, on, which & member)
        if not isinstance(known, Shares) or not now.came[-LEVEL:].any():
            continue
        later = triangle(of, date.fromordinal(sunday + LATER), which & member)
        for age in range(DAYS):
            final = drawn(now, known, age, generator)
            truth = int(later.stood[-1 - age - LATER, -1])
            out.append(_row(final, truth, age, int(now.stood[-1 - age, age]), generator))
    return np.array(out, np.float64)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", help="a store whose events are taken instead")
    parser.add_argument("--unit", default="SYR", help="a country")
    parser.add_argument("--quick", action="store_true", help="fewer evenings, three worlds")
    chosen = parser.parse_args()
    origins = range(630, 730, 50 if chosen.quick else 10)
    names = list(WORLDS)[:3] if chosen.quick else list(WORLDS)
    print("| world | held, drawn | day 0 | 1 | 3 | 7 | 13 | plain | width | stood | expected |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    if chosen.store:
        with open_store(chosen.store, create=False) as opened, opened.read() as connection:
            of = standing(watching.table(connection).events.values())
        for name, given in (("all events", False), ("with a day of their own", True)):
            print(_told(name, kept(of, Unit("country", chosen.unit), given=given)))
        return
    for name in names:
        print(_told(name, study(WORLDS[name], origins, silent=name == SILENT)))


def _told(name: str, rows: np.ndarray) -> str:
    """Return rows as a line of the table."""
    by = [f"{rows[rows[:, 0] == age, 2].mean():.3f}" for age in (0, 1, 3, 7, 13)]
    truth = rows[:, 6].sum()
    return (
        f"| {name} | {rows[:, 2].mean():.3f} | {' | '.join(by)} | {rows[:, 1].mean():.3f} "
        f"| {rows[:, 3].mean():.1f} | {rows[:, 4].sum() / truth - 1:+.1%} "
        f"| {rows[:, 5].sum() / truth - 1:+.1%} |"
    )


if __name__ == "__main__":
    main()
