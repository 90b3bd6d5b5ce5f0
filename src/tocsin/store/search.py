"""Answers searches: claims or articles, a page at a time, the same from either database."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError
from tocsin.base.ids import digest, number
from tocsin.records.query import Query, names
from tocsin.store.among import among
from tocsin.store.clauses import Scope, clause
from tocsin.store.match import is_common
from tocsin.store.tables import article, claim, member

# A count goes no further than this; whoever has more is told "more than".
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found: its key and its id, its article's, the day it was reported."""

    key: int
    id: str
    article: str
    reported: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits in order, and the cursor that the next page begins behind; None at the end."""

    hits: tuple[Hit, ...]
    next: str | None


class Found(NamedTuple):
    """The keys and ids of what a search finds, in no order; `more` where it finds still others.

    `beside` has the values of each column that was asked for, in the order of the keys.
    """

    keys: Sequence[int]
    ids: Sequence[str]
    more: bool
    beside: Sequence[Sequence[Any]] = ()


def search(connection: Connection, query: Query, found: Found | None = None) -> Page:
    """Return one page of what a search finds; raise QueryError where its cursor is another's.

    `found` is all that it finds, for whoever has looked for that already: it makes pages quicker.
    """
    rows = connection.execute(_page(connection, query, found)).all()
    hits = tuple(
        Hit(row.key, row.id, row.article, None if row.reported == date.min else row.reported)
        for row in rows[: query.limit]
    )
    return Page(hits, cursor(query, hits[-1]) if len(rows) > query.limit else None)


def cursor(query: Query, hit: Hit) -> str:
    """Return the cursor that begins behind something that a search finds."""
    by = 0 if query.order == "added" else hit.reported or date.min
    body = msgspec.json.encode([query.kind, query.order, _asked(query), by, hit.key])
    return base64.urlsafe_b64encode(body).decode().rstrip("=")


def everything(
    connection: Connection, query: Query, columns: Sequence[sa.ColumnElement[Any]] = ()
) -> Found:
    """Return all that a search finds, as far as is counted, with columns of it."""
    table = claim if query.kind == "claims" else article
    # Nothing is sorted, so it is best to begin with the words however common they are.
    where = _where(query, Scope(query.kind, connection.dialect.name))
    asked = _from(sa.select(table.c.key, table.c.id, *columns), query.kind)
    keys, ids, *beside = _columns(connection, asked.where(where).limit(COUNTED + 1))
    held = [column[:COUNTED] for column in beside]
    return Found(keys[:COUNTED], ids[:COUNTED], len(keys) > COUNTED, held)


def _columns(connection: Connection, asked: sa.Select[Any]) -> Sequence[Sequence[Any]]:
    """Return the values of each column that is asked for.

    SQLite hands them over at once: row by row it waits for each while Python does anything else.
    """
    if connection.dialect.name == "sqlite":
        rows = asked.subquery()
        (row,) = connection.execute(sa.select(*map(sa.func.json_group_array, rows.c)))
        return [msgspec.json.decode(column) for column in row]
    found = connection.execute(asked).all()
    return [*zip(*found, strict=True)] if found else [() for _ in asked.selected_columns]


def holders(connection: Connection, found: Found) -> sa.Select[Any]:
    """Return what asks for the keys of the events that claims found are of, as often as of each."""
    claims = among(connection, member.c.claim, map(number, found.ids))
    return sa.select(member.c.event).where(claims)


def count(connection: Connection, query: Query) -> tuple[int, bool]:
    """Return how many records a search finds, and whether there are more than were counted."""
    table = claim if query.kind == "claims" else article
    # Nothing is sorted, so it is best to begin with the words however common they are.
    where = _where(query, Scope(query.kind, connection.dialect.name))
    found = _from(sa.select(table.c.key), query.kind).where(where).limit(COUNTED + 1)
    number = connection.execute(sa.select(sa.func.count()).select_from(found.subquery())).scalar()
    return min(int(number or 0), COUNTED), int(number or 0) > COUNTED


def explain(connection: Connection, query: Query) -> list[str]:
    """Return how the database means to answer a search, for whoever finds it slow."""
    page = _page(connection, query, None)
    sql = page.compile(connection, compile_kwargs={"literal_binds": True})
    verb = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return [str(row[-1]) for row in connection.exec_driver_sql(f"{verb} {sql}")]


def _page(connection: Connection, query: Query, found: Found | None) -> sa.Select[Any]:
    table = claim if query.kind == "claims" else article
    by: sa.ColumnElement[Any] = table.c.key if query.order == "added" else table.c.reported
    # A plain column of zeros keeps the shape of a cursor the same for every order.
    first: sa.ColumnElement[Any] = sa.literal(0) if query.order == "added" else by
    columns = [table.c.key, table.c.id, table.c.reported, first.label("by")]
    of = article.c.id.label("article")
    statement = _from(sa.select(*columns, of), query.kind)
    if found is not None and not found.more:
        statement = statement.where(among(connection, table.c.key, found.keys))
    else:
        scope = Scope(
            query.kind, connection.dialect.name, partial(is_common, connection),
            many=found is not None,
        )  # fmt: skip
        statement = statement.where(_where(query, scope))
    rising = query.order == "oldest"
    if query.after is not None:
        start, key = _read(query)
        behind = table.c.key > key if rising else table.c.key < key
        if query.order != "added":
            ahead = by > start if rising else by < start
            behind = sa.or_(ahead, sa.and_(by == start, behind))
        statement = statement.where(behind)
    order = [table.c.key] if query.order == "added" else [by, table.c.key]
    return statement.order_by(*(c.asc() if rising else c.desc() for c in order)).limit(
        query.limit + 1
    )


def _from(statement: sa.Select[Any], kind: str) -> sa.Select[Any]:
    if kind == "claims":
        return statement.select_from(claim.join(article, article.c.key == claim.c.article))
    return statement.select_from(article)


def _where(query: Query, scope: Scope) -> sa.ColumnElement[bool]:
    found = clause(query.where, scope)
    if "version" in names(query.where):
        return found
    return sa.and_(found, article.c.state == "live")


def _read(query: Query) -> tuple[date, int]:
    text = query.after or ""
    try:
        body = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        kind, order, asked, start, key = msgspec.json.decode(body)
        day = date.min if order == "added" else date.fromisoformat(start)
        found = day, int(key)
    except (ValueError, TypeError, msgspec.DecodeError) as error:
        raise QueryError("that is no cursor; give the one a page ended with") from error
    if (kind, order) != (query.kind, query.order):
        raise QueryError(f"the cursor is of {kind} by {order}; begin again without it")
    if asked != _asked(query):
        raise QueryError("the cursor is of another search; begin again without it")
    return found


def _asked(query: Query) -> str:
    """Return a name for what a search asks."""
    return digest("search", msgspec.json.encode(query.where).decode())
