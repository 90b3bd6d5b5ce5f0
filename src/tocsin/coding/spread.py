"""Things that lie over the characters of a text, found by where they lie, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

# Characters that share a row; most contents and counts lie over one or two.
_ROW = 512

T = TypeVar("T")


class Spread(Generic[T]):
    """Things by the characters that they lie over, from a first to before a last."""

    def __init__(self) -> None:
        self._rows: dict[int, list[tuple[int, int, T]]] = defaultdict(list)

    def add(self, start: int, end: int, thing: T) -> None:
        """Lay a thing over some characters; over none it is never found."""
        if start < end:
            for row in range(start // _ROW, (end - 1) // _ROW + 1):
                self._rows[row].append((start, end, thing))

    def at(self, place: int) -> list[T]:
        """Return what lies over a character, in the order in which it was added."""
        return [thing for start, end, thing in self._row(place) if start <= place < end]

    def over(self, start: int, end: int) -> Iterator[T]:
        """Yield what shares a character with a range, each once, by where it begins there."""
        for row in range(start // _ROW, (end - 1) // _ROW + 1):
            for first, last, thing in self._rows.get(row, ()):
                begins = max(first, start) // _ROW == row
                if begins and first < end and start < last:
                    yield thing

    def _row(self, place: int) -> list[tuple[int, int, T]]:
        return self._rows.get(place // _ROW, [])
