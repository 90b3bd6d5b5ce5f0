"""The log of what people did at a desk: added to, and neither changed nor shortened.

The databases themselves refuse to change or delete a row of it (`migrations.versions.teams`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.records.team import Act, Deed
from tocsin.store.sharing import deed

# Characters of what a deed is about.
LONGEST = 500


class Wanted(Struct, frozen=True, kw_only=True):
    """Which deeds are wanted: of somebody, of a kind, on days from one to another."""

    who: str | None = None
    act: Act | None = None
    start: date | None = None
    end: date | None = None


class Some(NamedTuple):
    """Some deeds, the latest first, and the key that the next page goes on behind."""

    deeds: tuple[Deed, ...]
    next: int | None


def add(connection: Connection, one: Deed) -> None:
    """Add a deed to the log."""
    values = {
        "time": one.time, "who": one.who, "act": one.act, "about": one.about[:LONGEST],
        "address": one.address, "way": one.way,
    }  # fmt: skip
    connection.execute(sa.insert(deed).values(**values))


def listed(
    connection: Connection, wanted: Wanted, *, after: int | None = None, limit: int = 100
) -> Some:
    """Return deeds before a key, or the last ones."""
    query = sa.select(deed)
    if after is not None:
        query = query.where(deed.c.key < after)
    if wanted.who is not None:
        query = query.where(deed.c.who == wanted.who)
    if wanted.act is not None:
        query = query.where(deed.c.act == wanted.act)
    if wanted.start is not None:
        query = query.where(deed.c.time >= _midnight(wanted.start))
    if wanted.end is not None and wanted.end < date.max:
        query = query.where(deed.c.time < _midnight(wanted.end + timedelta(days=1)))
    rows = connection.execute(query.order_by(deed.c.key.desc()).limit(limit + 1)).all()
    found = tuple(_deed(row) for row in rows[:limit])
    return Some(found, found[-1].key if len(rows) > limit else None)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _deed(row: sa.Row[Any]) -> Deed:
    return Deed(
        key=row.key, time=row.time, who=row.who, act=row.act, about=row.about, address=row.address,
        way=row.way,
    )  # fmt: skip
