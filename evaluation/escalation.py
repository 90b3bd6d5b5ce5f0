"""Ladders and deadlines of known truth: false alarms, and how late or early signals are right.

**Ladder.** Pairs of countries have events on the rungs of the ladder: up to a ceiling of their own,
higher ones ever rarer. One event in a hundred is read a rung or more too high, since readers err.
Nothing else changes in the first study; in the others the ceiling rises on a day. False is a new
rung while the ceiling stands.

**Deadline.** Threats with a deadline come at random and are carried out with a chance, on any day
up to a week after the deadline. False is the signal of a threat that is not carried out from that
day on; what is looked for is the act, so that the delay is negative: a lead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.curves import Point, Rate
from tocsin.base.settings import load
from tocsin.score import chances
from tocsin.watch.ladder import climb
from tocsin.watch.signals import RECENT, WHOLE

RULES = load().signals
STEPS, FIRST, SHIFT, AFTER, EVERY, APART = 730, 365, 500, 60, 3, 3
TOP, STEEP, MISREAD, RATE = 10, 0.7, 0.01, 0.15
RUNGS = (4, 5, 6, 7, 8)
# Days that a threat gives, how many a pair has a year, and how often it is carried out.
GIVEN, THREATS, KEPT, GRACE = (2, 60), 4.0, 0.3, 7
NEAR = (2, 3, 7, 14, 30)
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Told:
    """What a study found: lines of the report, and the points of its curves by case."""

    name: str
    lines: list[str]
    points: dict[str, list[Point]]


@dataclass(frozen=True, slots=True)
class Events:
    """The events of a pair: their days and rungs."""

    day: NDArray[np.int64]
    rung: NDArray[np.int64]


def pairs(number: int, rise: int, seed: int) -> list[Events]:
    """Return the events of pairs whose ceilings rise by so much on the day of the shift."""
    generator = np.random.default_rng(seed)
    out = []
    for ceiling in generator.integers(2, TOP - 3, number):
        day = np.flatnonzero(generator.random(STEPS) < RATE)
        top = np.where(day >= SHIFT, min(ceiling + rise, TOP), ceiling)
        weight = STEEP ** np.arange(TOP)[None, :] * (np.arange(1, TOP + 1) <= top[:, None])
        edges = (weight / weight.sum(1, keepdims=True)).cumsum(1)
        rung = 1 + (generator.random((len(day), 1)) > edges).sum(1)
        wrong = generator.random(len(day)) < MISREAD
        rung = np.minimum(rung + wrong * generator.geometric(0.5, len(day)), TOP)
        out.append(Events(day, rung))
    return out


def climbs(of: Events, days: range) -> NDArray[np.int64]:
    """Return by look the rung newly reached, as signals have it; 0 for none."""
    out = np.zeros(len(days), np.int64)
    for at, day in enumerate(days):
        ages = day - of.day
        if ((ages >= 0) & (ages < WHOLE)).sum() >= RULES.few:
            found = climb(ages, of.rung, recent=RECENT, whole=WHOLE)
            out[at] = found.now if found.higher else 0
    return out


def ladders(number: int) -> Told:
    """Return what the ladder's signal does at several lowest rungs."""
    looks = range(FIRST, STEPS, EVERY)
    still = np.array([climbs(one, looks) for one in pairs(number, 0, 11)])
    after = range(SHIFT - EVERY, SHIFT + AFTER, EVERY)
    cases = {
        f"ceiling +{rise}": np.array([climbs(one, after) for one in pairs(number, rise, 11)])
        for rise in (1, 2, 4)
    }
    told = (
        f"Threshold: the lowest rung whose first event in a year is a signal. {number} pairs with "
        f"an event in {RATE:.0%} of days, {MISREAD:.0%} of them read too high.\n"
    )
    lines = [
        "\n## ladder\n",
        told,
        "| threshold | alarms a series and year | " + " | ".join(cases) + " |",
        "|---" * (2 + len(cases)) + "|",
    ]
    points: dict[str, list[Point]] = {case: [] for case in cases}
    for rung in RUNGS:
        false = _alarms(still >= rung, len(looks) * EVERY / 365)
        cells = []
        for case, found in cases.items():
            taken = _taken(found >= rung)
            seen = taken[np.isfinite(taken)]
            mean = float(np.minimum(taken, AFTER).mean()) if taken.size else float(AFTER)
            share = _bootstrap((taken <= 28).astype(float))
            took = f"{np.median(seen):.0f} d" if seen.size else "never"
            cells.append(f"{_shown(share, '{:.0%}')}, {took}, mean {mean:.0f} d")
            points[case].append(Point(false.mean, mean, str(rung), rung == RULES.rung))
        lines.append(_line(rung, RULES.rung, false, cells))
    return Told("ladder", lines, points)


