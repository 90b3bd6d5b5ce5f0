"""Reading: what a reader makes of the network's choices, the network itself replaced by numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.build import an_article
from tocsin.language import bounds, read
from tocsin.neural.artefact import Artefact

LABELS = {
    "upos": ("NOUN", "VERB"),
    "lemma": ("l0+", "l1+"),
    "feats": ("_", "Number=Plur"),
    "name": ("O", "B-PER"),
    "rel": ("root", "nsubj"),
}
HEADS = ("upos", "lemma", "feats", "name", "arc_dep", "arc_head", "rel_dep", "rel_head")
TAGS = {"type": ("O", "I", "AID"), "cue": ("O", "B", "I")}
LAYOUT = dict(zip((*HEADS, *TAGS), pairwise([*range(0, 17, 2), 19, 22]), strict=True))
LABELS |= TAGS
PAIRS = {
    "arc": np.zeros((2, 2), np.float32),
    "arc_bias": np.zeros(2, np.float32),
    "rel": np.zeros((3, 2, 3), np.float32),
}


class Numbers:
    """A session whose network chooses the first label of every head."""

    def __init__(self, _path: Path, *, threads: int) -> None:
        """Open nothing."""

    def run(self, _ids: object, _shapes: object, first: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return outputs of nought, but for words being surely no triggers and no cues."""
        out = np.zeros((*first.shape, LAYOUT["cue"][1]), np.float32)
        for head in TAGS:
            out[..., LAYOUT[head][0]] = 9
        return out


class Letters:
    """Pieces of which every word has one."""

    start, stop = 0, 1

    def __init__(self, _path: Path) -> None:
        """Open nothing."""

    def ids(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return one piece a word."""
        return [(2,) for _ in words]


def test_the_table_of_lemmas_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form with its part of speech in the table has that lemma; others what the script makes."""
    monkeypatch.setattr(read, "Session", Numbers)
    monkeypatch.setattr(read, "Pieces", Letters)
    lemmas = {"men NOUN": "man", "left VERB": "leave"}
    artefact = Artefact("tiny", Path(), "0", LABELS, LAYOUT, PAIRS, lemmas)
    (sentence,) = read.Reader(artefact).read(an_article(text="Men left Tarn")).sentences
    assert sentence.upos == ("NOUN", "NOUN", "NOUN")
    assert sentence.lemmas == ("man", "left", "tarn")


def test_what_is_no_prose_is_left_with_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading has the words of an endless sentence up to the bound, and the issue about it."""
    monkeypatch.setattr(read, "Session", Numbers)
    monkeypatch.setattr(read, "Pieces", Letters)
    artefact = Artefact("tiny", Path(), "0", LABELS, LAYOUT, PAIRS, {})
    found = read.Reader(artefact).read(an_article(text="a-" * 9_000))
    assert sum(map(len, found.sentences)) == bounds.LONGEST
    assert [issue.code for issue in found.issues] == ["no-prose"]
    assert read.Reader(artefact).read(an_article()).issues == ()
