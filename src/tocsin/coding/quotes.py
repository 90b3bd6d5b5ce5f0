"""Where an article quotes: stretches of text between quotation marks, across sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# What opens a quote and what closes it; straight marks and doubled apostrophes do both.
PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"', "''": "''", "``": "''"}
MARK = re.compile(r"[“”«»„\"]|''|``")
# Single marks are apostrophes as well: only a stretch that ends a clause is a quote.
SINGLE = re.compile(r"(?<!\w)[‘'](?=\w)((?:[^‘'’\n]|(?<=\w)['’](?=\w)){12,}?[,.!?])['’](?!\w)")
PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Characters from an opening mark to its closing one; `closed` where there is one.

    A quote that a paragraph leaves open goes on in the next one that opens with a mark.
    """

    start: int
    end: int
    closed: bool = True

    def holds(self, at: int) -> bool:
        """Return whether a character stands inside."""
        return self.start <= at < self.end


def find(text: str) -> list[Quote]:
    """Return the quotes of a text in order, the outermost of nested ones."""
    quotes: list[Quote] = []
    for paragraph in PARAGRAPH.finditer(text):
        first = paragraph.start() + _indent(paragraph.group())
        for quote in _within(text, *paragraph.span()):
            last = quotes[-1] if quotes else None
            opens = quote.start == first
            if last is not None and not last.closed and opens:
                quotes[-1] = Quote(last.start, quote.end, quote.closed)
            else:
                quotes.append(quote)
    return quotes


def holding(quotes: Sequence[Quote], at: int) -> Quote | None:
    """Return which of the quotes of a text, which stand in order, holds a character, if any."""
    after = bisect_right(quotes, at, key=_start)
    quote = quotes[after - 1] if after else None
    return quote if quote is not None and quote.holds(at) else None


def _start(quote: Quote) -> int:
    return quote.start


def _within(text: str, start: int, end: int) -> Iterator[Quote]:
    """Yield the quotes that begin in a paragraph."""
    opened, closing, last = -1, "", start
    for mark in MARK.finditer(text, start, end):
        if opened < 0 and mark.group() in PAIRS:
            yield from _single(text, last, mark.start())
            opened, closing = mark.start(), PAIRS[mark.group()]
        elif opened >= 0 and mark.group() in closing:
            yield Quote(opened, mark.end())
            opened, last = -1, mark.end()
    if opened >= 0:
        yield Quote(opened, end, closed=False)
    else:
        yield from _single(text, last, end)


def _single(text: str, start: int, end: int) -> Iterator[Quote]:
    for match in SINGLE.finditer(text, start, end):
        yield Quote(match.start(), match.end())


def _indent(paragraph: str) -> int:
    return len(paragraph) - len(paragraph.lstrip())
