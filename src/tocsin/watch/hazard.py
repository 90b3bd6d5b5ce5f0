"""How likely an open threat is to be carried out within its time, by what came of others.

A discrete-time hazard: of threats that were still waiting at an age, the share carried out on that
day, by bands of age for all kinds together, and a factor for each kind that is drawn towards one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.watch.shape import Floats

# The last days of the bands of age; within one the hazard is taken to be even.
BANDS = (1, 3, 7, 14, 30, 90)
# Threats carried out that a kind's factor of one counts for.
TRUST = 3.0
# From fewer settled threats nothing is said.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Wait:
    """How many days a threat waited; whether it was carried out then, or is settled otherwise."""

    kind: str
    days: int
    done: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class Hazard:
    """The chance of a day by band of age, and by kind what came and what was to be expected.

    `settled` threats are behind it.
    """

    bands: Floats
    came: dict[str, float]
    expected: dict[str, float]
    settled: int


@dataclass(frozen=True, slots=True)
class Odds:
    """The chance that a threat is carried out in time, with the bounds of 95 %; or why none."""

    chance: float | None = None
    low: float | None = None
    high: float | None = None
    because: str = ""


def learn(waits: Sequence[Wait]) -> Hazard:
    """Return the hazard of threats; open ones count as not carried out until now."""
    bands = len(BANDS) + 1
    came, stood = np.zeros(bands), np.zeros(bands)
    for one in waits:
        stood += _spent(0, one.days + 1)
        if one.done:
            came[_band(one.days)] += 1
    # Each band is drawn towards the hazard of all, which counts for one threat carried out.
    whole = (came.sum() + 0.5) / (stood.sum() + 10)
    rates = (came + 1) / (stood + 1 / whole)
    kinds = sorted({one.kind for one in waits})
    expected = {
        kind: float(sum(_spent(0, one.days + 1) @ rates for one in waits if one.kind == kind))
        for kind in kinds
    }
    done = {kind: float(sum(one.done for one in waits if one.kind == kind)) for kind in kinds}
    return Hazard(rates, done, expected, sum(one.settled or one.done for one in waits))


def odds(of: Hazard, kind: str, age: int, until: int) -> Odds:
    """Return the chance that a threat of an age, in days, is carried out before it is `until`.

    The day that it has reached is over, the last is counted.
    """
    if of.settled < FEWEST:
        return Odds(because=f"hidden: {of.settled} settled threats, fewer than {FEWEST}")
    if until <= age:
        return Odds(0.0, 0.0, 0.0, "its time is over")
    from scipy.stats import gamma  # noqa: PLC0415

    shape = of.came.get(kind, 0.0) + TRUST
    scale = 1 / (of.expected.get(kind, 0.0) + TRUST)
    low, high = gamma.ppf([0.025, 0.975], shape, scale=scale)
    days = _spent(age + 1, until + 1)
    chance, least, most = (
        float(1 - np.exp((days * np.log1p(-np.minimum(of.bands * factor, 0.99))).sum()))
        for factor in (shape * scale, low, high)
    )
    because = (
        f"{of.came.get(kind, 0):.0f} of this kind carried out, {of.settled} of all kinds settled"
    )
    return Odds(chance, least, most, because)


def _band(days: int) -> int:
    return int(np.searchsorted(BANDS, days, side="left"))


def _spent(start: int, stop: int) -> Floats:
    """Return the days of each band among the ages from `start` to before `stop`."""
    edges = np.array([0, *(last + 1 for last in BANDS), max(stop, BANDS[-1] + 1)], float)
    return np.diff(np.clip(edges, start, max(stop, start)))
