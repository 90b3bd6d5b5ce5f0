"""Change points: the posterior of run lengths, against every way to cut a short series."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.stats import nbinom

from tocsin.watch.change import Prior, prior, runs

KNOWN = Prior(mean=1.0, shape=1.5, size=3.0)


def _by_hand(counts: list[int], regime: float) -> np.ndarray:
    """Return the posterior of run lengths by adding up every way to cut the series."""
    grid, known = KNOWN.levels, np.exp(KNOWN.chances)

    def whole(piece: list[int]) -> float:
        rows = [nbinom.pmf(n, KNOWN.size, KNOWN.size / (KNOWN.size + grid)) for n in piece]
        return float(np.prod(rows, axis=0) @ known)

    chance = np.zeros(len(counts))
    for cuts in product((False, True), repeat=len(counts) - 1):
        starts = [0, *(at + 1 for at, cut in enumerate(cuts) if cut)]
        ends = [*starts[1:], len(counts)]
        weight = np.prod([(1 / regime) if cut else (1 - 1 / regime) for cut in cuts])
        for start, end in zip(starts, ends, strict=True):
            weight *= whole(counts[start:end])
        chance[len(counts) - starts[-1] - 1] += weight
    return chance / chance.sum()


@pytest.mark.parametrize("counts", [[0, 0, 1, 0, 5, 6, 7], [3, 2, 4, 0, 0, 0, 0, 0], [1], [0, 40]])
def test_runs_are_those_of_every_cut(counts: list[int]) -> None:
    """The recursion gives what adding up all ways to cut a series gives."""
    found = runs(np.array(counts), KNOWN, regime=20.0, young=14)
    assert found.chance == pytest.approx(_by_hand(counts, 20.0), rel=1e-6, abs=1e-9)
    assert found.chance.sum() == pytest.approx(1)


def test_levels_are_gamma() -> None:
    """The grid has the mean and the spread of the gamma that it stands for."""
    chances = np.exp(KNOWN.chances)
    mean = float(chances @ KNOWN.levels)
    spread = float(chances @ (KNOWN.levels - mean) ** 2)
    assert chances.sum() == pytest.approx(1)
    assert mean == pytest.approx(KNOWN.mean, rel=0.02)
    assert spread == pytest.approx(KNOWN.mean**2 / KNOWN.shape, rel=0.02)


def test_a_jump_is_seen_and_told() -> None:
    """A level that went up tenfold ten days ago is a change, with both levels about right."""
    chance = np.random.default_rng(5)
    counts = np.concatenate([chance.poisson(0.5, 300), chance.poisson(5.0, 10)])
    found = runs(counts, prior(counts[:282]), regime=180.0, young=14)
    assert found.changed > 0.95
    assert found.before == pytest.approx(0.5, abs=0.25)
    assert found.level == pytest.approx(5.0, abs=1.5)


def test_a_level_series_stays_quiet() -> None:
    """A series of one level, even an uneven one, is no change."""
    chance = np.random.default_rng(6)
    for size in (0.5, 2.0, 50.0):
        counts = chance.negative_binomial(size, size / (size + 1.0), 365)
        assert runs(counts, prior(counts[:337]), regime=180.0, young=14).changed < 0.5


def test_one_spike_is_no_regime() -> None:
    """A single day of many events, a week ago, does not make a new level by itself."""
    counts = np.random.default_rng(7).negative_binomial(1.0, 0.5, 365)
    counts[-8] = 15
    assert runs(counts, prior(counts[:337]), regime=180.0, young=14).changed < 0.5


def test_the_prior_comes_from_the_history() -> None:
    """Mean and unevenness are the history's; a history too short has the family's."""
    chance = np.random.default_rng(8)
    counts = chance.negative_binomial(2.0, 2.0 / 5.0, 20_000)  # mean 3, size 2
    found = prior(counts)
    assert found.mean == pytest.approx(3.0, rel=0.05)
    assert found.size == pytest.approx(2.0, rel=0.1)
    assert prior(counts[:30], family=KNOWN) == KNOWN
    assert prior(np.zeros(400, np.int64), family=KNOWN) == KNOWN
    assert prior(np.zeros(0, np.int64)).mean > 0


def test_huge_counts_and_nothing() -> None:
    """Neither counts beyond every level nor zeros alone break it; no days are refused."""
    for counts in (np.array([0] * 100 + [10**6]), np.zeros(100, np.int64)):
        found = runs(counts, prior(counts), regime=180.0, young=14)
        assert np.isfinite(found.chance).all()
        assert found.chance.sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="without days"):
        runs(np.zeros(0, np.int64), KNOWN, regime=180.0, young=14)
