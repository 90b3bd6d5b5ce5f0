"""Pages of one event: what it is by all reports of it, and why they are of one event."""

from __future__ import annotations

from typing import NamedTuple

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from tocsin.desk.doors import Desk
from tocsin.desk.former import missing
from tocsin.desk.former import was as led
from tocsin.desk.render import Asked, Held, page
from tocsin.desk.timeline import timeline
from tocsin.store import events, former
from tocsin.views import event, remarks, saved
from tocsin.views.event import View


def _view(desk: Desk, name: str) -> View:
    with desk.store.read() as connection:
        view = event.view(connection, name, desk.doors.corrected(connection))
        if view is None:
            raise missing(name, former.heir(connection, name))
    return view


class Follow(NamedTuple):
    """What of an event can be watched, and how it is called."""

    what: saved.Follow
    name: str


def _follow(desk: Desk, view: View) -> Follow | None:
    """Return the pair that an event is between, else who acts or suffers, else where it was."""
    sides = [side[0] for side in (view.event.actors, view.event.recipients) if side]
    with desk.store.read() as connection:
        if len(sides) > 1 and sides[0].value != sides[1].value:
            one, other = sides
            what = saved.follow(connection, "dyad", one.value, other.value)
            return Follow(what, f"{one.name} – {other.name}")
        if sides:
            return Follow(saved.follow(connection, "actor", sides[0].value), sides[0].name)
        if view.event.place is not None:
            name = view.event.place.name
            return Follow(saved.follow(connection, "place", name), name)
    return None


@get("/events/{name:str}", sync_to_thread=True)
def read(
    request: Asked, desk: Held, name: FromPath[str], was: FromQuery[str] = ""
) -> Template:  # fmt: skip
    """Show an event with the claims behind every value, and from which id somebody was led here."""
    view = _view(desk, name)
    with desk.store.read() as connection:
        found = remarks.about(connection, view.event.claims)
    return page(
        request, desk, "event.html", tab="events", view=view, line=timeline(view), remarks=found,
        me=desk.doors.bench.author,
        was=led(was, view.event.id), follow=_follow(desk, view),
    )  # fmt: skip


@get("/events/{name:str}/why", sync_to_thread=True)
def why(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show why an event's claims were brought together, and what was left out."""
    with desk.store.read() as connection:
        found = events.load(connection, [name]).get(name)
        if found is None:
            raise missing(name, former.heir(connection, name))
        parts = desk.doors.why(connection, found)
    return page(request, desk, "why.html", tab="events", event=found, parts=parts)


ROUTES = (read, why)
