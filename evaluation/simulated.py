"""Forecasts of simulated weeks, whose truth is known: `python -m evaluation.simulated [--quick]`.

In worlds by `evaluation.simulator` the four weeks after each of 52 Sundays are foretold from the
counts as they stood that evening, and held against the counts that remained 60 days after each
week. Late reports are made up for by the completeness that the same evening tells
(`tocsin.watch.triangle`), or not. Worlds are studied in processes of their own, which changes no
number: some 25 minutes of one processor in all.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np

from evaluation.simulator import Counts, Plan, World, simulate
from tocsin.score import chances, rules
from tocsin.watch import baseline, forecast, indicators, paths, shape
from tocsin.watch.forecast import WEEKLY, Made
from tocsin.watch.shape import Floats
from tocsin.watch.triangle import completeness, triangulated

WEEK, WAIT = 7, 60
SHARES = (0.5, 0.8, 0.95)
PLAIN = Plan(series=60, steps=7 * 130, level=0.35, spread=1.3)
WORLDS: dict[str, Plan] = {
    "at once, never twice": replace(PLAIN, delay=0, twice=0),
    "as a rule": PLAIN,
    "late reports": replace(PLAIN, delay=6.0),
    "many merges": replace(PLAIN, twice=0.4, merging=8.0),
    "hardly excited": replace(PLAIN, fast=0.05, slow=0.05),
    "strongly excited": replace(PLAIN, fast=0.5, slow=0.4),
    "quiet": replace(PLAIN, level=0.03),
    "busy": replace(PLAIN, level=5.0, spread=0.7),
    "rates tripled for a third, 20 weeks in": replace(
        PLAIN, shifted=0.33, shift=3.0, shifts=7 * 90
    ),
    "panel doubled, 20 weeks in": replace(PLAIN, growth=2.0, grown=7 * 90),
}
# The Sundays of a year; so many of them in a row are drawn as one, since their weeks overlap.
FIRST, LAST, BLOCK = 66, 118, 4


@dataclass(frozen=True, slots=True)
class Told:
    """What was foretold on some evenings of a world: a row a series and evening, by horizon."""

    crps: Floats
    log: Floats
    held: Floats
    mean: Floats
    came: Floats
    plain: Floats
    surge: Floats
    surged: Floats


def remained(world: World) -> Counts:
    """Return the counts by series and week as they stood 60 days after each week."""
    week = world.day // WEEK
    late = np.minimum(WEEK * (week + 1) + WAIT, world.plan.steps - 1)
    kept = (world.first <= late) & (world.last > late)
    wide = -(-world.plan.steps // WEEK)
    found = np.bincount(world.series[kept] * wide + week[kept], minlength=world.plan.series * wide)
    return found.reshape(world.plan.series, wide)


def evening(
    world: World, week: int, final: Counts, *, corrected: bool
) -> tuple[Made, Counts, Floats]:
    """Return the forecasts of an evening, the weeks known then, and what came of those ahead.

    `final` is what `remained` gives.
    """
    step = WEEK * week - 1
    seen = world.seen(step).reshape(world.plan.series, week, WEEK).sum(2)
    exposure = np.ones(seen.shape)
    if corrected:
        known = completeness(
            triangulated(
                world.day + 1, world.first + 1, np.minimum(world.last, 10**6) + 1,
                date.fromordinal(step + 1),
            )
        )  # fmt: skip
        for back in range(8 if known is not None else 0):
            exposure[:, -1 - back] = known[WEEK * back : WEEK * (back + 1)].mean()  # type: ignore[index]
    came = final[:, week - 1 + np.array(WEEKLY.horizons)]
    return forecast.forecast(seen, WEEKLY, exposure), seen, came.astype(float)


def told(world: World, *, corrected: bool) -> Told:
    """Return what was foretold on each Sunday."""
    rows, final = [], remained(world)
    generator = np.random.default_rng(world.plan.seed)
    for week in range(FIRST, LAST):
        made, seen, came = evening(world, week, final, corrected=corrected)
        crps = np.zeros(came.shape)
        for some, points, below in made.tables():
            crps[some] = rules.crps(points, below, np.minimum(came[some], points[-1]))
        pair = made.cdf(np.stack([came - 1, came], -1))
        # Counts are whole: at the bounds of an interval chance decides.
        place = pair[..., 0] + generator.random(came.shape) * (pair[..., 1] - pair[..., 0])
        held = np.stack([np.abs(place - 0.5) <= share / 2 for share in SHARES], -1)
        draws = baseline.conflictology(seen, WEEKLY.window).mean
        plain = rules.drawn(np.broadcast_to(draws, (*came.shape, draws.shape[2])), came)
        middle = shape.moments(made.pooled)[0]
        surge, surged = _surges(made, seen, came, week)
        rows.append((crps, rules.log_score(made.mass(came)), held, middle, came,
                     plain, surge, surged))  # fmt: skip
    return Told(*(np.concatenate(side) for side in zip(*rows, strict=True)))


def _surges(made: Made, seen: Counts, came: Floats, week: int) -> tuple[Floats, Floats]:
    """Return the chances of a surge by horizon, and whether one came."""
    day = date.fromordinal(WEEK * week)
    said = np.stack([
        paths.surges(seen[row], paths.courses(made, row, 4, paths.seeded(str(row), day)))
        for row in range(len(seen))
    ])  # fmt: skip
    whole = np.concatenate([seen, came.astype(np.int64)], 1)
    return said, indicators.surge(whole)[:, -came.shape[1] :].astype(float)


Job = tuple[str, Plan, bool]


def studied(job: Job) -> tuple[Job, Told]:
    """Return what was foretold in the world of a plan; `corrected` is the last of a job."""
    _, plan, corrected = job
    return job, told(simulate(plan), corrected=corrected)


def report(seeds: int, worlds: dict[str, Plan], processes: int) -> Iterator[str]:
    """Yield a table of how the forecasts did in each world, and the reliability of surges."""
    yield "## Simulated weeks, truth known"
    yield ""
    yield (
        f"{PLAIN.series} series, the Sundays of weeks {FIRST} to {LAST - 1}, four weeks ahead, "
        f"{seeds} seeds. Corrected: late reports are made up for. CRPS less than conflictology's "
        f"by so much (95 %; series drawn as blocks, then by half of the year with {BLOCK} Sundays "
        "as blocks); intervals with chance at their bounds, since counts are whole; mean foretold "
        "and mean that came."
    )
    yield ""
    yield (
        "| world | corrected | CRPS | saved | first half | second half | log | 50 % holds | 80 % | "
        "95 % | foretold | came | surges said | came |"
    )
    yield f"|---|{'---|' * 13}"
    jobs: list[Job] = [
        (name, replace(plan, seed=seed), corrected)
        for name, plan in worlds.items()
        for corrected in ((False, True) if plan.delay else (False,))
        for seed in range(1, seeds + 1)
    ]
    best: dict[str, list[Told]] = {}
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        done = pool.imap(studied, jobs)
        for (name, corrected), group in groupby(done, key=lambda one: (one[0][0], one[0][2])):
            best[name] = [part for _, part in group]
            yield _row(name, "yes" if corrected else "no", best[name])
    parts = [part for some in best.values() for part in some]
    yield ""
    yield from _leads(parts)
    yield from _surely(parts)


def _leads(parts: Sequence[Told]) -> Iterator[str]:
    yield "All worlds, corrected where there is something to correct, by weeks ahead:"
    yield ""
    yield f"| | {' | '.join(map(str, WEEKLY.horizons))} |"
    yield f"|---|{'---|' * len(WEEKLY.horizons)}"
    crps, plain, log = (
        np.concatenate([getattr(one, name) for one in parts]).mean(0)
        for name in ("crps", "plain", "log")
    )
    for name, row in (("CRPS", crps), ("conflictology's", plain), ("log score", log)):
        yield f"| {name} | {' | '.join(f'{value:.3f}' for value in row)} |"
    yield ""


def _surely(parts: Sequence[Told]) -> Iterator[str]:
    yield "Chances of a surge, the same worlds:"
    yield ""
    yield "| said | times | mean said | came |"
    yield "|---|---|---|---|"
    said = np.concatenate([one.surge.ravel() for one in parts])
    true = np.concatenate([one.surged.ravel() for one in parts])
    for band in chances.reliability(said, true > 0):
        yield (
            f"| {band.low:.0%} to {band.high:.0%} | {band.number:,} | {band.said:.3f} | "
            f"{band.came:.3f} |"
        )


def _halves(parts: Sequence[Told], base: float) -> Iterator[str]:
    """Yield what is saved in the first and in the second half of the Sundays."""
    sundays = np.concatenate([np.repeat(np.arange(LAST - FIRST), PLAIN.series) for _ in parts])
    gain = np.concatenate([(one.plain - one.crps).mean(1) for one in parts])
    for first in (True, False):
        some = (sundays < (LAST - FIRST) // 2) == first
        mean, low, high = chances.bootstrap(gain[some], sundays[some] // BLOCK)
        yield f"{mean / base:.1%} ({low / base:.1%} to {high / base:.1%})"


def _row(name: str, corrected: str, parts: list[Told]) -> str:
    crps, log, plain, middle, came = (
        np.concatenate([getattr(one, field) for one in parts])
        for field in ("crps", "log", "plain", "mean", "came")
    )
    held = np.concatenate([one.held for one in parts]).mean((0, 1))
    blocks = np.concatenate([
        np.tile(np.arange(PLAIN.series) + PLAIN.series * at, len(one.crps) // PLAIN.series)
        for at, one in enumerate(parts)
    ])  # fmt: skip
    gain, low, high = chances.bootstrap((plain - crps).mean(1), blocks)
    base = plain.mean()
    surge, surged = (
        np.concatenate([getattr(one, field) for one in parts]).mean()
        for field in ("surge", "surged")
    )
    cells = [
        f"{crps.mean():.3f}",
        f"{gain / base:.1%} ({low / base:.1%} to {high / base:.1%})",
        *_halves(parts, base),
        f"{log.mean():.3f}",
        *(f"{share:.3f}" for share in held),
        f"{middle.mean():.2f}",
        f"{came.mean():.2f}",
        f"{surge:.3f}",
        f"{surged:.3f}",
    ]
    return f"| {name} | {corrected} | {' | '.join(cells)} |"


def main() -> None:
    """Simulate worlds and print how forecasts did in them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one seed, three worlds")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--report", type=Path, help="put the report at the end of this file")
    chosen = parser.parse_args()
    worlds = dict(list(WORLDS.items())[:3]) if chosen.quick else WORLDS
    lines = []
    for line in report(1 if chosen.quick else chosen.seeds, worlds, chosen.processes):
        print(line, flush=True)
        lines.append(line)
    if chosen.report:
        held = chosen.report.read_text("utf8") if chosen.report.exists() else "# Forecasts\n"
        held = held.partition(lines[0])[0]
        chosen.report.write_text(held.rstrip() + "\n\n" + "\n".join(lines) + "\n", "utf8")


if __name__ == "__main__":
    main()
