"""What is known of each mention, in columns.

Names and words stand as hashes of 64 bits, so that a row is the same in every table; 0 is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from math import nan
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from tocsin.fusion.families import kin, kind
from tocsin.fusion.mention import Mention, Where, Who
from tocsin.fusion.rarity import weight
from tocsin.fusion.sheet import LIGHT, MOST, root, words
from tocsin.records.event import TOLLS

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int32]
Reals = NDArray[np.float32]

N = TypeVar("N", np.uint64, np.uint32, np.float32)

# How rare a word makes a name of a place that no gazetteer has: "Qardaha", not "the city".
TELLING = 0.45
# A year of the last hundred or so.
_YEAR = re.compile(r"(19|20)\d\d")
# What stands for no day.
NEVER = np.int32(-(2**31))
PEOPLE = 4  # participants of a role that are kept
SPEAKERS = 2
MODES = 3
NUMERALS = 4
# Letters that words of one origin share: "secession" and "secede" not, "mediate" and "mediator".
PREFIX = 5
LEVELS = {"country": 1, "region": 2, "place": 3, "point": 3}
SECTORS = {
    code: 1 << place
    for place, code in enumerate(
        ("AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED",
         "MIL", "OPP", "PRE", "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF", "UNK")
    )
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Columns of the same length, which can be cut and joined."""

    def __getitem__(self, rows: slice | NDArray[Any]) -> Any:  # noqa: ANN401 - the same class again
        """Return some of the rows."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True)
class People(Columns):
    """Up to four participants of a role: who, of which country and sectors, and how rare a name.

    `word` is the rarest word of the name.
    """

    who: Hashes
    country: Hashes
    sectors: NDArray[np.uint32]
    rarity: Reals
    word: Hashes


@dataclass(frozen=True)
class Rows(Columns):
    """What is known of each mention; see `Mention`.

    `chain` is the first mention of the same event in the article by the coder, `content` the claim
    whose content it is, `family` the place of its type among `families`, `kin` the sets of words
    that its lemma is in. `year` is one that the sentence names, of an event without a day; 0 is
    none. `level` says how fine a place is, from 1, a country, to 3. `words` and `weights` are
    padded, the weightiest first.
    """

    name: Hashes
    chain: Hashes
    content: Hashes
    article: Hashes
    sentence: Hashes
    at: Numbers
    type: Hashes
    family: Numbers
    lemma: Hashes
    rarity: Reals
    prefix: Hashes
    kin: Hashes
    modality: Numbers
    modes: Hashes
    actors: People
    recipients: People
    speakers: Hashes
    start: Numbers
    end: Numbers
    day: Numbers
    year: Numbers
    place: Hashes
    known: NDArray[np.bool_]
    toponym: Hashes
    country: Hashes
    latitude: Reals
    longitude: Reals
    level: Numbers
    tolls: Reals
    outcome: Hashes
    words: Hashes
    weights: Reals
    numerals: Hashes


@lru_cache(maxsize=1 << 18)
def number(text: str | None) -> int:
    """Return the hash of a text; 0 for none."""
    if not text:
        return 0
    data = text.encode("utf8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") or 1


def padded(rows: Sequence[Sequence[float]], width: int, kind: type[N]) -> NDArray[N]:
    """Return rows of one width: longer ones cut, shorter ones filled with 0."""
    sizes = np.fromiter((min(len(row), width) for row in rows), np.int64, len(rows))
    out = np.zeros((len(rows), width), kind)
    flat = chain.from_iterable(row[:width] for row in rows)
    out[np.arange(width) < sizes[:, None]] = np.fromiter(flat, kind, int(sizes.sum()))
    return out


def rows(mentions: Sequence[Mention], days: Sequence[int | None]) -> Rows:
    """Return what is known of mentions, in columns."""
    each = range(len(mentions))
    lemmas = [mention.lemma for mention in mentions]
    places = [_place(mention.where) for mention in mentions]
    spans = [_span(mention) for mention in mentions]
    told = [_sentence(mention.words) for mention in mentions]
    return Rows(
        name=_hashes(mention.id for mention in mentions),
        chain=_hashes(mention.same_as or mention.id for mention in mentions),
        content=_hashes(mention.content_of for mention in mentions),
        article=_hashes(mention.article for mention in mentions),
        sentence=np.fromiter((one.name for one in told), np.uint64, len(each)),
        at=np.fromiter((mention.at[0] for mention in mentions), np.int32, len(each)),
        type=_hashes(mention.type for mention in mentions),
        family=np.fromiter((kind(mention.type) for mention in mentions), np.int32, len(each)),
        lemma=_hashes(lemmas),
        rarity=np.fromiter(map(weight, lemmas), np.float32, len(each)),
        prefix=_hashes(lemma[:PREFIX] if len(lemma) >= PREFIX else None for lemma in lemmas),
        kin=np.fromiter(map(kin, lemmas), np.uint64, len(each)),
        modality=np.fromiter((mention.modality for mention in mentions), np.int32, len(each)),
        modes=padded([list(map(number, m.modes)) for m in mentions], MODES, np.uint64),
        actors=_people([mention.actors for mention in mentions]),
        recipients=_people([mention.recipients for mention in mentions]),
        speakers=padded(
            [[_person(one)[0] for one in m.speakers] for m in mentions], SPEAKERS, np.uint64
        ),
        start=_days(first for first, _ in spans),
        end=_days(last for _, last in spans),
        day=_days(days),
        year=np.fromiter(map(_year, mentions, told), np.int32, len(each)),
        place=np.fromiter((place[0] for place in places), np.uint64, len(each)),
        toponym=np.fromiter((place[1] for place in places), np.uint64, len(each)),
        known=np.fromiter((place[2] for place in places), np.bool_, len(each)),
        country=np.fromiter((place[3] for place in places), np.uint64, len(each)),
        latitude=np.fromiter((place[4] for place in places), np.float32, len(each)),
        longitude=np.fromiter((place[5] for place in places), np.float32, len(each)),
        level=np.fromiter((place[6] for place in places), np.int32, len(each)),
        tolls=_tolls(mentions),
        outcome=_hashes(mention.outcome for mention in mentions),
        words=padded([one.words for one in told], MOST, np.uint64),
        weights=padded([one.weights for one in told], MOST, np.float32),
        numerals=padded([one.numerals for one in told], NUMERALS, np.uint64),
    )


@lru_cache(maxsize=1 << 16)
def _person(one: Who) -> tuple[int, int, int, float, int]:
    """Return who somebody is, his country, his sectors, how rare his name is, its rarest word."""
    roots = [root(word) for word in words(one.name)]
    rarest = min(roots, key=lambda word: (-weight(word), word), default="")
    return (
        number(one.entity or " ".join(("name", *roots))),
        number(one.country),
        sum(SECTORS.get(code, 0) for code in one.sectors),
        weight(rarest),
        number(rarest) if weight(rarest) >= LIGHT else 0,
    )


def _people(sides: Sequence[tuple[Who, ...]]) -> People:
    """Return the participants of a role."""
    known = [[_person(one) for one in side[:PEOPLE]] for side in sides]
    return People(
        who=padded([[one[0] for one in side] for side in known], PEOPLE, np.uint64),
        country=padded([[one[1] for one in side] for side in known], PEOPLE, np.uint64),
        sectors=padded([[one[2] for one in side] for side in known], PEOPLE, np.uint32),
        rarity=padded([[one[3] for one in side] for side in known], PEOPLE, np.float32),
        word=padded([[one[4] for one in side] for side in known], PEOPLE, np.uint64),
    )


@lru_cache(maxsize=1 << 16)
def _place(where: Where | None) -> tuple[int, int, bool, int, float, float, int]:
    """Return a place's id, its name's rarest word, whether a gazetteer has it, and the rest."""
    if where is None:
        return 0, 0, False, 0, nan, nan, 0
    roots = [root(word) for word in words(where.name)]
    rarest = min(roots, key=lambda word: (-weight(word), word), default="")
    level = LEVELS.get(where.precision or "", 0)
    country = where.country if level == 1 else None
    named = " ".join(("place", *roots))
    known = f"geonames {where.geonames}" if where.geonames is not None else country
    if known is None and weight(rarest) < TELLING:
        named, rarest = "", ""  # "the city" is any city
    return (
        number(known or named), number(rarest), known is not None, number(where.country),
        nan if where.latitude is None else where.latitude,
        nan if where.longitude is None else where.longitude,
        level,
    )  # fmt: skip


def _span(mention: Mention) -> tuple[int | None, int | None]:
    """Return the days of an event, in order; a time without one of its ends is no day."""
    if mention.start is None or mention.end is None:
        return None, None
    return min(mention.start, mention.end), max(mention.start, mention.end)


class Sentence(NamedTuple):
    """A sentence by its hash, its latest year or 0, and the hashes of its words, the rarest first.

    `numerals` are those of its numbers.
    """

    name: int
    year: int
    words: tuple[int, ...]
    weights: tuple[float, ...]
    numerals: tuple[int, ...]


@lru_cache(maxsize=1 << 14)
def _sentence(words: tuple[str, ...]) -> Sentence:
    """Return what is known of the words of a sentence, in which several claims may stand."""
    best = sorted(map(_word, words))
    return Sentence(
        name=number(" ".join(words)),
        year=max((int(word) for word in words if _YEAR.fullmatch(word)), default=0),
        words=tuple(word[2] for word in best),
        weights=tuple(-word[0] for word in best),
        numerals=tuple(word[2] for word in best if word[1].isdigit()),
    )


@lru_cache(maxsize=1 << 18)
def _word(word: str) -> tuple[float, str, int]:
    """Return a word's weight below 0, the word and its hash; sorted, the rarest come first."""
    return -weight(word), word, number(word)


def _year(mention: Mention, said: Sentence) -> int:
    """Return the latest year that the sentence of an undated event names, or 0."""
    return said.year if mention.start is None or mention.end is None else 0


def _tolls(mentions: Sequence[Mention]) -> Reals:
    """Return the lowest and highest number of each kind of toll, which may have no bound."""
    out = np.full((len(mentions), len(TOLLS), 2), nan, np.float32)
    for row, mention in enumerate(mentions):
        for kind_, bounds in mention.tolls.items():
            out[row, TOLLS.index(kind_)] = bounds
    return out


def _hashes(texts: Iterable[str | None]) -> Hashes:
    return np.fromiter(map(number, texts), np.uint64)


def _days(days: Iterable[int | None]) -> Numbers:
    return np.fromiter((NEVER if day is None else day for day in days), np.int32)
