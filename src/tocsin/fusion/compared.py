"""How likely pairs of claims tell of one event, by the million."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.base.ids import named, number

Bits = NDArray[np.int64]


class Compared(NamedTuple):
    """Pairs of claims by the numbers of their names, and the chance of each.

    The name that comes first in the order of names stands in `one`.
    """

    one: Bits
    other: Bits
    chance: NDArray[np.float32]

    def where(self, kept: NDArray[np.bool_] | NDArray[np.intp]) -> Compared:
        """Return the pairs of a mask, or at some rows."""
        return Compared(self.one[kept], self.other[kept], self.chance[kept])

    def names(self, kind: str) -> Iterator[tuple[str, str]]:
        """Yield the names of both ends of each pair."""
        name = cache(partial(named, kind))
        yield from zip(map(name, self.one.tolist()), map(name, self.other.tolist()), strict=True)

    def among(self, claims: Bits) -> tuple[NDArray[np.int32], NDArray[np.int32], Compared]:
        """Return the pairs with both ends among some claims, each once, by the rows of these.

        `claims` stand in the order of names.
        """
        one, other = _rows(self.one, claims), _rows(self.other, claims)
        inside = np.flatnonzero((one >= 0) & (other >= 0))
        codes = one[inside] * max(1, len(claims)) + other[inside]
        at = inside[np.unique(codes, return_index=True)[1]]
        return one[at].astype(np.int32), other[at].astype(np.int32), self.where(at)

    def filled(self, ends: Collection[tuple[str, str]], chance: float) -> Compared:
        """Return these pairs, and with a chance those of some, smaller name first, that lack."""
        whole = {(number(a), number(b)) for a, b in ends}
        touched = np.flatnonzero(np.isin(self.one, [a for a, _ in whole]))
        whole -= {*zip(self.one[touched].tolist(), self.other[touched].tolist(), strict=True)}
        one, other = np.array(sorted(whole), np.int64).reshape(-1, 2).T
        return joined([self, Compared(one, other, np.full(len(one), chance, np.float32))])


def bits(names: Iterable[str]) -> Bits:
    """Return the numbers of names."""
    return np.fromiter(map(number, names), np.int64)


def turned(one: Bits, other: Bits, chance: NDArray[np.float32]) -> Compared:
    """Return pairs of numbers with the name that comes first in front."""
    right = one.view(np.uint64) < other.view(np.uint64)
    return Compared(np.where(right, one, other), np.where(right, other, one), chance)


def joined(parts: Iterable[Compared]) -> Compared:
    """Return the pairs of several parts one after another."""
    held = list(parts)
    return Compared(
        np.concatenate([np.zeros(0, np.int64), *(part.one for part in held)]),
        np.concatenate([np.zeros(0, np.int64), *(part.other for part in held)]),
        np.concatenate([np.zeros(0, np.float32), *(part.chance for part in held)]),
    )


def _rows(asked: Bits, claims: Bits) -> Bits:
    """Return at which row of some claims, in the order of names, others stand; -1 for none."""
    if not len(claims):
        return np.full(len(asked), -1, np.int64)
    known, sought = claims.view(np.uint64), asked.view(np.uint64)
    at = np.minimum(np.searchsorted(known, sought), len(claims) - 1)
    return np.where(known[at] == sought, at, -1)
