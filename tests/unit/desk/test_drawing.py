"""Drawings say what the numbers say."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.desk.drawing import HIGH, bars, circle
from tocsin.views.entity import Edge, Week


def test_bars_are_as_high_as_numbers() -> None:
    """A week with half the events is half as high, its corners on top of each other."""
    weeks = [Week(date(2024, 11, 18), {"VX": 2, "MX": 2}), Week(date(2024, 11, 25), {"MX": 2})]
    drawn = bars(weeks)
    assert drawn is not None
    assert drawn.most == 4
    assert [bar.height for bar in drawn.bars] == [HIGH / 2] * 3
    assert drawn.bars[1].y == 0
    assert drawn.bars[0].y + drawn.bars[0].height == HIGH


def test_no_weeks_no_bars() -> None:
    """Nothing is drawn of nothing."""
    assert bars([]) is None


@pytest.mark.parametrize("number", [1, 2, 5, 12])
def test_neighbours_stand_apart(number: int) -> None:
    """However many there are, no two stand at one place, and the first is at the top."""
    edges = [Edge(f"e{n}", f"Name {n}", None, {"MX": n + 1}, {}) for n in range(number)]
    nodes = circle(edges)
    assert len({(node.x, node.y) for node in nodes}) == number
    assert nodes[0].y == min(node.y for node in nodes)


def test_the_colour_is_of_most_events() -> None:
    """A line has the colour of the corner that both ways have most events of."""
    (node,) = circle([Edge("e", "Somebody", None, {"VC": 3, "MX": 2}, {"MX": 2})])
    assert node.corner == "MX"
