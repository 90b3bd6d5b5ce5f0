"""The events of a store as they count, now and on every evening before, and their snapshots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.ontology.divisions import divisions
from tocsin.pipeline.plan import Step
from tocsin.records.run import Run
from tocsin.records.sighting import Sighting, Snapshot
from tocsin.store import documents, letters, marks, series, snapshots
from tocsin.store.open import Store
from tocsin.watch import history
from tocsin.watch.columns import Columns, columns
from tocsin.watch.sightings import Seen, left_out, sighting


@dataclass(frozen=True, slots=True)
class Table:
    """The events that count, by their names, and how many do not, by why."""

    events: dict[str, Sighting]
    left: dict[str, int]


def table(connection: Connection) -> Table:
    """Return the events of a store that count as they are now."""
    kept: list[Seen] = []
    left: Counter[str] = Counter()
    for _, one in series.rows(connection, None, Seen):
        why = left_out(one)
        if why is None:
            kept.append(one)
        else:
            left[why] += 1
    places = {site.geonames for one in kept for site in one.places if site.best and site.geonames}
    areas, panels = divisions(places), _panels(connection)
    made = (sighting(one, areas, panels) for one in sorted(kept, key=lambda one: one.id))
    return Table({one.event: one for one in made}, dict(sorted(left.items())))


def seen(connection: Connection, today: date, now: Table | None = None) -> Columns:
    """Return the events that count with the days on which they were seen so.

    What snapshots have is as evenings saw it; what came since the last one is seen since today.
    Where there is no snapshot everything is seen since its first report.
    """
    current = now or table(connection)
    told = [(taken.date(), one) for taken, one in snapshots.changes(connection)]
    before = history.last(one for _, one in told)
    day = max([today, *(day for day, _ in told)])
    told.append((day, history.change(before, current.events)))
    return columns(history.spells(told))


def snap(connection: Connection, taken: datetime) -> Snapshot:
    """Keep the events that count as they are now; return what changed since the last time."""
    now = table(connection)
    before = history.last(one for _, one in snapshots.changes(connection))
    by = history.change(before, now.events)
    return snapshots.add(connection, taken, len(now.events), by, now.left)


def checked(connection: Connection) -> int:
    """Return how many snapshots there are whose numbers agree with what is in them.

    Raises StoreError where they do not.
    """
    held: dict[str, Sighting] = {}
    listed = snapshots.listed(connection)
    for one, (_, by) in zip(listed, snapshots.changes(connection), strict=True):
        held = history.changed(held, by)
        if len(held) != one.events:
            raise StoreError(
                f"{one.id} of {one.taken:%Y-%m-%d %H:%M} has {len(held):,} events, expected "
                f"{one.events:,}; restore a backup"
            )
    return len(listed)


def snapping(store: Store, clock: Callable[[], datetime]) -> Step:
    """Return the step that takes a snapshot, for runs that end with one."""

    def work(run: Run) -> Iterator[Counter[str]]:
        with store.write() as connection:
            counts = Counter({"events counted": snap(connection, clock()).events})
            marks.count(connection, run, counts)
        yield counts

    return Step("snapshot", frozenset({"events"}), frozenset(), work)


def members(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the panels of each source, by the registry that was read last."""
    return {one.id: one.panels for one in letters.kept(connection) if one.panels}


def _panels(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the panels of each article whose source is in one."""
    of = members(connection)
    return {name: of[source] for name, source in documents.sources(connection, of)}


def days(of: Columns) -> tuple[date, date] | None:
    """Return the first and the last day that events are counted on; None where none are."""
    if not len(of):
        return None
    return date.fromordinal(int(np.min(of.day))), date.fromordinal(int(np.max(of.day)))
