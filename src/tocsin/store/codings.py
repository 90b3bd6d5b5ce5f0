"""What was coded out of articles: kept whole, and spread over the columns that searches ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from tocsin.base.ids import digest
from tocsin.base.text import fold
from tocsin.records.article import Article
from tocsin.records.claim import Claim, Participant
from tocsin.records.coded import Coded, Stamp
from tocsin.records.entity import Entity
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement
from tocsin.store import pack, text
from tocsin.store.articles import load as load_articles
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

Row = dict[str, Any]
# The tables that hang on an article and are written anew with every coding; claims take their
# parties and labels with them.
SPREAD = (claim, sentence, statement, relation, entity)


class Body(Struct, frozen=True, omit_defaults=True):
    """The records of one article's coding."""

    stamp: Stamp
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    entities: tuple[Entity, ...] = ()


def stamp_name(stamp: Stamp) -> str:
    """Return the name of a stamp, by which the store knows what was coded by what."""
    return digest("stamp", *(str(value) for value in pack.plain(stamp).values()))


def save(connection: Connection, key: int, coded: Coded, name: str, now: datetime) -> None:
    """Keep an article's coding in place of the one before."""
    body = Body(coded.stamp, coded.claims, coded.statements, coded.relations, coded.entities)
    row = {"stamp": name, "state": "done", "body": pack.packed(body), "coded": now}
    _replace(connection, key, row)
    sentences = _sentences(connection, key, coded)
    keys = _inserted(
        connection, claim, [_claim(c, key, sentences, coded.article) for c in coded.claims]
    )
    told = list(zip(coded.claims, keys, strict=True))
    people = _people(connection, coded.claims)
    _insert(connection, party, [row for c, of in told for row in _parties(c, of, people)])
    _insert(connection, label, [row for c, of in told for row in _labels(c, of)])
    _insert(connection, statement, [_statement(s, key) for s in coded.statements])
    _insert(connection, relation, [_relation(r, key) for r in coded.relations])
    _insert(connection, entity, [_entity(e, key) for e in coded.entities])


def skip(connection: Connection, key: int, name: str, now: datetime) -> None:
    """Mark an article as not coded under a stamp, so that it is not tried again before another."""
    row = {"stamp": name, "state": "skipped", "body": None, "coded": now}
    _replace(connection, key, row)


def load(connection: Connection, ids: Sequence[str]) -> list[Coded]:
    """Return the codings of some articles, in the order asked for; those without are left out."""
    out = []
    for found in load_articles(connection, ids):
        query = sa.select(coding.c.body).where(coding.c.article == found.key)
        body = connection.execute(query).scalar()
        if body is not None:
            out.append(_coded(found.article, pack.unpacked(body, Body)))
    return out


def claims(connection: Connection, ids: Sequence[str]) -> dict[str, Claim]:
    """Return claims by their ids; those whose words were forgotten are left out."""
    if not ids:
        return {}
    query = (
        sa.select(coding.c.body)
        .where(
            coding.c.article.in_(sa.select(claim.c.article).where(claim.c.id.in_(list(ids)))),
            coding.c.body.is_not(None),
        )
    )  # fmt: skip
    wanted = set(ids)
    bodies = (pack.unpacked(row.body, Body) for row in connection.execute(query))
    return {c.id: c for body in bodies for c in body.claims if c.id in wanted}


def _coded(found: Article, body: Body) -> Coded:
    return Coded(
        article=found, claims=body.claims, statements=body.statements,
        relations=body.relations, entities=body.entities, stamp=body.stamp,
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


def _claim(
    c: Claim, key: int, sentences: Mapping[tuple[int, int], int], of: Article
) -> Row:  # fmt: skip
    when, due, where = c.date, c.deadline, c.place
    return {
        "reported": of.published.day if of.published else date.min,
        "article": key,
        "sentence": sentences[c.sentence.start, c.sentence.end],
        "id": c.id,
        "type": c.type,
        "modality": c.modality,
        "start": c.trigger.start,
        "end": c.trigger.end,
        "confidence": c.confidence,
        "outcome": c.outcome,
        "first_day": when.start if when else None,
        "last_day": when.end if when else None,
        "due_from": due.start if due else None,
        "due_to": due.end if due else None,
        "place": where.name if where else None,
        "place_folded": fold(where.name) if where else None,
        "country": where.country if where else None,
        "geonames": where.geonames if where else None,
        "latitude": where.latitude if where else None,
        "longitude": where.longitude if where else None,
        "place_precision": where.precision if where else None,
        "killed": c.killed.low if c.killed else None,
        "injured": c.injured.low if c.injured else None,
        "conditional": c.condition is not None,
        "content_of": c.content_of,
    }


def _roles(c: Claim) -> Mapping[str, tuple[Participant, ...]]:
    chain = c.attribution.chain if c.attribution else ()
    return {
        "actor": c.actors, "recipient": c.recipients, "speaker": chain, "denier": c.denied_by,
    }  # fmt: skip


def _parties(c: Claim, key: int, people: Mapping[str, int]) -> Iterator[Row]:
    for role, found in _roles(c).items():
        for rank, one in enumerate(found):
            yield {"claim": key, "role": role, "rank": rank, "who": people[_who(one)["id"]]}


def _people(connection: Connection, told: Sequence[Claim]) -> dict[str, int]:
    """Return the keys of all who take part, adding those whom the store does not have."""
    rows = {
        row["id"]: row
        for c in told
        for found in _roles(c).values()
        for row in map(_who, found)
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


def _who(one: Participant) -> Row:
    sectors = "".join(f"{code} " for code in one.sectors)
    return {
        "id": digest("who", one.name, one.entity or "", one.country or "", sectors),
        "name": one.name,
        "folded": fold(one.name),
        "entity": one.entity,
        "country": one.country,
        "sectors": sectors,
    }


def _labels(c: Claim, key: int) -> Iterator[Row]:
    for kind, values in (("mode", c.modes), ("context", c.contexts)):
        for value in dict.fromkeys(values):
            yield {"claim": key, "kind": kind, "value": value}


def _statement(s: Statement, key: int) -> Row:
    who = s.speaker
    return {
        "article": key,
        "id": s.id,
        "polarity": s.polarity,
        "style": s.style,
        "name": who.name if who else None,
        "entity": who.entity if who else None,
        "country": who.country if who else None,
        "start": s.content.start,
        "end": s.content.end,
    }


def _relation(r: Relation, key: int) -> Row:
    return {
        "article": key,
        "id": r.id,
        "relation": r.relation,
        "subject": r.subject.name,
        "subject_entity": r.subject.entity,
        "object": r.object.name,
        "object_entity": r.object.entity,
    }


def _entity(e: Entity, key: int) -> Row:
    return {
        "article": key,
        "id": e.id,
        "kind": e.kind,
        "name": e.name,
        "country": e.country,
        "known_as": e.known_as,
        "mentions": len(e.mentions),
    }


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
