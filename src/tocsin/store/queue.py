"""What an analyst's attention may be spent on: claims, events and pairs with what ranks them."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.ids import named
from tocsin.store.tables import article, claim, event, judgement, member, pair


class Weight(NamedTuple):
    """What an event weighs: how many were killed, in how many reports, and how it is called."""

    killed: int
    reports: int
    title: str


class Doubt(NamedTuple):
    """A claim with the chance that it is one, and the event that it is in."""

    claim: str
    chance: float
    event: str


class Brush(NamedTuple):
    """Two events with the two claims of them that are likeliest to tell of one event."""

    one: str
    other: str
    claim: str
    beside: str
    chance: float


def state(connection: Connection) -> tuple[object, ...]:
    """Return what is another where events or judgements are."""
    rows = (
        sa.select(sa.func.count(), sa.func.max(judgement.c.key), sa.func.max(judgement.c.undone)),
        sa.select(sa.func.count(judgement.c.undone)),
        sa.select(sa.func.count(), sa.func.max(event.c.key), sa.func.min(event.c.key)),
        sa.select(sa.func.count(), sa.func.sum(member.c.event % 1_000_003)),
    )
    tables = (judgement, judgement, event, member)
    return tuple(
        value
        for query, table in zip(rows, tables, strict=True)
        for value in connection.execute(query.select_from(table)).one()
    )


def weights(connection: Connection) -> dict[str, Weight]:
    """Return what every event weighs, by its id."""
    query = sa.select(event.c.id, event.c.killed, event.c.reports, event.c.title)
    return {
        row.id: Weight(row.killed or 0, row.reports, row.title) for row in connection.execute(query)
    }


def doubts(connection: Connection) -> list[Doubt]:
    """Return the claims of events, of articles that still stand."""
    held = {
        named("claim", row.claim): named("event", row.event)
        for row in connection.execute(sa.select(member.c.claim, member.c.event))
    }
    query = (
        sa.select(claim.c.id, claim.c.confidence)
        .join(article, article.c.key == claim.c.article)
        .where(article.c.state == "live")
    )
    return [
        Doubt(row.id, row.confidence, held[row.id])
        for row in connection.execute(query)
        if row.id in held
    ]


def brushes(connection: Connection, least: float) -> list[Brush]:
    """Return the events of which two claims are of one event with a chance of `least` or more."""
    ours, theirs = member.alias(), member.alias()
    query = (
        sa.select(
            pair.c.one, pair.c.other, pair.c.chance, ours.c.event, theirs.c.event.label("beside")
        )
        .join(ours, ours.c.claim == pair.c.one)
        .join(theirs, theirs.c.claim == pair.c.other)
        .where(pair.c.chance >= least, ours.c.event != theirs.c.event)
    )
    out: dict[tuple[str, str], Brush] = {}
    for row in connection.execute(query):
        ends = [
            (named("event", row.event), named("claim", row.one)),
            (named("event", row.beside), named("claim", row.other)),
        ]
        (one, first), (other, second) = sorted(ends)
        before = out.get((one, other))
        if before is None or before.chance < row.chance:
            out[one, other] = Brush(one, other, first, second, row.chance)
    return list(out.values())


def disputed(connection: Connection) -> list[str]:
    """Return the events of which claims cannot all hold."""
    return list(connection.execute(sa.select(event.c.id).where(event.c.disputed)).scalars())
