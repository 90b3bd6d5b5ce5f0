"""What is still to be reported: triangles, completeness, and intervals that hold."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from evaluation import nowcast as study
from evaluation.simulator import Plan
from tests.counted import ON, a_sighting
from tocsin.watch.columns import FOREVER, Spell, columns
from tocsin.watch.nowcast import Shares, nowcast, shares
from tocsin.watch.triangle import Triangle, completeness, links, triangle, triangulated


def _of(rows: list[tuple[int, int, int | None]], ages: int = 4, back: int = 12) -> Triangle:
    """Return a triangle of events: days ago, days until seen, days until gone."""
    end = ON.toordinal()
    day = np.array([end - ago for ago, _, _ in rows], np.int64)
    seen = day + np.array([late for _, late, _ in rows], np.int64)
    gone = np.array(
        [FOREVER if stay is None else end - ago + stay for ago, _, stay in rows], np.int64
    )
    return triangulated(day, seen, gone, ON, ages=ages, back=back)


def test_a_triangle() -> None:
    """Events come in at their age and leave at theirs; what is not over yet is unknown."""
    of = _of([(5, 0, None), (5, 2, None), (5, 0, 3), (1, 1, None), (0, 0, None), (0, 2, None)])
    assert of.stood[-6].tolist() == [2, 2, 3, 2]
    assert of.stood[-2].tolist() == [0, 1, 0, 0]
    assert of.stood[-1].tolist() == [1, 0, 0, 0]
    assert of.known[-2].tolist() == [True, True, False, False]


def test_looks_back_are_no_late_reports() -> None:
    """What is first seen after the last age, and what was gone before it was seen, is left out."""
    assert _of([(5, 4, None), (5, 1, 1), (20, 0, None)]).came.sum() == 0


def test_completeness() -> None:
    """The share at an age is what stood then of what stands in the end, link by link."""
    rows: list[tuple[int, int, int | None]] = [(ago, 0, None) for ago in range(5, 12)] * 4
    rows += [(ago, 2, None) for ago in range(5, 12)] * 4
    found = completeness(_of(rows))
    assert found is not None
    assert found.tolist() == [0.5, 0.5, 1.0, 1.0]
    assert completeness(_of(rows[:3])) is None
    assert [part.tolist() for part in links(_of(rows))] == [[28, 28, 56], [28, 56, 56]]


def test_merges_take_away() -> None:
    """Where merges take more than late reports bring, more than all stands at first."""
    rows: list[tuple[int, int, int | None]] = [(ago, 0, None) for ago in range(5, 12)] * 4
    rows += [(ago, 0, 2) for ago in range(5, 12)]
    found = completeness(_of(rows))
    assert found is not None
    assert found.tolist() == [1.25, 1.25, 1.0, 1.0]


def test_what_changes_is_no_coming_and_going() -> None:
    """An event that is only known better from a night on has come once and left never."""
    day = ON - timedelta(days=9)
    at = day.toordinal()
    one, better = a_sighting("a", day), a_sighting("a", day, origins=2)
    moved = a_sighting("a", day - timedelta(days=1))
    of = triangle(columns([Spell(one, at, at + 2), Spell(better, at + 2)]), ON)
    assert (of.came.sum(), of.left.sum()) == (1, 0)
    of = triangle(columns([Spell(one, at, at + 2), Spell(moved, at + 2)]), ON)
    assert (of.came.sum(), of.left.sum()) == (2, 1)


def test_too_little_to_say() -> None:
    """With few settled events, or none lately, nobody can tell, and it is said why."""
    few = _of([(9, 0, None)] * 19)
    assert "19 events on days" in str(shares(few))
    assert "at least 20" in (nowcast(few, shares(few), days=3).because or "")
    enough = shares(_of([(9, 0, None)] * 20))
    assert isinstance(enough, Shares)
    found = nowcast(_of([]), enough, days=3)
    assert (found.days, found.because) == ((), "no event in the last 56 days")


def test_a_nowcast_is_always_the_same() -> None:
    """It depends on the triangle alone; settled days are certain, the last one is not."""
    rows: list[tuple[int, int, int | None]] = [
        (ago, late, None) for ago in range(300) for late in (0, 0, 1, 1, 3)
    ]
    of = _of(rows, ages=10, back=300)
    found = nowcast(of, shares(of), days=10)
    assert found == nowcast(of, shares(of), days=10)
    assert [one.day for one in found.days][-1] == ON
    settled, newest = found.days[0], found.days[-1]
    assert (settled.stands, settled.low, settled.median, settled.high) == (5, 5, 5, 5)
    assert newest.stands == 2
    assert newest.low < newest.median < newest.high
    assert 4 < newest.mean < 6


@pytest.mark.parametrize("name", ["as a rule", "many merges"])
def test_intervals_hold(name: str) -> None:
    """Of the last days' final counts nine in ten lie in the interval, within three points."""
    rows = study.study(study.WORLDS[name], range(640, 730, 45))
    assert abs(rows[:, 2].mean() - study.CHANCE) < 0.03


def test_naive_intervals_would_not_hold() -> None:
    """The counts that stand on the evening are far from the final ones; expected ones are not."""
    plan = Plan(series=20, steps=400, level=5.0, spread=0.5, delay=4.0)
    rows = study.study(plan, [380, 399])
    fresh = rows[rows[:, 0] <= 2]
    assert fresh[:, 4].sum() < 0.6 * fresh[:, 6].sum()
    assert abs(fresh[:, 5].sum() / fresh[:, 6].sum() - 1) < 0.15


def test_days_are_dates() -> None:
    """The first day of a nowcast is as many days ago as were asked for."""
    of = _of([(ago, 0, None) for ago in range(60)], ages=4, back=60)
    assert nowcast(of, shares(of), days=3).days[0].day == date(2024, 6, 28)
