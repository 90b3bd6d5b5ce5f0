"""Alignment: words agree as CoNLL 2018 has it, marks are paired one to one."""

from __future__ import annotations

from evaluation.align import Mark, Tally, Word, agreements, align, loosely, pair, universal


def a_word(start: int, end: int, head: int, rel: str = "dep", **other: str) -> Word:
    """Return a word with little to say."""
    upos, feats = other.get("upos", "X"), other.get("feats", "_")
    return Word((start, end), upos, feats, other.get("lemma", "x"), head, rel)


def a_mark(start: int, end: int, kind: str = "ASSAULT", sentence: int = 0) -> Mark:
    """Return a trigger without roles."""
    return Mark(sentence, start, end, kind, "actual")


def test_equal_words_agree_on_everything() -> None:
    """A reading that equals gold agrees on every word and every measure."""
    words = [a_word(0, 3, 1, "nsubj"), a_word(4, 9, -1, "root")]
    assert set(agreements(words, words).values()) == {2}


def test_only_equal_spans_align() -> None:
    """A word cut otherwise than gold has it has no partner."""
    gold = [a_word(0, 3, 1), a_word(4, 9, -1)]
    said = [a_word(0, 2, 2), a_word(2, 3, 2), a_word(4, 9, -1)]
    assert align(gold, said) == [None, None, 1]


def test_a_word_that_the_text_does_not_spell_is_missed() -> None:
    """A gold word without a span aligns with nothing and stays in the count of gold."""
    gold = [Word(None, "X", "_", "x", -1, "root")]
    said = [a_word(0, 2, -1, "root")]
    assert align(gold, said) == [None]
    assert agreements(gold, said)["words"] == 0


def test_a_head_that_is_not_aligned_is_wrong() -> None:
    """A word whose head was cut wrongly is not attached, even to what covers the gold head."""
    gold = [a_word(0, 3, 1), a_word(4, 9, -1, "root")]
    said = [a_word(0, 3, 2), a_word(4, 6, -1, "root"), a_word(6, 9, 1)]
    right = agreements(gold, said)
    assert (right["words"], right["UAS"]) == (1, 0)


def test_heads_are_compared_in_gold_places() -> None:
    """Extra words before a head shift its place, not whether it is right."""
    gold = [a_word(0, 4, 1), a_word(5, 9, -1, "root")]
    said = [a_word(0, 2, 1), a_word(2, 4, 2), a_word(5, 9, -1, "root")]
    assert agreements(gold, said)["UAS"] == 1
    split = [a_word(10, 12, 3), a_word(12, 14, 3), a_word(0, 4, 3), a_word(5, 9, -1, "root")]
    assert agreements(gold, split)["LAS"] == 2


def test_two_roots_agree_only_with_roots() -> None:
    """A word said to be a root is attached only where gold has a root."""
    gold = [a_word(0, 4, 1), a_word(5, 9, -1, "root")]
    said = [a_word(0, 4, -1, "root"), a_word(5, 9, -1, "root")]
    assert agreements(gold, said)["UAS"] == 1


def test_subtypes_count_only_in_their_own_measure() -> None:
    """LAS compares the universal part of a relation; the other LAS all of it."""
    gold = [a_word(0, 4, 1, "nsubj:pass"), a_word(5, 9, -1, "root")]
    said = [a_word(0, 4, 1, "nsubj"), a_word(5, 9, -1, "root")]
    right = agreements(gold, said)
    assert (right["LAS"], right["LAS with subtypes"]) == (2, 1)


def test_only_universal_features_are_compared() -> None:
    """Features of a language's own, and their order, change nothing."""
    assert universal("Typo=Yes|Number=Sing|Case=Nom") == universal("Case=Nom|Number=Sing")
    assert universal("_") == ()


def test_a_gold_lemma_left_open_agrees_with_any() -> None:
    """An underscore as lemma accepts every lemma; any other only itself."""
    said = [a_word(0, 4, -1, lemma="go")]
    assert agreements([a_word(0, 4, -1, lemma="_")], said)["lemmas"] == 1
    assert agreements([a_word(0, 4, -1, lemma="went")], said)["lemmas"] == 0


def test_a_tally_of_nothing_is_nought() -> None:
    """Precision, recall and F1 of no counts are 0, not an error."""
    empty = Tally()
    assert (empty.precision, empty.recall, empty.f1) == (0.0, 0.0, 0.0)


def test_f1_is_twice_the_shared_over_both() -> None:
    """Two of four true and two of six said give precision 1/3, recall 1/2, F1 0.4."""
    tally = Tally()
    tally.meet({1, 2, 3, 4}, {3, 4, 5, 6, 7, 8})
    assert (tally.precision, tally.recall, tally.f1) == (1 / 3, 1 / 2, 0.4)


def test_the_same_type_is_paired_first() -> None:
    """A trigger that shares fewer words but has the type is paired before one that has not."""
    gold = [a_mark(2, 5)]
    said = [a_mark(2, 5, "THREATEN"), a_mark(4, 6)]
    assert pair(gold, said) == [(gold[0], said[1])]


def test_marks_are_paired_one_to_one() -> None:
    """One mark said over two gold triggers finds one of them."""
    gold = [a_mark(0, 1), a_mark(1, 2)]
    said = [a_mark(0, 2)]
    assert len(pair(gold, said)) == 1


def test_marks_of_two_sentences_never_meet() -> None:
    """The same word places in another sentence are other words."""
    assert pair([a_mark(0, 2)], [a_mark(0, 2, sentence=1)]) == []


def test_loose_spans_meet_one_to_one() -> None:
    """Two spans inside one gold span count once; spans that only touch do not count."""
    assert loosely([(0, 6)], [(0, 2), (3, 6)]) == 1
    assert loosely([(0, 2)], [(2, 4)]) == 0
