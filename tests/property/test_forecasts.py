"""Forecasts know nothing of what comes after them, and nothing of the order of series."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tocsin.watch import forecast
from tocsin.watch.forecast import WEEKLY
from tocsin.watch.shape import Floats

COUNTS = arrays(
    np.int64, st.tuples(st.integers(2, 5), st.integers(34, 60)), elements=st.integers(0, 12)
)
POINTS = np.arange(40.0)


def _told(counts: np.ndarray) -> Floats:
    return forecast.forecast(counts, WEEKLY).cdf(POINTS)


@settings(max_examples=10, deadline=None)
@given(counts=COUNTS, ahead=st.integers(1, 6), seed=st.integers(0, 99))
def test_the_future_changes_no_forecast(counts: np.ndarray, ahead: int, seed: int) -> None:
    """What is learnt at a step is the same whatever comes after it."""
    upto = counts.shape[1] - ahead
    other = counts.copy()
    other[:, upto:] = np.random.default_rng(seed).integers(0, 50, other[:, upto:].shape)
    assert (_told(counts[:, :upto]) == _told(other[:, :upto])).all()
    seen = np.ones(counts.shape)
    rows = [list(forecast._past(one, WEEKLY, seen, None)) for one in (counts, other)]
    for at, one, two in zip(forecast.origins(counts.shape[1], WEEKLY), *rows, strict=True):
        if at < upto:
            # The means are of the forecast alone; masses look at what came.
            assert (one.means == two.means).all()
            assert (one.strata == two.strata).all()


@settings(max_examples=10, deadline=None)
@given(counts=COUNTS, seed=st.integers(0, 99))
def test_the_order_of_series_does_not_matter(counts: np.ndarray, seed: int) -> None:
    """Each series has the same forecast wherever it stands."""
    order = np.random.default_rng(seed).permutation(len(counts))
    assert np.allclose(_told(counts)[order], _told(counts[order]), atol=1e-9)


@settings(max_examples=10, deadline=None)
@given(counts=COUNTS)
def test_every_forecast_is_a_distribution(counts: np.ndarray) -> None:
    """Chances rise from nought to one, whatever the counts."""
    made = forecast.forecast(counts, WEEKLY)
    for _, _, below in made.tables():
        assert np.isfinite(below).all()
        assert (np.diff(below) >= -1e-12).all()
        assert (below[..., -1] > 1 - 1e-4).all()
