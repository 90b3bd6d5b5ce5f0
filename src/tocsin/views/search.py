"""What a search finds, with what it was narrowed down by and what it could be narrowed down by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError
from tocsin.records.article import Article
from tocsin.records.query import All, Field, Node, Not, Order, Query, every, without
from tocsin.store import articles, codings, facets, listing, search, syntax
from tocsin.store.listing import By, Line
from tocsin.views.claim import Corrected, Evidence, evidence

Kind = Literal["claims", "articles", "events"]
KINDS: tuple[Kind, ...] = ("events", "claims", "articles")
# Orders of all events, which need no search; of found ones there are two.
ORDERS: tuple[By, ...] = ("newest", "oldest", "reports", "killed")
LIMIT = 25


class Fault(Struct, frozen=True):
    """Where a search goes wrong: the character, counted from 0, and what was expected there."""

    at: int
    message: str


class Chip(Struct, frozen=True):
    """A part of a search, with the searches without it and with its contrary."""

    text: str
    negated: bool
    without: str
    contrary: str


class Choice(Struct, frozen=True):
    """A value of a facet, with the searches that keep to it or leave it out.

    `state` is how the search stands to it now: `in`, `out` or neither.
    """

    value: str
    number: int
    narrowed: str
    excluded: str
    state: str = ""


class Facet(Struct, frozen=True):
    """A field that a search can be narrowed down by."""

    field: str
    choices: tuple[Choice, ...]


class Hit(Struct, frozen=True):
    """An article that was found."""

    article: Article
    state: str
    claims: int


class Asked(Struct, frozen=True):
    """A search as a reader asks for it, as an address holds it."""

    text: str = ""
    kind: Kind = "events"
    order: str = "newest"
    level: str | None = None
    after: str | None = None
    limit: int = LIMIT


class Found(Struct, frozen=True):
    """One page of what was found; `total` is cut off at what is counted, which `more` says."""

    asked: Asked
    chips: tuple[Chip, ...] = ()
    facets: tuple[Facet, ...] = ()
    events: tuple[Line, ...] = ()
    claims: tuple[Evidence, ...] = ()
    articles: tuple[Hit, ...] = ()
    next: str | None = None
    total: int = 0
    more: bool = False
    counted: bool = True
    fault: Fault | None = None


def found(connection: Connection, asked: Asked, corrected: Corrected, today: date) -> Found:
    """Return a page of what a search finds; a search that cannot be read is a fault in it."""
    try:
        node = syntax.parse(asked.text, today=today)
        order: Order = "oldest" if asked.order == "oldest" else "newest"
        kind: Literal["claims", "articles"] = "articles" if asked.kind == "articles" else "claims"
        query = Query(where=node, kind=kind, order=order, limit=asked.limit, after=asked.after)
        if asked.kind == "events":
            return _events(connection, asked, query)
        return _records(connection, asked, query, corrected)
    except QueryError as error:
        return Found(asked, fault=Fault(error.at, str(error)))


def _events(connection: Connection, asked: Asked, query: Query) -> Found:
    held = None if query.where == All() else search.everything(connection, query)
    seen = facets.of_events(connection, held)
    levels = dict(next((one.values for one in seen.facets if one.field == "level"), ()))
    if held is None:
        by: By = next((one for one in ORDERS if one == asked.order), "newest")
        page = listing.lines(
            connection, by=by, level=asked.level, after=asked.after, limit=asked.limit
        )
        total = listing.count(connection, by=by, level=asked.level)
    else:
        page = listing.found(connection, query, level=asked.level, of_all=held)
        total = levels.get(asked.level, 0) if asked.level else sum(levels.values())
    return Found(
        asked, _chips(query.where), _facets(query.where, seen), events=page.lines,
        next=page.next, total=total, more=held is not None and held.more,
    )  # fmt: skip


def _records(connection: Connection, asked: Asked, query: Query, corrected: Corrected) -> Found:
    found_ = facets.everything(connection, query)
    page = search.search(connection, query, found_)
    ids = [hit.id for hit in page.hits]
    of_articles = asked.kind == "articles"
    seen = facets.of_articles(found_) if of_articles else facets.of_claims(connection, found_)
    out = Found(
        asked, _chips(query.where), _facets(query.where, seen), next=page.next,
        total=len(found_.keys), more=found_.more,
    )  # fmt: skip
    if of_articles:
        held = articles.load(connection, ids)
        told = {one.article.id: len(one.claims) for one in codings.load(connection, ids)}
        hits = (Hit(one.article, one.state, told.get(one.article.id, 0)) for one in held)
        return replace(out, articles=tuple(hits))
    claims = codings.claims(connection, ids)
    shown = [claims[name] for name in ids if name in claims]
    return replace(out, claims=tuple(evidence(connection, shown, corrected)))


def _parts(node: Node) -> Sequence[Node]:
    return node.parts if isinstance(node, All) else (node,)


def _chips(node: Node) -> tuple[Chip, ...]:
    """Return the parts of a search that all must hold, each with the search without it."""
    parts = _parts(node)
    return tuple(
        Chip(
            syntax.render(part.part if isinstance(part, Not) else part), isinstance(part, Not),
            syntax.render(every(*others)) if others else "",
            syntax.render(every(*others, without(part))),
        )
        for at, part in enumerate(parts)
        for others in [[*parts[:at], *parts[at + 1 :]]]
    )  # fmt: skip


def _facets(node: Node, seen: facets.Facets) -> tuple[Facet, ...]:
    return tuple(Facet(one.field, tuple(_choices(node, one))) for one in seen.facets if one.values)


def _choices(node: Node, facet: facets.Facet) -> Iterator[Choice]:
    """Yield the values of a facet; one that the search has already is taken out by its link."""
    parts = _parts(node)
    for value, number in facet.values:
        own = Field(facet.field, "in", (value,))
        others = [part for part in parts if part not in (own, Not(own))]
        plain = syntax.render(every(*others)) if others else ""
        state = "in" if own in parts else "out" if Not(own) in parts else ""
        kept = plain if state == "in" else syntax.render(every(*others, own))
        left = plain if state == "out" else syntax.render(every(*others, Not(own)))
        yield Choice(value, number, kept, left, state)
