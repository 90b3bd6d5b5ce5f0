"""Measures: ratios of sums over articles, with intervals from drawing the articles anew."""

from __future__ import annotations

import pytest

from evaluation.align import Tally
from evaluation.measure import Measure, f1, interval, precision, ratio, recall


def test_a_measure_is_a_ratio_of_sums() -> None:
    """Articles count by their items, not one like another."""
    measure = ratio("modality", [(1, 1), (0, 3)])
    assert (measure.value, measure.of) == (0.25, 4)


def test_tallies_give_precision_recall_and_f1() -> None:
    """What articles tallied is summed before anything is divided."""
    tallies = [Tally(gold=4, said=2, right=2), Tally(gold=0, said=2, right=0)]
    values = [measure("typed", tallies).value for measure in (precision, recall, f1)]
    assert values == [0.5, 0.5, 0.5]
    assert f1("typed", tallies).of == 4


def test_a_macro_f1_is_the_mean_of_its_classes() -> None:
    """A class of one item weighs what a class of many weighs."""
    measure = Measure("macro", (((1, 1), (0, 4)), ((0, 0), (4, 4))), 9)
    assert measure.value == pytest.approx(0.75)


def test_nothing_of_nothing_is_nought() -> None:
    """A measure over no article, or over no item, is 0 and divides by nothing."""
    assert ratio("empty", []).value == 0.0
    assert ratio("empty", [(0, 0), (0, 0)]).value == 0.0


def test_an_interval_covers_and_narrows() -> None:
    """The interval holds the value, lies within 0 and 1, and narrows with four times the text."""
    few = ratio("x", [(1, 2), (0, 2), (2, 2), (1, 2), (2, 2)])
    ends = interval(few)
    more = interval(ratio("x", [unit[0] for unit in few.units] * 4))
    assert ends is not None
    assert more is not None
    assert 0 <= ends[0] <= few.value <= ends[1] <= 1
    assert more[1] - more[0] < ends[1] - ends[0]


def test_an_interval_comes_out_the_same() -> None:
    """The draws are seeded: the same articles give the same interval."""
    units = [(1, 2), (0, 2), (2, 2)]
    assert interval(ratio("x", units)) == interval(ratio("x", units))


def test_one_article_has_no_interval() -> None:
    """Of a single article nothing can be drawn anew."""
    assert interval(ratio("x", [(1, 2)])) is None
