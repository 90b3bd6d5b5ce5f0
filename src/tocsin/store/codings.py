"""What was coded out of articles: kept whole, and spread over the columns that searches ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from tocsin.records.article import Article, Byline
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded, Stamp
from tocsin.records.entity import Entity
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement
from tocsin.store import pack, spread, text
from tocsin.store.articles import few, moment
from tocsin.store.articles import load as load_articles
from tocsin.store.spread import Row
from tocsin.store.tables import (
    article,
    claim,
    coding,
    entity,
    label,
    party,
    relation,
    sentence,
    statement,
    who,
)

B = TypeVar("B", bound="Said")
# The tables that hang on an article and are written anew with every coding; claims take their
# parties and labels with them.
SPREAD = (claim, sentence, statement, relation, entity)


class Said(Struct, frozen=True, omit_defaults=True):
    """What is read of a body where nothing but claims is asked for."""

    stamp: Stamp
    claims: tuple[Claim, ...] = ()


class Body(Said, frozen=True, omit_defaults=True):
    """The records of one article's coding."""

    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    entities: tuple[Entity, ...] = ()


class Reported(NamedTuple):
    """What an article says: its key in the store, who published it, its claims."""

    key: int
    byline: Byline
    claims: tuple[Claim, ...]


def stamp_name(stamp: Stamp) -> str:
    """Return the name of a stamp, by which the store knows what was coded by what."""
    return pack.name("stamp", stamp)


def save(connection: Connection, key: int, coded: Coded, name: str, now: datetime) -> None:
    """Keep an article's coding in place of the one before."""
    body = Body(coded.stamp, coded.claims, coded.statements, coded.relations, coded.entities)
    row = {"stamp": name, "state": "done", "body": pack.packed(body), "coded": now}
    _replace(connection, key, row)
    sentences = _sentences(connection, key, coded)
    keys = _inserted(
        connection, claim, [spread.claim(c, key, sentences, coded.article) for c in coded.claims]
    )
    told = list(zip(coded.claims, keys, strict=True))
    people = _people(connection, coded.claims)
    _insert(connection, party, [row for c, of in told for row in spread.parties(c, of, people)])
    _insert(connection, label, [row for c, of in told for row in spread.labels(c, of)])
    _insert(connection, statement, [spread.statement(s, key) for s in coded.statements])
    _insert(connection, relation, [spread.relation(r, key) for r in coded.relations])
    _insert(connection, entity, [spread.entity(e, key) for e in coded.entities])


def skip(connection: Connection, key: int, name: str, now: datetime) -> None:
    """Mark an article as not coded under a stamp, so that it is not tried again before another."""
    row = {"stamp": name, "state": "skipped", "body": None, "coded": now}
    _replace(connection, key, row)


def load(connection: Connection, ids: Sequence[str]) -> list[Coded]:
    """Return the codings of some articles, in the order asked for; those without are left out."""
    return [
        Coded(
            article=found, claims=body.claims, statements=body.statements,
            relations=body.relations, entities=body.entities, stamp=body.stamp,
        )
        for found, body in _bodies(connection, ids, Body)
    ]  # fmt: skip


def claimed(connection: Connection, ids: Sequence[str]) -> list[Coded]:
    """Return the codings of some articles as `load` does, with nothing in them but claims."""
    return [
        Coded(article=found, claims=body.claims, stamp=body.stamp)
        for found, body in _bodies(connection, ids, Said)
    ]


def claims(connection: Connection, ids: Sequence[str]) -> dict[str, Claim]:
    """Return claims by their ids; those whose words were forgotten are left out."""
    keys = {
        key
        for some in few(ids)
        for key in connection.execute(sa.select(claim.c.article).where(claim.c.id.in_(some)))
        .scalars().all()
    }  # fmt: skip
    wanted = set(ids)
    return {
        c.id: c
        for some in few(sorted(keys))
        for row in connection.execute(_BODIES.where(coding.c.article.in_(some)))
        for c in pack.unpacked(row.body, Said).claims
        if c.id in wanted
    }


