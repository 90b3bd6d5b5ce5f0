"""Records as programs read them, one by one and a page at a time: what the API answers with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from msgspec import Meta, Struct
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError
from tocsin.records.article import Article, Byline
from tocsin.records.claim import Claim
from tocsin.records.coded import Stamp
from tocsin.records.entity import Entity
from tocsin.records.event import Event, Level
from tocsin.records.lineage import Copy
from tocsin.records.query import All, Order, Query
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement
from tocsin.records.threat import Status, Threat
from tocsin.store import (
    articles,
    changes,
    codings,
    decisions,
    events,
    fusing,
    listing,
    syntax,
)
from tocsin.store import search as searching
from tocsin.store.changes import Change
from tocsin.store.listing import By, Line
from tocsin.views.claim import Corrected, Standing, judged

T = TypeVar("T")
MOST = 500
Limit = Annotated[int, Meta(ge=1, le=MOST, description="Records on a page.")]
Cursor = Annotated[
    str, Meta(max_length=4_000, description="The `next` of the page before; none for the first.")
]
Words = Annotated[
    str, Meta(max_length=2_000, description="A search, as docs/search.md has them.")
]  # fmt: skip


class Page(Struct, Generic[T], frozen=True):
    """Some records in order; `next` is what the next page is asked for by, null at the end."""

    items: tuple[T, ...]
    next: str | None


class Told(Struct, frozen=True, omit_defaults=True):
    """A claim as analysts left it, where it was published, the event it is in, how it stands."""

    claim: Claim
    byline: Byline
    event: str | None = None
    standing: Standing = "machine"


class Read(Struct, frozen=True, omit_defaults=True):
    """An article with everything that was read out of it."""

    article: Article
    state: str
    chain: str
    source: str | None = None
    copy: Copy | None = None
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    entities: tuple[Entity, ...] = ()
    stamp: Stamp | None = None


class Whole(Struct, frozen=True):
    """An event with the bylines of its reports; `reviewed` where an analyst judged any of it."""

    event: Event
    bylines: tuple[Byline, ...]
    reviewed: bool


class Changes(Struct, frozen=True):
    """What changed behind a cursor, oldest change first.

    `next` is null where nothing is left; `cursor` is what to ask by from then on.
    """

    items: tuple[Change, ...]
    next: int | None
    cursor: int


class Search(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked of a list of claims or articles."""

    query: Words = ""
    order: Order = "newest"
    limit: Limit = 50
    after: Cursor | None = None


