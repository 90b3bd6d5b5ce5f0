"""Gold: treebank words stand where their text has them; sentences are read with their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluation.gold import joined, stretches, trees
from training.corpora import Sentence

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (
    ("1", "They", "they", "PRON", "_", "3", "nsubj", "_"),
    ("2-3", "didn't", "_", "_", "_", "_", "_", "_"),
    ("2", "did", "do", "AUX", "_", "4", "aux", "_"),
    ("3", "n't", "not", "PART", "_", "4", "advmod", "_"),
    ("3.1", "really", "really", "ADV", "_", "_", "_", "_"),
    ("4", "go", "go", "VERB", "_", "0", "root", "SpaceAfter=No"),
    ("5", ".", ".", "PUNCT", "_", "4", "punct", "_"),
)


def a_treebank(path: Path, copies: int = 2) -> Path:
    """Write a file of one document that says the same sentence again."""
    lines = (
        f"{n}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{rel}\t_\t{misc}"
        for n, form, lemma, upos, feats, head, rel, misc in ROWS
    )
    block = "\n".join(lines)
    path.write_text("# newdoc id = one\n" + "\n\n".join([block] * copies) + "\n", "utf8")
    return path


def test_words_stand_where_the_text_spells_them(tmp_path: Path) -> None:
    """Every word's span cuts its form out of the text, the parts of a joined token too."""
    (tree,) = trees(a_treebank(tmp_path / "one.conllu"))
    assert tree.text == "They didn't go. They didn't go."
    spelled = [tree.text[w.span[0] : w.span[1]] for w in tree.words if w.span]
    assert spelled == ["They", "did", "n't", "go", "."] * 2


def test_heads_count_in_the_document(tmp_path: Path) -> None:
    """The heads of a later sentence point at its own words."""
    (tree,) = trees(a_treebank(tmp_path / "one.conllu"))
    assert [w.head for w in tree.words] == [2, 3, 3, -1, 3, 7, 8, 8, -1, 8]


def test_joined_words_are_cut_out_again() -> None:
    """The spans of a joined text give back the words, whatever they hold."""
    sentences = [["a", "b c"], ["d"]]
    text, spans = joined(sentences)
    assert [[text[a:b] for a, b in s] for s in spans] == sentences


def test_sentences_that_stand_alone_are_read_alone() -> None:
    """Sentences of one article are read together, unrelated ones each by itself."""
    mine = [Sentence("a", ("x",)), Sentence("a", ("y",)), Sentence("b", ("z",))]
    lone = [Sentence("c", ("u",), lone=True), Sentence("c", ("v",), lone=True)]
    assert [len(group) for group in stretches(mine + lone)] == [2, 1, 1, 1]
