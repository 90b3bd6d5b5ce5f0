"""Series: which units there are, and one of them through time with its indicators."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery
from litestar.response import Template
from msgspec import Meta, Struct

from tocsin.desk.asked import address_of, lenient
from tocsin.desk.curves import curve, small, track
from tocsin.desk.endpoints import Endpoint, Room
from tocsin.desk.forecasts import KINDS
from tocsin.desk.render import Asked, Held, page
from tocsin.desk.signals import stands_on
from tocsin.desk.waiting import done, ready
from tocsin.records.series import Unit, UnitKind
from tocsin.views import units
from tocsin.views.units import Table, View

MOST = 100  # units on a page


class Listing(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """As of which day, which kind of unit, and words that names must have."""

    on: date | None = None
    kind: UnitKind | None = None
    words: Annotated[str, Meta(max_length=300)] = ""


class OnDay(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """As of which day; the last one with news where none is given."""

    on: date | None = None


class One(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which unit, as of when: a country's code, an area's GeoNames id, a dyad such as ISR>LBN."""

    kind: UnitKind
    name: Annotated[str, Meta(min_length=1, max_length=300)]
    on: date | None = None


@get("/series", sync_to_thread=True)
def listed(request: Asked, desk: Held) -> Template:
    """Show the units of which events count, with their weeks; panels and silent sources."""
    ready(desk, "signals")
    asked = lenient(Listing, request.query_params)
    on = stands_on(desk, asked.on)
    table = done(desk.doors.foresight.table_soon(desk.store, on), "signals")
    found = units.narrowed(table, asked.kind, asked.words)
    return page(
        request, desk, "series.html", tab="signals", table=table, asked=asked, found=found[:MOST],
        total=len(found), kinds=KINDS, to=address_of("/series", asked), small=small,
    )  # fmt: skip


@get("/unit", sync_to_thread=True)
def read(request: Asked, desk: Held, kind: FromQuery[str], name: FromQuery[str]) -> Template:
    """Show a unit: its weeks by family, and its indicators now and over time."""
    if kind not in KINDS:
        raise NotFoundException(f"{kind} {name}")
    ready(desk, "signals")
    asked = lenient(OnDay, {"on": request.query_params.get("on", "")})
    on = stands_on(desk, asked.on)
    unit = Unit(kind, name)  # type: ignore[arg-type]
    (view,) = done(desk.doors.foresight.unit_soon(desk.store, on, unit), "signals")
    if view is None:
        raise NotFoundException(f"{kind} {name}")
    return page(
        request, desk, "unit.html", tab="signals", view=view, asked=asked,
        charts=[(one, curve(one.weeks)) for one in view.charts], track=track,
    )  # fmt: skip


def _table(room: Room, asked: OnDay) -> Table:
    return room.desk.doors.foresight.table_of(room.desk.store, stands_on(room.desk, asked.on))


def _unit(room: Room, asked: One) -> View:
    on = stands_on(room.desk, asked.on)
    unit = Unit(asked.kind, asked.name)
    found = room.desk.doors.foresight.unit_of(room.desk.store, on, unit)
    if found is None:
        raise NotFoundException(f"{asked.name}: no event counts there")
    return found


ROUTES = (listed, read)
TWINS = (
    Endpoint("/series", "All indicators of a day, units, panels", OnDay, Table, _table),
    Endpoint("/unit", "A unit through time with its indicators", One, View, _unit),
)
