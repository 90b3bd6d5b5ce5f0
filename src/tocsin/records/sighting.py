"""What counting keeps of an event, and the table of events as a night left it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from tocsin.base.ids import digest
from tocsin.records.series import Family

# What leads down from conflict.
Calming = Literal["talks", "ceasefire", "release", "withdrawal"]
# Why an event counts for nothing: it is planned, threatened, denied or the like; its reports were
# taken back; it was stopped before it began; its days are a month or a year.
Left = Literal["not happened", "retracted", "foiled", "vague days"]
# By what an event is in a country: its place, who is acted on, who acts; by nothing.
Located = Literal["place", "recipient", "actor", "nowhere"]


class Sighting(Struct, frozen=True, array_like=True, order=True):
    """An event as it counts; days are ordinals.

    `given` says that claims give the day, which is else that of the first report. `area` is the
    GeoNames id of the first-order division. `deaths` are the lowest, best and highest number
    reported, `groups` the armed actors, `origins` the independent ones, `rung` how far up the
    ladder it stands, 0 for not at all. `pressure` is a threat or a demand, `panels`
    the fixed sets of sources of which one reports it.
    """

    event: str
    type: str
    family: Family
    day: int
    reported: int
    given: bool
    located: Located
    countries: tuple[str, ...]
    area: int | None
    dyads: tuple[str, ...]
    groups: tuple[str, ...]
    deaths: tuple[int, int, int] | None
    civilians: bool
    origins: int
    disputed: bool
    rung: int
    calming: Calming | None
    pressure: bool
    panels: tuple[str, ...]


class Change(Struct, frozen=True, array_like=True):
    """From one table to the next: sightings that are new or other than they were; those gone."""

    put: tuple[Sighting, ...]
    gone: tuple[str, ...]


class Snapshot(Struct, frozen=True):
    """The table as a run left it: how many events count, how many changed, what is left out."""

    id: str
    taken: datetime
    events: int
    put: int
    gone: int
    left: dict[str, int]

    @property
    def day(self) -> date:
        """The day it is of, in UTC."""
        return self.taken.date()


def snapshot_id(taken: datetime) -> str:
    """Return the name of a snapshot: when it was taken."""
    return digest("snapshot", taken.isoformat())
