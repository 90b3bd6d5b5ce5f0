"""Scoring partitions: examples worked by hand, and what holds for all partitions."""

from __future__ import annotations

import pytest

from evaluation.coref import of_labels, score

# Luo 2005: two true clusters of five and one of two.
GOLD = [1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3]


def test_two_joined() -> None:
    """The cluster of two joined to one of five: the worked example of Luo 2005."""
    found = of_labels(GOLD, [1] * 5 + [2] * 7)
    assert (found.muc.recall, found.muc.precision) == pytest.approx((1.0, 9 / 10))
    assert (found.b3.recall, found.b3.precision) == pytest.approx((1.0, (5 + 29 / 7) / 12))
    assert (found.ceafe.recall, found.ceafe.precision) == pytest.approx((11 / 18, 11 / 12))
    assert found.conll == pytest.approx((18 / 19 + 0.8648649 + 11 / 15) / 3)


def test_five_joined_to_five() -> None:
    """Joining the large clusters costs B³ and CEAF-e more, and MUC the same."""
    found = of_labels(GOLD, [1] * 5 + [2] * 2 + [1] * 5)
    assert found.muc == of_labels(GOLD, [1] * 5 + [2] * 7).muc
    assert found.b3.precision == pytest.approx(7 / 12)
    assert (found.ceafe.recall, found.ceafe.precision) == pytest.approx((5 / 9, 5 / 6))


def test_alignment_is_the_best_one() -> None:
    """CEAF-e pairs clusters for the best sum, not one after the other by likeness."""
    found = of_labels([1, 1, 1, 2, 2, 2], [1, 1, 2, 2, 2, 1])
    assert found.ceafe.f1 == pytest.approx(2 / 3)


def test_singletons_count() -> None:
    """Singletons are clusters for B³ and CEAF-e; MUC sees links alone."""
    found = of_labels([1, 1, 2, 3], [1, 2, 3, 4])
    assert found.muc.f1 == 0.0
    assert (found.b3.recall, found.b3.precision) == pytest.approx((3 / 4, 1.0))
    assert (found.ceafe.recall, found.ceafe.precision) == pytest.approx(
        ((2 + 2 / 3) / 3, (2 + 2 / 3) / 4)
    )


def test_labels_are_only_names() -> None:
    """Another numbering and another order of mentions change nothing, and truth scores 1."""
    said = [1, 1, 2, 2, 2, 3, 3, 3, 1, 1, 4, 4]
    shown = of_labels(GOLD[::-1], [9 - label for label in said[::-1]])
    assert shown.conll == pytest.approx(of_labels(GOLD, said).conll)
    assert of_labels(GOLD, [label * 7 for label in GOLD]).conll == pytest.approx(1.0)


def test_mentions_of_one_side_are_alone_on_the_other() -> None:
    """A mention that the other partition lacks is a singleton there."""
    gold, said = {"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "d": "y"}
    full = score({**gold, "d": 3}, {**said, "c": "z"})
    assert score(gold, said) == full
    assert full.conll == pytest.approx(1.0)


def test_nothing_scores_nothing() -> None:
    """No mentions at all score 0 and divide by nothing."""
    assert score({}, {}).conll == 0.0
