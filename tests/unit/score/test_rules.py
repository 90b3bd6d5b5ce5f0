"""Scores of tables agree with the library's closed forms, and with what they mean."""

from __future__ import annotations

import numpy as np
import pytest
import scoringrules
from scipy.stats import nbinom

from tocsin.score import chances, rules

POINTS = np.arange(400.0)
SIZE, CHANCE = 1.7, 0.1
BELOW = nbinom.cdf(POINTS, SIZE, CHANCE)[None]


@pytest.mark.parametrize("count", [0, 3, 40, 200])
def test_crps_is_the_closed_form(count: int) -> None:
    """A table of a negative binomial scores as the library's formula does."""
    told = rules.crps(POINTS, BELOW, np.array([float(count)]))[0]
    assert told == pytest.approx(float(scoringrules.crps_negbinom(count, SIZE, CHANCE)), rel=1e-6)


def test_crps_between_points() -> None:
    """Where points are far apart, the score is nearly that of the full table."""
    coarse = np.concatenate([np.arange(20.0), np.arange(20.0, 400.0, 5)])
    for count in (7, 33, 61):
        fine = rules.crps(POINTS, BELOW, np.array([float(count)]))
        table = nbinom.cdf(coarse, SIZE, CHANCE)[None]
        assert rules.crps(coarse, table, np.array([float(count)])) == pytest.approx(fine, rel=0.04)


def test_crps_of_draws() -> None:
    """Many draws of a distribution score as the distribution."""
    draws = nbinom.rvs(SIZE, CHANCE, size=(1, 20_000), random_state=1).astype(float)
    counts = np.array([9.0])
    assert rules.drawn(draws, counts) == pytest.approx(rules.crps(POINTS, BELOW, counts), rel=0.03)


def test_threshold_weighted_crps() -> None:
    """What is below the threshold does not matter; at nought it is all of the score."""
    counts = np.array([5.0])
    whole = rules.crps(POINTS, BELOW, counts)
    assert rules.crps(POINTS, BELOW, counts, least=0) == pytest.approx(whole)
    above = rules.crps(POINTS, BELOW, counts, least=30)
    other = rules.crps(POINTS, BELOW, np.array([11.0]), least=30)
    assert above == pytest.approx(other)
    expected = ((1 - BELOW[0, 30:]) ** 2).sum()
    assert above[0] == pytest.approx(expected)


def test_log_scores() -> None:
    """A sure forecast that was right costs nothing, an impossible one much but not all."""
    assert rules.log_score(np.array([1.0, 0.5, 0.0])) == pytest.approx([0, 0.693147, 27.631021])


def test_crps_of_logarithms_is_smaller() -> None:
    """Logarithms make a miss by hundreds one of the size of a miss by a few."""
    counts = np.array([390.0])
    assert rules.crps_log(POINTS, BELOW, counts)[0] < 5 < rules.crps(POINTS, BELOW, counts)[0]


def test_intervals() -> None:
    """An interval costs its width, and 2 over alpha times what lies outside."""
    low, high, counts = np.array([2.0, 2.0]), np.array([6.0, 6.0]), np.array([4.0, 9.0])
    assert rules.interval(low, high, counts, 0.8) == pytest.approx([4, 4 + 10 * 3])
    assert rules.covered(low, high, counts).tolist() == [True, False]


def test_brier() -> None:
    """The Brier score is the squared distance."""
    said = rules.brier(np.array([0.2, 0.2]), np.array([True, False]))
    assert said == pytest.approx([0.64, 0.04])


def test_reliability() -> None:
    """Bands hold what was said and what came; the upper bound is of the next band."""
    bands = chances.reliability(np.array([0.0, 0.1, 0.15, 1.0]), np.array([0, 0, 1, 1], np.bool_))
    assert [(one.low, one.number, one.came) for one in bands] == [(0, 1, 0), (0.1, 2, 0.5),
                                                                 (0.9, 1, 1)]  # fmt: skip


def test_precision() -> None:
    """A perfect ranking has 1, one that tells nothing the share that came true."""
    true = np.array([True, False, False, True])
    assert chances.precision(np.array([0.9, 0.1, 0.2, 0.8]), true) == 1
    assert chances.precision(np.full(4, 0.3), true) == 0.5
    assert chances.precision(np.full(4, 0.3), np.zeros(4, np.bool_)) is None


def test_bootstrap() -> None:
    """Blocks that are all alike leave no doubt about their mean; blocks that differ do."""
    blocks = np.repeat(np.arange(30), 4)
    assert chances.bootstrap(np.ones(120), blocks) == (1, 1, 1)
    mean, low, high = chances.bootstrap(
        np.repeat(np.random.default_rng(1).normal(size=30), 4), blocks
    )
    assert low < mean < high
    assert high - low == pytest.approx(4 / np.sqrt(30), rel=0.35)
