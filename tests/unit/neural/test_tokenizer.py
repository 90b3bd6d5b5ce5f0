"""Pieces and shapes: what the network is given for a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from tocsin.base.errors import ArtefactError
from tocsin.neural.tokenizer import MARKS, MAX_PIECES, SHAPES, Pieces, shape

VOCABULARY = ("[PAD]", *MARKS, "shell", "##ed", "##ing", "tarn", "a", "##a", "-")


def _write(folder: Path, words: tuple[str, ...], unknown: str = "[UNK]") -> Path:
    tokenizer = Tokenizer(WordPiece({w: i for i, w in enumerate(words)}, unk_token=unknown))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    # A shipped file may ask for both; the reader packs windows itself.
    tokenizer.enable_padding(length=9)
    tokenizer.enable_truncation(1)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder / "tokenizer.json"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a tokenizer file of eleven pieces."""
    return _write(tmp_path, VOCABULARY)


def _words(pieces: Pieces, *words: str) -> list[list[str]]:
    return [[VOCABULARY[i] for i in ids] for ids in pieces.ids(words)]


def test_words_fall_into_pieces(path: Path) -> None:
    """Words come back in their order as pieces, without case, padding or cuts."""
    found = _words(Pieces(path), "shelled", "Tarn", "SHELLING")
    assert found == [["shell", "##ed"], ["tarn"], ["shell", "##ing"]]


def test_parts_of_one_word_stay_together(path: Path) -> None:
    """A word with a hyphen is one word of several pieces."""
    assert _words(Pieces(path), "a-tarn") == [["a", "-", "tarn"]]


@pytest.mark.parametrize("word", ["zzz", "", " ", "\u200b", "\x00"])
def test_every_word_has_a_piece(path: Path, word: str) -> None:
    """A word of strange letters, or of none at all, is the unknown piece."""
    assert _words(Pieces(path), word, "a") == [["[UNK]"], ["a"]]


def test_long_words_are_cut(path: Path) -> None:
    """A word of more pieces than the most is given by its first ones."""
    assert _words(Pieces(path), "a" * 20) == [["a", *["##a"] * (MAX_PIECES - 1)]]


def test_memory_is_bounded(path: Path) -> None:
    """Words that are forgotten and met again have the same pieces, repeats and all."""
    pieces, words = Pieces(path, remember=2), ("a", "tarn", "shelled", "a", "-")
    first = pieces.ids(words)
    assert pieces.ids(["tarn", "a"]) == [first[1], first[0]]
    assert pieces.ids(words) == first == Pieces(path).ids(words)


def test_no_words(path: Path) -> None:
    """No words have no pieces."""
    assert Pieces(path).ids([]) == []


def test_marks(path: Path) -> None:
    """The pieces that open and part sentences are known by number."""
    pieces = Pieces(path)
    assert [VOCABULARY[i] for i in (pieces.start, pieces.stop, pieces.unknown)] == list(MARKS)


def test_a_foreign_vocabulary_is_refused(tmp_path: Path) -> None:
    """A vocabulary without the marks is refused by the name of the one it lacks."""
    path = _write(tmp_path, ("[PAD]", "[CLS]", "[UNK]", "a"))
    with pytest.raises(ArtefactError, match=r"no \[SEP\]"):
        Pieces(path)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("rebels", "lower"),
        ("'s", "lower"),
        ("Tarn", "title"),
        ("Mr.", "title"),
        ("UN", "upper"),
        ("U.S.", "upper"),
        ("A", "capital"),
        ("McTarn", "mixed"),
        ("al-Tarn", "mixed"),
        ("Al-Tarn", "mixed"),
        ("سلام", "mixed"),
        ("2024", "digit"),
        ("M23", "digit"),
        ("12th", "digit"),
        (",", "mark"),
        ("🕊", "mark"),
        ("", "mark"),
    ],
)
def test_shapes(word: str, expected: str) -> None:
    """A word's shape says what its uncased pieces lose."""
    assert SHAPES[shape(word)] == expected


def test_padding_has_its_own_shape() -> None:
    """The first shape is none at all, and no word has it."""
    assert SHAPES[0] == "none"
    assert all(shape(word) for word in ("a", "A", "Aa", "AA", "aA", "1", "-", ""))
