"""All judgements ever made, those taken back among them: what was decided last, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.records.judgement import Judgement
from tocsin.store import pack
from tocsin.store.tables import judgement


def latest(
    connection: Connection, limit: int | None = None, articles: Collection[str] | None = None
) -> list[Judgement]:
    """Return the last judgements, the latest first; of all articles, or of some by their ids.

    A judgement of two claims is found by the article of either.
    """
    query = sa.select(judgement.c.body).order_by(judgement.c.time.desc(), judgement.c.key.desc())
    if articles is None:
        bodies = connection.execute(query.limit(limit)).scalars()
        return [pack.unpacked(body, Judgement) for body in bodies]
    found = [one for one in every(connection) if _about(one, articles)]
    return sorted(found, key=lambda one: (one.time, one.id), reverse=True)[:limit]


def every(connection: Connection) -> Iterator[Judgement]:
    """Yield all judgements in the order that they were made."""
    query = sa.select(judgement.c.body).order_by(judgement.c.key)
    for body in connection.execute(query).scalars():
        yield pack.unpacked(body, Judgement)


def redo(connection: Connection, name: str) -> Judgement:
    """Return a judgement that holds again; raise StoreError where there is none to redo."""
    body = connection.execute(sa.select(judgement.c.body).where(judgement.c.id == name)).scalar()
    if body is None:
        raise StoreError(f"{name}: there is no such judgement")
    again = replace(pack.unpacked(body, Judgement), undone=None)
    values = {"undone": None, "body": pack.packed(again)}
    connection.execute(sa.update(judgement).where(judgement.c.id == name).values(**values))
    return again


def _about(one: Judgement, articles: Collection[str]) -> bool:
    return any(anchor.article in articles for anchor in (one.anchor, one.beside) if anchor)
