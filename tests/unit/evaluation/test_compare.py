"""Comparing: every coder has a column, every measure a row."""

from __future__ import annotations

from evaluation.compare import table


def test_columns_stand_beside_the_first() -> None:
    """Later columns show their difference from the first; a missing value shows a dash."""
    columns = {"lexicon": {"typed F1": 0.5}, "network": {"typed F1": 0.75, "place": 0.25}}
    head, typed, place = table(columns)
    assert head.split() == ["lexicon", "network"]
    assert typed.split()[-3:] == ["0.500", "0.750", "(+0.250)"]
    assert place.split() == ["place", "-", "0.250"]
