"""Words and phrases of the lexicon, and how they are found among the words of a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Generic, TypeVar

from tocsin.ontology.packs import spoken

_PREPOSITIONS = frozenset(
    {"against", "at", "between", "by", "for", "from", "in", "of", "on", "over"}
)
_PREPOSITIONS |= {"to", "under", "with", "without"}
_HYPHENS = str.maketrans(dict.fromkeys("-\u2010\u2011", " "))
_SHORT = 4  # letters of a word too short to have an ending folded: "gas", "hour", "wise"
_AMERICAN = (
    ("isation", "ization"),
    ("oeuvre", "euver"),
    ("ogramme", "ogram"),
    ("centre", "center"),
    ("oured", "ored"),
    ("ourer", "orer"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ence", "ense"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
)
_BRITISH = tuple(british for british, _ in _AMERICAN)

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One word or several in dictionary form, and the word class that their head has in text."""

    lemma: str
    pos: str
    words: tuple[str, ...]  # folded, as `fold` does it
    head: int  # place in words
    tags: frozenset[str]  # what the reader may call the head; empty: anything

    @property
    def key(self) -> Key:
        """What no two entries of a list share."""
        return (self.words, self.pos)


ALONE = ""  # stands for the second word of an entry that has none

P = TypeVar("P", bound=Phrase)


@dataclass(frozen=True, slots=True)
class Index(Generic[P]):
    """Entries by their first word and the second, so that a sentence is matched in one pass."""

    entries: tuple[P, ...] = field(repr=False)
    first: Mapping[str, Mapping[str, tuple[P, ...]]] = field(repr=False)

    def at(self, lemmas: Sequence[str], upos: Sequence[str], i: int) -> tuple[tuple[P, int], ...]:
        """Return the entries whose words start at token i, each with its end, longest first."""
        pieces = fold(lemmas[i])
        held = self.first.get(pieces[0]) if pieces else None
        if held is None:
            return ()
        further = (fold(lemma)[:1] for lemma in islice(lemmas, i + 1, None))
        after = pieces[1:2] or next(filter(None, further), ())  # a hyphen is no word
        candidates = held.get(ALONE, ()) + (held.get(after[0], ()) if after else ())
        ends = ((entry, _end(entry, lemmas, upos, i)) for entry in candidates)
        found = [(entry, end) for entry, end in ends if end]
        return tuple(sorted(found, key=lambda match: -match[1]))


def index(entries: Sequence[P]) -> Index[P]:
    """Return entries ready for matching."""
    first: dict[str, dict[str, tuple[P, ...]]] = {}
    for entry in entries:
        held = first.setdefault(entry.words[0], {})
        second = entry.words[1] if len(entry.words) > 1 else ALONE
        held[second] = (*held.get(second, ()), entry)
    return Index(tuple(entries), first)


@lru_cache(maxsize=65536)
def fold(lemma: str) -> tuple[str, ...]:
    """Return the words of a lemma without case, hyphens, plural endings and British spelling.

    Readers part ways on "cease-fire" (one word or three) and on "arms" and "talks" (singular or
    not), writers on "defence". Both sides of a comparison are folded alike, so what the fold makes
    of a word ("violense") need not be English.
    """
    return tuple(fold_word(word) for word in lemma.casefold().translate(_HYPHENS).split())


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return one word without its plural ending and British spelling."""
    if len(word) >= _SHORT and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    if len(word) <= _SHORT or not word.endswith(_BRITISH):
        return word
    for british, american in _AMERICAN:
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word


def _end(entry: Phrase, lemmas: Sequence[str], upos: Sequence[str], start: int) -> int | None:
    """Return the end of an entry that starts at a token, or None where it does not."""
    words, done, token = entry.words, 0, start
    while done < len(words):
        pieces = fold(lemmas[token]) if token < len(lemmas) else None
        if pieces is None or words[done : done + len(pieces)] != pieces:
            return None
        holds_head = done <= entry.head < done + len(pieces)
        if holds_head and entry.tags and upos[token] not in entry.tags:
            return None
        done += len(pieces)
        token += 1
    return token


def find_head(lemma: str, pos: str) -> int:
    """Return which word of a phrase has its word class: a verb's first, a noun's last.

    A noun's last word before a preposition counts ("use of force"), and of words joined by a
    hyphen the last ("to dive-bomb"). In languages whose nouns lead it is the first.
    """
    words = lemma.split()
    if len(words) == 1:
        return len(fold(lemma)) - 1
    at = 0 if pos == "VERB" or spoken().leading else _before_preposition(words)
    return sum(len(fold(word)) for word in words[: at + 1]) - 1


def _before_preposition(words: Sequence[str]) -> int:
    for place, word in enumerate(words[1:], start=1):
        if word in _PREPOSITIONS and words[0] not in _PREPOSITIONS:
            return place - 1
    return len(words) - 1
