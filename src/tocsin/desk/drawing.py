"""Small drawings that pages hold as they come: weeks as bars, a circle of neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import cos, log2, pi, sin
from typing import NamedTuple

from tocsin.views.entity import CORNERS, Edge, Week

# Units that a drawing is wide and high; pages show it at any size.
WIDE, HIGH = 720, 110
ROUND, RADIUS = 520, 170


class Bar(NamedTuple):
    """The events of a week in one corner, as a box."""

    x: float
    y: float
    width: float
    height: float
    corner: str


class Mark(NamedTuple):
    """A week under the bars."""

    x: float
    day: date


class Bars(NamedTuple):
    """Weeks as bars, with the largest number and some of their days."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    most: int


class Node(NamedTuple):
    """A neighbour on the circle: where he stands, how his name is set, how thick his line is."""

    edge: Edge
    x: float
    y: float
    anchor: str
    thick: float
    corner: str
    names: tuple[str, ...]


def spaced(number: int) -> tuple[float, float]:
    """Return how far the boxes of so many weeks stand apart, and how wide each is."""
    step = WIDE / max(number, 12)
    return step, round(max(step - min(2, step / 4), 0.5), 1)


def marked(days: Sequence[date], step: float) -> tuple[Mark, ...]:
    """Return marks under some of the weeks that begin on some days, about six."""
    every = max(1, len(days) // 6)
    return tuple(Mark(round(at * step, 1), day) for at, day in enumerate(days))[::every]


def bars(weeks: Sequence[Week]) -> Bars | None:
    """Return weeks as stacked bars; None where there are none."""
    if not weeks:
        return None
    most = max(sum(week.corners.values()) for week in weeks)
    step, width = spaced(len(weeks))
    out = []
    for at, week in enumerate(weeks):
        top = float(HIGH)
        for corner in CORNERS:
            height = HIGH * week.corners.get(corner, 0) / most
            if height:
                top -= height
                out.append(Bar(round(at * step, 1), round(top, 1), width, round(height, 1), corner))
    return Bars(tuple(out), marked([week.start for week in weeks], step), most)


def circle(edges: Sequence[Edge]) -> tuple[Node, ...]:
    """Return neighbours around somebody, the nearest at the top and on clockwise."""
    out = []
    for at, edge in enumerate(edges):
        turn = 2 * pi * at / len(edges) - pi / 2
        x, y = cos(turn), sin(turn)
        sums = {
            key: edge.does.get(key, 0) + edge.suffers.get(key, 0)
            for key in {*edge.does, *edge.suffers}
        }
        corner = max(sorted(sums), key=lambda key: sums[key])
        anchor = "middle" if abs(x) < 0.3 else "start" if x > 0 else "end"
        out.append(
            Node(
                edge, round(ROUND * 0.75 + RADIUS * 1.25 * x, 1), round(ROUND / 2 + RADIUS * y, 1),
                anchor, round(1 + log2(1 + edge.total), 1), corner, _cut(edge.shown),
            )
        )  # fmt: skip
    return tuple(out)


def _cut(name: str) -> tuple[str, ...]:
    """Return a name in two lines at most."""
    words, lines = name.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 16 and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]}…"]
    return tuple(lines)
