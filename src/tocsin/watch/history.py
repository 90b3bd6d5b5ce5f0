"""Tables of events as nights left them: what changed from one to the next, and back again.

A history is a run of changes, each with the day that it was taken on, and at last the table as it
is now. Out of it come spells: which event was seen how, from when until when. With them any past
evening's table is there again, whatever has been merged, split or dated otherwise since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tocsin.records.sighting import Change, Sighting
from tocsin.watch.columns import FOREVER, Spell

Table = Mapping[str, Sighting]


def change(before: Table, now: Table) -> Change:
    """Return what leads from one table to the next, in the order of events' names."""
    put = tuple(now[name] for name in sorted(now) if before.get(name) != now[name])
    return Change(put, tuple(sorted(before.keys() - now.keys())))


def changed(before: Table, by: Change) -> dict[str, Sighting]:
    """Return the table that a change leads to."""
    gone = set(by.gone)
    kept = {name: one for name, one in before.items() if name not in gone}
    return kept | {one.event: one for one in by.put}


def last(history: Iterable[Change]) -> dict[str, Sighting]:
    """Return the table that changes lead to, out of nothing."""
    table: dict[str, Sighting] = {}
    for one in history:
        for name in one.gone:
            table.pop(name, None)
        table.update((sighting.event, sighting) for sighting in one.put)
    return table


def spells(history: Iterable[tuple[date, Change]]) -> Iterator[Spell]:
    """Yield how each event was seen from when until when; what no evening saw is left out.

    A new event is seen since its first report, but not before the evening that did not have it,
    nor after the one that did. What the first table has is seen since its first report.
    """
    standing: dict[str, tuple[Sighting, int]] = {}
    evening = 0  # the last one before this
    for taken, one in history:
        day = taken.toordinal()
        before: set[str] = set()
        for name in (*one.gone, *(sighting.event for sighting in one.put)):
            if name in standing:
                before.add(name)
                sighting, seen = standing.pop(name)
                if seen < day:
                    yield Spell(sighting, seen, day)
        for sighting in one.put:
            fresh = min(max(sighting.reported, evening + 1), day)
            standing[sighting.event] = (sighting, day if sighting.event in before else fresh)
        evening = max(evening, day)
    yield from (Spell(one, seen, FOREVER) for one, seen in standing.values())
