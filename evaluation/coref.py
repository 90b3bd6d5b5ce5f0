"""Score a partition of mentions against the true one, as CoNLL-2012 did for coreference.

The score is the mean F1 of MUC (Vilain 1995), B³ (Bagga and Baldwin 1998) and CEAF-e with φ4 (Luo
2005), as in Pradhan et al. 2014. Singletons count in both partitions, as they do in the figures
that are published for ECB+ on gold mentions; MUC does not see them by its definition. Both
partitions are over the same mentions: a mention that the other side lacks is a singleton there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


class Ratios(NamedTuple):
    """What stands above and below the line of a measure's recall and precision."""

    right: float
    gold: float
    found: float
    said: float

    @property
    def recall(self) -> float:
        """The recall; 0 where there is nothing to find."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        """The precision; 0 where nothing was said."""
        return self.found / self.said if self.said else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of recall and precision."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """The three measures of one partition."""

    muc: Ratios
    b3: Ratios
    ceafe: Ratios

    @property
    def conll(self) -> float:
        """The mean of the three F1."""
        return (self.muc.f1 + self.b3.f1 + self.ceafe.f1) / 3


def score(gold: Mapping[str, Hashable], said: Mapping[str, Hashable]) -> Score:
    """Return the score of `said`, both giving the event of each mention."""
    names = sorted(set(gold) | set(said))
    ours = [said.get(n, ("alone", n)) for n in names]
    return of_labels([gold.get(n, ("alone", n)) for n in names], ours)


def of_labels(gold: Iterable[Hashable], said: Iterable[Hashable]) -> Score:
    """Return the score of labels against gold ones, mention by mention."""
    both = Counter(zip(_numbered(gold), _numbered(said), strict=True))
    true, ours = Counter[int](), Counter[int]()
    for (g, s), number in both.items():
        true[g] += number
        ours[s] += number
    return Score(_muc(both, true, ours), _b3(both, true, ours), _ceafe(both, true, ours))


def _numbered(labels: Iterable[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]


Pairs = Mapping[tuple[int, int], int]


def _muc(both: Pairs, true: Counter[int], ours: Counter[int]) -> Ratios:
    """Links kept: a cluster's size less the number of clusters that the other side cuts it into."""
    cuts = Counter(g for g, _ in both)
    parts = Counter(s for _, s in both)
    return Ratios(
        sum(size - cuts[g] for g, size in true.items()),
        sum(size - 1 for size in true.values()),
        sum(size - parts[s] for s, size in ours.items()),
        sum(size - 1 for size in ours.values()),
    )


def _b3(both: Pairs, true: Counter[int], ours: Counter[int]) -> Ratios:
    """The share of each mention's cluster that the other side has with it, over mentions."""
    number = sum(true.values())
    return Ratios(
        sum(n * n / true[g] for (g, _), n in both.items()),
        number,
        sum(n * n / ours[s] for (_, s), n in both.items()),
        number,
    )


def _ceafe(both: Pairs, true: Counter[int], ours: Counter[int]) -> Ratios:
    """The likeness of clusters aligned one to one as well as can be, each twice what is shared."""
    likeness = 0.0
    for block in _components(both):
        rows = sorted({g for g, _ in block})
        columns = sorted({s for _, s in block})
        grid = np.zeros((len(rows), len(columns)))
        for g, s in block:
            value = 2 * both[g, s] / (true[g] + ours[s])
            grid[rows.index(g), columns.index(s)] = value
        chosen = linear_sum_assignment(grid, maximize=True)
        likeness += float(grid[chosen].sum())
    return Ratios(likeness, len(true), likeness, len(ours))


def _components(both: Pairs) -> Iterable[list[tuple[int, int]]]:
    """Return the pairs of clusters that share mentions, by connected parts, which are small."""
    pairs = sorted(both)
    rows, columns = np.array(pairs).T if pairs else np.zeros((2, 0), int)
    shift = rows.max(initial=0) + 1
    size = shift + columns.max(initial=0) + 1
    graph = coo_matrix((np.ones(len(pairs)), (rows, columns + shift)), shape=(size, size))
    labels = connected_components(graph, directed=False)[1]
    parts: dict[int, list[tuple[int, int]]] = {}
    for pair in pairs:
        parts.setdefault(int(labels[pair[0]]), []).append(pair)
    return parts.values()
