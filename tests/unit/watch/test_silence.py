"""Silence, rungs and surprises: each against numbers counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tocsin.watch.exceed import above, tail
from tocsin.watch.ladder import climb, named
from tocsin.watch.sightings import ladder
from tocsin.watch.silence import Silence, silence


def _silence(days: list[int], today: int) -> Silence | None:
    return silence(days, today, window=365, fewest=50, chance=0.02, least=3)


def test_silence_by_its_own_gaps() -> None:
    """Who reports every other day is silent after longer than any but a fiftieth of its gaps."""
    days = list(range(0, 200, 2))
    found = _silence(days, 198 + 3)
    assert found is not None
    assert (found.days, found.median, found.longest, found.gaps) == (3, 2.0, 2, 99)
    assert found.limit == 3
    assert found.raised
    assert found.chance == pytest.approx(1 / 100)
    before = _silence(days, 198 + 2)
    assert before is not None
    assert not before.raised


def test_a_slow_reporter_may_be_silent_for_longer() -> None:
    """Who has been silent for ten days now and then is not missed after ten."""
    days, day = [], 0
    for number in range(120):
        day += 10 if number % 10 == 0 else 1
        days.append(day)
    found = _silence(days, day + 10)
    assert found is not None
    assert not found.raised
    assert found.limit == 11


def test_too_few_reports_say_nothing() -> None:
    """Without fifty gaps nobody knows what is usual; gaps older than the window do not count."""
    assert _silence(list(range(50)), 60) is None
    assert _silence([], 5) is None
    assert _silence(list(range(51)), 60) is not None
    assert _silence([*range(60), 5_000], 5_001) is None


def test_later_reports_are_not_known() -> None:
    """Reports after today neither end a silence nor make a gap."""
    days = list(range(100))
    assert _silence([*days, 150], 110) == _silence(days, 110)


def test_rungs() -> None:
    """The highest rung of the last days is held against that of the days before."""
    ages, rungs = np.array([0, 3, 30, 200, 400]), np.array([5, 8, 7, 2, 10])
    found = climb(ages, rungs, recent=28, whole=364)
    assert (found.now, found.before) == (8, 7)
    assert found.higher
    assert not climb(ages, rungs, recent=28, whole=500).higher
    none = climb(ages[:0], rungs[:0], recent=28, whole=364)
    assert (none.now, none.before) == (0, 0)


def test_every_rung_has_its_words() -> None:
    """Each rung of the ladder is named, each by other words, and no name is left over."""
    highest = max(ladder().rungs.values())
    assert len({named(rung) for rung in range(1, highest + 1)}) == highest
    with pytest.raises(IndexError):
        named(highest + 1)


def test_surprise() -> None:
    """The chance of so many or more, of draws, of a table of chances, of a function."""
    draws = np.array([0, 1, 2, 3])
    assert tail(3, draws) == pytest.approx(2 / 5)
    assert tail(4, draws) == pytest.approx(1 / 5)
    table = above(np.array([0.5, 0.3, 0.2]))
    assert [tail(n, table) for n in (0, 1, 2, 3)] == pytest.approx([1.0, 0.5, 0.2, 0.0])
    with pytest.raises(ValueError, match="without draws"):
        tail(1, draws[:0])
