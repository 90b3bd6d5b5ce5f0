"""Who takes part in claims, with whom, when: what pages about actors, dyads and places ask for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.text import fold
from tocsin.records.query import Node
from tocsin.records.relation import Relation
from tocsin.store import codings
from tocsin.store.articles import few
from tocsin.store.clauses import Scope, clause
from tocsin.store.tables import article, claim, party, relation, statement, who

# Claims that a page is made of at most, the newest first.
MOST = 10_000


class Listed(Struct, frozen=True):
    """Somebody who is named: how often as actor, recipient and speaker; `name` finds him again."""

    name: str
    shown: str
    country: str | None
    acts: int
    suffers: int
    speaks: int


class Act(NamedTuple):
    """A claim: its key in the store, its id, what was done, on which day, reported when."""

    key: int
    id: str
    type: str
    modality: str
    day: date | None
    reported: date
    precision: str | None


class Party(NamedTuple):
    """Somebody who takes part in a claim."""

    claim: int
    role: str
    name: str
    shown: str
    country: str | None


class Said(Struct, frozen=True):
    """What somebody says in an article, in its words."""

    words: str
    polarity: str
    article: str
    outlet: str | None
    reported: date


class Stands(Struct, frozen=True):
    """How an article says that two stand to each other."""

    relation: Relation
    outlet: str | None
    reported: date


_NAME = sa.func.coalesce(who.c.entity, who.c.name)
# Each name that somebody takes part by, with the country that he has there.
_CALLED = (
    sa.select(who.c.name, who.c.country)
    .join(party, party.c.who == who.c.key)
    .group_by(who.c.name, who.c.country)
)


def listed(connection: Connection, words: str = "", limit: int = 100) -> list[Listed]:
    """Return those who take part in most claims; of all, or those whose names hold some words."""

    def times(role: str) -> sa.ColumnElement[int]:
        return sa.func.count(sa.distinct(sa.case((party.c.role == role, party.c.claim))))

    query = (
        sa.select(_NAME, times("actor"), times("recipient"), times("speaker"))
        .join(party, party.c.who == who.c.key)
        .group_by(_NAME)
        .order_by(sa.func.count().desc(), _NAME)
        .limit(limit)
    )
    if words.strip():
        name = fold(words.strip())
        query = query.where(
            who.c.folded.contains(name, autoescape=True) | (who.c.entity == words.strip())
        )
    rows = connection.execute(query).all()
    usual = _usual(connection, [name for name, *_ in rows])
    return [Listed(name, *usual[name], *counts) for name, *counts in rows]


def _usual(connection: Connection, names: Sequence[str]) -> Mapping[str, tuple[str, str | None]]:
    """Return how some are called most often, each with the country that he has there."""
    query = (
        _CALLED.add_columns(_NAME)
        .where(_NAME.in_(names))
        .group_by(_NAME)
        .order_by(sa.func.count(), who.c.name.desc())
    )
    return {of: (shown, country) for shown, country, of in connection.execute(query)}


def called(connection: Connection, name: str) -> tuple[str, str | None] | None:
    """Return how somebody is called most often, and his country; None where nobody is named so."""
    query = (
        _CALLED.where((who.c.entity == name) | (who.c.folded == fold(name)))
        .order_by(sa.func.count().desc(), who.c.name)
        .limit(1)
    )
    row = connection.execute(query).first()
    return (row.name, row.country) if row else None


def spellings(connection: Connection, name: str) -> list[str]:
    """Return the names that texts give an entity."""
    query = sa.select(who.c.name).where(who.c.entity == name).distinct().order_by(who.c.name)
    return list(connection.execute(query).scalars())


def acts(connection: Connection, where: Node, limit: int = MOST) -> list[Act]:
    """Return the claims of a search, of articles that stand, the newest reports first."""
    asked = clause(where, Scope("claims", connection.dialect.name))
    query = (
        sa.select(
            claim.c.key, claim.c.id, claim.c.type, claim.c.modality, claim.c.first_day,
            claim.c.reported, claim.c.place_precision,
        )
        .join(article, article.c.key == claim.c.article)
        .where(asked, article.c.state == "live")
        .order_by(claim.c.reported.desc(), claim.c.key.desc())
        .limit(limit)
    )  # fmt: skip
    return [Act(*row) for row in connection.execute(query)]


def parties(connection: Connection, claims: Collection[int], role: str) -> list[Party]:
    """Return those who have a role in some claims, by their keys."""
    query = sa.select(
        party.c.claim, party.c.role, _NAME, who.c.name, who.c.country
    ).join(who, who.c.key == party.c.who)  # fmt: skip
    return [
        Party(*row)
        for some in _few(claims)
        for row in connection.execute(
            query.where(party.c.claim.in_(some), party.c.role == role).order_by(party.c.claim)
        )
    ]


def said(connection: Connection, name: str, limit: int = 20) -> list[Said]:
    """Return the last statements of somebody, by entity or name."""
    words = sa.func.substr(
        article.c.text, statement.c.start + 1, statement.c.end - statement.c.start
    )
    query = (
        sa.select(
            words, statement.c.polarity, article.c.id, article.c.outlet, article.c.reported
        )
        .join(article, article.c.key == statement.c.article)
        .where(
            (statement.c.entity == name) | (statement.c.name == name), article.c.state == "live"
        )
        .order_by(article.c.reported.desc(), statement.c.key.desc())
        .limit(limit)
    )  # fmt: skip
    return [Said(*row) for row in connection.execute(query)]


def stands(connection: Connection, name: str, limit: int = 50) -> list[Stands]:
    """Return how articles say that somebody stands to others, the newest first."""
    ends = sa.or_(
        relation.c.subject_entity == name, relation.c.object_entity == name,
        relation.c.subject == name, relation.c.object == name,
    )  # fmt: skip
    query = (
        sa.select(
            relation.c.id, article.c.id.label("article"), article.c.outlet, article.c.reported
        )
        .join(article, article.c.key == relation.c.article)
        .where(ends, article.c.state == "live")
        .order_by(article.c.reported.desc(), relation.c.key.desc())
        .limit(limit)
    )
    rows: Sequence[Any] = connection.execute(query).all()
    held = {
        one.id: one
        for coded in codings.load(connection, sorted({row.article for row in rows}))
        for one in coded.relations
    }
    return [Stands(held[row.id], row.outlet, row.reported) for row in rows if row.id in held]


def _few(keys: Collection[int]) -> Sequence[Sequence[int]]:
    return list(few(sorted(keys)))
