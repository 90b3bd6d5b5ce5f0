"""False alarms of ladders and deadlines, and their curves: what is known to be false counts so."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np

from evaluation import curves, escalation
from evaluation.curves import Point
from evaluation.escalation import Events


def test_a_new_rung_is_seen_on_its_day_and_stays_for_four_weeks() -> None:
    """Thirty events on the lowest rung, then one on the seventh: the looks after it say seven."""
    day = np.concatenate([np.arange(400, 490, 3), [500]])
    rung = np.concatenate([np.ones(30, np.int64), [7]])
    found = escalation.climbs(Events(day, rung), range(497, 536, 3))
    assert found.tolist() == [0, *[7] * 10, 0, 0]


def test_higher_thresholds_give_fewer_alarms_and_see_less() -> None:
    """Both fall with the rung, in every case."""
    told = escalation.ladders(12)
    for points in told.points.values():
        assert [one.threshold for one in points] == ["4", "5", "6", "7", "8"]
        alarms, delays = ([getattr(one, name) for one in points] for name in ("alarms", "delay"))
        assert alarms == sorted(alarms, reverse=True)
        assert delays[0] <= delays[-1]
    assert sum(one.shipped for one in told.points["ceiling +1"]) == 1


def test_an_earlier_signal_of_a_deadline_warns_of_more() -> None:
    """The further ahead, the more acts are announced, and the more that never come."""
    (points,) = escalation.deadlines(40).points.values()
    assert [one.delay for one in points] == sorted((one.delay for one in points), reverse=True)
    assert points[0].alarms <= points[-1].alarms


def test_curves_are_a_drawing_with_a_mark_a_threshold() -> None:
    """Marks lie inside their plots, however many alarms there are; the shipped one is full."""
    points = [Point(0.0, 80.0, "1"), Point(0.5, 20.0, "2", shipped=True), Point(99.0, 0.0, "3")]
    root = ET.fromstring(curves.render({"surge": {"x2": points}}, most=60))  # noqa: S314
    marks = [one for one in root.iter() if one.tag.endswith("circle")]
    spots = [(float(one.get("cx", "")), float(one.get("cy", ""))) for one in marks]
    assert spots[0] == (0.0, 0.0)
    assert spots[2] == (float(curves.WIDE), float(curves.HIGH))
    assert [one.get("fill") != "white" for one in marks] == [False, True, False]
