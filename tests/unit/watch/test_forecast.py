"""The self-exciting model, the pool, what widens it, its courses, refusals."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest
from scipy.stats import norm

from evaluation import answers
from evaluation.simulator import Plan, World, simulate
from tocsin.watch import conformal, forecast, hawkes, paths, pool, refusal, shape
from tocsin.watch.forecast import WEEKLY, Made

POINTS = np.arange(4_000.0)


@cache
def _world() -> World:
    return simulate(Plan(series=80, steps=7 * 104, level=0.4, delay=0, twice=0, found=1))


@cache
def _weeks() -> np.ndarray:
    return _world().happened.reshape(80, -1, 7).sum(2)


@cache
def _made() -> Made:
    return forecast.forecast(_weeks()[:, :-4], WEEKLY)


def test_the_model_finds_what_brought_counts_about() -> None:
    """Of simulated days the shares and the size are found again, on average."""
    made = hawkes.fit(_world().happened, hawkes.DAILY)
    busy = _world().happened.mean(1) > 0.5
    assert made.shares[busy].mean(0) == pytest.approx([0.3, 0.4, 0.3], abs=0.15)
    assert np.median(made.size[busy]) == pytest.approx(5, rel=0.4)
    assert (made.shares[:, 1:].sum(1) <= hawkes.MOST + 1e-9).all()


def test_a_series_without_events_is_drawn_to_the_others() -> None:
    """Without a count of its own a series has the others' shares, and some small level."""
    counts = np.concatenate([_weeks(), np.zeros((1, 104), np.int64)])
    made = hawkes.fit(counts)
    assert 0 < made.level[-1] < counts.mean()
    assert made.shares[-1].sum() > 0


def test_forecasts_ahead_have_the_moments_of_courses() -> None:
    """Mean and variance of each step ahead are those of very many courses."""
    made, row = _made(), int(_weeks().sum(1).argmax())
    drawn = paths._excited(made.model, row, made.means[row], (40_000, 4), np.random.default_rng(1))
    mean, variance = shape.moments(made.shapes[2])
    assert drawn.mean(0) == pytest.approx(mean[row], rel=0.02)
    assert drawn.var(0) == pytest.approx(variance[row], rel=0.08)


def test_the_share_that_is_in_is_made_up_for() -> None:
    """A last week of which half is in is not taken for calm."""
    counts = _weeks()[:, :60].copy()
    counts[:, -1] //= 2
    seen = np.ones(counts.shape)
    plain = shape.moments(forecast.forecast(counts, WEEKLY).pooled)[0].sum()
    seen[:, -1] = 0.5
    assert shape.moments(forecast.forecast(counts, WEEKLY, seen).pooled)[0].sum() > 1.02 * plain


def test_a_pool_leans_on_what_was_right() -> None:
    """The forecast that gave what came more chance has more, but none goes below the floor."""
    masses = np.tile([0.6, 0.1, 0.1], (200, 1))
    assert pool.weigh(masses) == pytest.approx([0.8, 0.1, 0.1])
    assert pool.weigh(np.zeros((0, 3))) == pytest.approx([1 / 3] * 3)


def test_a_pool_of_two_truths_has_their_shares() -> None:
    """Where either forecast is sure and right now and then, the shares are how often."""
    masses = np.concatenate([np.tile([0.9, 0.001], (70, 1)), np.tile([0.001, 0.9], (30, 1))])
    assert pool.weigh(masses, floor=0.0) == pytest.approx([0.7, 0.3], abs=0.01)


def test_what_was_too_narrow_is_widened() -> None:
    """A past that fell outside makes as much room, in its own bin alone."""
    generator = np.random.default_rng(2)
    # Twice as wide as the forecasts thought.
    place = norm.cdf(2 * generator.standard_normal(20_000))
    where = np.zeros(20_000, np.intp)
    curves = conformal.learn(place - 1e-9, place, where)
    tail = conformal.bend(np.array([0.025, 0.975]), curves[0])
    assert tail == pytest.approx(norm.cdf([-0.98, 0.98]), abs=0.01)
    assert curves[1] == pytest.approx(conformal.LEVELS)
    assert (np.diff(curves) >= 0).all()


