"""Which claim or event of a store somebody means who coded it elsewhere, by what he wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError, StoreError
from tocsin.base.text import fold
from tocsin.records.claim import Claim
from tocsin.records.event import Event
from tocsin.records.query import Query
from tocsin.sources.fetch import canonical
from tocsin.store import called, codings, events, search, syntax
from tocsin.store.tables import article

SHOWN = 4  # records that a reason names
SEARCHED = 500  # claims of a day and place that are looked at
# Words of names that many parties share.
_SHARED = frozenset({
    "a", "al", "and", "army", "armed", "civilian", "civilians", "force", "forces", "government",
    "group", "groups", "in", "military", "militia", "national", "of", "people", "police",
    "security", "state", "the", "unidentified", "unknown",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a row says of where its record is; each may be empty."""

    claim: str = ""
    event: str = ""
    article: str = ""
    quote: str = ""
    type: str = ""
    start: date | None = None
    end: date | None = None
    place: str = ""
    country: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The claim or event that a row is about, and by what it was found."""

    target: str
    by: str


@dataclass(frozen=True, slots=True)
class Miss:
    """That a row is about nothing that can be told, and why."""

    why: str


def find(
    connection: Connection, facts: Facts, corrected: Mapping[str, Claim]
) -> Match | Miss:  # fmt: skip
    """Return what a row is about: by an id, an article and its words, or day, place and parties."""
    try:
        if facts.claim:
            return Match(called.claim(connection, facts.claim), "the claim's id")
        if facts.event:
            return Match(called.event(connection, facts.event), "the event's id")
        if facts.article:
            return _in_article(connection, facts, corrected)
        return _by_facts(connection, facts)
    except (StoreError, QueryError) as error:
        return Miss(str(error))


def _in_article(
    connection: Connection, facts: Facts, corrected: Mapping[str, Claim]
) -> Match | Miss:  # fmt: skip
    names = _articles(connection, facts.article)
    if not names:
        return Miss(f"the store has no article {facts.article}")
    coded = codings.load(connection, names)
    claims = [corrected.get(one.id, one) for each in coded for one in each.claims]
    if not claims:
        return Miss("no claim was found in that article")
    by = "the article"
    if facts.quote:
        texts = {each.article.id: each.article.text for each in coded}
        claims = _quoted(claims, texts, facts.quote)
        by = "the article and its words"
        if not claims:
            return Miss("the article does not have these words, or no claim stands on them")
    for narrower, test in _tests(facts):
        kept = [one for one in claims if test(one)]
        if not kept and not facts.quote:
            return Miss(f"the article has no claim with that {narrower}")
        if len(claims) > 1 and kept:
            claims, by = kept, f"{by}, {narrower}"
    if len(claims) == 1:
        return Match(claims[0].id, by)
    return Miss(f"several claims fit ({_named(one.id for one in claims)}); give one's id")


def _articles(connection: Connection, name: str) -> list[str]:
    """Return the articles of an id or an address, as they stand now."""
    addresses = {name, canonical(name)} if "://" in name else set()
    query = sa.select(article.c.id).where(
        sa.or_(article.c.id == name, article.c.url.in_(sorted(addresses))),
        article.c.state == "live",
    )
    return sorted(connection.execute(query).scalars())


def _quoted(claims: Sequence[Claim], texts: Mapping[str, str], quote: str) -> list[Claim]:
    """Return the claims whose trigger stands in some words, else those whose sentence does."""
    pattern = re.compile(r"\s+".join(map(re.escape, quote.split())), re.IGNORECASE)
    spots = {
        name: [match.span() for match in pattern.finditer(text)] for name, text in texts.items()
    }
    inside = [
        one
        for one in claims
        if any(a <= one.trigger.start and one.trigger.end <= b for a, b in spots[one.article])
    ]
    return inside or [
        one
        for one in claims
        if any(a < one.sentence.end and one.sentence.start < b for a, b in spots[one.article])
    ]


def _tests(facts: Facts) -> Iterator[tuple[str, Callable[[Claim], bool]]]:
    """Yield what else a row says of its claim, and how to tell."""
    if facts.type:
        yield "type", lambda one: one.type == facts.type
    if facts.people:
        yield "party", lambda one: _shares(facts.people, _people(one))
    if facts.start and facts.end:
        yield "day", lambda one: _within(facts, one)


def _people(one: Claim) -> list[str]:
    return [who.name for who in (*one.actors, *one.recipients)]


def _within(facts: Facts, one: Claim) -> bool:
    if one.date is None or facts.start is None or facts.end is None:
        return False
    start, end = one.date.start or one.date.end, one.date.end or one.date.start
    return bool(start and end and start <= facts.end and facts.start <= end)


def _by_facts(connection: Connection, facts: Facts) -> Match | Miss:
    if facts.start is None or not (facts.place or facts.country or facts.people):
        return Miss("it names no claim, event or article, nor a day with a place or a party")
    where, found = "", dict[str, Event]()
    for name, part in _wheres(facts):
        where, found = name, _events(connection, facts, part)
        if found:
            break
    if not found:
        kind = f" of type {facts.type}" if facts.type else ""
        return Miss(f"no event{kind} of that day is known there")
    if facts.people:
        ranked = {name: _shared(facts.people, _parties(one)) for name, one in found.items()}
        best = max(ranked.values())
        if not best:
            named = "; ".join(sorted({one for each in found.values() for one in _parties(each)}))
            return Miss(f"the events of that day have other parties ({named[:200] or 'none'})")
        found = {name: one for name, one in found.items() if ranked[name] == best}
    if len(found) > 1:
        return Miss(f"several events fit ({_named(found)}); give one's id")
    parts = ("day", where, "type" if facts.type else "", "party" if facts.people else "")
    return Match(next(iter(found)), ", ".join(filter(None, parts)))


def _wheres(facts: Facts) -> list[tuple[str, str]]:
    """Return the searches for where a row says it was, the narrowest first."""
    given = []
    if facts.place:
        given.append(("place", f"place:{_said(facts.place)}"))
    if facts.country and (facts.people or not facts.place):
        given.append(("country", f"country:{facts.country}"))
    return given or [("", "")]


def _events(connection: Connection, facts: Facts, where: str) -> dict[str, Event]:
    """Return the events of a row's days, type and place."""
    kind = f"type:{facts.type}" if facts.type else ""
    text = f"date:{facts.start}..{facts.end or facts.start} {kind} {where}"
    query = Query(where=syntax.parse(text), kind="claims", limit=SEARCHED)
    hits = [hit.id for hit in search.search(connection, query).hits]
    members = events.members(connection, "claim", hits)
    return events.load(connection, {one.event for one in members})


def _said(words: str) -> str:
    return '"' + words.replace("\\", " ").replace('"', " ") + '"'


def _parties(one: Event) -> list[str]:
    return [held.name for held in (*one.actors, *one.recipients)]


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how many names of one list share a telling word with a name of the other."""
    known = [_telling(name) for name in other]
    return sum(any(_telling(name) & each for each in known) for name in one)


def _shares(one: Iterable[str], other: Iterable[str]) -> bool:
    return _shared(one, other) > 0


def _telling(name: str) -> set[str]:
    words = {word for word in fold(name).split() if not word.isdecimal()}
    return words - _SHARED or words


def _named(names: Iterable[str]) -> str:
    given = sorted(names)
    more = f" and {len(given) - SHOWN} more" if len(given) > SHOWN else ""
    return ", ".join(given[:SHOWN]) + more
