"""Bars: each measure beside what it is meant to reach."""

from __future__ import annotations

import pytest

from evaluation.bars import Bar, heights, load
from evaluation.measure import Corpus, ratio

TEXT = '["coder on dev"]\n"modality" = { bar = 0.8, others = "somebody 0.7" }\n'


@pytest.mark.parametrize(("right", "gap"), [(9, 0.0), (8, 0.0), (4, 0.5)])
def test_the_gap_is_what_is_missing(right: int, gap: float) -> None:
    """A value at its bar or above misses nothing, one at half of it half."""
    corpus = Corpus("coder on dev", (), (ratio("modality", [(right, 10)]),))
    (height,) = heights(load(TEXT), [corpus])
    assert height.gap == pytest.approx(gap)
    assert height.bar == Bar("coder on dev", "modality", 0.8, "somebody 0.7")


def test_an_absent_corpus_leaves_a_bar_alone() -> None:
    """A bar whose corpus was not measured stands without a measure, and far from reached."""
    (height,) = heights(load(TEXT), [])
    assert height.measure is None
    assert height.gap == 1


def test_every_bar_is_a_value_or_a_speed() -> None:
    """The bars that ship are shares, but for what is counted a second."""
    assert all(0 < bar.value < 1 or "second" in bar.measure for bar in load())
