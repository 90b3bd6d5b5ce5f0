"""Words and sketches: folded, placed, sampled by a fixed bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.fusion.shingles import SCALE, hashes, sketch, words

LONG = " ".join(f"word{number}" for number in range(4000))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.S. army", "the US Army"),
        ("Assad's forces", "Assads forces"),
        ("defence of the centre", "defense of the center"),
        ("neighbours organised travelling", "neighbors organized traveling"),
        ("1,200 people, two of them", "1200 people two of them"),
        ("“Rebels” – they said…", "rebels they said"),
        ("Erdoğan’s", "Erdogans"),
    ],
)
def test_the_same_words(one: str, other: str) -> None:
    """Case, accents, apostrophes, small numbers and spelling make no difference."""
    assert [word for word, _, _ in words(one)] == [word for word, _, _ in words(other)]


@given(st.text())
def test_words_stand_where_they_are_said_to(text: str) -> None:
    """Every word has its characters, in order, none of them twice."""
    found = words(text)
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    ends = [end for _, _, end in found]
    assert all(end <= start for end, (_, start, _) in zip(ends, found[1:], strict=False))


def test_a_sketch_is_a_sample() -> None:
    """A sketch keeps about one shingle in so many, sorted, each once, whatever stands around."""
    kept = sketch(LONG)
    count = len(LONG.split()) - 4
    assert 0.8 * count / SCALE < len(kept) < 1.2 * count / SCALE
    assert list(kept) == sorted(set(kept))
    assert set(kept) <= set(sketch(f"Before it. {LONG} Behind it."))


def test_a_sketch_is_the_same_everywhere() -> None:
    """Hashes depend on nothing but the words, so that sketches can be kept."""
    assert hashes(["a", "b", "c", "d", "e"]).tolist() == [PINNED]


def test_short_texts_have_no_sketch() -> None:
    """Fewer than five words make no shingle."""
    assert sketch("") == ()
    assert sketch("four words, no more") == ()


PINNED = 10083125137486572346
