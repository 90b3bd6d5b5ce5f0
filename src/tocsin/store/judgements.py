"""Judgements in a store: added, never changed, undone by a mark."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.records.judgement import Judgement, Reversal
from tocsin.store import pack
from tocsin.store.tables import judgement


def add(connection: Connection, made: Judgement) -> None:
    """Keep a judgement."""
    values = {
        "id": made.id, "verdict": made.verdict, "target": made.target, "article": made.article,
        "author": made.author, "time": made.time, "undone": made.undone, "body": pack.packed(made),
    }  # fmt: skip
    connection.execute(sa.insert(judgement).values(**values))


def undo(connection: Connection, name: str, now: datetime, by: str = "") -> Judgement:
    """Return a judgement marked as undone by somebody; raise StoreError where there is none.

    One that was undone before stays as it is.
    """
    query = sa.select(judgement.c.body).where(judgement.c.id == name)
    body = connection.execute(query).scalar()
    if body is None:
        raise StoreError(f"{name}: there is no such judgement")
    held = pack.unpacked(body, Judgement)
    if held.undone is not None:
        return held
    reversals = (*held.reversals, Reversal(undone=now, undone_by=by))
    undone = replace(held, undone=now, reversals=reversals)
    values = {"undone": now, "body": pack.packed(undone)}
    connection.execute(sa.update(judgement).where(judgement.c.id == name).values(**values))
    return undone


def standing(connection: Connection, *, article: str | None = None) -> list[Judgement]:
    """Return the judgements that hold, in the order they were made; of one article or of all."""
    query = sa.select(judgement.c.body).where(judgement.c.undone.is_(None))
    if article is not None:
        query = query.where(judgement.c.article == article)
    rows = connection.execute(query.order_by(judgement.c.key))
    return [pack.unpacked(row.body, Judgement) for row in rows]
