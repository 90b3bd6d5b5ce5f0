"""Sources as a registry described them last, so that reports keep their grades without it."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.records.source import Source
from tocsin.store import pack
from tocsin.store.tables import source


def keep(connection: Connection, described: Iterable[Source]) -> None:
    """Keep sources in place of those kept before."""
    connection.execute(sa.delete(source))
    rows = [{"id": one.id, "body": pack.packed(one)} for one in described]
    if rows:
        connection.execute(sa.insert(source), rows)


def kept(connection: Connection) -> list[Source]:
    """Return the sources kept last, by their ids."""
    query = sa.select(source.c.body).order_by(source.c.id)
    return [pack.unpacked(row.body, Source) for row in connection.execute(query)]
