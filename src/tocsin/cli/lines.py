"""Lines of text on a terminal: titles bold, labels dim, long lines set in where they go on."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from tocsin.explain.lines import Line, Part, margin, wide


def show(parts: Iterable[Part], console: Console) -> None:
    """Print parts, each under its title, with an empty line between.

    Lines are wrapped for a terminal only: what a pipe takes them to has no width.
    """
    for number, part in enumerate(parts):
        if number:
            console.print()
        console.print(Text(part.title, style="bold"), soft_wrap=not console.is_terminal)
        width = wide(part)
        for line in part.lines:
            _show(line, width, console)


def _show(line: Line, width: int, console: Console) -> None:
    before = margin(line, width)
    if not console.is_terminal:
        console.print(before + line.words, markup=False, soft_wrap=True)
        return
    column = max(len(before), width + 2) if line.depth == 0 else len(before)
    lines = Text(line.words).wrap(console, max(20, console.width - column))
    for number, words in enumerate(lines):
        if number == 0:
            console.print(Text(before, style="dim") + words)
        else:
            console.print(Padding(words, (0, 0, 0, column)))
