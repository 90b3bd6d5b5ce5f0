"""Measuring the reader: its words are put in one row, its lines in one table."""

from __future__ import annotations

from evaluation.measure import Corpus, ratio
from evaluation.reader import flat, table
from tocsin.records.reading import Reading, Sentence


def a_sentence(start: int) -> Sentence:
    """Return "He left", beginning at a place in its text."""
    return Sentence(
        start=start,
        end=start + 7,
        forms=("He", "left"),
        offsets=((start, start + 2), (start + 3, start + 7)),
        lemmas=("he", "leave"),
        upos=("PRON", "VERB"),
        feats=("_", "_"),
        heads=(1, -1),
        rels=("nsubj", "root"),
    )


def test_heads_count_from_the_first_word_of_the_reading() -> None:
    """Heads of later sentences are moved, roots stay roots."""
    words = flat(Reading(article_id="a", sentences=(a_sentence(0), a_sentence(8))))
    assert [w.head for w in words] == [1, -1, 3, -1]
    assert words[3].span == (11, 15)


def test_values_stand_under_their_corpus() -> None:
    """A heading is printed once a corpus; a value over nothing is not printed."""
    measures = [ratio(name, [(of / 2, of)]) for name, of in (("UAS", 9), ("LAS", 9), ("x", 0))]
    assert [row.split() for row in table([Corpus("EWT test", (), tuple(measures))])] == [
        ["EWT", "test"],
        ["UAS", "50.00", "of", "9"],
        ["LAS", "50.00", "of", "9"],
    ]
