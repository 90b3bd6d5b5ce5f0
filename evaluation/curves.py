"""False alarms against delay as curves, an SVG drawn by hand: a small plot a signal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log10
from typing import NamedTuple

WIDE, HIGH, EDGE, GAP, ACROSS = 240, 160, 46, 64, 3
# Told apart without colour, too: the dashes differ.
COLOURS = ("#b04a2f", "#2f6db0", "#4f7d3a", "#8a8a8a")
DASHES = ("", "6 3", "2 3", "1 4")
# Alarms a series and year at the ends of the scale, which is logarithmic.
LEAST, MOST = 0.01, 10.0
Curves = Mapping[str, Mapping[str, Sequence["Point"]]]


class Rate(NamedTuple):
    """A number with the ends of its 95 % interval, by bootstrap over series."""

    mean: float
    low: float
    high: float


class Point(NamedTuple):
    """A threshold: its alarms a series and year, the mean delay in days, its name, if shipped."""

    alarms: float
    delay: float
    threshold: str
    shipped: bool = False


def render(curves: Curves, *, most: float) -> str:
    """Return a drawing with a plot a signal; delays run to `most` days."""
    down = -(-len(curves) // ACROSS)
    width, height = ACROSS * (WIDE + GAP) + EDGE, down * (HIGH + 2 * GAP) + EDGE
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="11">'
    )
    told = (
        f'<text x="{EDGE}" y="16">Alarms a series and year across (false where nothing changed), '
        f"mean delay in days upwards ({most:g} where nothing is seen); the full mark is the "
        "threshold as shipped</text>"
    )
    lines = [head, '<rect width="100%" height="100%" fill="white"/>', told]
    for at, (name, cases) in enumerate(curves.items()):
        left, top = EDGE + at % ACROSS * (WIDE + GAP), EDGE + at // ACROSS * (HIGH + 2 * GAP)
        lines.append(f'<g transform="translate({left} {top})">')
        lines += [*_frame(name, most), *_plot(cases, most), "</g>"]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _frame(name: str, most: float) -> Iterator[str]:
    yield f'<text x="0" y="-6" font-weight="bold">{name}</text>'
    yield f'<rect width="{WIDE}" height="{HIGH}" fill="none" stroke="#888"/>'
    for mark in (0.01, 0.1, 1.0, 10.0):
        yield f'<text x="{_x(mark):.1f}" y="{HIGH + 14}" text-anchor="middle">{mark:g}</text>'
    for mark in (0.0, most / 2, most):
        y = HIGH * (1 - mark / most)
        yield f'<text x="-6" y="{y + 4:.1f}" text-anchor="end">{mark:g}</text>'


def _plot(cases: Mapping[str, Sequence[Point]], most: float) -> Iterator[str]:
    for at, (case, points) in enumerate(cases.items()):
        colour, dash = COLOURS[at % len(COLOURS)], DASHES[at % len(DASHES)]
        spots = [(_x(one.alarms), HIGH * (1 - min(one.delay, most) / most)) for one in points]
        path = " L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
        yield f'<path d="M{path}" stroke="{colour}" stroke-dasharray="{dash}" fill="none"/>'
        for (x, y), one in zip(spots, points, strict=True):
            fill = colour if one.shipped else "white"
            title = f"{case}, {one.threshold}: {one.alarms:.2f} a year, {one.delay:.0f} days"
            yield (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{fill}" stroke="{colour}">'
                f"<title>{title}</title></circle>"
            )
        x, y = at % 2 * WIDE / 2, HIGH + 30 + 14 * (at // 2)
        yield f'<text x="{x:g}" y="{y}" fill="{colour}">{case}</text>'


def _x(alarms: float) -> float:
    kept = min(max(alarms, LEAST), MOST)
    return WIDE * (log10(kept) - log10(LEAST)) / (log10(MOST) - log10(LEAST))
