"""Whose a surname is, by the first names that an article gives with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from types import MappingProxyType

from tocsin.records.reading import Sentence

# How like two spellings of one first name are: "Mohammed" and "Mohammad", not "Omar" and "Zahran".
ALIKE = 0.65

# What stands between first names and a surname.
PARTICLES = frozenset(
    {"-", "abu", "al", "bin", "da", "de", "el", "ibn", "ould", "ul", "van", "von"}
)

# What is called after people: "Hariri hospital" is no one's.
MEMORIALS = frozenset(
    {"airbase", "airfield", "airport", "barracks", "base", "bridge", "cathedral", "church", "dam"}
    | {"highway", "hospital", "hotel", "market", "mosque", "park", "port", "road", "school"}
    | {"square", "stadium", "station", "street", "university"}
)

Surnames = Mapping[str, Sequence[tuple[str, ...]]]


def first_names(sentence: Sentence, at: int, titles: Collection[str]) -> tuple[str, ...]:
    """Return the words of a person's name beside one of them, in small letters and less titles.

    They stand before it; after it, where it is a first name itself. The proper nouns right beside
    it that hang with it belong to it, read so or not.
    """
    around = next((n for n in sentence.names if n.start <= at < n.end), None)
    start, end = _joined(sentence, at)
    start = min(start, around.start if around else at)
    words = (sentence.forms[i] for i in range(start, end) if i != at)
    lowered = (word.lower() for word in words if word[0].isupper())
    return tuple(word for word in lowered if word.rstrip(".") not in titles)


def _joined(sentence: Sentence, at: int) -> tuple[int, int]:
    """Return the range of the words that make a name with one: "Zaidoun al - Zoabi"."""
    top = sentence.heads[at] if sentence.rels[at] == "flat" else at
    ends = [at, at]
    for side, step in enumerate((-1, 1)):
        word = at + step
        while 0 <= word < len(sentence):
            linked = sentence.rels[word] == "flat" and sentence.heads[word] == top
            if sentence.upos[word] == "PROPN" and (word == top or linked):
                ends[side] = word
            elif sentence.forms[word].lower() not in PARTICLES:
                break
            word += step
    return ends[0], ends[1] + 1


def called(names: Iterable[str]) -> frozenset[str]:
    """Return the words of somebody's names, in small letters and without their hyphens."""
    return frozenset(w for name in names for w in name.lower().replace("-", " ").split())


def gather(sentences: Iterable[Sentence], titles: Collection[str]) -> Surnames:
    """Return by proper noun the first names that stand before it, mention by mention."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for sentence in sentences:
        for at, (form, tag) in enumerate(zip(sentence.forms, sentence.upos, strict=True)):
            if tag == "PROPN":
                found[form.lower()].append(first_names(sentence, at, titles))
    return MappingProxyType(found)


def memorial(sentence: Sentence, at: int) -> bool:
    """Return whether a name is that of a building or street: "the Ayn al-Assad airbase"."""
    head = sentence.heads[at]
    joined = sentence.rels[at] in ("compound", "flat") and head > at
    return joined and sentence.lemmas[head].lower() in MEMORIALS


def strange(firsts: Collection[str], own: Collection[str]) -> bool:
    """Return whether first names are none of somebody's `own` words, in any spelling."""
    return bool(firsts and own) and not any(_alike(a, b) for a in firsts for b in own)


def another(mentions: Sequence[tuple[str, ...]], own: Collection[str]) -> bool:
    """Return whether an article's surname is another's than who has it in the dictionary.

    An article names in full whom it brings up; whoever needs no introduction is first named by
    the surname alone, and keeps it though relatives are named, too.
    """
    return strange(mentions[0] if mentions else (), own) and all(
        strange(firsts, own) for firsts in mentions if firsts
    )


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> bool:
    if len(one.rstrip(".")) == 1 or len(other.rstrip(".")) == 1:
        return one[0] == other[0]
    return SequenceMatcher(None, one, other).ratio() >= ALIKE
