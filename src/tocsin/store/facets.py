"""How many of the records that a search finds have which value, for narrowing the search down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.ids import number
from tocsin.records.query import All, Query, names
from tocsin.store.among import among
from tocsin.store.clauses import Scope, clause
from tocsin.store.tables import article, claim, event, member, party, who

# Records that are counted; of a search that finds more, these are the first that the database met.
COUNTED = 10_000
# Values told of in each facet.
SHOWN = 8


class Facet(NamedTuple):
    """A field with its most frequent values, each with how many records have it."""

    field: str
    values: tuple[tuple[str, int], ...]


class Facets(NamedTuple):
    """The facets of what a search finds; `more` where it finds more than was counted."""

    facets: tuple[Facet, ...]
    counted: int
    more: bool


_CLAIM: Mapping[str, sa.ColumnElement[Any]] = MappingProxyType(
    {
        "type": claim.c.type, "modality": claim.c.modality, "country": claim.c.country,
        "place": claim.c.place, "outlet": article.c.outlet,
    }
)  # fmt: skip
_ARTICLE: Mapping[str, sa.ColumnElement[Any]] = MappingProxyType(
    {"outlet": article.c.outlet, "source": article.c.source, "language": article.c.language}
)
_EVENT: Mapping[str, sa.ColumnElement[Any]] = MappingProxyType(
    {"level": event.c.level, "type": event.c.type, "country": event.c.country}
)


def of_claims(connection: Connection, query: Query) -> Facets:
    """Return the facets of the claims that a search finds."""
    source = claim.join(article, article.c.key == claim.c.article)
    where = _where(connection, query)
    rows = _rows(connection, {**_CLAIM, "key": claim.c.key}, source, where)
    keys = [row[-1] for row in rows[:COUNTED]]
    acting = (
        sa.select(sa.func.coalesce(who.c.country, who.c.entity, who.c.name), sa.func.count())
        .select_from(party.join(who, who.c.key == party.c.who))
        .where(party.c.role == "actor", among(connection, party.c.claim, keys))
        .group_by(sa.text("1"))
        .order_by(sa.desc(sa.text("2")), sa.text("1"))
        .limit(SHOWN)
    )
    people = tuple((row[0], int(row[1])) for row in connection.execute(acting))
    found = _told(_CLAIM, rows)
    return found._replace(facets=(found.facets[0], Facet("actor", people), *found.facets[1:]))


def of_articles(connection: Connection, query: Query) -> Facets:
    """Return the facets of the articles that a search finds."""
    return _told(_ARTICLE, _rows(connection, _ARTICLE, article, _where(connection, query)))


def of_events(connection: Connection, query: Query) -> Facets:
    """Return the facets of the events with a claim that a search finds; of all without a search."""
    if query.where == All():
        return _told(_EVENT, _rows(connection, _EVENT, event, sa.true()))
    found, more = claims_found(connection, query)
    held = sa.select(member.c.event).where(among(connection, member.c.claim, found))
    rows = connection.execute(sa.select(*_EVENT.values()).where(event.c.key.in_(held))).all()
    told = _told(_EVENT, rows)
    return told._replace(more=more)


def claims_found(connection: Connection, query: Query) -> tuple[list[int], bool]:
    """Return the keys that events know claims by, of those that a search finds; whether of more."""
    source = claim.join(article, article.c.key == claim.c.article)
    ids = sa.select(claim.c.id).select_from(source).where(_where(connection, query))
    found = list(map(number, connection.execute(ids.limit(COUNTED + 1)).scalars().all()))
    return found[:COUNTED], len(found) > COUNTED


def _where(connection: Connection, query: Query) -> sa.ColumnElement[bool]:
    """Return the condition of a search; live versions alone are meant where none is named."""
    found = clause(query.where, Scope(query.kind, connection.dialect.name))
    return found if "version" in names(query.where) else sa.and_(found, article.c.state == "live")


def _rows(
    connection: Connection,
    columns: Mapping[str, sa.ColumnElement[Any]],
    source: sa.FromClause,
    where: sa.ColumnElement[bool],
) -> Sequence[Sequence[Any]]:
    query = sa.select(*columns.values()).select_from(source).where(where).limit(COUNTED + 1)
    return connection.execute(query).all()


def _told(columns: Iterable[str], rows: Sequence[Sequence[Any]]) -> Facets:
    """Return facets out of rows, values by how many have them and then by name."""
    counted = rows[:COUNTED]
    out = []
    for at, field in enumerate(columns):
        held = Counter(str(row[at]) for row in counted if row[at] is not None)
        first = sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
        out.append(Facet(field, tuple(first)))
    return Facets(tuple(out), len(counted), len(rows) > COUNTED)
