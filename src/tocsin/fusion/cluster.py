"""Pairs become events: average linkage, within the bounds that judgements set.

Clusters merge while the mean chance of their pairs is high enough, the likeliest first. A merge
depends on the component of pairs that it stands in alone, and ties are broken by the order of rows:
give rows in the order of their names, and the order they came in does not matter.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tocsin.base.errors import FusionError
from tocsin.fusion import match

Row = NDArray[np.int32]

# Chances are summed as whole numbers of this part of 1, so that no sum depends on its order.
UNIT = 1 << 30
# A pair that was never compared counts as this part of one that was: blocking leaves out most pairs
# that are of no event, and some that are. On ECB+ and the example world less is better for CoNLL
# F1; on two years of one war less lets events of a week run together.
UNSEEN = 0.25


def clusters(
    count: int,
    i: Row,
    j: Row,
    p: NDArray[np.float32],
    *,
    same: Iterable[tuple[int, int]] = (),
    different: Iterable[tuple[int, int]] = (),
    worlds: Row | None = None,
    threshold: float | None = None,
    absent: float | None = None,
) -> Row:
    """Return the cluster of each of `count` rows, named by its smallest row.

    SAME is never split, DIFFERENT never merged; both at once raise FusionError. A chance of 0 keeps
    two rows apart like DIFFERENT, but yields to SAME. `worlds` are what modalities allow
    (`pairs.WORLDS`): rows of two worlds stand in no cluster together, 0 goes with each. `threshold`
    and `absent` come from the packaged weights where they are not given.
    """
    known = match.load()
    made = _Clusters(
        count,
        np.zeros(count, np.int32) if worlds is None else worlds,
        known.threshold if threshold is None else threshold,
        known.absent if absent is None else absent,
    )
    made.keep_apart(different)
    made.bind(same)
    made.link(i, j, p)
    made.merge_all()
    return np.array([made.find(row) for row in range(count)], np.int32)


class _Clusters:
    """Clusters by their smallest row, with the sum of chances and number of pairs between them."""

    def __init__(self, count: int, worlds: Row, threshold: float, absent: float) -> None:
        self.parent = list(range(count))
        self.size = [1] * count
        self.worlds = [{world} - {0} for world in worlds.tolist()]
        self.threshold, self.absent = threshold, round(absent * UNIT)
        self.sums: list[dict[int, tuple[int, int]]] = [{} for _ in range(count)]
        self.apart: list[set[int]] = [set() for _ in range(count)]
        self.heap: list[tuple[float, int, int]] = []

    def find(self, row: int) -> int:
        """Return the smallest row of the cluster that a row is in."""
        while self.parent[row] != row:
            self.parent[row] = self.parent[self.parent[row]]
            row = self.parent[row]
        return row

    def keep_apart(self, different: Iterable[tuple[int, int]]) -> None:
        """Keep rows apart for good."""
        for one, two in different:
            if one == two:
                raise FusionError(f"row {one} is said to differ from itself; undo that judgement")
            self.apart[one].add(two)
            self.apart[two].add(one)

    def bind(self, same: Iterable[tuple[int, int]]) -> None:
        """Join rows that are the same, whatever else is known of them."""
        for one, two in same:
            a, b = sorted((self.find(one), self.find(two)))
            if a == b:
                continue
            if b in self.apart[a]:
                raise FusionError(
                    f"rows {one} and {two} are said to be the same, and by other judgements to be "
                    "different; undo one of them"
                )
            self.merge(a, b)

    def link(self, i: Row, j: Row, p: NDArray[np.float32]) -> None:
        """Take in the chances of pairs, each pair once; small ones are as if never compared."""
        told = (p > self.absent / UNIT) | (p <= 0.0)
        for one, two, chance in zip(
            i[told].tolist(), j[told].tolist(), p[told].tolist(), strict=True
        ):
            a, b = self.find(one), self.find(two)
            if a == b:
                continue
            if chance <= 0.0:
                self.apart[a].add(b)
                self.apart[b].add(a)
            total, number = self.sums[a].get(b, (0, 0))
            self.sums[a][b] = self.sums[b][a] = (total + round(chance * UNIT), number + 1)
        for a, held in enumerate(self.sums):
            for b in held:
                if a < b:
                    self.push(a, b)

    def push(self, a: int, b: int) -> None:
        """Note that two clusters may merge, if they may."""
        mean = self.mean(a, b)
        if mean >= self.threshold and b not in self.apart[a]:
            low, high = (a, b) if a < b else (b, a)
            heapq.heappush(self.heap, (-mean, low, high))

    def mean(self, a: int, b: int) -> float:
        """Return the mean chance of the pairs between two clusters, those unseen for a part."""
        total, number = self.sums[a][b]
        unseen = (self.size[a] * self.size[b] - number) * UNSEEN
        return (total + self.absent * unseen) / ((number + unseen) * UNIT)

    def merge_all(self) -> None:
        """Merge the likeliest clusters until no mean reaches the threshold."""
        while self.heap:
            negative, a, b = heapq.heappop(self.heap)
            stands = self.parent[a] == a and self.parent[b] == b and b in self.sums[a]
            if not stands or self.mean(a, b) != -negative or b in self.apart[a]:
                continue
            if len(self.worlds[a] | self.worlds[b]) > 1:
                continue
            self.merge(a, b)
            for other in self.sums[a]:
                self.push(a, other)

    def merge(self, a: int, b: int) -> None:
        """Join cluster b to cluster a, its smaller one."""
        self.parent[b] = a
        self.size[a] += self.size[b]
        self.worlds[a] = self.worlds[a] | self.worlds[b]
        for other in self.apart[b]:
            self.apart[other].discard(b)
            self.apart[other].add(a)
            self.apart[a].add(other)
        for other, (total, number) in self.sums[b].items():
            del self.sums[other][b]
            if other != a:
                had, already = self.sums[a].get(other, (0, 0))
                joined = (had + total, already + number)
                self.sums[a][other] = self.sums[other][a] = joined
        self.sums[b], self.apart[b] = {}, set()
