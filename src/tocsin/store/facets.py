"""How many of the records that a search finds have which value, for narrowing the search down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from types import MappingProxyType
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.records.query import Query
from tocsin.store import search
from tocsin.store.among import among
from tocsin.store.search import COUNTED, Found
from tocsin.store.tables import article, claim, event, party, who

# Values told of in each facet.
SHOWN = 8


class Facet(NamedTuple):
    """A field with its most frequent values, each with how many records have it."""

    field: str
    values: tuple[tuple[str, int], ...]


class Facets(NamedTuple):
    """The facets of what a search finds; `more` where it finds more than was counted."""

    facets: tuple[Facet, ...]
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


def everything(connection: Connection, query: Query) -> Found:
    """Return all that a search finds, as far as is counted, with what its facets tell of."""
    columns = _CLAIM if query.kind == "claims" else _ARTICLE
    return search.everything(connection, query, tuple(columns.values()))


def of_claims(connection: Connection, found: Found) -> Facets:
    """Return the facets of the claims that a search finds, which `found` has."""
    acting = (
        sa.select(sa.func.coalesce(who.c.country, who.c.entity, who.c.name), sa.func.count())
        .select_from(party.join(who, who.c.key == party.c.who))
        .where(party.c.role == "actor", among(connection, party.c.claim, found.keys))
        .group_by(sa.text("1"))
        .order_by(sa.desc(sa.text("2")), sa.text("1"))
        .limit(SHOWN)
    )
    people = tuple((row[0], int(row[1])) for row in connection.execute(acting))
    first, *others = _counted(_CLAIM, found.beside)
    return Facets((first, Facet("actor", people), *others), found.more)


def of_articles(found: Found) -> Facets:
    """Return the facets of the articles that a search finds, which `found` has."""
    return Facets(tuple(_counted(_ARTICLE, found.beside)), found.more)


def of_events(connection: Connection, found: Found | None = None) -> Facets:
    """Return the facets of the events with a claim that a search finds; of all without a search."""
    held = sa.true() if found is None else event.c.key.in_(search.holders(connection, found))
    query = sa.select(*_EVENT.values()).where(held).limit(COUNTED + 1)
    rows = connection.execute(query).all()
    more = len(rows) > COUNTED if found is None else found.more
    return Facets(tuple(_counted(_EVENT, [*zip(*rows[:COUNTED], strict=True)])), more)


def _counted(fields: Iterable[str], columns: Sequence[Sequence[Any]]) -> Iterator[Facet]:
    """Yield the facets of columns, values by how many have them and then by name."""
    for field, values in zip(fields, columns or repeat(()), strict=False):
        held = {str(value): n for value, n in Counter(values).items() if value is not None}
        first = sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
        yield Facet(field, tuple(first))
