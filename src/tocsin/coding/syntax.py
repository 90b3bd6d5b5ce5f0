"""Questions about one sentence's tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.ontology import glosses
from tocsin.records.evidence import Span, span_of
from tocsin.records.reading import Sentence

PRONOUNS = {
    "he": "person", "she": "person", "him": "person", "her": "person", "his": "person",
    "i": "person", "me": "person", "my": "person", "who": "relative", "which": "relative",
    "that": "relative", "it": "body", "its": "body", "they": "many", "them": "many",
    "their": "many", "we": "any", "us": "any", "our": "any", "himself": "person", "itself": "body",
}  # fmt: skip


# In capitals these are names.
NAMES = frozenset({"IT", "US", "WHO"})


class Tree:
    """A sentence with its children and its words without case at hand.

    Small words stand in `lower` by their English names, whatever the language.
    """

    __slots__ = ("children", "lower", "s")

    def __init__(self, sentence: Sentence) -> None:
        self.s = sentence
        self.lower = glosses.small(sentence.forms)
        self.children: list[list[int]] = [[] for _ in sentence.heads]
        for word, head in enumerate(sentence.heads):
            if head >= 0:
                self.children[head].append(word)

    def head(self, start: int, end: int) -> int:
        """Return the word of a span that governs the others; of several, the last noun of a row.

        "Iraqi army" before "spokesman" is headed by "army" though both hang on what follows.
        """
        heads = self.s.heads
        outside = [i for i in range(start, end) if not start <= heads[i] < end]
        solid = [i for i in outside if self.s.upos[i] not in ("PUNCT", "DET", "ADP", "CCONJ")]
        if (
            len(solid) > 1
            and {heads[i] for i in solid} == {heads[solid[0]]}
            and heads[solid[0]] >= end
        ):
            return solid[-1]
        return (solid or outside or [start])[0]

    def down(self, word: int) -> Iterator[int]:
        """Yield a word and all that hangs below it, not in order."""
        yield word
        for child in self.children[word]:
            yield from self.down(child)

    def up(self, word: int) -> Iterator[int]:
        """Yield the words above a word, nearest first."""
        word = self.s.heads[word]
        while word >= 0:
            yield word
            word = self.s.heads[word]

    def child(self, word: int, *relations: str) -> int | None:
        """Return the first child that stands in one of the relations, subtypes included."""
        for child in self.children[word]:
            if self.s.rels[child] in relations or self.s.rels[child].split(":")[0] in relations:
                return child
        return None

    def reach(self, word: int) -> tuple[int, int]:
        """Return the half-open range from the first to the last word below a word."""
        below = list(self.down(word))
        return min(below), max(below) + 1


def is_pronoun(tree: Tree, word: int) -> bool:
    """Return whether a word is a personal, possessive or relative pronoun; "US" is none."""
    return tree.lower[word] in PRONOUNS and tree.s.forms[word] not in NAMES


def span_at(text: str, sentence: Sentence, start: int, end: int) -> Span:
    """Return the characters of the words from start to end."""
    return span_of(text, sentence.offsets[start][0], sentence.offsets[end - 1][1])


def trimmed(tree: Tree, words: Iterable[int]) -> tuple[int, int] | None:
    """Return the range of some words without punctuation at its ends; None where none is left."""
    kept = sorted(words)
    while kept and tree.s.upos[kept[0]] == "PUNCT" and tree.s.forms[kept[0]] not in "\"“'‘(":
        kept.pop(0)
    while kept and tree.s.upos[kept[-1]] == "PUNCT" and tree.s.forms[kept[-1]] not in "\"”'’)":
        kept.pop()
    return (kept[0], kept[-1] + 1) if kept else None
