"""Forecasts of simulated weeks, whose truth is known: `python -m evaluation.simulated [--quick]`.

In worlds by `evaluation.simulator` the four weeks after every fourth Sunday are foretold from the
counts as they stood that evening, and held against the counts that remained 60 days after each
week. Late reports are made up for by the completeness that the same evening tells
(`tocsin.watch.triangle`), or not.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
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
FIRST, LAST, EVERY = 70, 118, 4


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


def evening(world: World, week: int, *, corrected: bool) -> tuple[Made, Counts, Floats]:
    """Return the forecasts of an evening, the weeks known then, and what came of those ahead."""
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
    came = np.stack(
        [
            world.seen(min(WEEK * (week + lead) + WAIT, world.plan.steps - 1))[
                :, WEEK * (week + lead - 1) : WEEK * (week + lead)
            ].sum(1)
            for lead in WEEKLY.horizons
        ],
        1,
    )
    return forecast.forecast(seen, WEEKLY, exposure), seen, came.astype(float)


def told(world: World, *, corrected: bool) -> Told:
    """Return what was foretold on every fourth Sunday."""
    rows = []
    generator = np.random.default_rng(world.plan.seed)
    for week in range(FIRST, LAST, EVERY):
        made, seen, came = evening(world, week, corrected=corrected)
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


def report(seeds: int, worlds: dict[str, Plan]) -> Iterator[str]:
    """Yield a table of how the forecasts did in each world, and the reliability of surges."""
    yield "## Simulated weeks, truth known"
    yield ""
    yield (
        f"{PLAIN.series} series, every fourth Sunday of weeks {FIRST} to {LAST}, four weeks ahead, "
        f"{seeds} seeds. Corrected: late reports are made up for. CRPS less than conflictology's "
        "by so much (95 %, series drawn as blocks); intervals with chance at their bounds, since "
        "counts are whole; mean foretold and mean that came."
    )
    yield ""
    yield (
        "| world | corrected | CRPS | saved | log | 50 % holds | 80 % | 95 % | foretold | came | "
        "surges said | came |"
    )
    yield f"|---|{'---|' * 11}"
    said: list[Floats] = []
    true: list[Floats] = []
    for name, plan in worlds.items():
        made = [simulate(replace(plan, seed=seed)) for seed in range(1, seeds + 1)]
        for corrected in (False, True) if plan.delay else (False,):
            parts = [told(world, corrected=corrected) for world in made]
            yield _row(name, "yes" if corrected else "no", parts)
        said += [one.surge.ravel() for one in parts]
        true += [one.surged.ravel() for one in parts]
    yield ""
    yield "Chances of a surge, all worlds, corrected where there is something to correct:"
    yield ""
    yield "| said | times | mean said | came |"
    yield "|---|---|---|---|"
    for band in chances.reliability(np.concatenate(said), np.concatenate(true) > 0):
        yield (
            f"| {band.low:.0%} to {band.high:.0%} | {band.number:,} | {band.said:.3f} | "
            f"{band.came:.3f} |"
        )


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
    parser.add_argument("--report", type=Path, help="append the report to this file")
    chosen = parser.parse_args()
    worlds = dict(list(WORLDS.items())[:3]) if chosen.quick else WORLDS
    lines = []
    for line in report(1 if chosen.quick else chosen.seeds, worlds):
        print(line, flush=True)
        lines.append(line)
    if chosen.report:
        held = chosen.report.read_text("utf8") if chosen.report.exists() else "# Forecasts\n"
        chosen.report.write_text(held.rstrip() + "\n\n" + "\n".join(lines) + "\n", "utf8")


if __name__ == "__main__":
    main()
