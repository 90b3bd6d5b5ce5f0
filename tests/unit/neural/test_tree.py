"""Trees: one root, no cycle, and no better tree under the same root."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.neural.tree import Scores, best


@st.composite
def matrices(draw: st.DrawFn) -> Scores:
    """Return whole-number scores of one to five words, so that sums are exact."""
    n = draw(st.integers(1, 5))
    row = st.lists(st.integers(-9, 9), min_size=n, max_size=n)
    return np.array(draw(st.lists(row, min_size=n, max_size=n)), dtype=np.float32)


def _reaches(heads: Sequence[int], word: int) -> bool:
    """Return whether the way up from a word ends at the root."""
    for _ in heads:
        if word == -1:
            return True
        word = heads[word]
    return word == -1


def _tree(heads: Sequence[int]) -> bool:
    return heads.count(-1) == 1 and all(_reaches(heads, word) for word in range(len(heads)))


def _trees(n: int, root: int) -> Iterator[list[int]]:
    """Yield every tree over n words with the given root."""
    choices = [[-1] if word == root else [h for h in range(n) if h != word] for word in range(n)]
    yield from (list(heads) for heads in product(*choices) if _tree(heads))


def _total(scores: Scores, heads: Sequence[int]) -> float:
    return sum(float(scores[word, head]) for word, head in enumerate(heads) if head >= 0)


@given(matrices())
def test_always_a_tree(scores: Scores) -> None:
    """Whatever the scores, there is one root and every word hangs from it."""
    assert _tree(best(scores))


@given(matrices())
def test_none_is_better(scores: Scores) -> None:
    """No tree under the same root has a higher score."""
    heads = best(scores)
    others = _trees(len(scores), heads.index(-1))
    assert _total(scores, heads) == max(_total(scores, other) for other in others)


@given(matrices())
def test_the_root_is_a_greedy_one(scores: Scores) -> None:
    """Of the words that would rather be root the best is; where none would, the likeliest is."""
    own = np.diagonal(scores)
    greedy = np.flatnonzero(scores.argmax(1) == np.arange(len(scores)))
    tried = greedy if len(greedy) else np.arange(len(scores))
    assert own[best(scores).index(-1)] == own[tried].max()


@pytest.mark.parametrize(
    ("scores", "heads"),
    [
        ([[0]], [-1]),
        ([[9, 0], [5, 1]], [-1, 0]),
        # Two words that each want the other: the likelier root breaks the cycle.
        ([[1, 9], [9, 2]], [1, -1]),
        # Two would be root: the higher score is, the other hangs where it fits best.
        ([[7, 1, 2], [0, 8, 0], [0, 5, 0]], [2, -1, 1]),
        # A cycle away from the root is entered where the loss is least.
        ([[9, 0, 0], [1, 0, 8], [4, 8, 0]], [-1, 2, 0]),
    ],
)
def test_cases(scores: list[list[int]], heads: list[int]) -> None:
    """Greedy heads stand where they are a tree; cycles and second roots cost the least."""
    assert best(np.array(scores, dtype=np.float32)) == heads


def test_long_chains() -> None:
    """A sentence of the longest kind, all cycles, still comes out as a tree."""
    scores = np.random.default_rng(1).normal(size=(120, 120)).astype(np.float32)
    assert _tree(best(scores))
