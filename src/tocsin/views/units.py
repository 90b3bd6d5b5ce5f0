"""A unit through time: its weeks, what is still to come of them, and its indicators as they were.

Also the whole table of a day: every indicator there is, the panels of sources, and which units
there are. Whoever opens the desk has it made; here is what it looks like.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from tocsin.records.indicator import Value
from tocsin.records.series import Family, Party, Unit, UnitKind

# Steps of four weeks that indicators are looked back over, besides the day itself.
BACK = 12
MONTH = timedelta(days=28)


class Weeks(Struct, frozen=True):
    """Events by sevens of days, the oldest first; the last one ends with `end`.

    `complete` has the share of each that is usually reported by now, None where nobody can tell;
    it is over 1 where merges take away more than late reports bring. `breaks` says in which the
    panel of sources broke.
    """

    end: date
    counts: tuple[int, ...]
    complete: tuple[float | None, ...] = ()
    breaks: tuple[bool, ...] = ()

    def start(self, at: int) -> date:
        """Return the first day of a week."""
        return self.end - timedelta(days=7 * (len(self.counts) - at) - 1)


class Chart(Struct, frozen=True):
    """The weeks of one family."""

    family: Family
    weeks: Weeks


class Measure(Struct, frozen=True):
    """An indicator in natural units; `kind`, `unit` and `family` are empty where it is of all."""

    indicator: str
    kind: str
    unit: str
    family: str
    value: int | float | str


class Track(Struct, frozen=True):
    """An indicator of a unit now and on the days before, the oldest first; None: nothing then."""

    indicator: str
    family: str
    values: tuple[int | float | str | None, ...]

    @property
    def value(self) -> int | float | str | None:
        """What it is now."""
        return self.values[-1]


class Attention(Struct, frozen=True):
    """A panel of sources: how many there are, how many published lately, whether it broke lately.

    Lately is the last four weeks that are over; `name` is empty for all panels together.
    """

    name: str
    sources: int
    lately: int
    documents: int
    broke: bool


class Brief(Struct, frozen=True):
    """A unit in a list: its weeks of all families together, and the events of four weeks."""

    unit: Unit
    parties: tuple[Party, ...]
    weeks: Weeks
    month: int
    year: int


class Table(Struct, frozen=True):
    """The indicators of a day, of all units, sources and panels.

    `ended` is the last day of the last week that is over, which weekly indicators go by. `left` is
    how many events count for nothing, by why.
    """

    on: date
    ended: date
    measures: tuple[Measure, ...]
    panels: tuple[Attention, ...]
    units: tuple[Brief, ...]
    left: dict[str, int]


class View(Struct, frozen=True):
    """A unit as it stood on a day; `days` are those that tracks have values of."""

    on: date
    ended: date
    unit: Unit
    parties: tuple[Party, ...]
    charts: tuple[Chart, ...]
    days: tuple[date, ...]
    tracks: tuple[Track, ...]
    panels: tuple[Attention, ...]
    complete: tuple[Measure, ...]


def measured(values: tuple[Value, ...]) -> tuple[Measure, ...]:
    """Return indicators as they are sent."""
    return tuple(Measure(*one) for one in values)


def narrowed(of: Table, kind: UnitKind | None, words: str) -> tuple[Brief, ...]:
    """Return the units of a kind, and those that have some words in their names or ids."""
    asked = words.casefold().strip()
    return tuple(
        one
        for one in of.units
        if (kind is None or one.unit.kind == kind)
        and (not asked or asked in " ".join(_names(one)).casefold())
    )


def _names(one: Brief) -> list[str]:
    return [one.unit.name, *(party.name for party in one.parties)]


def days(on: date) -> tuple[date, ...]:
    """Return the days on which indicators are looked at, the oldest first, `on` the last."""
    return tuple(on - MONTH * back for back in range(BACK, -1, -1))
