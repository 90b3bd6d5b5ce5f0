"""Lines of text under titles, for a terminal or a page, with the records that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tocsin.explain.wording import joined

# The numbers that claims have where they are shown.
Numbers = Mapping[str, int]


class Line(NamedTuple):
    """Words with a label before them, set in by `depth`; `about` names the records they tell of."""

    words: str
    label: str = ""
    depth: int = 0
    about: tuple[str, ...] = ()


class Part(NamedTuple):
    """Lines under a title."""

    title: str
    lines: tuple[Line, ...]


def plain(parts: Iterable[Part]) -> Iterator[str]:
    """Yield parts as text without colours: titles at the margin, labels in a column."""
    for part in parts:
        yield part.title
        width = wide(part)
        yield from (indented(line, width) for line in part.lines)


def wide(part: Part) -> int:
    """Return how many characters the longest label of a part takes with the space behind it."""
    return max((len(line.label) + 2 for line in part.lines if line.label), default=0)


def indented(line: Line, width: int) -> str:
    """Return a line as text, its words behind the column of labels."""
    return margin(line, width) + line.words


def margin(line: Line, width: int) -> str:
    """Return what stands before the words of a line: the space and the label."""
    return "  " * (line.depth + 1) + line.label.ljust(width if line.depth == 0 else 0)


def labelled(label: str, words: Sequence[str]) -> Iterator[Line]:
    """Yield several things as lines of which the first has the label."""
    for number, said in enumerate(words):
        yield Line(said, label if number == 0 else "")


def counted(number: int, noun: str, *, none: str = "no") -> str:
    """Return a number of things: "3 reports", "1 report", "no reports"."""
    return f"{f'{number:,}' if number else none} {noun}{'s' * (number != 1)}"


def claims(ids: Iterable[str], numbers: Numbers) -> str:
    """Return claims by their numbers: "claim 1", "claims 1, 2 and 4", "claims 1 to 3".

    What has no number is counted as another claim.
    """
    given = list(dict.fromkeys(ids))
    known = sorted({numbers[name] for name in given if name in numbers})
    others = len([name for name in given if name not in numbers])
    told = [f"claim{'s' * (len(known) != 1)} {joined(_runs(known))}"] if known else []
    if others:
        told.append(counted(others, "other claim"))
    return joined(told)


def _runs(numbers: Sequence[int]) -> list[str]:
    """Return numbers in order, three and more that follow each other as a run."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        words
        for run in runs
        for words in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))
    ]


def days(start: date | None, end: date | None) -> str:
    """Return days from one to another, both included; an open end is said."""
    if start is None or end is None:
        return f"from {start} on" if start else f"until {end}" if end else "no day"
    return str(start) if start == end else f"{start} to {end}"


def number(low: int, high: int | None) -> str:
    """Return how many people are said to be."""
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def cut(words: str, longest: int) -> str:
    """Return words on one line, the end of long ones left out."""
    line = " ".join(words.split())
    return line if len(line) <= longest else line[:longest].rpartition(" ")[0] + " …"
