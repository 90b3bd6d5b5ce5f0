"""The best dependency tree for a matrix of scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def best(scores: Scores) -> list[int]:
    """Return each word's head for scores [word, head]; the diagonal scores being the root.

    The root is marked by -1. Greedy heads are kept where they form a tree with one root;
    otherwise the maximum spanning tree is found (Chu-Liu 1965, Edmonds 1967).
    """
    n = len(scores)
    greedy = scores.argmax(1)
    heads = [-1 if h == i else int(h) for i, h in enumerate(greedy)]
    if heads.count(-1) == 1 and not _cycle([0, *(h + 1 for h in heads)]):
        return heads
    roots = np.flatnonzero(greedy == np.arange(n))
    tried = roots if len(roots) else np.argsort(-np.diagonal(scores))[:1]
    root = max(tried, key=lambda i: float(scores[i, i]))
    return _spanning(scores, int(root))


def _spanning(scores: Scores, root: int) -> list[int]:
    """Return the maximum spanning tree whose only root is the given word."""
    n = len(scores)
    full = np.full((n + 1, n + 1), -np.inf, dtype=np.float64)
    full[1:, 1:] = scores
    np.fill_diagonal(full, -np.inf)
    full[root + 1, :] = -np.inf
    full[root + 1, 0] = 0.0
    heads = _edmonds(full)
    return [h - 1 for h in heads[1:]]


def _edmonds(scores: NDArray[np.float64]) -> list[int]:
    """Return heads of a maximum arborescence over nodes whose root is node 0."""
    n = len(scores)
    heads = [0, *(int(h) for h in scores[1:].argmax(1))]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [i for i in range(n) if i not in inside]
    merged = len(outside)
    # The best way out of the cycle to each node outside, and the best way into it from each.
    out_of = scores[np.ix_(outside, cycle)]
    held = sum(scores[i, heads[i]] for i in cycle)
    lost = np.array([scores[i, heads[i]] for i in cycle])
    into = held - lost[:, None] + scores[np.ix_(cycle, outside)]
    leave, enter = out_of.argmax(1), into.argmax(0)
    small = np.full((merged + 1, merged + 1), -np.inf)
    small[:merged, :merged] = scores[np.ix_(outside, outside)]
    small[1:merged, merged] = out_of.max(1)[1:]
    small[merged, :merged] = into.max(0)
    found = _edmonds(small)
    out = list(heads)
    for place, node in enumerate(outside[1:], 1):
        head = found[place]
        out[node] = cycle[leave[place]] if head == merged else outside[head]
    came = found[merged]
    out[cycle[enter[came]]] = outside[came]
    return out


def _cycle(heads: list[int]) -> list[int]:
    """Return the nodes of one cycle, or nothing; node 0 is the root."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []
