"""Distributions of counts, and the simple forecasts that are made of them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from tocsin.watch import baseline, shape
from tocsin.watch.shape import Shape

COUNTS = np.random.default_rng(1).negative_binomial(0.6, 0.2, (4, 60))


def _one(mean: float, size: float) -> Shape:
    return shape.one(np.full((1, 1), mean), np.full((1, 1), size))


def test_chances_are_those_of_scipy() -> None:
    """Masses and sums of negative binomials and Poissons are as scipy has them."""
    at = np.array([0.0, 1, 7, 40])
    made, law = _one(3.5, 0.8), nbinom(0.8, 0.8 / 4.3)
    assert shape.cdf(made, at)[0, 0] == pytest.approx(law.cdf(at))
    assert shape.mass(made, np.full((1, 1), 7.0))[0, 0] == pytest.approx(law.pmf(7))
    assert shape.cdf(_one(3.5, np.inf), at)[0, 0] == pytest.approx(poisson(3.5).cdf(at))
    assert shape.mass(_one(3.5, np.inf), np.full((1, 1), 7.0)) == pytest.approx(poisson.pmf(7, 3.5))


def test_nothing_is_below_nought() -> None:
    """A count below nought has no chance, and no mean at all makes nought sure."""
    for made in (_one(3.5, 0.8), _one(2.0, np.inf), _one(0.0, 1.0), _one(0.0, 0.0)):
        assert shape.cdf(made, np.array([-1.0]))[0, 0, 0] == 0
    assert shape.cdf(_one(0.0, 1.0), np.array([0.0]))[0, 0, 0] == 1


def test_moments_of_a_pool() -> None:
    """The mean and variance of a pool are those of its table."""
    made = shape.mixed([_one(3.0, 0.8), _one(9.0, 0.0), _one(1.0, np.inf)],
                       np.array([[0.5, 0.2, 0.3]]))  # fmt: skip
    points = np.arange(2_000.0)
    law = np.diff(shape.cdf(made, points)[0, 0], prepend=0)
    mean, variance = shape.moments(made)
    assert mean[0, 0] == pytest.approx((law * points).sum())
    assert variance[0, 0] == pytest.approx((law * points**2).sum() - mean[0, 0] ** 2)


def test_reach_holds_nearly_all() -> None:
    """The table of a series goes so far that what is left does not matter."""
    points = shape.ladder()
    for made in (_one(0.0, 1.0), _one(5.0, 0.1), _one(900.0, 0.05), _one(3e5, np.inf)):
        need = shape.reach([made], np.ones((1, 1, 1)))[0]
        assert shape.cdf(made, points[:need])[0, 0, -1] >= 1 - 1e-7


def test_conflictology_is_the_window() -> None:
    """Each count of the window is as likely as the next, and none before counts."""
    counts = np.array([[9, 9, 0, 0, 1, 4]])
    law = shape.cdf(baseline.conflictology(counts, 4), np.arange(5.0))[0, 0]
    assert law.tolist() == [0.5, 0.75, 0.75, 0.75, 1]


def test_the_negative_binomial_has_the_window_s_moments() -> None:
    """Its mean and variance are the window's; where the variance is less, it is Poisson."""
    mean, variance = shape.moments(baseline.negative(COUNTS, 26))
    assert mean[:, 0] == pytest.approx(COUNTS[:, -26:].mean(1))
    assert variance[:, 0] == pytest.approx(COUNTS[:, -26:].var(1, ddof=1))
    assert np.isinf(baseline.negative(np.ones((1, 30), np.int64), 26).size).all()


def test_inflation_is_exact_where_it_is_needed() -> None:
    """With more zeros than it should have, a window's mean, variance and zeros are kept."""
    counts = np.array([[0, 0, 0, 0, 0, 0, 0, 0, 6, 19, 4, 6, 17, 5, 9, 2]])
    made = baseline.inflated(counts, 16)
    mean, variance = shape.moments(made)
    assert mean[0, 0] == pytest.approx(counts.mean())
    assert variance[0, 0] == pytest.approx(counts.var(ddof=1))
    assert shape.cdf(made, np.zeros(1))[0, 0, 0] == pytest.approx(0.5, abs=0.01)


def test_inflation_is_left_where_it_is_not() -> None:
    """With no more zeros than the negative binomial has, it is the negative binomial."""
    counts = np.array([[1, 2, 0, 4, 2, 3, 1, 6, 2, 1, 0, 9, 2, 3]])
    points = np.arange(20.0)
    plain = shape.cdf(baseline.negative(counts, 14), points)
    assert shape.cdf(baseline.inflated(counts, 14), points) == pytest.approx(plain)


def test_a_quiet_unit_can_wake() -> None:
    """A unit without an event has a small chance of what others have; alone it has none."""
    counts = np.array([[0] * 30, [3, 0] * 15])
    law = shape.cdf(baseline.quiet(counts, 26), np.array([0.0, 2, 3]))[0, 0]
    assert law == pytest.approx([0.95, 0.95, 1])
    assert shape.cdf(baseline.quiet(counts[:1], 26), np.zeros(1))[0, 0, 0] == 1
