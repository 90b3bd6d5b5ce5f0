"""Contents: how far what is said reaches."""

from __future__ import annotations

import pytest

from tests.packaged import a_scene
from tocsin.coding import contents

TOLD = """
He        he       PRON  2 nsubj
told      tell     VERB  0 root
Reuters   Reuters  PROPN 2 obj
that      that     SCONJ 7 mark
the       the      DET   6 det
rebels    rebel    NOUN  7 nsubj
fled      flee     VERB  2 ccomp
to        to       ADP   9 case
Tarvos    Tarvos   PROPN 7 obl
.         .        PUNCT 2 punct
"""
LAST = """
Rebels    rebel    NOUN  2 nsubj
fled      flee     VERB  0 root
,         ,        PUNCT 5 punct
he        he       PRON  5 nsubj
said      say      VERB  2 parataxis
.         .        PUNCT 2 punct
"""


@pytest.mark.parametrize(
    ("rows", "content", "cue", "source", "words"),
    [
        pytest.param(TOLD, (4, 9), (1, 2), (0, 1), (3, 9), id="its conjunction is its own"),
        pytest.param(TOLD, (2, 9), (1, 2), (0, 1), (3, 9), id="who is told is not"),
        pytest.param(TOLD, (3, 8), (1, 2), (0, 1), (3, 9), id="a phrase is not broken off"),
        pytest.param(LAST, (0, 4), (4, 5), (3, 4), (0, 2), id="nor is who says it a part"),
        pytest.param(LAST, (0, 2), (4, 5), None, (0, 2), id="what is whole stays"),
    ],
)
def test_mended(
    rows: str,
    content: tuple[int, int],
    cue: tuple[int, int],
    source: tuple[int, int] | None,
    words: tuple[int, int],
) -> None:
    """A content begins with its clause and ends with its phrase, without cue, source, hearer."""
    assert contents.mended(a_scene(rows).trees[0], content, cue, source) == words
