"""Events in a store: written whole, with the columns that lists ask for, and found again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.ids import named, number
from tocsin.records.event import Event
from tocsin.store import pack
from tocsin.store.articles import few
from tocsin.store.tables import event, member


class Member(NamedTuple):
    """A claim, the article it stands in, the event it is in, and what it hangs together with."""

    claim: str
    article: str
    event: str
    component: str


def members(
    connection: Connection, by: Literal["claim", "article", "event", "component"],
    names: Collection[str],
) -> list[Member]:  # fmt: skip
    """Return the claims in events that have some names in a column."""
    return [
        Member(
            named("claim", row.claim), named("article", row.article), named("event", row.event),
            named("claim", row.component),
        )
        for some in few(sorted(map(number, names)))
        for row in connection.execute(sa.select(member).where(member.c[by].in_(some))).all()
    ]  # fmt: skip


def drop(connection: Connection, ids: Collection[str], claims: Collection[str]) -> None:
    """Take events out, and claims out of whatever event they are in."""
    for column, names in ((event.c.key, ids), (member.c.claim, claims)):
        for some in few(sorted(map(number, names))):
            connection.execute(sa.delete(column.table).where(column.in_(some)))


def add(connection: Connection, made: Sequence[Event], held: Sequence[Member]) -> None:
    """Keep events, and which claims are in them."""
    if made:
        connection.execute(sa.insert(event), [_row(one) for one in made])
    if held:
        rows = [{name: number(value) for name, value in one._asdict().items()} for one in held]
        connection.execute(sa.insert(member), rows)


def load(connection: Connection, ids: Collection[str]) -> dict[str, Event]:
    """Return events by their ids."""
    return {
        row.id: pack.unpacked(row.body, Event)
        for some in few(sorted(ids))
        for row in connection.execute(
            sa.select(event.c.id, event.c.body).where(event.c.id.in_(some))
        )
    }


def _row(one: Event) -> dict[str, Any]:
    killed = next((tally.best for tally in one.tallies if tally.kind == "killed"), None)
    place = one.place
    return {
        "key": number(one.id), "id": one.id, "type": one.type, "modality": one.modality,
        "level": one.level,
        "start": one.start, "end": one.end,
        "first_reported": one.first_reported or date.min,
        "last_reported": one.last_reported or date.min,
        "country": place.country if place else None,
        "reports": len(one.reports), "articles": one.articles, "copies": one.copies,
        "independent": one.independent, "disputed": bool(one.disputes), "killed": killed,
        "title": one.title, "body": pack.packed(one),
    }  # fmt: skip