def test_chances_add_up() -> None:
    """The pool is a distribution, and its masses are steps of it."""
    made = _made()
    below = made.cdf(POINTS)
    assert (np.diff(below) >= -1e-12).all()
    assert below[..., -1] == pytest.approx(1, abs=1e-6)
    counts = np.full(made.weights.shape[:2], 3.0)
    assert made.mass(counts) == pytest.approx(below[..., 3] - below[..., 2])
    assert made.weights.sum(-1) == pytest.approx(1)
    assert (made.weights >= pool.FLOOR - 1e-9).all()


def test_courses_are_the_pool() -> None:
    """The first step of courses has the pool's distribution, before it is widened."""
    made, row = _made(), int(_weeks().sum(1).argmax())
    drawn = paths.courses(made, row, 4, np.random.default_rng(3), draws=40_000)
    law = sum(
        made.weights[row, 0, at] * shape.cdf(one.rows(np.array([row])), POINTS[:200])[0, 0]
        for at, one in enumerate(made.shapes)
    )
    found = (drawn[:, :1] <= POINTS[None, :200]).mean(0)
    assert np.abs(found - law).max() < 0.02


def test_courses_are_the_same_each_time() -> None:
    """A series and a day give the same courses, another day gives others."""
    made = _made()
    day = date(2024, 12, 1)
    one, same, other = (
        paths.courses(made, 0, 4, paths.seeded("series-1", day))
        for day in (day, day, date(2024, 12, 2))
    )
    assert (one == same).all()
    assert (one != other).any()
    assert one.shape == (paths.DRAWS, 4)


def test_surges_and_highs_are_counted_in_courses() -> None:
    """Chances are shares of courses, by the rules as they are for counts."""
    past = np.array([*[0] * 50, 5, 1, 1, 1, 1])
    ahead = np.array([[2, 9], [1, 0], [2, 2], [6, 7]])
    # The mean before is one: two or more surge. The week after it looks back on it.
    assert paths.surges(past, ahead).tolist() == [0.75, 0.5]
    # The five is within 52 weeks of both.
    assert paths.heights(past, ahead).tolist() == [0.25, 0.5]


@pytest.mark.parametrize(
    ("weeks", "complete", "broken", "word"),
    [(20, None, 50, "history"), (60, 0.4, 50, "reported"), (60, 0.9, 5, "panel")],
)
def test_refusals_say_why(weeks: int, complete: float | None, broken: int, word: str) -> None:
    """A short history, late reports and a broken panel each have their reason."""
    breaks = np.zeros(60, np.bool_)
    breaks[-broken] = True
    assert word in str(refusal.refused(weeks, complete, breaks))


def test_no_refusal() -> None:
    """A long history, whole and even, is forecast; so is one without a panel."""
    breaks = np.zeros(60, np.bool_)
    breaks[10] = True
    assert refusal.refused(60, 0.9, breaks) is None
    assert refusal.refused(26, None, None) is None


def test_who_is_struck_strikes_back() -> None:
    """Where dyads answer each other the share is found; a strike raises the answer foretold."""
    counts, other = answers.world(0.3, 1), answers.opposite(answers.DYADS)
    made = hawkes.fit(counts, reverse=other, strength=WEEKLY.strength)
    calm = hawkes.fit(answers.world(0.0, 1), reverse=other, strength=WEEKLY.strength)
    assert made.answer is not None
    assert calm.answer is not None
    assert made.answer.mean() == pytest.approx(0.3, abs=0.1)
    assert calm.answer.mean() < 0.1
    struck = counts.copy()
    struck[0, -1] += 20
    parts = [
        hawkes.ahead(made, whole[:, -1], 4, hawkes.beside(whole, other))
        for whole in (hawkes.means(one, hawkes.WEEKLY) for one in (counts, struck))
    ]
    plain, after = (shape.moments(one)[0] for one in parts)
    assert (after[1] > plain[1]).all()
    assert after[2:] == pytest.approx(plain[2:])


def test_without_another_direction_nothing_is_added() -> None:
    """Series that have none are foretold as if the others did not exist."""
    counts = _weeks()[:, :60]
    made = forecast.forecast(counts, WEEKLY, reverse=np.full(len(counts), -1, np.intp))
    plain = forecast.forecast(counts, WEEKLY)
    assert shape.moments(made.pooled)[0] == pytest.approx(shape.moments(plain.pooled)[0], rel=0.01)
    drawn = paths.courses(made, 0, 4, paths.seeded("a", date(2024, 12, 2)))
    assert drawn.shape == (paths.DRAWS, 4)
