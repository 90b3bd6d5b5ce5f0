"""Signals: what an analyst should look at, why, and on which events each rests."""

from __future__ import annotations

from datetime import date

from litestar import get
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath
from litestar.response import Template

from tocsin.desk.asked import address_of, lenient
from tocsin.desk.curves import curve
from tocsin.desk.doors import Desk
from tocsin.desk.endpoints import Endpoint, Room, there
from tocsin.desk.render import Asked, Held, page
from tocsin.desk.waiting import done, ready
from tocsin.records.series import FAMILIES
from tocsin.records.signal import KINDS, Signal
from tocsin.store import signals as kept
from tocsin.views import filter as filters
from tocsin.views import signals
from tocsin.views.signals import SPANS, View, Wanted, Whole

# Nothing before this day is looked at: series reach back for years from the day that is asked for.
EARLIEST = date(1900, 1, 1)


def stands_on(desk: Desk, on: date | None) -> date:
    """Return the day that is asked for, else the one that the desk stands on.

    Raises ClientException for a day to come, and for one before anything that a desk could know.
    """
    today = desk.clock().date()
    if on is None:
        return filters.latest(desk.doors.lookout.index(desk.store), today)
    if not EARLIEST <= on <= today:
        raise ClientException(f"{on}: expected a day from {EARLIEST} to today, {today}")
    return on


@get("/signals", sync_to_thread=True)
def listed(request: Asked, desk: Held) -> Template:
    """Show what fired, the newest day first."""
    ready(desk, "signals")
    asked = lenient(Wanted, request.query_params)
    on = stands_on(desk, asked.on)
    foresight = desk.doors.foresight
    made = done(foresight.signals_soon(desk.store, on), "signals")
    with desk.store.read() as connection:
        view = signals.view(connection, made, asked, on, foresight.parties)
    return page(
        request, desk, "signals.html", tab="signals", view=view, asked=asked, kinds=KINDS,
        families=(*FAMILIES, "all"), spans=SPANS, to=address_of("/signals", asked),
    )  # fmt: skip


@get("/signals/{name:str}", sync_to_thread=True)
def read(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show a signal: its weeks with what is usual, its events, the settings that it goes by."""
    asked = lenient(Wanted, request.query_params)
    view = _whole(desk, name, asked.on)
    if view is None:
        raise NotFoundException(name)
    lines = {"usual": view.usual, "reached": view.reached}
    return page(
        request, desk, "signal.html", tab="signals", view=view, one=view.fired.signal,
        drawn=curve(view.weeks, lines) if view.weeks else None,
    )  # fmt: skip


def _whole(desk: Desk, name: str, on: date | None) -> Whole | None:
    """Return a signal that is kept, or is one of a day."""
    one = _found(desk, name, on)
    if one is None:
        return None
    foresight = desk.doors.foresight
    weeks = foresight.weeks(desk.store, one.day, one.of, one.family) if one.of else None
    titles: dict[str, str] = {}
    if any(each.startswith("threat-") for each in one.events):
        ledger = desk.doors.lookout.ledger(desk.store, one.day)
        titles = {threat.id: threat.title for threat in ledger.threats}
    with desk.store.read() as connection:
        return signals.whole(connection, one, foresight.parties, weeks, titles)


def _found(desk: Desk, name: str, on: date | None) -> Signal | None:
    with desk.store.read() as connection:
        held = kept.load(connection, [name]).get(name)
    if held is not None:
        return held
    made = desk.doors.foresight.signals_of(desk.store, stands_on(desk, on))
    return next((one for one in made if one.id == name), None)


def _signals(room: Room, asked: Wanted) -> View:
    on = stands_on(room.desk, asked.on)
    foresight = room.desk.doors.foresight
    made = foresight.signals_of(room.desk.store, on)
    return signals.view(room.connection, made, asked, on, foresight.parties)


def _signal(room: Room, asked: Wanted) -> Whole:
    return there(_whole(room.desk, room.name, asked.on), room)


ROUTES = (listed, read)
TWINS = (
    Endpoint("/signals", "What fired, newest day first", Wanted, View, _signals),
    Endpoint("/signals/{name}", "A signal with all that is behind it", Wanted, Whole, _signal),
)
