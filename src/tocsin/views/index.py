"""All events of a store in columns, so that filters, series and maps need no database.

A hundred thousand events are some 40 MB. Days are ordinals, 0 where there is none; names are places
in lists, -1 where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from tocsin.records.claim import PlacePrecision
from tocsin.store import series
from tocsin.store.series import Row
from tocsin.views.kept import token

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

# PLOVER's four corners, as in the packaged ontology: cooperation and conflict, in words and deeds.
QUADS = ("VC", "MC", "VX", "MX")
OTHER = "XX"
FAMILIES: tuple[str, ...] = (*QUADS, OTHER)
_QUAD = {
    "AGREE": "VC", "CONSULT": "VC", "SUPPORT": "VC", "CONCEDE": "VC",
    "COOPERATE": "MC", "AID": "MC", "RETREAT": "MC",
    "REQUEST": "VX", "ACCUSE": "VX", "REJECT": "VX", "THREATEN": "VX",
    "PROTEST": "MX", "SANCTION": "MX", "MOBILIZE": "MX", "COERCE": "MX", "ASSAULT": "MX",
}  # fmt: skip
# What has happened, or was said not to have; all else is threatened, planned or asked for.
_REAL = frozenset({"actual", "negated"})
# Places from nothing known to a point on the ground.
PRECISIONS: tuple[PlacePrecision | None, ...] = (None, "country", "region", "place", "point")
NOWHERE, COUNTRY, REGION, PLACE = 0, 1, 2, 3


class _Who(Struct, frozen=True):
    value: str
    name: str


class _Spot(Struct, frozen=True):
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision | None = None
    best: bool = False


class _Told(Struct, frozen=True):
    day: date | None = None


class Brief(Struct, frozen=True):
    """What the columns take of an event's record."""

    reports: tuple[_Told, ...]
    actors: tuple[_Who, ...] = ()
    recipients: tuple[_Who, ...] = ()
    places: tuple[_Spot, ...] = ()
    start: date | None = None
    end: date | None = None


class _Line(NamedTuple):
    """An event as a row of numbers, with its names and the days of its reports."""

    numbers: tuple[int, ...]
    spot: tuple[float, float]
    names: tuple[str | None, ...]
    days: tuple[int, ...]


