"""A reliability diagram as SVG, drawn by hand: share right against score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evaluation.calibrate import Bin

SIDE, EDGE, ROW = 320, 40, 18
# Told apart without colour, too: by their marks' size they are in order.
COLOURS = ("#b04a2f", "#2f6db0", "#caa15c", "#6fa8d6")


def render(curves: Mapping[str, Sequence[Bin]]) -> str:
    """Return a drawing of one line a curve; a point grows with the samples it stands for."""
    height = SIDE + 2 * EDGE + ROW * len(curves)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE + 2 * EDGE}" height="{height}" '
        f'font-family="sans-serif" font-size="12">'
    )
    lines = [head, '<rect width="100%" height="100%" fill="white"/>', *_frame()]
    for k, (name, bins) in enumerate(curves.items()):
        colour = COLOURS[k % len(COLOURS)]
        lines += _curve(bins, colour)
        y = SIDE + 2 * EDGE + ROW * k
        lines.append(f'<text x="{EDGE}" y="{y}" fill="{colour}">{name}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def _frame() -> Iterator[str]:
    yield (
        f'<rect x="{EDGE}" y="{EDGE / 2:g}" width="{SIDE}" height="{SIDE}" fill="none" '
        'stroke="#888"/>'
    )
    yield f'<path d="M{_at(0, 0)} L{_at(1, 1)}" stroke="#bbb" stroke-dasharray="4" fill="none"/>'
    for mark in (0.0, 0.5, 1.0):
        x, y = _at(mark, mark).split()
        yield f'<text x="{x}" y="{SIDE + EDGE / 2 + 14:g}" text-anchor="middle">{mark:g}</text>'
        yield f'<text x="{EDGE - 6}" y="{y}" text-anchor="end">{mark:g}</text>'
    yield (
        f'<text x="{EDGE + SIDE / 2:g}" y="{SIDE + EDGE + 8}" text-anchor="middle">'
        "confidence across, share right upwards</text>"
    )


def _curve(bins: Sequence[Bin], colour: str) -> Iterator[str]:
    path = " L".join(_at(b.score, b.right) for b in bins)
    yield f'<path d="M{path}" stroke="{colour}" fill="none"/>'
    most = max((b.number for b in bins), default=1)
    for b in bins:
        x, y = _at(b.score, b.right).split()
        size = 2 + 4 * (b.number / most) ** 0.5
        yield f'<circle cx="{x}" cy="{y}" r="{size:.1f}" fill="{colour}"/>'


def _at(score: float, right: float) -> str:
    return f"{EDGE + SIDE * score:.1f} {EDGE / 2 + SIDE * (1 - right):.1f}"
