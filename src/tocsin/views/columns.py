"""Events as columns of numbers: read from their records, joined, kept in a file between runs.

Days are ordinals, 0 where there is none; names are places in a list, -1 where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tocsin.base.files import whole
from tocsin.records.claim import PlacePrecision
from tocsin.store.series import Row

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

# PLOVER's four corners, as ontologies name them: cooperation and conflict, in words and deeds.
QUADS = ("VC", "MC", "VX", "MX")
OTHER = "XX"
FAMILIES: tuple[str, ...] = (*QUADS, OTHER)
# What has happened, or was said not to have; all else is threatened, planned or asked for.
_REAL = frozenset({"actual", "negated"})
# Places from nothing known to a point on the ground.
PRECISIONS: tuple[PlacePrecision | None, ...] = (None, "country", "region", "place", "point")
NOWHERE, COUNTRY, REGION, PLACE = 0, 1, 2, 3

NUMBERS = (
    "key", "start", "end", "first", "last", "family", "reports", "copies", "independent",
    "killed", "precision", "real", "disputed", "told",
)  # fmt: skip
SPOTS = ("latitude", "longitude")
NAMES = ("type", "level", "country", "place", "actor", "recipient")


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


class Table(NamedTuple):
    """Columns by their names, in order of `key`, and what each was read of.

    `told` of them is how many of `days` are an event's. `mark` changes when an event does. `names`
    are the names that columns point at, `labels` the same as people read them.
    """

    columns: dict[str, NDArray[Any]]
    days: Ints
    mark: NDArray[np.uint32]
    names: dict[str, int]
    labels: dict[str, str]

    def rows(self, at: NDArray[Any]) -> Table:
        """Return some rows, in the order asked for."""
        told = self.columns["told"]
        begins = np.cumsum(told) - told
        lengths = told[at]
        # The places of the days of each row, one row behind the other.
        inside = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return Table(
            {name: column[at] for name, column in self.columns.items()},
            self.days[np.repeat(begins[at], lengths) + inside], self.mark[at],
            self.names, self.labels,
        )  # fmt: skip


class _Line(NamedTuple):
    """An event as a row of numbers, with its names and the days of its reports."""

    numbers: tuple[int, ...]
    spot: tuple[float | None, float | None]
    names: tuple[str | None, ...]
    days: tuple[int, ...]


def empty() -> Table:
    """Return a table without events."""
    return Table(_columns([], {}), np.zeros(0, np.int64), marked([]), {}, {})


def read(
    rows: Iterable[tuple[Row, Brief]],
    corners: Mapping[str, str],
    marks: Mapping[int, bytes],
    beside: Table,
) -> Table:
    """Return events as a table that shares its names with another one.

    `corners` has the corner that each type of event is of.
    """
    lines = [_line(row, brief, corners, beside.labels) for row, brief in rows if row.key in marks]
    days = [day for line in lines for day in line.days]
    return Table(
        _columns(lines, beside.names), np.array(days, np.int64),
        marked(marks[line.numbers[0]] for line in lines), beside.names, beside.labels,
    )  # fmt: skip


def _line(row: Row, brief: Brief, corners: Mapping[str, str], labels: dict[str, str]) -> _Line:
    spot = next((one for one in brief.places if one.best), None)
    precision = PRECISIONS.index(spot.precision) if spot else NOWHERE
    if spot and spot.latitude is None and precision > COUNTRY:
        precision = NOWHERE
    days = tuple(one.day.toordinal() for one in brief.reports if one.day)
    sides = [side[0] if side else None for side in (brief.actors, brief.recipients)]
    for side in sides:
        if side is not None:
            labels.setdefault(side.value, side.name)
    corner = corners.get(row.type)
    numbers = (
        row.key, ordinal(brief.start or brief.end), ordinal(brief.end or brief.start),
        min(days, default=0), max(days, default=0),
        FAMILIES.index(corner if corner in QUADS else OTHER), row.reports, row.copies,
        row.independent, -1 if row.killed is None else row.killed, precision,
        row.modality in _REAL, row.disputed, len(days),
    )  # fmt: skip
    names = (
        row.type, row.level, spot.country if spot else row.country, spot.name if spot else None,
        *(side.value if side else None for side in sides),
    )  # fmt: skip
    return _Line(numbers, (spot.latitude, spot.longitude) if spot else (None, None), names, days)


def _columns(lines: Sequence[_Line], names: dict[str, int]) -> dict[str, NDArray[Any]]:
    """Return lines as columns; names that are new are put behind those that are known."""
    named = [
        [-1 if name is None else names.setdefault(name, len(names)) for name in line.names]
        for line in lines
    ]
    tables = (
        (NUMBERS, np.array([line.numbers for line in lines], np.int64)),
        (SPOTS, np.array([line.spot for line in lines], np.float64)),
        (NAMES, np.array(named, np.int64)),
    )
    return {
        name: table.reshape(len(lines), len(part))[:, at].copy()
        for part, table in tables
        for at, name in enumerate(part)
    }


def joined(one: Table, other: Table) -> Table:
    """Return the rows of two tables that share their names, in order of their keys."""
    columns = {name: np.concatenate([one.columns[name], other.columns[name]])
               for name in one.columns}  # fmt: skip
    both = Table(
        columns, np.concatenate([one.days, other.days]), np.concatenate([one.mark, other.mark]),
        one.names, one.labels,
    )  # fmt: skip
    return both.rows(np.argsort(columns["key"]))


def marked(marks: Iterable[bytes]) -> NDArray[np.uint32]:
    """Return marks of four bytes as numbers."""
    return np.frombuffer(b"".join(marks), ">u4").astype(np.uint32)


def ordinal(day: date | None) -> int:
    """Return the number of a day as the columns have it."""
    return day.toordinal() if day else 0


def keep(table: Table, file: Path, state: str) -> None:
    """Write a table to a file, whole or not at all; `state` says what it was made by."""
    texts = {"names": list(table.names), "labels": table.labels, "state": state}
    held: dict[str, Any] = {**table.columns, "days": table.days, "mark": table.mark}
    for name, text in texts.items():
        held[name] = np.frombuffer(msgspec.json.encode(text), np.uint8)
    try:
        with whole(file) as part:
            np.savez(part, **held)
    except OSError:
        return  # it is made again the next time


def kept(file: Path, state: str) -> Table | None:
    """Return the table in a file; None without one that was made by the same."""
    try:
        with file.open("rb") as source, np.load(source, allow_pickle=False) as held:
            return _decoded({name: held[name] for name in held.files}, state)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, msgspec.MsgspecError):
        return None


def _decoded(held: dict[str, NDArray[Any]], state: str) -> Table:
    def text(name: str, kind: Callable[..., Any] | Any) -> Any:  # noqa: ANN401 - as asked
        return msgspec.json.decode(held[name].tobytes(), type=kind)

    if text("state", str) != state:
        raise ValueError("made by another version")
    names: list[str] = text("names", list[str])
    labels: dict[str, str] = text("labels", dict[str, str])
    columns = {name: held[name] for name in (*NUMBERS, *SPOTS, *NAMES)}
    lengths = {len(column) for column in (*columns.values(), held["mark"])}
    if len(lengths) != 1 or columns["told"].sum() != len(held["days"]):
        raise ValueError("columns of different lengths")
    return Table(
        columns, held["days"], held["mark"], {name: at for at, name in enumerate(names)}, labels
    )
