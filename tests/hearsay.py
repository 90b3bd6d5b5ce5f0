"""Builders of claims as fusion gets them: with the byline of who published them."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from tests.build import DAY, a_claim, a_span, an_article
from tocsin.fusion.told import Told
from tocsin.records.article import Byline, Moment
from tocsin.records.claim import Attribution, Claim, Count, Interval, Participant, Place
from tocsin.records.evidence import Span, span_of

WORDS = "Planes bombed the depot at Northfield on Monday."


def who(
    words: str,
    *,
    entity: str | None = None,
    country: str | None = None,
    sectors: tuple[str, ...] = (),
) -> Participant:
    """Return a participant from the words that name it, articles and all."""
    bare = words
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        bare = bare.removeprefix(article)
    return Participant(
        span=Span(0, len(words), words), name=bare, entity=entity, country=country, sectors=sectors
    )


def count(low: int, high: int | None = -1, words: str = "", *, cumulative: bool = False) -> Count:
    """Return a number of people; without a high bound given it is exact."""
    quote = words or (f"at least {low}" if high is None else str(low))
    top = low if high == -1 else high
    return Count(low, top, Span(0, len(quote), quote), cumulative=cumulative)


def on(day: date, until: date | None = None) -> Interval:
    """Return a day, or the days until another one."""
    return Interval(day, until or day, Span(0, 3, "day"), "day")


def at(
    name: str, north: float | None = None, east: float | None = None, *,
    country: str = "IRQ", size: str | None = "place",
) -> Place:  # fmt: skip
    """Return a place, located where degrees are given."""
    return Place(
        span=Span(0, len(name), name), name=name, country=country, latitude=north, longitude=east,
        precision=size,  # type: ignore[arg-type]
    )  # fmt: skip


def told(
    words: str = WORDS,
    trigger: str = "bombed",
    *,
    outlet: str = "The Teller",
    day: date | None = DAY,
    clock: str | None = None,
    title: str = "",
    wire: tuple[str, ...] = (),
    said: tuple[Participant, ...] = (),
    cue: str | None = None,
    sentence: str | None = None,
    **fields: Any,  # noqa: ANN401
) -> Told:
    """Return a claim of an article that consists of some words; `fields` are those of claims."""
    article = an_article(words, title=title, outlet=outlet, published=day)
    line = a_span(words, sentence) if sentence else span_of(words, 0, len(words))
    claim = a_claim(article, trigger, sentence=line)
    if said:
        hint = a_span(words, cue) if cue else None
        claim = replace(claim, attribution=Attribution(chain=said, cue=hint))
    published = None if day is None else Moment(day, "minute" if clock else "day", clock)
    byline = Byline(article=article.id, outlet=outlet, published=published, title=title, wire=wire)
    return Told(replace(claim, **fields), byline)


def also(
    first: Told,
    trigger: str,
    words: str,
    text: str,
    **fields: Any,  # noqa: ANN401
) -> Told:
    """Return another claim of the same article, in a sentence of its text."""
    claim: Claim = replace(
        first.claim, id=f"{first.claim.id}-{trigger}", trigger=a_span(text, trigger),
        sentence=a_span(text, words), **fields,
    )  # fmt: skip
    return Told(claim, first.byline)
