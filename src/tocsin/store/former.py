"""Where an event went that is no more: its id is made of the claim that it was known by."""

from __future__ import annotations

import re

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.ids import named
from tocsin.records.event import event_id
from tocsin.store.tables import change, member

_ID = re.compile(r"event-[0-9a-f]{16}")


def heir(connection: Connection, name: str) -> str | None:
    """Return the event that now holds the claim by which an event was known that is gone.

    None where the store never had such an event, or its claim is in no event any more. All claims
    are gone through, a second for a million, but only for ids of events that were.
    """
    was = sa.select(change.c.gone).where(change.c.kind == "event", change.c.id == name)
    if not _ID.fullmatch(name) or not connection.execute(was).scalar():
        return None
    for row in connection.execute(sa.select(member.c.claim, member.c.event)):
        if event_id(named("claim", row.claim)) == name:
            return named("event", row.event)
    return None
