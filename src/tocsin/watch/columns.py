"""Events that count, in columns, each for the days on which it was seen so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.records.series import FAMILIES, Unit
from tocsin.records.sighting import Sighting

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
# A day that no event is gone by.
FOREVER = date.max.toordinal() + 1


class Spell(NamedTuple):
    """A sighting, the day that it was first seen so, and the day that it was no longer."""

    sighting: Sighting
    seen: int
    gone: int = FOREVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Spells in order of their events; days are ordinals, names places in lists.

    Spells of one event have one number in `event`.
    Spell `row[n]` is of unit `unit[n]`: an event is in a country, in an area, of several dyads.
    """

    spells: tuple[Spell, ...]
    event: Ints
    day: Ints
    reported: Ints
    seen: Ints
    gone: Ints
    family: Ints
    row: Ints
    unit: Ints
    units: tuple[Unit, ...]

    def __len__(self) -> int:
        """Return how many spells there are."""
        return len(self.spells)

    def on(self, day: date) -> Flags:
        """Return which spells stood on the evening of a day."""
        at = day.toordinal()
        found: Flags = (self.seen <= at) & (self.gone > at)
        return found

    def of(self, unit: Unit) -> Flags:
        """Return which spells are of a unit."""
        found = np.zeros(len(self.spells), np.bool_)
        if unit in self.units:
            found[self.row[self.unit == self.units.index(unit)]] = True
        return found


def standing(sightings: Iterable[Sighting]) -> Columns:
    """Return events in columns as they are now, each seen since its first report."""
    return columns(Spell(one, one.reported) for one in sightings)


def columns(spells: Iterable[Spell]) -> Columns:
    """Return spells in columns, whatever order they come in."""
    held = tuple(sorted(spells))
    numbers: dict[Unit, int] = {}
    row: list[int] = []
    unit: list[int] = []
    for at, one in enumerate(held):
        for name in units(one.sighting):
            row.append(at)
            unit.append(numbers.setdefault(name, len(numbers)))
    names = sorted(numbers)
    # From the order in which units came to that of their names.
    order = np.empty(len(names), np.int64)
    order[[numbers[name] for name in names]] = np.arange(len(names))
    families = {name: at for at, name in enumerate(FAMILIES)}
    table = np.array(
        [
            (s.sighting.day, s.sighting.reported, s.seen, s.gone, families[s.sighting.family])
            for s in held
        ],
        np.int64,
    ).reshape(len(held), 5)
    first = [at == 0 or one.sighting.event != held[at - 1].sighting.event
             for at, one in enumerate(held)]  # fmt: skip
    return Columns(
        spells=held, event=np.cumsum(np.array(first, np.int64)),
        day=table[:, 0].copy(), reported=table[:, 1].copy(), seen=table[:, 2].copy(),
        gone=table[:, 3].copy(), family=table[:, 4].copy(), row=np.array(row, np.int64),
        unit=order[np.array(unit, np.int64)], units=tuple(names),
    )  # fmt: skip


def units(one: Sighting) -> list[Unit]:
    """Return what an event is counted in."""
    found = [Unit("country", name) for name in one.countries]
    if one.area is not None:
        found.append(Unit("area", str(one.area)))
    return found + [Unit("dyad", name) for name in one.dyads]
