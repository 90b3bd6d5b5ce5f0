"""All judgements ever made, those taken back among them: what was decided last, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.records.judgement import Judgement, Reversal
from tocsin.store import pack
from tocsin.store.articles import few
from tocsin.store.tables import article, coding, judgement


class Correction(NamedTuple):
    """A correction of a claim that holds, and the coding of its article that it bears on now."""

    id: str
    article: str
    stamp: str
    coded: datetime


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


def verdicts(
    connection: Connection, *, article: str | None = None, targets: Collection[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield what was judged and how, by the judgements that hold, the first one first.

    Of one article's claims, of some records, or of all.
    """
    query = sa.select(judgement.c.target, judgement.c.verdict).where(judgement.c.undone.is_(None))
    if article is not None:
        query = query.where(judgement.c.article == article)
    query = query.order_by(judgement.c.key)
    groups = [query] if targets is None else [
        query.where(judgement.c.target.in_(some)) for some in few(sorted(targets))
    ]  # fmt: skip
    for one in groups:
        for row in connection.execute(one):
            yield row.target, row.verdict


def corrections(connection: Connection) -> list[Correction]:
    """Return the corrections of claims that hold, with what their articles were coded as."""
    query = (
        sa.select(judgement.c.id, judgement.c.article, coding.c.stamp, coding.c.coded)
        .join(article, article.c.id == judgement.c.article)
        .join(coding, coding.c.article == article.c.key)
        .where(
            judgement.c.verdict == "correct", judgement.c.undone.is_(None),
            judgement.c.target.startswith("claim-"),
        )
        .order_by(judgement.c.key)
    )  # fmt: skip
    return [Correction(*row) for row in connection.execute(query)]


def load(connection: Connection, ids: Collection[str]) -> list[Judgement]:
    """Return judgements by their ids, in the order that they were made."""
    rows = [
        row
        for some in few(sorted(ids))
        for row in connection.execute(
            sa.select(judgement.c.key, judgement.c.body).where(judgement.c.id.in_(some))
        )
    ]
    return [pack.unpacked(row.body, Judgement) for row in sorted(rows, key=lambda one: one.key)]


def redo(connection: Connection, name: str, now: datetime, by: str = "") -> Judgement:
    """Return a judgement that holds again; raise StoreError where there is none.

    It keeps that it was undone and made again; one that holds stays as it is.
    """
    body = connection.execute(sa.select(judgement.c.body).where(judgement.c.id == name)).scalar()
    if body is None:
        raise StoreError(f"{name}: there is no such judgement")
    held = pack.unpacked(body, Judgement)
    if held.undone is None:
        return held
    last = held.reversals[-1] if held.reversals else Reversal(undone=held.undone)
    reversals = (*held.reversals[:-1], replace(last, redone=now, redone_by=by))
    again = replace(held, undone=None, reversals=reversals)
    values = {"undone": None, "body": pack.packed(again)}
    connection.execute(sa.update(judgement).where(judgement.c.id == name).values(**values))
    return again


def _about(one: Judgement, articles: Collection[str]) -> bool:
    return any(anchor.article in articles for anchor in (one.anchor, one.beside) if anchor)
