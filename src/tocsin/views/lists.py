"""Watch lists as the first screen shows them: each entry with its events that have news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError
from tocsin.base.ids import number
from tocsin.records.kept import Watched, WatchKind
from tocsin.records.query import Query
from tocsin.store import series, syntax
from tocsin.views.filter import Filter, chosen
from tocsin.views.index import Index, Ints, ordinal

# Characters that an address holds of a search for all entries together.
_LONGEST = 1_500

# The keys of the events that each entry is about, by the entry's id.
About = Mapping[str, Ints]


class Held(NamedTuple):
    """The entries of watch lists, and the events that each is about."""

    entries: Sequence[Watched] = ()
    about: About = MappingProxyType({})


class Followed(Struct, frozen=True):
    """An entry: how it is called, the search that finds it, its events, those with news of them."""

    id: str
    kind: WatchKind
    name: str
    query: str
    events: int
    news: int


class Lists(Struct, frozen=True):
    """All entries, those with most news first; `mine` is the search that finds all together.

    `mine` is empty where there are none, or too many for one search. `names` are the entries that
    an event is under, by the event's id, for the events asked about.
    """

    entries: tuple[Followed, ...] = ()
    mine: str = ""
    news: int = 0
    names: Mapping[str, tuple[str, ...]] = {}


def about(connection: Connection, entries: Sequence[Watched]) -> About:
    """Return which events each entry is about; one whose search cannot be read is about none."""
    out: dict[str, Ints] = {}
    for one in entries:
        keys: set[int] = set()
        try:
            node = syntax.parse(one.query or "")
        except QueryError:
            node = None
        if one.query and node is not None:
            keys, _ = series.matching(connection, Query(where=node, kind="claims"))
        out[one.id] = np.array(sorted(keys), np.int64)
    return out


def lists(
    connection: Connection, held: Held, index: Index, of: Filter, picks: Sequence[str] = ()
) -> Lists:  # fmt: skip
    """Return the entries with what a filter keeps of them, whatever words it searches for."""
    entries, found = held
    if not entries:
        return Lists()
    keep = chosen(connection, index, replace(of, q="")).every
    news = keep & (index.told(ordinal(of.since), ordinal(of.on)) > 0)
    rows: list[Followed] = []
    any_ = np.zeros(len(index), bool)
    for one in entries:
        own = np.isin(index.key, found.get(one.id, np.zeros(0, np.int64)))
        any_ |= own
        rows.append(
            Followed(
                one.id, one.kind, called(one, index), one.query or "", int((own & keep).sum()),
                int((own & news).sum()),
            )
        )  # fmt: skip
    rows.sort(key=lambda row: (-row.news, -row.events, row.name))
    mine = " OR ".join(one.query for one in entries if one.query)
    names = {
        pick: tuple(row.name for row in rows if number(pick) in found.get(row.id, ()))
        for pick in picks
        if pick.startswith("event-")
    }
    return Lists(
        tuple(rows), mine if len(mine) <= _LONGEST else "", int((any_ & news).sum()), names
    )


def called(one: Watched, index: Index) -> str:
    """Return an entry's name, ids said by the name that texts give most."""
    first = index.labels.get(one.value, one.value)
    return f"{first} ↔ {index.labels.get(one.other, one.other)}" if one.other else first
