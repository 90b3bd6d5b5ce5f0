"""What tools ask of stages that they do not import; whoever serves them hands these in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.engine import Connection

from tocsin.explain.lines import Part
from tocsin.records.claim import Claim
from tocsin.records.event import Event
from tocsin.store.open import Store
from tocsin.views.threats import Ledger


def today() -> date:
    """Return the day, in UTC."""
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Doors:
    """Questions that are passed on.

    `corrected` returns the claims that an analyst corrected, as they read now, by their ids,
    `ledger` the threats of a day, `why` what brought an event's claims together, `latest` the last
    day with news.
    """

    corrected: Callable[[Connection], Mapping[str, Claim]]
    ledger: Callable[[Store, date], Ledger]
    why: Callable[[Connection, Event], Sequence[Part]]
    latest: Callable[[Store], date]
    clock: Callable[[], date] = today
