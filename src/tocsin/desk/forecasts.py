"""Forecasts with their refusals, and the scoreboard of all that was foretold."""

from __future__ import annotations

from datetime import date

from litestar import get
from litestar.response import Template

from tocsin.desk.asked import address_of, lenient
from tocsin.desk.curves import dots, fans, reached
from tocsin.desk.doors import Desk
from tocsin.desk.endpoints import Endpoint, Room
from tocsin.desk.render import Asked, Held, page
from tocsin.desk.signals import stands_on
from tocsin.desk.waiting import done, ready
from tocsin.records.series import FAMILIES
from tocsin.store import forecasts
from tocsin.views import outlook, scores
from tocsin.views.outlook import View, Wanted
from tocsin.views.scores import By

KINDS = ("country", "area", "dyad")
STEPS = ("week", "day")
WAYS: tuple[By, ...] = ("stratum", "lead", "family", "unit", "issued", "start", "all")


@get("/forecasts", sync_to_thread=True)
def listed(request: Asked, desk: Held) -> Template:
    """Show what is foretold of each series, and of which nothing is, with the reason."""
    ready(desk, "forecasts")
    asked = lenient(Wanted, request.query_params)
    on = _stands_on(desk, asked.on)
    foresight = desk.doors.foresight
    made = done(
        foresight.made_soon(desk.store, on, asked.kind, asked.step, asked.unit), "forecasts"
    )
    with desk.store.read() as connection:
        view = outlook.view(connection, asked, on, made, foresight.parties)
    return page(
        request, desk, "forecasts.html", tab="forecasts", view=view, asked=asked,
        families=FAMILIES, kinds=KINDS, steps=STEPS, to=address_of("/forecasts", asked),
        fans={one.key.id: fans(one.steps) for one in view.series},
    )  # fmt: skip


@get("/scores", sync_to_thread=True)
def scored(request: Asked, desk: Held) -> Template:
    """Show how all that was foretold did."""
    asked = lenient(scores.Wanted, request.query_params)
    view = _board(desk, asked.by)
    return page(
        request, desk, "scores.html", tab="forecasts", view=view, asked=asked, ways=WAYS,
        to=address_of("/scores", asked), dots=dots, reached=reached, today=desk.clock().date(),
    )  # fmt: skip


def _stands_on(desk: Desk, on: date | None) -> date:
    """Return the day asked for, else the last on which forecasts were issued, else the desk's."""
    if on is not None:
        return stands_on(desk, on)
    latest = stands_on(desk, None)
    with desk.store.read() as connection:
        issued = outlook.issued(connection, desk.clock().date())
    return issued[0] if issued else latest


def _board(desk: Desk, by: By) -> scores.View:
    with desk.store.read() as connection:
        tally = {str(name): number for name, number in forecasts.tally(connection).items()}
        due = forecasts.next_due(connection)
    return scores.view(by, desk.doors.foresight.board(desk.store, by), tally, due)


def _forecasts(room: Room, asked: Wanted) -> View:
    desk, foresight = room.desk, room.desk.doors.foresight
    on = _stands_on(desk, asked.on)
    made = foresight.made_of(desk.store, on, asked.kind, asked.step, asked.unit)
    carried = foresight.carried_of(desk.store, on)
    return outlook.view(room.connection, asked, on, (made, carried), foresight.parties)


def _scores(room: Room, asked: scores.Wanted) -> scores.View:
    return _board(room.desk, asked.by)


ROUTES = (listed, scored)
TWINS = (
    Endpoint("/forecasts", "What is foretold, or why nothing is", Wanted, View, _forecasts),
    Endpoint("/scores", "How all forecasts did", scores.Wanted, scores.View, _scores),
)
