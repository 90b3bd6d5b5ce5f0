"""Surges, rising threats and classes, by ACLED's published rules, week by week."""

from __future__ import annotations

import numpy as np
import pytest

from tocsin.watch.indicators import CLASSES, classes, rising, shocks, summed, surge


def _row(*numbers: int) -> np.ndarray:
    return np.array([numbers], np.int64)


@pytest.mark.parametrize(
    ("weeks", "found"),
    [
        ((1, 1, 1, 1, 2), True),
        ((1, 1, 1, 1, 1), False),
        ((0, 1, 1, 1, 9), False),  # under one a week
        ((4, 0, 0, 0, 2), True),
        ((3, 3, 3, 4, 6), False),  # 6.5 would be twice
        ((3, 3, 3, 4, 7), True),
        ((1, 1, 1, 2), False),  # too short to say
    ],
)
def test_surge(weeks: tuple[int, ...], *, found: bool) -> None:
    """The last week has twice the mean of the four before it, which is one a week at least."""
    assert bool(surge(_row(*weeks))[0, -1]) is found


def test_rising() -> None:
    """Four weeks have twice the mean of the year that they end."""
    assert rising(_row(*[0] * 48, 1, 1, 1, 1))[0, -1]
    assert not rising(_row(*[0] * 48, 1, 1, 1, 0))[0, -1]
    assert not rising(_row(*[1] * 48, 2, 2, 2, 2))[0, -1]  # the mean rises with them
    assert rising(_row(*[1] * 48, 3, 2, 2, 2))[0, -1]
    assert not rising(_row(*[0] * 47, 1, 1, 1, 1))[0, -1]  # 51 weeks


@pytest.mark.parametrize(
    ("weeks", "number", "name"),
    [
        ([0] * 52, 0, "low"),
        ([2] * 52, 0, "consistent"),
        ([0] * 46 + [9] * 6, 6, "growing"),
        ([1] * 46 + [9] * 6, 6, "extreme"),
        ([0] * 47 + [9] * 5, 5, "low"),
        ([1, 2] * 26, 0, "consistent"),  # 1.5 a week is high
    ],
)
def test_classes(weeks: list[int], number: int, name: str) -> None:
    """Six weeks two standard deviations above the year's mean make it volatile."""
    counts = _row(*weeks)
    assert int(shocks(counts)[0, -1]) == number
    assert CLASSES[int(classes(counts)[0, -1])] == name
    assert int(classes(_row(*weeks[1:]))[0, -1]) == -1


def test_no_week_knows_the_next() -> None:
    """What is said of a week does not change with the weeks after it."""
    counts = np.random.default_rng(7).poisson(1.4, (9, 120)).astype(np.int64)
    for rule in (surge, rising, shocks, classes):
        whole = rule(counts)
        for cut in (5, 52, 53, 90):
            assert (rule(counts[:, :cut]) == whole[:, :cut]).all()


def test_sums() -> None:
    """A sum of weeks is known from as many weeks on."""
    assert summed(_row(1, 2, 3), 2).tolist() == [[-1, 3, 5]]
    assert summed(_row(1, 2), 3).tolist() == [[-1, -1]]
