"""Syntax: questions about one sentence's tree."""

from __future__ import annotations

import pytest

from tests.build import a_sentence, text_of
from tocsin.coding.syntax import Tree, span_at, trimmed

ROWS = """
“          "          PUNCT 4 punct
Rebels     rebel      NOUN  4 nsubj
have       have       AUX   4 aux
attacked   attack     VERB  0 root
the        the        DET   6 det
base       base       NOUN  4 obj
in         in         ADP   8 case
Tarvos     Tarvos     PROPN 6 nmod
on         on         ADP   10 case
Monday     Monday     PROPN 4 obl:tmod
,          ,          PUNCT 4 punct
”          "          PUNCT 4 punct
"""


@pytest.fixture
def tree() -> Tree:
    """Return the tree of the rows."""
    return Tree(a_sentence(ROWS))


@pytest.mark.parametrize(
    ("words", "head"),
    [((4, 8), 5), ((4, 6), 5), ((6, 8), 7), ((1, 4), 3), ((8, 10), 9), ((0, 12), 3)],
)
def test_head_governs_its_phrase(tree: Tree, words: tuple[int, int], head: int) -> None:
    """The head of a phrase is the word from which all its other words hang."""
    assert tree.head(*words) == head


def test_head_is_solid(tree: Tree) -> None:
    """Of several words without a head in the span an article or mark is passed over."""
    assert tree.head(0, 2) == 1
    assert tree.head(4, 5) == 4


def test_down_and_up(tree: Tree) -> None:
    """Below a word is its subtree, itself first; above it are its heads, nearest first."""
    assert next(tree.down(5)) == 5
    assert set(tree.down(5)) == {4, 5, 6, 7}
    assert list(tree.up(6)) == [7, 5, 3]
    assert list(tree.up(3)) == []


def test_reach_is_half_open(tree: Tree) -> None:
    """The reach of a word goes from the first to behind the last word below it."""
    assert tree.reach(5) == (4, 8)
    assert tree.reach(3) == (0, 12)


def test_child_by_relation(tree: Tree) -> None:
    """A child is found by its relation, its subtype included; of none there is none."""
    assert tree.child(3, "obj") == 5
    assert tree.child(3, "obl") == 9
    assert tree.child(3, "obl:tmod") == 9
    assert tree.child(3, "iobj", "nsubj") == 1
    assert tree.child(3, "ccomp") is None


def test_span_is_cut_out_of_the_text(tree: Tree) -> None:
    """A span holds the characters from the first to the last word."""
    text = text_of(ROWS)
    assert span_at(text, tree.s, 4, 8).quote == "the base in Tarvos"


def test_trimmed_keeps_quotation_marks(tree: Tree) -> None:
    """Marks at the ends go, quotation marks stay."""
    assert trimmed(tree, range(12)) == (0, 12)
    assert trimmed(tree, range(1, 11)) == (1, 10)
    assert trimmed(tree, (7, 5, 6)) == (5, 8)


def test_nothing_is_left_of_marks(tree: Tree) -> None:
    """A comma alone is nothing."""
    assert trimmed(tree, [10]) is None
    assert trimmed(tree, []) is None
