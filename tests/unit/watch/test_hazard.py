"""The chance that a threat is carried out in time."""

from __future__ import annotations

import numpy as np
import pytest

from tocsin.watch import hazard
from tocsin.watch.hazard import Wait


def _many(chance: float, kind: str, number: int = 400) -> list[Wait]:
    """Return threats carried out on any day with that chance, given up after thirty days."""
    days = np.random.default_rng(1).geometric(chance, number) - 1
    return [Wait(kind, min(int(day), 30), done=day <= 30, settled=day > 30) for day in days]


def test_an_even_hazard_is_found() -> None:
    """With the same chance on each day, a week's chance is that of seven days."""
    learnt = hazard.learn(_many(0.05, "ultimatum"))
    odds = hazard.odds(learnt, "ultimatum", 0, 7)
    assert odds.chance == pytest.approx(1 - 0.95**7, abs=0.05)
    assert odds.low is not None
    assert odds.high is not None
    assert odds.low < 1 - 0.95**7 < odds.high


def test_kinds_differ_and_rare_ones_are_drawn_to_all() -> None:
    """A kind that comes true more often has more chance; one seen twice has nearly all kinds'."""
    waits = _many(0.1, "ultimatum") + _many(0.01, "deterrent")
    waits += [Wait("compellent", 30, done=False, settled=True)] * 2
    learnt = hazard.learn(waits)
    high, low, middle = (
        hazard.odds(learnt, kind, 0, 10).chance or 0.0
        for kind in ("ultimatum", "deterrent", "compellent")
    )
    assert low < middle < high


def test_fewer_than_five_are_hidden() -> None:
    """With four settled threats nothing is said; with five something is."""
    four = [Wait("ultimatum", 3, done=True, settled=True)] * 4
    still = [Wait("ultimatum", 3, done=False, settled=False)] * 9
    hidden = hazard.odds(hazard.learn(four + still), "ultimatum", 0, 7)
    assert hidden.chance is None
    assert "fewer than 5" in hidden.because
    assert hazard.odds(hazard.learn(four + four[:1]), "ultimatum", 0, 7).chance is not None


def test_time_that_is_over() -> None:
    """After its last day a threat has no chance to be carried out in time."""
    learnt = hazard.learn(_many(0.05, "ultimatum"))
    assert hazard.odds(learnt, "ultimatum", 9, 9).chance == 0


def test_longer_is_likelier() -> None:
    """More days have more chance, and a chance never passes one."""
    learnt = hazard.learn(_many(0.3, "ultimatum"))
    told = [hazard.odds(learnt, "ultimatum", 0, days).chance or 0.0 for days in (1, 5, 20, 400)]
    assert told == sorted(told)
    assert told[-1] <= 1
