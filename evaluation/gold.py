"""Gold annotation in the form that the measuring needs: treebank documents, names, claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from evaluation.align import Mark, Span, Word
from evaluation.segment import blocks, documents
from training.corpora import Frame, Sentence

Row = list[str]


@dataclass(slots=True)
class Tree:
    """A document of a treebank: its running text, sentences and words, and the words' forms."""

    name: str
    text: str
    sentences: list[Span]
    words: list[Word] = field(default_factory=list)
    forms: list[list[str]] = field(default_factory=list)


def trees(path: Path) -> Iterator[Tree]:
    """Yield the documents of a CoNLL-U file."""
    left = blocks(path)
    for document in documents(path):
        tree = Tree(document.name, document.text, document.sentences)
        for start, end in document.sentences:
            found = list(_placed(next(left), tree.text, start, end))
            base = len(tree.words)
            tree.words += [_word(row, span, base) for row, span in found]
            tree.forms.append([row[1] for row, _ in found])
        yield tree


def joined(sentences: Iterable[Sequence[str]]) -> tuple[str, list[list[Span]]]:
    """Return a text of these words, one space between them, and each sentence's word spans."""
    parts: list[str] = []
    spans: list[list[Span]] = []
    at = 0
    for words in sentences:
        spans.append([])
        for word in words:
            spans[-1].append((at, at + len(word)))
            parts.append(word)
            at += len(word) + 1
    return " ".join(parts), spans


def stretches(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Yield the sentences to be read together: those of a document, or one that stands alone."""
    numbered = enumerate(sentences)
    for _, group in groupby(numbered, key=lambda x: (x[1].doc, x[0] if x[1].lone else -1)):
        yield [sentence for _, sentence in group]


def marks(sentences: Sequence[Sentence]) -> list[Mark]:
    """Return the claims of sentences that are read together."""
    return [_mark(claim, k) for k, s in enumerate(sentences) for claim in s.claims or ()]


def _mark(claim: Frame, sentence: int) -> Mark:
    return Mark(
        sentence,
        claim.start,
        claim.end,
        str(claim.type),
        str(claim.modality),
        frozenset((role, sentence, a, b) for role, a, b in claim.roles),
        frozenset(role for role, _ in claim.elsewhere),
    )


def _placed(block: list[str], text: str, at: int, end: int) -> Iterator[tuple[Row, Span | None]]:
    """Yield the syntactic words of a sentence, each with its span where the text spells it.

    The words of a token such as "don't" are looked for inside it, in order.
    """
    inside, stop = 0, end
    for row in (line.split("\t") for line in block if line[:1].isdigit()):
        number, form = row[0], row[1]
        if "." in number:
            continue
        if "-" in number:
            first, last = number.split("-")
            at = text.index(form, at, end)
            inside, stop = int(last) - int(first) + 1, at + len(form)
            continue
        span = _find(form, text, at, stop)
        at = span[1] if span else at
        if inside:
            inside -= 1
            if not inside:
                at, stop = stop, end
        yield row, span


def _find(form: str, text: str, at: int, stop: int) -> Span | None:
    found = re.compile(re.escape(form), re.IGNORECASE).search(text, at, stop)
    return found.span() if found else None


def _word(row: Row, span: Span | None, base: int) -> Word:
    head = int(row[6]) - 1
    return Word(span, row[3], row[5], row[2], head + base if head >= 0 else -1, row[7])