_NUMBERS = (
    "key", "start", "end", "first", "last", "family", "reports", "copies", "independent",
    "killed", "precision", "real", "disputed",
)  # fmt: skip
_NAMES = ("type", "level", "country", "place", "actor", "recipient")


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Events in columns, in order of their keys.

    `days` are the days of reports, those of event n from `at[n]` to `at[n + 1]`. `labels` are the
    names as people read them, by the name.
    """

    mark: str
    key: Ints
    start: Ints
    end: Ints
    first: Ints
    last: Ints
    family: Ints
    reports: Ints
    copies: Ints
    independent: Ints
    killed: Ints
    precision: Ints
    real: Flags
    disputed: Flags
    reviewed: Flags
    latitude: Floats
    longitude: Floats
    type: Ints
    level: Ints
    country: Ints
    place: Ints
    actor: Ints
    recipient: Ints
    names: tuple[str, ...]
    labels: dict[str, str]
    days: Ints
    at: Ints

    def __len__(self) -> int:
        """Return how many events there are."""
        return len(self.key)

    def name(self, at: int) -> str | None:
        """Return the name at a place of the list."""
        return self.names[at] if at >= 0 else None

    def place_of(self, name: str) -> int:
        """Return where a name stands in the list; -2 where no event has it."""
        try:
            return self.names.index(name)
        except ValueError:
            return -2

    def told(self, after: int, until: int) -> Ints:
        """Return how many reports each event has from the day behind one up to another."""
        inside = (self.days > after) & (self.days <= until)
        counted = np.concatenate([np.zeros(1, np.int64), np.cumsum(inside)])
        found: Ints = counted[self.at[1:]] - counted[self.at[:-1]]
        return found


class Shelf:
    """The index of a store, kept up to date: only what changed is read again."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._lock = Lock()
        self._marks: dict[int, bytes] = {}
        self._lines: dict[int, _Line] = {}
        self._labels: dict[str, str] = {}
        self._index: Index | None = None

    def index(self, connection: Connection) -> Index:
        """Return the index of a store as it is now."""
        mark = token(connection)
        with self._lock:
            if self._index is None or self._index.mark != mark:
                self._read(connection)
                self._index = _index(
                    mark, self._lines, dict(self._labels), series.judged(connection)
                )
            return self._index

    def _read(self, connection: Connection) -> None:
        now = series.marks(connection)
        for key in self._marks.keys() - now.keys():
            del self._lines[key]
        fresh = {key for key, mark in now.items() if self._marks.get(key) != mark}
        every = not self._marks
        for row, brief in series.rows(connection, None if every else fresh, Brief):
            self._lines[row.key] = self._line(row, brief)
        self._marks = {key: mark for key, mark in now.items() if key in self._lines}

    def _line(self, row: Row, brief: Brief) -> _Line:
        spot = next((one for one in brief.places if one.best), None)
        precision = PRECISIONS.index(spot.precision) if spot else NOWHERE
        if spot and spot.latitude is None and precision > COUNTRY:
            precision = NOWHERE
        days = tuple(one.day.toordinal() for one in brief.reports if one.day)
        sides = [side[0] if side else None for side in (brief.actors, brief.recipients)]
        for side in sides:
            if side is not None:
                self._labels.setdefault(side.value, side.name)
        family = FAMILIES.index(_QUAD.get(row.type, OTHER))
        numbers = (
            row.key, _ordinal(brief.start or brief.end), _ordinal(brief.end or brief.start),
            min(days, default=0), max(days, default=0), family, row.reports, row.copies,
            row.independent, -1 if row.killed is None else row.killed, precision,
            row.modality in _REAL, row.disputed,
        )  # fmt: skip
        names = (
            row.type, row.level, spot.country if spot else row.country, spot.name if spot else None,
            *(side.value if side else None for side in sides),
        )  # fmt: skip
        at = (spot.latitude, spot.longitude) if spot else (None, None)
        return _Line(numbers, (_real(at[0]), _real(at[1])), names, days)


def ordinal(day: date | None) -> int:
    """Return the number of a day as the columns have it."""
    return _ordinal(day)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _real(number: float | None) -> float:
    return float("nan") if number is None else number


def _index(mark: str, lines: dict[int, _Line], labels: dict[str, str], judged: set[int]) -> Index:
    ordered = [lines[key] for key in sorted(lines)]
    count = len(ordered)
    table = np.array([one.numbers for one in ordered], np.int64).reshape(count, len(_NUMBERS))
    spots = np.array([one.spot for one in ordered], np.float64).reshape(count, 2)
    places: dict[str | None, int] = {None: -1}
    named = np.array(
        [[_place(places, name) for name in one.names] for one in ordered], np.int64
    ).reshape(count, len(_NAMES))
    numbers = {name: table[:, at].copy() for at, name in enumerate(_NUMBERS)}
    return Index(
        mark=mark, key=numbers["key"], start=numbers["start"], end=numbers["end"],
        first=numbers["first"], last=numbers["last"], family=numbers["family"],
        reports=numbers["reports"], copies=numbers["copies"], independent=numbers["independent"],
        killed=numbers["killed"], precision=numbers["precision"],
        real=numbers["real"].astype(bool), disputed=numbers["disputed"].astype(bool),
        reviewed=np.isin(numbers["key"], _keys(judged)),
        latitude=spots[:, 0].copy(), longitude=spots[:, 1].copy(),
        type=named[:, 0].copy(), level=named[:, 1].copy(), country=named[:, 2].copy(),
        place=named[:, 3].copy(), actor=named[:, 4].copy(), recipient=named[:, 5].copy(),
        names=tuple(name for name in places if name is not None), labels=labels,
        days=np.array([day for one in ordered for day in one.days], np.int64),
        at=_starts([len(one.days) for one in ordered]),
    )  # fmt: skip


def _place(places: dict[str | None, int], name: str | None) -> int:
    return places.setdefault(name, len(places) - 1)


def _keys(judged: Iterable[int]) -> Ints:
    return np.array(sorted(judged), np.int64)


def _starts(lengths: Sequence[int]) -> Ints:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.array(lengths, np.int64))])
