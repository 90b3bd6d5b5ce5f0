"""Searches, watch lists and drafts in a store: kept, found, put away."""

from __future__ import annotations

from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.records.kept import Draft, Kept, Saved, Watched
from tocsin.store import pack
from tocsin.store.tables import kept

K = TypeVar("K", Saved, Watched, Draft)
_KINDS: dict[type[Kept], str] = {Saved: "search", Watched: "watch", Draft: "report"}


def keep(connection: Connection, one: Kept) -> None:
    """Keep something, in the place of what had its id."""
    drop(connection, one.id)
    name = (
        one.name if isinstance(one, Saved) else one.title if isinstance(one, Draft) else one.value
    )
    row = {
        "id": one.id, "kind": _KINDS[type(one)], "name": name, "time": one.time,
        "body": pack.packed(one),
    }  # fmt: skip
    connection.execute(sa.insert(kept).values(**row))


def drop(connection: Connection, name: str) -> bool:
    """Put something away by its id; return whether it was there."""
    ours = kept.c.kind.in_(_KINDS.values())
    return bool(connection.execute(sa.delete(kept).where(kept.c.id == name, ours)).rowcount)


def load(connection: Connection, kind: type[K]) -> list[K]:
    """Return all that is kept of a kind, by name."""
    query = sa.select(kept.c.body).where(kept.c.kind == _KINDS[kind])
    rows = connection.execute(query.order_by(kept.c.name, kept.c.key)).scalars()
    return [pack.unpacked(body, kind) for body in rows]


def find(connection: Connection, name: str, kind: type[K]) -> K | None:
    """Return one by its id; None where there is none."""
    query = sa.select(kept.c.body).where(kept.c.id == name, kept.c.kind == _KINDS[kind])
    body = connection.execute(query).scalar()
    return None if body is None else pack.unpacked(body, kind)
