"""Readings: columns of words whose offsets count in the article's text."""

from __future__ import annotations

import pytest

from tests.build import a_reading, a_sentence, text_of
from tocsin.records.article import Article
from tocsin.records.reading import Reading

ROWS = """
Tarn  Tarn  PROPN 2 nsubj
fell  fall  VERB  0 root Tense=Past

No    no    DET   2 det
talks talk  NOUN  0 root
"""


def test_offsets_are_the_articles(article: Article, reading: Reading) -> None:
    """Every word of the reading stands in the article's text at its offsets."""
    (sentence,) = reading.sentences
    cut = tuple(article.text[a:b] for a, b in sentence.offsets)
    assert cut == sentence.forms
    assert article.text[sentence.start : sentence.end].endswith("said.")


def test_length_is_words(reading: Reading) -> None:
    """A sentence is as long as it has words."""
    assert len(reading.sentences[0]) == 10


def test_blocks_are_sentences() -> None:
    """A blank line parts sentences, and the second goes on where the first ended."""
    first, second = a_reading(ROWS).sentences
    assert (first.heads, second.heads) == ((1, -1), (1, -1))
    assert (first.feats, second.start) == (("_", "Tense=Past"), 10)
    assert text_of(ROWS) == "Tarn fell No talks"


def test_row_of_another_length() -> None:
    """A row with a cell too few is refused with its words."""
    with pytest.raises(ValueError, match="Tarn fell"):
        a_sentence("Tarn fell")
