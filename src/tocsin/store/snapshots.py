"""The table of events that count, as each run left it: kept as what changed since the last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.records.sighting import Change, Snapshot, snapshot_id
from tocsin.store import pack
from tocsin.store.foresight import snapshot


def add(
    connection: Connection, taken: datetime, events: int, of: Change, left: Mapping[str, int]
) -> Snapshot:
    """Keep what changed since the last snapshot; raise StoreError where that is a later one."""
    latest = connection.execute(sa.select(sa.func.max(snapshot.c.taken))).scalar()
    if latest is not None and latest >= taken:
        raise StoreError(
            f"the last snapshot is of {latest:%Y-%m-%d %H:%M:%S}, this one of "
            f"{taken:%Y-%m-%d %H:%M:%S}; expected a later one: is the clock right?"
        )
    made = Snapshot(
        id=snapshot_id(taken), taken=taken, events=events, put=len(of.put), gone=len(of.gone),
        left=dict(sorted(left.items())),
    )  # fmt: skip
    values = pack.plain(made) | {"body": pack.packed(of)}
    connection.execute(sa.insert(snapshot).values(**values))
    return made


def listed(connection: Connection) -> list[Snapshot]:
    """Return all snapshots without what is in them, the oldest first."""
    columns = [snapshot.c[name] for name in Snapshot.__struct_fields__]
    query = sa.select(*columns).order_by(snapshot.c.taken, snapshot.c.key)
    return [pack.record(row, Snapshot) for row in connection.execute(query).mappings()]


def changes(connection: Connection) -> Iterator[tuple[datetime, Change]]:
    """Yield when each snapshot was taken and what changed by it, the oldest first."""
    query = sa.select(snapshot.c.taken, snapshot.c.body)
    for row in connection.execute(query.order_by(snapshot.c.taken, snapshot.c.key)):
        yield row.taken, pack.unpacked(row.body, Change)