class EventSearch(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked of a list of events; `reports` and `killed` order those without a search."""

    query: Words = ""
    order: By = "newest"
    level: Level | None = None
    limit: Limit = 50
    after: Cursor | None = None


class ThreatSearch(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked of the ledger of threats: as of which day, those that stand or fall due so."""

    on: date | None = None
    status: Status | None = None
    due: (
        Annotated[int, Meta(ge=0, le=3_650, description="Those due within so many days.")] | None
    ) = None
    limit: Limit = 50
    after: Cursor | None = None


def article_page(connection: Connection, asked: Search, today: date) -> Page[Byline]:
    """Return a page of the articles that a search finds."""
    page = searching.search(connection, _query(asked, "articles", today))
    known = fusing.bylines(connection, [hit.id for hit in page.hits])
    return Page(tuple(known[hit.id] for hit in page.hits if hit.id in known), page.next)


def claim_page(
    connection: Connection, asked: Search, today: date, corrected: Corrected
) -> Page[Told]:
    """Return a page of the claims that a search finds."""
    page = searching.search(connection, _query(asked, "claims", today))
    known = codings.claims(connection, [hit.id for hit in page.hits])
    found = [known[hit.id] for hit in page.hits if hit.id in known]
    return Page(tuple(told(connection, found, corrected)), page.next)


def event_page(connection: Connection, asked: EventSearch, today: date) -> Page[Line]:
    """Return a page of events: all of them, or those whose claims a search finds."""
    node = syntax.parse(asked.query, today=today)
    if node == All():
        lines = listing.lines(
            connection, by=asked.order, level=asked.level, after=asked.after, limit=asked.limit
        )
        return Page(lines.lines, lines.next)
    if asked.order not in ("newest", "oldest"):
        raise QueryError(f"events that a search finds go by newest or oldest, not {asked.order}")
    order: Order = "oldest" if asked.order == "oldest" else "newest"
    query = Query(where=node, kind="claims", order=order, limit=asked.limit, after=asked.after)
    found = listing.found(connection, query, level=asked.level)
    return Page(found.lines, found.next)


def threat_page(held: Sequence[Threat], asked: ThreatSearch, today: date) -> Page[Threat]:
    """Return a page of the ledger's threats, the newest first."""
    rows = [one for one in reversed(held) if _wanted(one, asked, asked.on or today)]
    start = 0
    if asked.after is not None:
        start = next((at for at, one in enumerate(rows, 1) if one.id == asked.after), -1)
        if start < 0:
            raise QueryError("that is no cursor of this list; begin again without it")
    kept = rows[start : start + asked.limit]
    return Page(tuple(kept), kept[-1].id if start + asked.limit < len(rows) else None)


def changed(
    connection: Connection, cursor: int, limit: int, kind: changes.Kind | None
) -> Changes:  # fmt: skip
    """Return what changed behind a cursor."""
    found = changes.since(connection, cursor, limit + 1, kind)
    kept, more = found[:limit], len(found) > limit
    last = kept[-1].cursor if kept else cursor
    return Changes(tuple(kept), last if more else None, last)


def told(connection: Connection, claims: Sequence[Claim], corrected: Corrected) -> list[Told]:
    """Return claims with where they were published, in the order given."""
    lines = listing.of_claims(connection, [one.id for one in claims])
    bylines = fusing.bylines(connection, {one.article for one in claims})
    verdicts = judged(connection, claims=[one.id for one in claims])
    return [
        Told(
            corrected.get(one.id, one), bylines[one.article],
            lines[one.id].id if one.id in lines else None, verdicts.get(one.id, "machine"),
        )
        for one in claims
    ]  # fmt: skip


def claim(connection: Connection, name: str, corrected: Corrected) -> Told | None:
    """Return a claim by its id, or the only one that begins so; None where there is none."""
    found = codings.claims(connection, listing.claims_called(connection, name)[:2])
    return told(connection, list(found.values()), corrected)[0] if len(found) == 1 else None


def event(connection: Connection, name: str) -> Whole | None:
    """Return an event by its id, or the one that a claim is in; None where there is none."""
    found = listing.events_called(connection, name)
    if len(found) != 1:
        return None
    one = events.load(connection, found)[found[0]]
    names = {report.article for report in one.reports}
    known = fusing.bylines(connection, names)
    return Whole(
        one, tuple(known[name] for name in sorted(known)),
        any(decisions.verdicts(connection, targets=[one.id, *one.claims])),
    )  # fmt: skip


def article(connection: Connection, name: str, corrected: Corrected) -> Read | None:
    """Return an article with what was read out of it; None where there is none."""
    found = articles.load(connection, [name])
    if not found:
        return None
    stored = found[0]
    coded = next(iter(codings.load(connection, [name])), None)
    out = Read(
        article=stored.article, state=stored.state, chain=stored.chain, source=stored.source,
        copy=fusing.copies(connection, [name]).get(name),
    )  # fmt: skip
    if coded is None:
        return out
    return Read(
        article=out.article, state=out.state, chain=out.chain, source=out.source, copy=out.copy,
        claims=tuple(corrected.get(one.id, one) for one in coded.claims),
        statements=coded.statements, relations=coded.relations, entities=coded.entities,
        stamp=coded.stamp,
    )  # fmt: skip


def _query(asked: Search, kind: Literal["claims", "articles"], today: date) -> Query:
    return Query(
        where=syntax.parse(asked.query, today=today), kind=kind, order=asked.order,
        limit=asked.limit, after=asked.after,
    )  # fmt: skip


def _wanted(one: Threat, asked: ThreatSearch, today: date) -> bool:
    if asked.status is not None and one.status != asked.status:
        return False
    return asked.due is None or due(one, today, asked.due)


def due(one: Threat, today: date, within: int) -> bool:
    """Return whether a threat that stands falls due within so many days, today included."""
    standing = one.status in ("open", "due", "grace", "extended")
    return (
        standing
        and one.deadline is not None
        and one.deadline.end >= today
        and (one.deadline.start - today).days <= within
    )
