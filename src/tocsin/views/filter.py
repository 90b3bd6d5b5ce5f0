"""The one filter that the first screen, the map and the timeline share: an address holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, get_args

import numpy as np
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError
from tocsin.records.query import Query
from tocsin.store import series, syntax
from tocsin.views.index import FAMILIES, OTHER, Flags, Index, ordinal
from tocsin.views.search import Fault

# Which day an event stands on: the day it was first reported, or the day it was on, if known.
Clock = Literal["report", "event"]
CLOCKS: tuple[Clock, ...] = get_args(Clock)
WEEKS = 8
# Where the newest report is older than this, the desk stands on its day instead of today's.
STALE = timedelta(days=7)
# Days that lists of change look back over, unless another day is asked for.
SINCE = timedelta(days=7)
_LONGEST = 2_000


class Filter(Struct, frozen=True, omit_defaults=True):
    """What is looked at: as of which day, what counts as new, and what is left out.

    `start` and `end` are days on the clock, both included; `box` is west, south, east, north in
    degrees. `pick` is the event or threat whose evidence is shown.
    """

    on: date
    since: date
    latest: date
    start: date | None = None
    end: date | None = None
    clock: Clock = "report"
    family: str | None = None
    country: str | None = None
    box: tuple[float, float, float, float] | None = None
    q: str = ""
    pick: str | None = None

    @property
    def first(self) -> date:
        """The first day of the weeks that the timeline shows."""
        return self.on - timedelta(weeks=WEEKS) + timedelta(days=1)

    def address(self, **other: str | None) -> dict[str, str]:
        """Return what stands behind the `?` of an address, defaults left out, with changes."""
        said: dict[str, str | None] = {
            "on": self.on.isoformat() if self.on != self.latest else None,
            "since": self.since.isoformat() if self.since != self.on - SINCE else None,
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
            "clock": self.clock if self.clock != CLOCKS[0] else None,
            "family": self.family, "country": self.country,
            "box": ",".join(f"{one:.2f}" for one in self.box) if self.box else None,
            "q": self.q or None, "pick": self.pick,
        }  # fmt: skip
        return {name: value for name, value in (said | other).items() if value}


def read(held: Mapping[str, str], latest: date) -> Filter:
    """Return the filter in an address; what makes no sense in it is left out.

    `latest` is the day that the desk stands on where none is asked for.
    """
    on = _day(held.get("on")) or latest
    since = _day(held.get("since")) or on - SINCE
    start, end = _day(held.get("from")), _day(held.get("to"))
    if start and end and start > end:
        start, end = end, start
    clock: Clock = next((one for one in CLOCKS if one == held.get("clock")), CLOCKS[0])
    family, country = held.get("family"), held.get("country", "")
    return Filter(
        on=on, since=min(since, on), latest=latest, start=start, end=end, clock=clock,
        family=family if family in FAMILIES else None,
        country=country if 2 <= len(country) <= 3 and country.isalpha() else None,
        box=_box(held.get("box", "")), q=held.get("q", "")[:_LONGEST].strip(),
        pick=held.get("pick") or None,
    )  # fmt: skip


def latest(index: Index, today: date) -> date:
    """Return the day that the desk stands on: today, or the last day with a report if that is old.

    Days to come count for nothing, since some outlets date ahead.
    """
    known = index.last[(index.last > 0) & (index.last <= today.toordinal())]
    if not known.size:
        return today
    newest = date.fromordinal(int(known.max()))
    return newest if today - newest > STALE else today


class Chosen(Struct, frozen=True):
    """Which events are looked at, by place in the index: of all days, and on the days chosen.

    `fault` is what cannot be read in the search, which then counts for nothing.
    """

    every: Flags
    timed: Flags
    fault: Fault | None = None
    more: bool = False


def chosen(connection: Connection, index: Index, of: Filter) -> Chosen:
    """Return the events that a filter keeps; nothing first reported after its day is known then."""
    keep = (index.first > 0) & (index.first <= ordinal(of.on))
    if of.family:
        keep &= index.family == FAMILIES.index(of.family)
    if of.country:
        keep &= index.country == index.place_of(of.country)
    if of.box:
        west, south, east, north = of.box
        keep &= (index.latitude >= south) & (index.latitude <= north)
        keep &= (index.longitude >= west) & (index.longitude <= east)
    fault, more = None, False
    if of.q:
        try:
            node = syntax.parse(of.q, today=of.on)
            keys, more = series.matching(connection, Query(where=node, kind="claims"))
            keep &= np.isin(index.key, np.array(sorted(keys), np.int64))
        except QueryError as error:
            fault = Fault(error.at, str(error))
    days = clocked(index, of.clock)
    start, end = ordinal(of.start or of.first), ordinal(of.end or of.on)
    return Chosen(keep, keep & (days >= start) & (days <= end), fault, more)


def clocked(index: Index, clock: Clock) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the day of each event on a clock; 0 where it has none."""
    return index.start if clock == "event" else index.first


def families(index: Index, keep: Flags) -> dict[str, int]:
    """Return how many of some events are of which family, those with none left out."""
    counts = np.bincount(index.family[keep], minlength=len(FAMILIES))
    return {
        name: int(number)
        for name, number in zip(FAMILIES, counts, strict=True)
        if number or name != OTHER
    }


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    # Days that weeks can be taken from and added to.
    return found if found and date.min.year < found.year < date.max.year else None


def _box(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(one) for one in text.split(","))
    except ValueError:
        return None
    sane = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if sane else None
