"""The ledger of deliveries in a store; every step of one lands before the next is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.records.delivery import Delivery, State
from tocsin.store import pack
from tocsin.store.articles import few
from tocsin.store.foresight import delivery

_COLUMNS = [delivery.c[name] for name in Delivery.__struct_fields__]


def add(connection: Connection, rows: Iterable[Delivery]) -> None:
    """Enter deliveries that are not in the ledger yet."""
    told = [pack.plain(one) for one in rows]
    if told:
        connection.execute(sa.insert(delivery), told)


def known(connection: Connection, channel: str, signals: Collection[str]) -> set[str]:
    """Return those of some signals that the ledger has for a channel."""
    return {
        name
        for some in few(sorted(signals))
        for name in connection.execute(
            sa.select(delivery.c.signal).where(
                delivery.c.channel == channel, delivery.c.signal.in_(some)
            )
        ).scalars()
    }


def topics(connection: Connection, channel: str, since: datetime) -> set[str]:
    """Return what a channel was told of since a moment, or is about to be."""
    query = sa.select(delivery.c.topic).where(
        delivery.c.channel == channel, delivery.c.state.in_(("sent", "unsure")),
        delivery.c.changed >= since,
    )  # fmt: skip
    waits = sa.select(delivery.c.topic).where(
        delivery.c.channel == channel, delivery.c.state.in_(("waiting", "sending"))
    )
    return {*connection.execute(query).scalars(), *connection.execute(waits).scalars()}


def messages(connection: Connection, channel: str, since: datetime) -> int:
    """Return how many messages a channel has sent, or may have, since a moment."""
    query = sa.select(sa.func.count(sa.distinct(delivery.c.message))).where(
        delivery.c.channel == channel, delivery.c.changed >= since,
        delivery.c.state.in_(("sent", "sending", "unsure")),
    )  # fmt: skip
    return int(connection.execute(query).scalar_one())


def listed(
    connection: Connection,
    channel: str,
    *states: State,
    until: datetime | None = None,
    limit: int = 10_000,
) -> list[Delivery]:
    """Return deliveries of a channel in some states that are due, in the order they came in."""
    query = sa.select(*_COLUMNS).where(
        delivery.c.channel == channel, delivery.c.state.in_(sorted(states))
    )
    if until is not None:
        query = query.where(delivery.c.due <= until)
    query = query.order_by(delivery.c.key).limit(limit)
    return [pack.record(row, Delivery) for row in connection.execute(query).mappings()]


def newest(connection: Connection, channel: str, limit: int) -> list[str]:
    """Return the signals that a channel has sent or is sending, the last that came in first."""
    query = sa.select(delivery.c.signal).where(
        delivery.c.channel == channel, delivery.c.state.in_(("sent", "sending"))
    )
    query = query.order_by(delivery.c.key.desc()).limit(limit)
    return list(connection.execute(query).scalars())


def mark(
    connection: Connection, channel: str, signals: Collection[str], now: datetime, **values: object
) -> None:  # fmt: skip
    """Change deliveries: their state and whatever else is given."""
    for some in few(sorted(signals)):
        connection.execute(
            sa.update(delivery)
            .where(delivery.c.channel == channel, delivery.c.signal.in_(some))
            .values(changed=now, **values)
        )