def _bodies(
    connection: Connection, ids: Sequence[str], kind: type[B]
) -> Iterator[tuple[Article, B]]:
    """Yield some articles with their codings, read as some kind of body."""
    found = load_articles(connection, ids)
    bodies = {
        row.article: row.body
        for some in few([one.key for one in found])
        for row in connection.execute(_BODIES.where(coding.c.article.in_(some)))
    }
    for one in found:
        if one.key in bodies:
            yield one.article, pack.unpacked(bodies[one.key], kind)


def stream(
    connection: Connection, *, after: int = 0, size: int = 1000
) -> Iterator[Reported]:  # fmt: skip
    """Yield what articles say, all of them that were coded, in the order they came.

    Begins behind the article of a key, and fetches so many at a time. Articles that were edited
    since are left out, as are those forgotten; retracted ones are marked in their bylines.
    """
    while True:
        query = _STANDING.where(coding.c.article > after).limit(size)
        rows = connection.execute(query).mappings().all()
        for row in rows:
            body = pack.unpacked(row["body"], Said)
            yield Reported(row["key"], _byline(row), body.claims)
        if len(rows) < size:
            return
        after = rows[-1]["key"]


_BODIES = sa.select(coding.c.article, coding.c.body).where(coding.c.body.is_not(None))
_STANDING = (
    sa.select(
        *(article.c[name] for name in ("key", "id", "state", "outlet", "title", "url", "wire",
                                       "source", "chain", "published", "precision", "clock")),
        coding.c.body,
    )
    .join_from(coding, article)
    .where(coding.c.body.is_not(None), article.c.state.in_(("live", "retracted")))
    .order_by(coding.c.article)
)  # fmt: skip


def _byline(row: sa.RowMapping) -> Byline:
    return Byline(
        article=row["id"], outlet=row["outlet"], published=moment(row), title=row["title"],
        url=row["url"], wire=tuple(row["wire"]), source=row["source"], chain=row["chain"],
        retracted=row["state"] == "retracted",
    )  # fmt: skip


def _replace(connection: Connection, key: int, row: Row) -> None:
    """Write an article's coding anew, and take out what searches asked of the one before."""
    had = connection.execute(sa.delete(coding).where(coding.c.article == key)).rowcount
    if had:
        for table in SPREAD:
            connection.execute(sa.delete(table).where(table.c.article == key))
    connection.execute(sa.insert(coding).values(article=key, **row))


def _sentences(connection: Connection, key: int, coded: Coded) -> Mapping[tuple[int, int], int]:
    """Return the keys of the sentences that claims stand in, by their characters."""
    spans = sorted({c.sentence for c in coded.claims})
    rows = [{"article": key, "start": s.start, "end": s.end, "words": s.quote} for s in spans]
    keys = _inserted(connection, sentence, rows)
    told = ({**row, "key": key} for row, key in zip(rows, keys, strict=True))
    text.index(connection, "sentence", told)
    return {(s.start, s.end): k for s, k in zip(spans, keys, strict=True)}


def _people(connection: Connection, told: Sequence[Claim]) -> dict[str, int]:
    """Return the keys of all who take part, adding those whom the store does not have."""
    rows = {
        row["id"]: row
        for c in told
        for found in spread.roles(c).values()
        for row in map(spread.person, found)
    }  # fmt: skip
    keys = _known(connection, list(rows))
    new = [row for name, row in rows.items() if name not in keys]
    if new:
        # Another process may add the same one meanwhile.
        insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(who)
        connection.execute(insert.on_conflict_do_nothing(), new)
        keys |= _known(connection, [row["id"] for row in new])
    return keys


def _known(connection: Connection, ids: list[str]) -> dict[str, int]:
    query = sa.select(who.c.id, who.c.key).where(who.c.id.in_(ids))
    return {row.id: row.key for row in connection.execute(query)} if ids else {}


def _insert(connection: Connection, table: sa.Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)


def _inserted(connection: Connection, table: sa.Table, rows: list[Row]) -> list[int]:
    """Insert rows and return their keys, in the order of the rows."""
    if not rows:
        return []
    statement_ = sa.insert(table).returning(table.c.key, sort_by_parameter_order=True)
    return [row.key for row in connection.execute(statement_, rows)]


def keys_of(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return the keys of articles by their ids."""
    query = sa.select(article.c.id, article.c.key).where(article.c.id.in_(list(ids)))
    return {row.id: row.key for row in connection.execute(query)}
