"""Signals in a store: kept once each, found by day, unit and kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.records.signal import Signal
from tocsin.store import pack
from tocsin.store.articles import few
from tocsin.store.foresight import signal


def keep(connection: Connection, made: Iterable[Signal], now: datetime) -> list[str]:
    """Keep signals that are not kept yet; return the ids of those that are new."""
    held = {one.id: one for one in made}
    known = {
        name
        for some in few(sorted(held))
        for name in connection.execute(
            sa.select(signal.c.id).where(signal.c.id.in_(some))
        ).scalars()
    }
    rows = [
        {
            "id": one.id, "kind": one.kind, "about": one.about, "unit": one.unit,
            "family": one.family, "day": one.day, "topic": one.topic, "rule": one.rule,
            "added": now, "body": pack.packed(one),
        }
        for name, one in held.items()
        if name not in known
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(signal), rows)
    return [str(row["id"]) for row in rows]


def load(connection: Connection, ids: Collection[str]) -> dict[str, Signal]:
    """Return signals by their ids."""
    return {
        row.id: pack.unpacked(row.body, Signal)
        for some in few(sorted(ids))
        for row in connection.execute(
            sa.select(signal.c.id, signal.c.body).where(signal.c.id.in_(some))
        )
    }


def found(
    connection: Connection,
    *,
    since: date | None = None,
    until: date | None = None,
    unit: str | None = None,
    kinds: Collection[str] = (),
    limit: int = 1_000,
) -> list[Signal]:
    """Return signals that are kept of some days, the newest day first."""
    query = sa.select(signal.c.body)
    if since is not None:
        query = query.where(signal.c.day >= since)
    if until is not None:
        query = query.where(signal.c.day <= until)
    if unit is not None:
        query = query.where(signal.c.unit == unit)
    if kinds:
        query = query.where(signal.c.kind.in_(sorted(kinds)))
    query = query.order_by(signal.c.day.desc(), signal.c.key).limit(limit)
    return [pack.unpacked(body, Signal) for body in connection.execute(query).scalars()]
