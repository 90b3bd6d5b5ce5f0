"""All events of a store in columns, so that filters, series and maps need no database.

A hundred thousand events are some 20 MB. Days are ordinals, 0 where there is none; names are places
in lists, -1 where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from sqlalchemy.engine import Connection

from tocsin.base.ids import digest
from tocsin.store import overview, series
from tocsin.views import columns
from tocsin.views.columns import (
    COUNTRY,
    FAMILIES,
    NOWHERE,
    OTHER,
    PLACE,
    PRECISIONS,
    QUADS,
    REGION,
    Brief,
    Flags,
    Floats,
    Ints,
    Table,
    ordinal,
)
from tocsin.views.kept import token

__all__ = (
    "COUNTRY", "FAMILIES", "NOWHERE", "OTHER", "PLACE", "PRECISIONS", "QUADS", "REGION", "Flags",
    "Floats", "Index", "Ints", "Shelf", "ordinal",
)  # fmt: skip

# From so many events that were read anew on, a file kept between runs is written anew.
MANY = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Events in columns, in order of their keys.

    `days` are the days of reports, those of event n from `at[n]` to `at[n + 1]`. `labels` are the
    names as people read them, by the name. `articles` are how many articles the store holds.
    """

    mark: str
    articles: int
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
    """The index of a store, kept up to date: only what changed is read again.

    `corners` returns which corner each type of event is of, as the ontology has them. In `folder`
    the columns are kept between runs, as `version` of Tocsin reads them.
    """

    def __init__(
        self,
        corners: Callable[[], Mapping[str, str]],
        folder: Path | None = None,
        version: str = "",
    ) -> None:
        """Hold nothing yet."""
        self._corners = corners
        self._folder = folder
        self._version = version
        self._lock = Lock()
        self._table: Table | None = None
        self._index: Index | None = None

    def index(self, connection: Connection) -> Index:
        """Return the index of a store as it is now."""
        mark = token(connection)
        with self._lock:
            if self._index is None or self._index.mark != mark:
                self._table = self._read(connection)
                judged, articles = series.judged(connection), overview.live(connection)
                self._index = _index(mark, articles, self._table, judged)
            return self._index

    def ready(self, connection: Connection) -> bool:
        """Return whether the index of a store can be had at once."""
        held = self._index
        return held is not None and held.mark == token(connection)

    def _read(self, connection: Connection) -> Table:
        corners = self._corners()
        state = _state(self._version, corners)
        file = self._folder / f"{_called(connection)}.npz" if self._folder else None
        held = self._table or (columns.kept(file, state) if file else None) or columns.empty()
        now = series.marks(connection)
        keys = np.fromiter(now, np.int64, len(now))
        stays = _same(held, keys, columns.marked(now.values()))
        left = held.rows(stays)
        fresh = now.keys() - set(left.columns["key"].tolist())
        if not fresh:
            return left
        rows = series.rows(connection, None if len(fresh) == len(now) else fresh, Brief)
        table = columns.joined(left, columns.read(rows, corners, now, held))
        if file and len(fresh) >= MANY:
            columns.keep(table, file, state)
        return table


def _state(version: str, corners: Mapping[str, str]) -> str:
    parts = (f"{name} {corner}" for name, corner in sorted(corners.items()))
    return digest("columns", version, *parts)


def _called(connection: Connection) -> str:
    return digest("columns", connection.engine.url.render_as_string(hide_password=True))


def _same(held: Table, keys: Ints, marks: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> Ints:
    """Return which rows of a table are as they are now."""
    order = np.argsort(keys)
    keys, marks = keys[order], marks[order]
    at = np.searchsorted(keys, held.columns["key"])
    inside = at < len(keys)
    at = np.where(inside, at, 0)
    if not len(keys):
        return np.zeros(0, np.int64)
    return np.flatnonzero(inside & (keys[at] == held.columns["key"]) & (marks[at] == held.mark))


def _index(mark: str, articles: int, table: Table, judged: Iterable[int]) -> Index:
    held = {name: column for name, column in table.columns.items() if name != "told"}
    flags = {name: held.pop(name).astype(bool) for name in ("real", "disputed")}
    told = table.columns["told"]
    return Index(
        mark=mark, articles=articles, **held, **flags,
        reviewed=np.isin(held["key"], np.array(sorted(judged), np.int64)),
        names=tuple(table.names), labels=dict(table.labels), days=table.days,
        at=np.concatenate([np.zeros(1, np.int64), np.cumsum(told)]),
    )  # fmt: skip
