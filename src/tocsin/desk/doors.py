"""What the desk asks of stages that it does not import; whoever opens it hands these in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from sqlalchemy.engine import Connection

from tocsin.desk.bench import Bench
from tocsin.desk.foresight import Foresight
from tocsin.desk.lookout import Lookout
from tocsin.desk.team import Team
from tocsin.explain.lines import Part
from tocsin.records.claim import Claim
from tocsin.records.event import Event
from tocsin.store.open import Store
from tocsin.views.version import Step


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Doors:
    """Questions that the desk passes on.

    `versions` returns the chains that an article is in, `corrected` the claims that an analyst
    corrected, as they read now, by their ids, `why` what brought an event's claims together;
    `lookout` keeps the ledger of threats, `foresight` looks at series, `bench` is what an analyst
    judges by; `by` returns the same doors in somebody's name, by which judgements are then made.
    """

    versions: Callable[[Store, str], Sequence[Sequence[Step]]]
    corrected: Callable[[Connection], Mapping[str, Claim]]
    why: Callable[[Connection, Event], Sequence[Part]]
    lookout: Lookout
    bench: Bench
    by: Callable[[Doors, str], Doors]
    foresight: Foresight


@dataclass(frozen=True, slots=True)
class Desk:
    """An open desk: its store, its doors, whether it shows the example world, its clock.

    `team` are those who share it; None where whoever is at the machine is let in.
    """

    store: Store
    doors: Doors
    example: bool = False
    clock: Callable[[], datetime] = now
    team: Team | None = None

    def through(self, doors: Doors) -> Self:
        """Return the same desk with other doors."""
        return replace(self, doors=doors)
