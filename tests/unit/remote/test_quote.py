"""Quotes: words of an endpoint are found in a sentence, or they are nowhere."""

from __future__ import annotations

import pytest

from tests.build import a_sentence
from tocsin.remote.quote import find

ROWS = """
The        the        DET   2 det
army       army       NOUN  3 nsubj
’s         's         PART  2 case
attack     attack     NOUN  0 root
,          ,          PUNCT 4 punct
“          "          PUNCT 7 punct
Attack     attack     PROPN 4 appos
”          "          PUNCT 7 punct
on         on         ADP   12 case
Nord       Nord       PROPN 12 compound
–          -          PUNCT 12 punct
Ost        Ost        PROPN 4 nmod
attack     attack     NOUN  4 conj
"""
SENTENCE = a_sentence(ROWS)


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("attack", (3, 4)),
        ("The army", (0, 2)),
        ("  The\n  army ", (0, 2)),
        ("army's", (1, 3)),
        ("army’s attack", (1, 4)),
        ('"Attack"', (5, 8)),
        ("Nord-Ost", (9, 12)),
        ("Nord — Ost", (9, 12)),
    ],
)
def test_words_are_found(quote: str, place: tuple[int, int]) -> None:
    """Words are found whatever the white space between them and the kind of mark around them."""
    assert find(SENTENCE, quote) == place


@pytest.mark.parametrize(
    "quote", ["", " ", "attac", "ttack", "the army", "navy", "army attack", "attack on", "x" * 9999]
)
def test_other_words_are_nowhere(quote: str) -> None:
    """Parts of words, words left out, another case and words that are not there are not found."""
    assert find(SENTENCE, quote) is None


def test_later_ones_are_found_by_number() -> None:
    """A number names a later occurrence of the same words; there is none beyond the last."""
    assert [find(SENTENCE, "attack", nth) for nth in (1, 2, 3)] == [(3, 4), (12, 13), None]


@pytest.mark.parametrize("nth", [0, -1])
def test_numbers_below_one_mean_the_first(nth: int) -> None:
    """Whoever counts from 0 means the first."""
    assert find(SENTENCE, "attack", nth) == (3, 4)
