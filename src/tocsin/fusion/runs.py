"""Runs of words that stand in two texts: where, and whether they are quotes or narrative.

Two outlets that heard one speech share its words; only whoever copies shares the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.fusion.shingles import SHINGLE, hashes, words

# A direct quote with its marks; longer ones are likelier two marks that do not belong together.
_QUOTE: Final = re.compile(
    r"(?<!\w)\"(?=\S)[^\"\n]{1,1500}\"(?!\w)|“[^“”\n]{1,1500}”|«[^«»\n]{1,1500}»"
    r"|(?<!\w)‘[^‘\n]{20,1500}?’(?!\w)"
)
_PAIR: Final = 2  # words that must be equal beyond a gap
# Words of either text that a chain goes over, the fewest first.
_GAPS: Final = sorted(
    ((one, other) for one in range(4) for other in range(4) if one or other),
    key=lambda gap: (sum(gap), abs(gap[0] - gap[1]), gap),
)
_NEAREST: Final = 16  # places of a shingle that are tried, so that "no, no, no" costs no time


class Wording(NamedTuple):
    """A text as runs are looked for in it; `at` has the places of each shingle, by word."""

    words: Sequence[str]
    shingles: Sequence[int]
    at: dict[int, list[int]]
    spans: Sequence[tuple[int, int]]
    quoted: NDArray[np.bool_]


class Stretch(NamedTuple):
    """So many words of one text, from a place on, that stand in another one from a place on."""

    left: int
    right: int
    length: int


@lru_cache(maxsize=1024)
def wording(text: str) -> Wording:
    """Return a text ready to be compared."""
    found = words(text)
    folded = [word for word, _, _ in found]
    shingles: list[int] = hashes(folded).tolist()
    at: dict[int, list[int]] = {}
    for place, shingle in enumerate(shingles):
        at.setdefault(shingle, []).append(place)
    starts = np.fromiter((start for _, start, _ in found), np.int64, len(found))
    quoted = np.zeros(len(found), np.bool_)
    for quote in _QUOTE.finditer(text):
        first, last = np.searchsorted(starts, quote.span())
        quoted[first:last] = True
    return Wording(folded, shingles, at, [(start, end) for _, start, end in found], quoted)


def chains(left: Wording, right: Wording) -> list[list[Stretch]]:
    """Return the runs that both texts have, as they stand in left, those that go on as one list.

    A run of five words or more goes on where two or more words follow it in both texts, or lead up
    to it, beyond at most three others: so a word exchanged here and there breaks no chain. No word
    of left is in two runs.
    """
    found: list[list[Stretch]] = []
    place, free, expected = 0, 0, 0
    while place < len(left.shingles):
        best = _best(left, right, place, expected)
        if best is None:
            place += 1
            continue
        chain = [*_before(left, right, best, free), best]
        while True:
            last = chain[-1]
            place, expected = last.left + last.length, last.right + last.length
            follows = _after(left.words, right.words, place, expected)
            if follows is None:
                break
            chain.append(follows)
        found.append(chain)
        free = place
    return found


def _best(left: Wording, right: Wording, place: int, expected: int) -> Stretch | None:
    """Return the longest run from a place on; of equal ones that nearest to where it continues."""
    places = right.at.get(left.shingles[place])
    if places is None:
        return None
    if len(places) > _NEAREST:
        places = sorted(places, key=lambda at: (abs(at - expected), at))[:_NEAREST]
    run = min(
        (Stretch(place, at, _length(left.shingles, right.shingles, place, at)) for at in places),
        key=lambda run: (-run.length, abs(run.right - expected), run.right),
    )
    return run._replace(length=run.length + SHINGLE - 1)


def _length(left: Sequence[int], right: Sequence[int], here: int, there: int) -> int:
    """Return how many shingles are equal, from two places on."""
    most = min(len(left) - here, len(right) - there)
    length = 1
    while length < most and left[here + length] == right[there + length]:
        length += 1
    return length


def _after(left: Sequence[str], right: Sequence[str], here: int, there: int) -> Stretch | None:
    """Return the run that goes on behind two places, beyond a few words of either text."""
    for one, other in _GAPS:
        length = _equal(left, right, here + one, there + other)
        if length >= _PAIR:
            return Stretch(here + one, there + other, length)
    return None


def _equal(left: Sequence[str], right: Sequence[str], here: int, there: int) -> int:
    """Return how many words are equal, from two places on."""
    most = min(len(left) - here, len(right) - there)
    length = 0
    while length < most and left[here + length] == right[there + length]:
        length += 1
    return length


def _before(left: Wording, right: Wording, run: Stretch, free: int) -> list[Stretch]:
    """Return the runs that lead up to a run, none of their words before the first free one."""
    found: list[Stretch] = []
    here, there = run.left, run.right
    while True:
        for one, other in _GAPS:
            end, until = here - one, there - other
            length = 0
            while (
                end - length > free
                and until > length
                and (left.words[end - length - 1] == right.words[until - length - 1])
            ):
                length += 1
            if length >= _PAIR:
                here, there = end - length, until - length
                found.insert(0, Stretch(here, there, length))
                break
        else:
            return found
