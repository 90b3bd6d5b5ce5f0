"""Answers searches: claims or articles, a page at a time, the same from either database."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError
from tocsin.base.ids import digest
from tocsin.records.query import Query, names
from tocsin.store.clauses import Scope, clause
from tocsin.store.match import is_common
from tocsin.store.tables import article, claim

# A count goes no further than this; whoever has more is told "more than".
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found: its id, its article's, the day it was reported, where its words stand."""

    id: str
    article: str
    reported: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits in order, and the cursor that the next page begins behind; None at the end."""

    hits: tuple[Hit, ...]
    next: str | None


def search(connection: Connection, query: Query) -> Page:
    """Return one page of what a search finds; raise QueryError where its cursor is another's."""
    rows = connection.execute(_page(connection, query)).all()
    more = len(rows) > query.limit
    rows = rows[: query.limit]
    hits = tuple(
        Hit(row.id, row.article, None if row.reported == date.min else row.reported) for row in rows
    )
    following = _cursor(query, [rows[-1].by, rows[-1].key]) if more else None
    return Page(hits, following)


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
    page = _page(connection, query)
    sql = page.compile(connection, compile_kwargs={"literal_binds": True})
    verb = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return [str(row[-1]) for row in connection.exec_driver_sql(f"{verb} {sql}")]


def _page(connection: Connection, query: Query) -> sa.Select[Any]:
    scope = Scope(query.kind, connection.dialect.name, partial(is_common, connection))
    table = claim if query.kind == "claims" else article
    by: sa.ColumnElement[Any] = table.c.key if query.order == "added" else table.c.reported
    # A plain column of zeros keeps the shape of a cursor the same for every order.
    first: sa.ColumnElement[Any] = sa.literal(0) if query.order == "added" else by
    columns = [table.c.key, table.c.id, table.c.reported, first.label("by")]
    of = article.c.id.label("article")
    statement = _from(sa.select(*columns, of), query.kind).where(_where(query, scope))
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


def _cursor(query: Query, values: Sequence[Any]) -> str:
    body = msgspec.json.encode([query.kind, query.order, _asked(query), *values])
    return base64.urlsafe_b64encode(body).decode().rstrip("=")


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
