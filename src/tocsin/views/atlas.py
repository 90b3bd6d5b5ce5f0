"""Where events are: points only where a place is known, areas where only a country or region is."""

from __future__ import annotations

from typing import Literal

import numpy as np
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.ids import named
from tocsin.store import listing
from tocsin.views.index import COUNTRY, FAMILIES, NOWHERE, PLACE, REGION, Flags, Index, Ints

# Points drawn, the newest first.
MOST = 5_000
# Rows of the list beside the map.
ROWS = 200
# Machine alone, judged by a person, or not a fact: how everything on the desk is drawn.
Look = Literal["ghost", "solid", "dotted"]


class Point(Struct, frozen=True):
    """An event at a place that its evidence names."""

    id: str
    title: str
    place: str
    latitude: float
    longitude: float
    family: str
    look: Look
    precision: str


class Region(Struct, frozen=True):
    """A region that evidence names, with how many events; its middle is where names stand."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    events: int


class Spot(Struct, frozen=True):
    """A place, region or country in the list: how exact, how many events, what finds them."""

    name: str
    precision: str
    country: str | None
    events: int
    search: str


class Atlas(Struct, frozen=True):
    """What a map shows; `nowhere` events have no place, `left` points are too many to draw."""

    points: tuple[Point, ...]
    regions: tuple[Region, ...]
    countries: dict[str, int]
    nowhere: int
    left: int
    total: int


class Places(Struct, frozen=True):
    """The same as a list, most events first."""

    spots: tuple[Spot, ...]
    nowhere: int
    total: int
    more: int


def atlas(connection: Connection, index: Index, keep: Flags) -> Atlas:
    """Return what a map shows of some events."""
    at = np.flatnonzero(keep & (index.precision >= PLACE))
    at = at[np.lexsort((index.key[at], -index.last[at]))]
    drawn = at[:MOST]
    lines = listing.named(connection, [_id(index, n) for n in drawn])
    return Atlas(
        points=tuple(
            _point(index, int(n), lines[name].title) for n in drawn
            if (name := _id(index, n)) in lines
        ),
        regions=tuple(_regions(index, np.flatnonzero(keep & (index.precision == REGION)))),
        countries=_countries(index, keep), nowhere=int((keep & (index.precision == NOWHERE)).sum()),
        left=int(at.size - drawn.size), total=int(keep.sum()),
    )  # fmt: skip


def places(index: Index, keep: Flags) -> Places:
    """Return the places of some events as a list."""
    counts: dict[tuple[int, int, int], int] = {}
    at = np.flatnonzero(keep & (index.precision > NOWHERE))
    rows = np.stack([index.precision[at], index.country[at], index.place[at]], axis=1)
    found, numbers = np.unique(rows, axis=0, return_counts=True)
    for (precision, country, place), number in zip(found.tolist(), numbers.tolist(), strict=True):
        key = (precision, country, -1 if precision == COUNTRY else place)
        counts[key] = counts.get(key, 0) + number
    spots = sorted(
        (_spot(index, *key, number) for key, number in counts.items()),
        key=lambda one: (-one.events, one.name),
    )
    nowhere = int((keep & (index.precision == NOWHERE)).sum())
    return Places(tuple(spots[:ROWS]), nowhere, int(keep.sum()), max(len(spots) - ROWS, 0))


def _spot(index: Index, precision: int, country: int, place: int, number: int) -> Spot:
    code = index.name(country)
    name = index.name(place) or code or "?"
    asked = f"country:{code}" if precision == COUNTRY and code else f'place:"{_plain(name)}"'
    return Spot(name, _precision(precision), code, number, asked)


def _countries(index: Index, keep: Flags) -> dict[str, int]:
    """Return how many events of each country have no finer place than it."""
    of = index.country[keep & (index.precision == COUNTRY) & (index.country >= 0)]
    codes, numbers = np.unique(of, return_counts=True)
    return {index.names[c]: n for c, n in zip(codes.tolist(), numbers.tolist(), strict=True)}


def _regions(index: Index, at: Ints) -> list[Region]:
    held: dict[tuple[str, str | None, float, float], int] = {}
    for n in at:
        key = (
            index.name(int(index.place[n])) or "?", index.name(int(index.country[n])),
            float(index.latitude[n]), float(index.longitude[n]),
        )  # fmt: skip
        held[key] = held.get(key, 0) + 1
    return [Region(*key, number) for key, number in held.items()]


def _point(index: Index, at: int, title: str) -> Point:
    look: Look = "ghost"
    if not index.real[at]:
        look = "dotted"
    elif index.reviewed[at]:
        look = "solid"
    return Point(
        _id(index, at), title, index.name(int(index.place[at])) or "?",
        float(index.latitude[at]), float(index.longitude[at]), FAMILIES[index.family[at]], look,
        _precision(int(index.precision[at])),
    )  # fmt: skip


def _precision(at: int) -> str:
    return ("none", "country", "region", "place", "point")[at]


def _plain(name: str) -> str:
    return name.replace('"', " ")


def _id(index: Index, at: int | np.integer) -> str:
    return named("event", int(index.key[at]))
