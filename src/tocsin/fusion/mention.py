"""A claim as matching sees it: small, comparable, without the text it came from."""

from __future__ import annotations

from datetime import date
from math import inf

from msgspec import Struct

from tocsin.base.text import fold
from tocsin.records.claim import Claim, Count, Participant

# The order in which modalities are written down.
MODALITIES = ("actual", "negated", "future", "possible", "conditional", "requested")


class Who(Struct, frozen=True, array_like=True):
    """Somebody who takes part; `name` is folded, without its article."""

    name: str
    entity: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()


class Where(Struct, frozen=True, array_like=True):
    """A place; degrees are of WGS 84."""

    name: str
    country: str | None = None
    geonames: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str | None = None


class Mention(Struct, frozen=True, array_like=True):
    """One claim, or in evaluation one annotated mention of an event.

    Days are ordinals of the Gregorian calendar, tolls (low, high) by kind, with infinity where no
    bound is set. `words` are the content words of the sentence, folded; `lemma` is the word that
    tells of the event. `same_as` names the first mention of the same event in the article.
    """

    id: str
    article: str
    type: str
    lemma: str
    at: tuple[int, int]
    modality: int = 0
    modes: tuple[str, ...] = ()
    actors: tuple[Who, ...] = ()
    recipients: tuple[Who, ...] = ()
    speakers: tuple[Who, ...] = ()
    start: int | None = None
    end: int | None = None
    where: Where | None = None
    tolls: dict[str, tuple[float, float]] = {}
    outcome: str | None = None
    words: tuple[str, ...] = ()
    same_as: str | None = None
    content_of: str | None = None


class Sheet(Struct, frozen=True, array_like=True):
    """What fusion keeps of an article: its day, its words by weight, its sketch, its mentions.

    `day` is the ordinal of publication; `sketch` samples the hashes of its shingles (`shingles`);
    `terms` are its rarest words with their weights (`rarity`), of length 1 together.
    """

    article: str
    day: int | None
    outlet: str | None
    sketch: tuple[int, ...]
    terms: dict[str, float]
    mentions: tuple[Mention, ...]


def ordinal(day: date | None) -> int | None:
    """Return a day as a number."""
    return None if day is None else day.toordinal()


def who(one: Participant) -> Who:
    """Return a participant as matching sees it."""
    name = fold(one.name)
    for article in ("the ", "a ", "an "):
        name = name.removeprefix(article)
    return Who(name, one.entity, one.country, one.sectors)


def tolls(claim: Claim) -> dict[str, tuple[float, float]]:
    """Return the numbers of people that a claim gives for its event alone, by kind."""
    given: dict[str, Count | None] = {
        "killed": claim.killed, "injured": claim.injured, "arrested": claim.arrested,
        "displaced": claim.displaced, "crowd": claim.crowd,
    }  # fmt: skip
    return {
        kind: (count.low, inf if count.high is None else count.high)
        for kind, count in given.items()
        if count is not None and not count.cumulative
    }
