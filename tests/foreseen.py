"""Weeks of events in three countries, for forecasts of them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

from tests.counted import ON, a_sighting
from tocsin.records.sighting import Sighting
from tocsin.watch.columns import Columns, standing

WEEKS = 70
RATES = {"SDN": 4.0, "TCD": 0.5, "LBY": 0.15}


@cache
def sightings(ahead: int = 12) -> tuple[Sighting, ...]:
    """Return events of seventy weeks up to the last day, and of some weeks after it."""
    generator = np.random.default_rng(7)
    first = ON - timedelta(days=7 * WEEKS - 1)
    out = [a_sighting("first", first)]
    for country, rate in RATES.items():
        for day in range(7 * (WEEKS + ahead)):
            out += [
                a_sighting(f"{country}-{day}-{number}", first + timedelta(days=day),
                           countries=(country,))
                for number in range(generator.poisson(rate / 7))
            ]  # fmt: skip
    return tuple(out)


@cache
def known(upto: date = date.max) -> Columns:
    """Return those that were reported by a day, each on its own day."""
    return standing([one for one in sightings() if one.reported <= upto.toordinal()])
