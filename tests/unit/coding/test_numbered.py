"""Numbers before nouns: which words state one."""

from __future__ import annotations

import pytest

from tests.build import a_sentence
from tocsin.coding import numbered
from tocsin.coding.syntax import Tree

DATED = """
In        in        ADP   3 case
September September PROPN 3 nmod
2016      2016      NUM   5 nmod
2016      2016      NUM   5 nummod
soldiers  soldier   NOUN  0 root
"""


@pytest.mark.parametrize(("word", "stated"), [(2, False), (3, True), (4, False)])
def test_the_year_of_a_month_counts_nobody(word: int, *, stated: bool) -> None:
    """The same figure elsewhere is a number of people."""
    assert numbered.is_number(Tree(a_sentence(DATED)), word) is stated
