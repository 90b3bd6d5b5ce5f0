"""Remarks in a store: kept beside searches and drafts, found by their claims, put away."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.records.remark import Remark
from tocsin.store import pack
from tocsin.store.articles import few
from tocsin.store.tables import kept

KIND = "remark"
_OURS = kept.c.kind == KIND


def keep(connection: Connection, one: Remark) -> None:
    """Keep a remark, in the place of the same one."""
    drop(connection, one.id)
    row = {
        "id": one.id, "kind": KIND, "name": one.claim, "time": one.time, "body": pack.packed(one),
    }  # fmt: skip
    connection.execute(sa.insert(kept).values(**row))


def drop(connection: Connection, name: str) -> bool:
    """Put a remark away by its id; return whether it was there."""
    return bool(connection.execute(sa.delete(kept).where(_OURS, kept.c.id == name)).rowcount)


def find(connection: Connection, name: str) -> Remark | None:
    """Return a remark by its id; None where there is none."""
    body = connection.execute(sa.select(kept.c.body).where(_OURS, kept.c.id == name)).scalar()
    return None if body is None else pack.unpacked(body, Remark)


def every(connection: Connection) -> list[Remark]:
    """Return all remarks, the last one first."""
    query = sa.select(kept.c.body).where(_OURS).order_by(kept.c.time.desc(), kept.c.key.desc())
    return [pack.unpacked(body, Remark) for body in connection.execute(query).scalars()]


def about(connection: Connection, claims: Collection[str]) -> list[Remark]:
    """Return the remarks of some claims, the first one first."""
    found = [
        pack.unpacked(body, Remark)
        for some in few(sorted(set(claims)))
        for body in connection.execute(
            sa.select(kept.c.body).where(_OURS, kept.c.name.in_(some))
        ).scalars()
    ]
    return sorted(found, key=lambda one: (one.time, one.id))
