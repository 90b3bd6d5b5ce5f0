"""How long forecasts of many weekly series take: fitted, forecast and scored.

python -m benchmarks.forecast [--series 5000] [--weeks 120]
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from time import perf_counter, process_time

import numpy as np

from evaluation.simulator import Plan, simulate
from tocsin.score import rules
from tocsin.watch import forecast, paths
from tocsin.watch.forecast import DAILY, WEEKLY

DAY = date(2024, 12, 2)


@contextmanager
def clocked(what: str) -> Iterator[None]:
    """Print what a block took: seconds of the wall's clock and of one processor."""
    wall, cpu = perf_counter(), process_time()
    yield
    print(f"{what:32} {perf_counter() - wall:6.1f} s, {process_time() - cpu:6.1f} s of processors")


def weekly(counts: np.ndarray, came: np.ndarray) -> None:
    """Forecast and score four weeks of every series, with their courses."""
    with clocked("fit and learn, weekly"):
        made = forecast.forecast(counts, WEEKLY)
    with clocked("courses of 2,000 draws"):
        for row in range(len(counts)):
            drawn = paths.courses(made, row, 4, paths.seeded(str(row), DAY))
            paths.surges(counts[row], drawn)
            paths.heights(counts[row], drawn)
    with clocked("score, weekly"):
        scored(made, came)


def daily(counts: np.ndarray, came: np.ndarray) -> None:
    """Forecast and score fourteen days of every series."""
    with clocked("fit and learn, daily"):
        made = forecast.forecast(counts, DAILY)
    with clocked("score, daily"):
        scored(made, came)


def scored(made: forecast.Made, came: np.ndarray) -> None:
    """Print the mean scores of forecasts against what came."""
    whole = np.zeros(came.shape)
    for some, points, below in made.tables():
        held = np.minimum(came[some], points[-1])
        whole[some] = rules.crps(points, below, held)
        rules.crps_log(points, below, held)
    log = rules.log_score(made.mass(came))
    print(f"    CRPS {whole.mean():.3f}, log score {log.mean():.3f}")


def main() -> None:
    """Simulate series and time their forecasts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--series", type=int, default=5_000)
    parser.add_argument("--weeks", type=int, default=120)
    chosen = parser.parse_args()
    ahead = 4
    world = simulate(Plan(series=chosen.series, steps=7 * (chosen.weeks + ahead), delay=0, twice=0))
    days = world.reported
    weeks = days.reshape(len(days), -1, 7).sum(2)
    wall, cpu = perf_counter(), process_time()
    weekly(weeks[:, :-ahead], weeks[:, -ahead:].astype(float))
    daily(days[:, -364 - 14 : -14], days[:, -14:].astype(float))
    print(
        f"{chosen.series:,} series: {perf_counter() - wall:.1f} s, "
        f"{process_time() - cpu:.1f} s of processors, "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
    )


if __name__ == "__main__":
    main()