def _taken(up: Flags) -> NDArray[np.float64]:
    """Return the days until the signal is raised, by pair; not those raised before the shift."""
    kept = up[~up[:, 0]][:, 1:]
    days = np.arange(kept.shape[1]) * EVERY + 1
    return np.where(kept.any(1), days[kept.argmax(1)], np.inf)


def _alarms(up: Flags, years: float) -> Rate:
    fresh = up.copy()
    for back in range(1, APART + 1):
        fresh[:, back:] &= ~up[:, :-back]
    return _bootstrap(fresh.sum(1) / years)


def deadlines(number: int) -> Told:
    """Return what the deadline's signal does at several days ahead."""
    generator = np.random.default_rng(11)
    pair = np.repeat(np.arange(number), generator.poisson(THREATS * STEPS / 365, number))
    given = generator.integers(*GIVEN, len(pair), endpoint=True)
    done = generator.random(len(pair)) < KEPT
    act = np.where(done, generator.integers(1, given + GRACE, endpoint=True), np.inf)
    told = (
        f"Threshold: days before the deadline. {number} pairs, {THREATS:g} threats a year with "
        f"{GIVEN[0]} to {GIVEN[1]} days each, {KEPT:.0%} carried out by a week after. Leads are of "
        "acts that were announced before they came.\n"
    )
    lines = [
        "\n## deadline\n",
        told,
        "| threshold | false alarms a series and year | announced | median lead | alarms true |",
        "|---|---|---|---|---|",
    ]
    points: dict[str, list[Point]] = {"days without warning": []}
    for near in NEAR:
        first = np.maximum(given - near, 0)  # the day of the signal, from that of the threat on
        raised = act > first  # a threat that is carried out before is no longer open
        wrong = np.bincount(pair[raised & ~done], minlength=number) / (STEPS / 365)
        false = _bootstrap(wrong.astype(float))
        lead = (act - first)[done]
        ahead = lead[lead > 0]
        share = _bootstrap((lead > 0).astype(float), pair[done])
        true = float(done[raised].mean())
        points["days without warning"].append(
            Point(false.mean, float(first[done].mean()), str(near), near == RULES.due)
        )
        cells = [_shown(share, "{:.0%}"), f"{np.median(ahead):.0f} d", f"{true:.0%}"]
        lines.append(_line(near, RULES.due, false, cells))
    lines.append(
        "\nIn the curve the delay is the mean of days from a threat that is carried out to its "
        "signal. A threat that nobody carries out gives its one alarm whatever the threshold; an "
        "earlier one only warns of more acts. Alarms can be no truer than threats are: the "
        "ledger's score of threats carried out by issuer says how true that is."
    )
    return Told("deadline", lines, points)


def _line(threshold: int, shipped: int, false: Rate, cells: list[str]) -> str:
    mark = " (shipped)" if threshold == shipped else ""
    return f"| {threshold}{mark} | {_shown(false, '{:.2f}')} | " + " | ".join(cells) + " |"


def _shown(rate: Rate, form: str) -> str:
    mean, low, high = (form.format(part) for part in rate)
    return f"{mean} [{low}, {high}]"


def _bootstrap(rows: NDArray[np.float64], blocks: NDArray[np.int64] | None = None) -> Rate:
    if not rows.size:
        return Rate(np.nan, np.nan, np.nan)
    return Rate(*chances.bootstrap(rows, np.arange(rows.size) if blocks is None else blocks))
