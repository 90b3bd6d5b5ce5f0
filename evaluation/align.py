"""What was said beside what is true: words aligned by span, marked spans, triggers with roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
Span = tuple[int, int]
MEASURES = ("words", "UPOS", "UFeats", "lemmas", "UAS", "LAS", "LAS with subtypes")
# The features that the CoNLL 2018 evaluation compares; a language's own are left out.
UNIVERSAL = frozenset({
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number",
    "Case", "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident",
    "Polarity", "Person", "Polite",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word; `head` is a place in its document's words, -1 for a root.

    `span` is None for a word that its text does not spell.
    """

    span: Span | None
    upos: str
    feats: str
    lemma: str
    head: int
    rel: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A trigger on words [start, end) of a sentence, with its roles: (role, sentence, start, end).

    `unknown` are roles of which nothing can be said, since gold has them outside the sentence.
    """

    sentence: int
    start: int
    end: int
    type: str
    modality: str
    roles: frozenset[tuple[str, int, int, int]] = frozenset()
    unknown: frozenset[str] = frozenset()

    def shared(self, other: Mark) -> int:
        """Return how many words two marks share."""
        if self.sentence != other.sentence:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(slots=True)
class Tally:
    """Counts of what is true, what was said, and what is both."""

    gold: int = 0
    said: int = 0
    right: int = 0

    def add(self, gold: int, said: int, right: int) -> None:
        """Count some more."""
        self.gold += gold
        self.said += said
        self.right += right

    def meet(self, gold: Collection[object], said: Collection[object]) -> None:
        """Count two sets, right being what they share."""
        self.add(len(gold), len(said), len(set(gold) & set(said)))

    @property
    def precision(self) -> float:
        """The share of what was said that is true."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share of what is true that was said."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both; with the same words on both sides, the accuracy."""
        both = self.gold + self.said
        return 2 * self.right / both if both else 0.0


def align(gold: Sequence[Word], said: Sequence[Word]) -> list[int | None]:
    """Return for each word said the place of the gold word with the very same span."""
    place = {word.span: i for i, word in enumerate(gold) if word.span}
    return [place.get(word.span) if word.span else None for word in said]


def agreements(gold: Sequence[Word], said: Sequence[Word]) -> Counter[str]:
    """Return how many aligned words agree on each measure, by the rules of CoNLL 2018.

    A head agrees where it is aligned with the gold head, or where both are roots.
    """
    partner = align(gold, said)
    right: Counter[str] = Counter()
    for word, at in zip(said, partner, strict=True):
        if at is None:
            continue
        true = gold[at]
        attached = (partner[word.head] if word.head >= 0 else -1) == true.head
        right["words"] += 1
        right["UPOS"] += word.upos == true.upos
        right["UFeats"] += universal(word.feats) == universal(true.feats)
        right["lemmas"] += true.lemma in ("_", word.lemma)
        right["UAS"] += attached
        right["LAS"] += attached and word.rel.split(":")[0] == true.rel.split(":")[0]
        right["LAS with subtypes"] += attached and word.rel == true.rel
    return right


def universal(feats: str) -> tuple[str, ...]:
    """Return the universal ones among a word's features, sorted."""
    return tuple(sorted(f for f in feats.split("|") if f.partition("=")[0] in UNIVERSAL))


def pair(gold: Sequence[Mark], said: Sequence[Mark]) -> list[tuple[Mark, Mark]]:
    """Return marks that share words, one to one: same type first, then most words shared."""
    return [(gold[i], said[j]) for i, j in places(gold, said)]


def places(gold: Sequence[Mark], said: Sequence[Mark]) -> list[tuple[int, int]]:
    """Return where the marks of each such pair stand in their rows."""
    found = sorted(
        (a.type != b.type, -shared, i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(said)
        if (shared := a.shared(b))
    )
    return _greedy((i, j) for _, _, i, j in found)


def loosely(gold: Collection[Span], said: Collection[Span]) -> int:
    """Return how many spans overlap one to one, most shared first."""
    found = sorted(
        (max(a[0], b[0]) - min(a[1], b[1]), a, b)
        for a in gold
        for b in said
        if a[0] < b[1] and b[0] < a[1]
    )
    return len(_greedy((a, b) for _, a, b in found))


def _greedy(candidates: Iterable[tuple[A, B]]) -> list[tuple[A, B]]:
    """Return each candidate pair whose two sides are still free, in order."""
    left: set[A] = set()
    right: set[B] = set()
    kept = []
    for a, b in candidates:
        if a not in left and b not in right:
            kept.append((a, b))
            left.add(a)
            right.add(b)
    return kept
