"""Pairs become events."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tocsin.base.errors import FusionError
from tocsin.fusion.cluster import clusters

Pair = tuple[int, int]


def labels(
    count: int,
    pairs: dict[Pair, float],
    *,
    same: Sequence[Pair] = (),
    different: Sequence[Pair] = (),
    worlds: Sequence[int] | None = None,
    absent: float = 0.05,
) -> list[int]:
    """Return the clusters of pairs with chances, at a threshold of 0.5."""
    made = clusters(
        count,
        np.array([i for i, _ in pairs], np.int32),
        np.array([j for _, j in pairs], np.int32),
        np.array(list(pairs.values()), np.float32),
        same=same,
        different=different,
        worlds=None if worlds is None else np.array(worlds, np.int32),
        threshold=0.5,
        absent=absent,
    )
    return [int(label) for label in made]


def test_likely_pairs_merge_and_unlikely_ones_do_not() -> None:
    """A cluster is named by its smallest row; a row without pairs stands alone."""
    assert labels(5, {(1, 3): 0.9, (3, 4): 0.1, (0, 2): 0.5}) == [0, 1, 0, 1, 4]


def test_the_mean_decides_not_one_bridge() -> None:
    """Two tight pairs with one likely bridge stay two: three of four pairs were never compared."""
    assert labels(4, {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.7}) == [0, 0, 2, 2]
    joined = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.7, (0, 2): 0.7, (0, 3): 0.7, (1, 3): 0.7}
    assert labels(4, joined) == [0, 0, 0, 0]


def test_the_likeliest_merge_first() -> None:
    """Row 1 goes where it fits best."""
    assert labels(3, {(0, 1): 0.6, (1, 2): 0.8}) == [0, 1, 1]


def test_same_is_never_split() -> None:
    """Judged the same, whatever the chances say; a chance of nothing included."""
    assert labels(3, {(0, 2): 0.0, (0, 1): 0.01}, same=[(0, 2)]) == [0, 1, 0]


def test_different_is_never_merged() -> None:
    """Not even by a third that is like both."""
    every = {(0, 1): 0.9, (1, 2): 0.95, (0, 2): 0.99}
    assert labels(3, every) == [0, 0, 0]
    assert labels(3, every, different=[(2, 0)]) == [0, 1, 1]


def test_a_chance_of_nothing_keeps_apart() -> None:
    """As DIFFERENT does."""
    assert labels(3, {(0, 1): 0.9, (1, 2): 0.95, (0, 2): 0.0}, absent=0.8) == [0, 1, 1]


def test_worlds_never_meet() -> None:
    """The possible goes with the likelier side, and then not with the other one."""
    assert labels(3, {(0, 1): 0.9, (1, 2): 0.95}, worlds=[1, 0, 2], absent=0.8) == [0, 1, 1]
    assert labels(3, {(0, 1): 0.9, (1, 2): 0.95}, worlds=[1, 0, 1], absent=0.8) == [0, 0, 0]


@pytest.mark.parametrize(
    ("same", "different"),
    [([(0, 1)], [(1, 0)]), ([(0, 1), (1, 2)], [(0, 2)]), ([], [(1, 1)])],
)
def test_judgements_that_contradict_are_an_error(same: list[Pair], different: list[Pair]) -> None:
    """By one step or several, and of a row with itself."""
    with pytest.raises(FusionError, match=r"row.* undo"):
        labels(3, {}, same=same, different=different)


def test_bounds_come_from_the_packaged_weights() -> None:
    """Without bounds of one's own."""
    row = np.array([0], np.int32), np.array([1], np.int32)
    assert clusters(2, *row, np.array([0.99], np.float32)).tolist() == [0, 0]
    assert clusters(2, *row, np.array([0.01], np.float32)).tolist() == [0, 1]
