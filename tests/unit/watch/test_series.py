"""Counts by unit, family and step, on both clocks, as they stood on a day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from tests.counted import ON, a_sighting
from tocsin.records.series import Key, Unit
from tocsin.watch.columns import Spell, columns, standing
from tocsin.watch.series import behind, counted, ended, weeks

SUDAN = Unit("country", "SDN")
CONFLICT = "material conflict"


def _day(ago: int) -> date:
    return ON - timedelta(days=ago)


def test_weeks_end_on_sundays() -> None:
    """The last week is the last that is over: on a Sunday evening, the week it ends."""
    assert ON.weekday() == 6
    assert date.fromordinal(ended(ON, "week")) == date(2024, 7, 1)
    assert date.fromordinal(ended(_day(1), "week")) == date(2024, 6, 24)
    assert date.fromordinal(ended(ON, "day")) == date(2024, 7, 1)


def test_counts() -> None:
    """Events stand in the week of their day, in every unit that they are of."""
    of = standing([
        a_sighting("a", _day(0)), a_sighting("b", _day(6)), a_sighting("c", _day(7)),
        a_sighting("d", _day(7), dyads=("SDN>TCD",), area=5, family="protest"),
        a_sighting("e", _day(1), countries=()),
    ])  # fmt: skip
    found = counted(of, ON, steps=3)
    assert found.row(SUDAN, CONFLICT).tolist() == [0, 1, 2]
    assert found.row(Unit("dyad", "SDN>TCD"), "protest").tolist() == [0, 1, 0]
    assert found.row(Unit("area", "5"), "protest").tolist() == [0, 1, 0]
    assert found.row(Unit("country", "FRA"), CONFLICT).tolist() == [0, 0, 0]
    assert found.left == 1
    assert weeks(found)[-1] == date(2024, 6, 24)
    assert next(found.series()).end == ON
    assert counted(of, ON, step="day", steps=8).row(SUDAN, CONFLICT).tolist() == [
        1, 1, 0, 0, 0, 0, 0, 1,
    ]  # fmt: skip


def test_the_reach() -> None:
    """A table reaches back to the first report, not to days that reports look back on."""
    of = standing([a_sighting("a", _day(400), _day(20)), a_sighting("b", _day(1))])
    found = counted(of, ON)
    assert found.counts.shape == (1, 3)
    assert found.counts.sum() == 1


def test_both_clocks() -> None:
    """On the clock of reports an event stands on the day of its first one."""
    of = standing([a_sighting("a", _day(10), _day(2))])
    assert counted(of, ON, steps=2).row(SUDAN, CONFLICT).tolist() == [1, 0]
    assert counted(of, ON, steps=2, clock="report").row(SUDAN, CONFLICT).tolist() == [0, 1]
    before = counted(of, _day(3), step="day", steps=30)
    assert before.counts.size == 0


def test_as_of() -> None:
    """What was seen later, or gone before, does not count on a day."""
    day = _day(20)
    of = columns([
        Spell(a_sighting("a", day), day.toordinal(), day.toordinal() + 5),
        Spell(a_sighting("b", day), day.toordinal() + 5),
    ])  # fmt: skip
    for late, number in ((0, 1), (4, 1), (5, 1), (9, 1)):
        found = counted(of, day + timedelta(days=late), step="day", steps=30)
        assert found.counts.sum() == number
    assert behind(of, Key(SUDAN, CONFLICT), day, day, day) == ("event-a",)
    assert behind(of, Key(SUDAN, CONFLICT), ON, day, day) == ("event-b",)
    assert behind(of, Key(SUDAN, CONFLICT), ON, ON, ON) == ()


def test_given_days_alone() -> None:
    """Events whose day is that of their report can be left out, and so can thin series."""
    of = standing([a_sighting("a", _day(1)), a_sighting("b", _day(1), given=False)])
    assert counted(of, ON, steps=1).counts.tolist() == [[2]]
    assert counted(of, ON, steps=1, given=True).counts.tolist() == [[1]]
    assert counted(of, ON, steps=1, least=3).keys == ()


def test_nothing() -> None:
    """Without events there are no series, and a step all the same."""
    found = counted(standing([]), ON)
    assert (found.keys, found.counts.shape) == ((), (0, 1))
    assert found.counts.dtype == np.int64
