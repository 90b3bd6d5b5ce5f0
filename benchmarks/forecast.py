"""How long forecasts of many series take by week and by day: fitted, forecast and scored.

    python -m benchmarks.forecast [--series 5000] [--weeks 120] [--processes 2]

Weeks and days know nothing of each other, so each has a process of its own: the numbers are those
of one process, to the last digit, which the digest at the end shows. It is of every score.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from time import perf_counter, process_time

import numpy as np

from evaluation.simulator import Plan, simulate
from tocsin.score import rules
from tocsin.watch import forecast, paths
from tocsin.watch.forecast import DAILY, WEEKLY

DAY = date(2024, 12, 2)


@dataclass(slots=True)
class Took:
    """What a part took: lines to print, seconds of processors, and the scores' digest."""

    lines: list[str] = field(default_factory=list)
    seconds: float = 0.0
    digest: str = ""
    megabytes: float = 0.0

    @contextmanager
    def clocked(self, what: str) -> Iterator[None]:
        """Keep what a block took: seconds of the wall's clock and of processors."""
        wall, cpu = perf_counter(), process_time()
        yield
        spent = process_time() - cpu
        self.seconds += spent
        self.lines.append(f"{what:32} {perf_counter() - wall:6.1f} s, {spent:6.1f} s of processors")


def weekly(counts: np.ndarray, came: np.ndarray) -> Took:
    """Forecast and score four weeks of every series, with their courses."""
    took = Took()
    with took.clocked("fit and learn, weekly"):
        made = forecast.forecast(counts, WEEKLY)
    sums = np.zeros((len(counts), 8))
    with took.clocked("courses of 2,000 draws"):
        for row in range(len(counts)):
            drawn = paths.courses(made, row, 4, paths.seeded(str(row), DAY))
            sums[row, :4] = paths.surges(counts[row], drawn)
            sums[row, 4:] = paths.heights(counts[row], drawn)
    with took.clocked("score, weekly"):
        scored(made, came, took, sums)
    return took


def daily(counts: np.ndarray, came: np.ndarray) -> Took:
    """Forecast and score fourteen days of every series."""
    took = Took()
    with took.clocked("fit and learn, daily"):
        made = forecast.forecast(counts, DAILY)
    with took.clocked("score, daily"):
        scored(made, came, took)
    return took


def scored(made: forecast.Made, came: np.ndarray, took: Took, *more: np.ndarray) -> None:
    """Keep the mean scores of forecasts against what came, and the digest of all."""
    whole, in_logs = np.zeros((2, *came.shape))
    for some, points, below in made.tables():
        held = np.minimum(came[some], points[-1])
        whole[some] = rules.crps(points, below, held)
        in_logs[some] = rules.crps_log(points, below, held)
    log = rules.log_score(made.mass(came))
    took.lines.append(f"    CRPS {whole.mean():.3f}, log score {log.mean():.3f}")
    parts = (whole, in_logs, log, *more)
    took.digest = sha256(b"".join(np.ascontiguousarray(one).tobytes() for one in parts)).hexdigest()
    took.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


Part = tuple[Callable[[np.ndarray, np.ndarray], Took], np.ndarray, np.ndarray]


def done(parts: Sequence[Part], processes: int) -> list[Took]:
    """Return what the parts took, each in a process of its own where there is more than one."""
    if processes < len(parts):
        return [one(counts, came) for one, counts, came in parts]
    with multiprocessing.get_context("spawn").Pool(len(parts)) as pool:
        waiting = [pool.apply_async(one, (counts, came)) for one, counts, came in parts]
        return [one.get() for one in waiting]


def main() -> None:
    """Simulate series and time their forecasts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--series", type=int, default=5_000)
    parser.add_argument("--weeks", type=int, default=120)
    parser.add_argument("--processes", type=int, choices=(1, 2), default=2)
    chosen = parser.parse_args()
    ahead = 4
    world = simulate(Plan(series=chosen.series, steps=7 * (chosen.weeks + ahead), delay=0, twice=0))
    days = world.reported
    weeks = days.reshape(len(days), -1, 7).sum(2)
    wall = perf_counter()
    parts: list[Part] = [
        (weekly, weeks[:, :-ahead], weeks[:, -ahead:].astype(float)),
        (daily, days[:, -364 - 14 : -14], days[:, -14:].astype(float)),
    ]
    took = done(parts, chosen.processes)
    print("\n".join(line for one in took for line in one.lines))
    print(
        f"{chosen.series:,} series: {perf_counter() - wall:.1f} s, "
        f"{sum(one.seconds for one in took):.1f} s of processors, "
        f"{sum(one.megabytes for one in took):,.0f} MB in {chosen.processes} processes; scores "
        f"{sha256(''.join(one.digest for one in took).encode()).hexdigest()[:16]}"
    )


if __name__ == "__main__":
    main()
