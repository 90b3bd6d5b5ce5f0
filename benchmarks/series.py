"""Measure how fast events become series and indicators: `python benchmarks/series.py [--events N]`.

Events are made up: four years, 60 countries, 600 areas, 2,000 dyads. Seconds are of the processor.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from random import Random
from time import process_time
from typing import TypeVar

from tocsin.records.series import FAMILIES
from tocsin.records.sighting import Change, Sighting
from tocsin.store import pack
from tocsin.watch import history, measures
from tocsin.watch.columns import columns
from tocsin.watch.nowcast import nowcast, shares
from tocsin.watch.series import counted
from tocsin.watch.triangle import triangle

ON = date(2026, 1, 4)
T = TypeVar("T")


def made(number: int) -> list[Sighting]:
    """Return so many events, the same every time."""
    chance = Random(1)  # noqa: S311 - no secret
    out = []
    for at in range(number):
        country, other = (f"C{chance.randint(0, 59):02}" for _ in range(2))
        day = ON.toordinal() - int(chance.expovariate(1 / 400)) % 1460
        out.append(
            Sighting(
                event=f"event-{at:016x}", type="ASSAULT", family=chance.choice(FAMILIES), day=day,
                reported=min(day + int(chance.expovariate(0.5)), ON.toordinal()), given=True,
                located="place", countries=(country,), area=chance.randint(1, 600),
                dyads=(f"{country}>{other}",), groups=(other,), deaths=(1, 2, 3), civilians=True,
                origins=chance.randint(1, 4), disputed=False, rung=8, calming=None, pressure=False,
                panels=(),
            )
        )  # fmt: skip
    return out


def timed(name: str, work: Callable[[], T]) -> T:
    """Return what some work comes to; print how long it took."""
    begun = process_time()
    found = work()
    print(f"{name:<40}{process_time() - begun:>7.2f} s")
    return found


def main() -> None:
    """Print the seconds of each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    some = made(parser.parse_args().events)
    table = {one.event: one for one in some}
    whole = timed("a snapshot's difference from nothing", lambda: history.change({}, table))
    body = timed("packed", lambda: pack.packed(whole))
    print(f"{len(body) / len(some):>43.1f} bytes an event")
    again = timed("unpacked", lambda: pack.unpacked(body, Change))
    of = timed("columns", lambda: columns(history.spells([(ON, again)])))
    weekly = timed("weekly series, all units", lambda: counted(of, ON))
    daily = timed("daily series, two years", lambda: counted(of, ON, step="day", steps=730))
    print(f"{len(weekly.keys):>30,} weekly, {len(daily.keys):,} daily series")
    view = timed("facts", lambda: measures.view(of, ON))
    values = timed("indicators", lambda: list(measures.measured(view)))
    print(f"{len(values):>30,} indicators")
    wide = timed("a triangle", lambda: triangle(of, ON))
    known = timed("shares", lambda: shares(wide))
    timed("a nowcast of 14 days", lambda: nowcast(wide, known))


if __name__ == "__main__":
    main()
