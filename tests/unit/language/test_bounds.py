"""Bounds: what is no prose is left unread, and an issue says so; prose is read whole."""

from __future__ import annotations

import pytest

from tests.build import an_article
from tocsin.language import bounds, segment

PROSE = "The army took the northern town on Monday, the ministry said. "


def read(text: str) -> tuple[int, list[bounds.Left]]:
    """Return how many words of a text are read, and what is left."""
    left: list[bounds.Left] = []
    sentences = (segment.words(text, *span) for span in segment.sentences(text))
    return sum(map(len, bounds.kept(sentences, left))), left


def test_prose_is_read_whole() -> None:
    """A book of prose has nothing that is left, however long it is."""
    assert read(PROSE * 4_000) == (13 * 4_000, [])


def test_a_table_is_read_whole() -> None:
    """A long table of numbers in an article is no reason to leave anything out."""
    assert read(PROSE + "1 2 3\n" * 500)[1] == []


@pytest.mark.parametrize("unit", ["a-", '" ', "(a) ", "a b ", "1 "])
def test_a_sentence_without_end(unit: str) -> None:
    """Of a sentence with very many words the first are read, and the sentences around it."""
    text = f"{PROSE}\n\n{unit * 20_000}\n\n{PROSE}"
    words, left = read(text)
    assert 2 * 13 < words <= bounds.LONGEST + 2 * 13
    assert [text[span.end :].strip() for span in left] == [PROSE.strip()]
    assert "words of one sentence" in left[0].found


@pytest.mark.parametrize("unit", ["a\n", "a b\n\n", "1 2 3 4\n"])
def test_words_of_a_letter(unit: str) -> None:
    """Of sentences without number whose words are single signs a few thousand words are read."""
    text = f"{PROSE}\n\n{unit * 20_000}\n\n{PROSE * 60}"
    words, left = read(text)
    assert words < bounds.MOST + 3 * bounds.STRETCH + 61 * 13
    assert left[-1].end < len(text) - 50 * len(PROSE), "prose behind it is read"
    assert "fewer than 3 characters" in left[0].found


def test_the_issue_says_what_is_left() -> None:
    """The issue names the place, what stands there, and what was expected."""
    article = an_article("a-" * 20_000)
    (left,) = read(article.text)[1]
    issue = bounds.issue(article, [left])
    assert (issue.code, issue.article, issue.file) == ("no-prose", article.id, article.doc)
    assert issue.place == f"characters {left.start}-40000"
    assert "37,500 characters are left unread, from 2,500 on" in issue.message
    assert "expected prose" in issue.message
