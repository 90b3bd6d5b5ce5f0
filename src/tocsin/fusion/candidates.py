"""Pairs of articles whose sketches have enough in common to be compared word by word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

WINDOW: Final = 7  # days that articles may be apart
# Hashes two sketches must share: so many, and this part of the smaller one. Copies that keep a
# third of their words, with every tenth changed, share twice that (`evaluation.copies`).
LEAST: Final = 2
PART: Final = 0.08
# Articles of one day that are looked up under one hash, the longest first, for they are likeliest
# to be what the others were cut from. It matters only where more than that share a text.
CROWD: Final = 24

_UNDATED: Final = 0  # the ordinal of no day
_DAYS: Final = 1 << 23  # more than there are ordinals
_AT_ONCE: Final = 4_000_000  # pairs held in memory at a time

Sketches = Mapping[str, tuple[int, ...]]
Days = Mapping[str, int | None]
_Ints = NDArray[np.int64]


def candidates(
    sketches: Sketches, days: Days, new: Collection[str] | None = None
) -> list[tuple[str, str]]:
    """Return pairs of articles whose sketches have enough in common, ids in order, sorted.

    Days are ordinals; an article without one may go with any. With `new`, only pairs that touch a
    new article.
    """
    ids = sorted(sketches if new is None else _around(sketches, days, new))
    hashes: Sequence[Collection[int]] = [sketches[article] for article in ids]
    sizes = np.fromiter(map(len, hashes), np.int64, len(ids))
    dates = np.fromiter((days.get(article) or _UNDATED for article in ids), np.int64, len(ids))
    asking = np.fromiter((new is None or article in new for article in ids), np.bool_, len(ids))
    if new is not None:
        wanted = {
            number for one, asks in zip(hashes, asking, strict=True) if asks for number in one
        }
        hashes = [wanted.intersection(one) for one in hashes]
    postings = _postings(hashes, sizes, dates)
    left, right = postings.pairs(postings.pruned(sizes) if new is None else asking[postings.rows])
    enough = postings.shared(left, right) >= needed(np.minimum(sizes[left], sizes[right]))
    return [(ids[i], ids[j]) for i, j in zip(left[enough], right[enough], strict=True)]


def _around(sketches: Sketches, days: Days, new: Collection[str]) -> set[str]:
    """Return the new articles, and the others that are near enough to one of them."""
    fresh = set(new).intersection(sketches)
    dates = {days.get(article) for article in fresh}
    if None in dates:
        return set(sketches)
    reach = {day + by for day in dates if day for by in range(-WINDOW, WINDOW + 1)} | {None}
    return {article for article in sketches if article in fresh or days.get(article) in reach}


def needed(sizes: _Ints) -> _Ints:
    """Return how many hashes two sketches must share, by the size of the smaller one."""
    most: _Ints = np.maximum(LEAST, np.ceil(PART * sizes).astype(np.int64))
    return most


@dataclass(frozen=True, slots=True)
class _Postings:
    """Which rows hold which hash, for hashes that several hold; sorted by hash, then by day."""

    rows: _Ints
    hashes: _Ints
    dates: _Ints
    popular: _Ints  # rows that hold the hash
    listed: NDArray[np.bool_]  # whether the row is looked up under the hash

    def pruned(self, sizes: _Ints) -> NDArray[np.bool_]:
        """Return which entries must be asked for: all but the most popular ones of each row.

        So many may be left out as two rows must share, less one: a pair that shares enough shares
        one of the rest, too. So popular hashes make no pairs by themselves, and nothing is lost.
        """
        order = np.lexsort((self.hashes, -self.popular, self.rows))
        found = np.zeros(len(order), np.bool_)
        found[order] = _places(self.rows[order]) >= needed(sizes)[self.rows[order]] - 1
        return found

    def pairs(self, asking: NDArray[np.bool_]) -> tuple[_Ints, _Ints]:
        """Return rows i < j that hold a hash together within the window, each pair once, sorted."""
        found = [np.zeros(0, np.int64)]
        rows = self.rows[self.listed]
        count = int(self.rows.max(initial=0)) + 1
        for entries, first, last in self._ranges(np.flatnonzero(asking)):
            lengths = last - first
            offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            one = np.repeat(self.rows[entries], lengths)
            other = rows[np.repeat(first, lengths) + offsets]
            apart = one != other
            low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
            found.append(_once(low * count + high))
        codes = _once(np.concatenate(found))
        return codes // count, codes % count

    def _ranges(self, entries: _Ints) -> Iterator[tuple[_Ints, _Ints, _Ints]]:
        """Yield entries with the listed rows that each one meets, as ranges, some at a time."""
        keys = self.hashes[self.listed] * _DAYS + self.dates[self.listed]
        base, dates = self.hashes[entries] * _DAYS, self.dates[entries]
        dated = dates != _UNDATED
        spans = (
            (base + np.where(dated, np.maximum(dates - WINDOW, 1), 0),
             base + np.where(dated, dates + WINDOW, _DAYS - 1)),
            (base, base + np.where(dated, _UNDATED, -1)),
        )  # fmt: skip
        for low, high in spans:
            first = np.searchsorted(keys, low)
            last = np.maximum(np.searchsorted(keys, high, side="right"), first)
            for part in _parts(last - first):
                yield entries[part], first[part], last[part]

    def shared(self, left: _Ints, right: _Ints) -> _Ints:
        """Return how many hashes pairs of rows share."""
        from scipy.sparse import csr_array  # noqa: PLC0415

        shape = (int(self.rows.max(initial=0)) + 1, int(self.hashes.max(initial=0)) + 1)
        ones = np.ones(len(self.rows), np.int32)
        whole = csr_array((ones, (self.rows, self.hashes)), shape=shape)
        sizes = np.diff(whole.indptr)[left] if len(left) else left
        counts = np.zeros(len(left), np.int64)
        for part in _parts(sizes):
            counts[part] = (whole[left[part]] * whole[right[part]]).sum(axis=1)
        return counts


def _postings(hashes: Sequence[Collection[int]], sizes: _Ints, dates: _Ints) -> _Postings:
    """Return the postings of rows, given by their hashes, the sizes of their sketches, their days.

    The hashes may be fewer than the sketch has.
    """
    lengths = np.fromiter(map(len, hashes), np.int64, len(hashes))
    total = int(lengths.sum())
    numbers = np.fromiter(chain.from_iterable(hashes), np.uint64, total)
    rows = np.repeat(np.arange(len(hashes)), lengths)
    order = np.argsort(numbers)
    numbers, rows = numbers[order], rows[order]
    columns = np.cumsum(_places(numbers) == 0) - 1
    popular = np.bincount(columns, minlength=1)[columns]
    several = popular > 1
    rows, columns, popular = rows[several], columns[several], popular[several]
    order = np.lexsort((rows, -sizes[rows], dates[rows], columns))
    rows, columns, popular = rows[order], columns[order], popular[order]
    listed = _places(columns * _DAYS + dates[rows]) < CROWD
    return _Postings(rows, columns, dates[rows], popular, listed)


def _places(groups: NDArray[np.integer]) -> _Ints:
    """Return for each entry how many of its group stand before it; groups stand together."""
    every = np.arange(len(groups))
    starts = np.concatenate(([True], groups[1:] != groups[:-1]))[: len(groups)]
    return every - np.maximum.accumulate(np.where(starts, every, 0))


def _once(codes: _Ints) -> _Ints:
    """Return numbers sorted, each once; `numpy.unique` hashes and takes ten times as long."""
    codes = np.sort(codes)
    once: _Ints = codes[_places(codes) == 0]
    return once


def _parts(sizes: _Ints) -> Iterator[slice]:
    """Yield slices of some sizes that amount to what is held in memory at a time."""
    ends = np.cumsum(sizes)
    start = 0
    while start < len(sizes):
        before = ends[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + _AT_ONCE, side="right")))
        yield slice(start, end)
        start = end
