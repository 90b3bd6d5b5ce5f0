"""What changed in a store behind a cursor: articles, events and judgements, the last time each."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.store.tables import change

Kind = Literal["article", "event", "judgement"]


class Change(Struct, frozen=True):
    """A record that was added or changed, or is `gone`; `cursor` is where it stands in the list.

    A record stands there once, by its last change. An event that is gone was merged or split: its
    claims say in which event they are now.
    """

    cursor: int
    kind: Kind
    id: str
    gone: bool


def since(
    connection: Connection, cursor: int, limit: int, kind: Kind | None = None
) -> list[Change]:  # fmt: skip
    """Return what changed behind a cursor, oldest change first; 0 begins at the beginning."""
    query = sa.select(change).where(change.c.key > cursor).order_by(change.c.key).limit(limit)
    if kind is not None:
        query = query.where(change.c.kind == kind)
    rows = connection.execute(query)
    return [Change(row.key, row.kind, row.id, bool(row.gone)) for row in rows]


def last(connection: Connection) -> int:
    """Return the cursor of the last change; 0 where nothing ever changed."""
    return int(connection.execute(sa.select(sa.func.max(change.c.key))).scalar() or 0)
