"""All events of a store at once, in as few columns as series, maps and lists of change need."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.ids import number
from tocsin.records.judgement import Judgement
from tocsin.records.query import Query
from tocsin.store import judgements, pack, search
from tocsin.store.articles import few
from tocsin.store.tables import event, feed, judgement, member, run

T = TypeVar("T", bound=Struct)
# Bytes at the end of compressed ones that tell whether they changed: the Adler-32 of zlib.
_MARK = 4


class Row(Struct, frozen=True):
    """The columns of an event."""

    key: int
    type: str
    modality: str
    level: str
    country: str | None
    reports: int
    copies: int
    independent: int
    disputed: bool
    killed: int | None


def state(connection: Connection) -> str:
    """Return what changes whenever events may have: the last run, and how often it was judged.

    While a run goes on, events change and this does not.
    """
    last = sa.select(run.c.id, run.c.state).order_by(run.c.key.desc()).limit(1)
    row = connection.execute(last).first()
    made = sa.select(sa.func.count(), sa.func.count(judgement.c.undone))
    judged = connection.execute(made.select_from(judgement)).one()
    held = connection.execute(sa.select(sa.func.count()).select_from(event)).scalar_one()
    return f"{row.id if row else ''} {row.state if row else ''} {judged[0]} {judged[1]} {held}"


def marks(connection: Connection) -> dict[int, bytes]:
    """Return for the key of every event what changes when the event does."""
    tail = sa.func.substr(event.c.body, sa.func.length(event.c.body) - _MARK + 1)
    return {row.key: bytes(row.mark) for row in
            connection.execute(sa.select(event.c.key, tail.label("mark")))}  # fmt: skip


def rows(
    connection: Connection, keys: Collection[int] | None, kind: type[T]
) -> Iterator[tuple[Row, T]]:
    """Yield events by their keys, or all of them: their columns, and what `kind` has of the rest.

    `kind` is a record of some of an event's fields.
    """
    decoder = msgspec.json.Decoder(kind)
    names = Row.__struct_fields__
    query = sa.select(*(event.c[name] for name in names), event.c.body)
    groups = [query] if keys is None else [
        query.where(event.c.key.in_(some)) for some in few(sorted(keys))
    ]  # fmt: skip
    for group in groups:
        for *values, body in connection.execute(group):
            yield Row(*values), decoder.decode(pack.expanded(body))


def matching(connection: Connection, query: Query) -> tuple[set[int], bool]:
    """Return the keys of the events with a claim that a search finds; and whether it finds more.

    It looks at as many claims as facets count.
    """
    found = search.everything(connection, query)
    return set(connection.execute(search.holders(connection, found)).scalars()), found.more


def health(connection: Connection) -> dict[str, int]:
    """Return how many feeds are in which health."""
    query = sa.select(feed.c.health, sa.func.count().label("number")).group_by(feed.c.health)
    return {row.health: row.number for row in connection.execute(query)}


def judged(connection: Connection) -> set[int]:
    """Return the keys of the events that an analyst judged, whole or by one of their claims."""
    targets = {one for made in judgements.standing(connection) for one in _about(made)}
    claims = [number(name) for name in targets if name.startswith("claim-")]
    keys = {number(name) for name in targets if name.startswith("event-")}
    for some in few(sorted(claims)):
        keys.update(
            connection.execute(sa.select(member.c.event).where(member.c.claim.in_(some))).scalars()
        )
    return keys


def _about(made: Judgement) -> Iterator[str]:
    """Yield what a judgement is about; one of a threat's outcome judges no event."""
    if made.verdict != "confirm":
        yield made.target
        if made.other:
            yield made.other
