"""Pages of one event: what it is by all reports of it, and why they are of one event."""

from __future__ import annotations

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template

from tocsin.desk.doors import Desk
from tocsin.desk.render import Asked, Held, page
from tocsin.desk.timeline import timeline
from tocsin.store import events
from tocsin.views import event
from tocsin.views.event import View


def _view(desk: Desk, name: str) -> View:
    with desk.store.read() as connection:
        view = event.view(connection, name, desk.doors.corrected(connection))
    if view is None:
        raise NotFoundException(name)
    return view


@get("/events/{name:str}", sync_to_thread=True)
def read(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show an event with the claims behind every value."""
    view = _view(desk, name)
    return page(request, desk, "event.html", tab="events", view=view, line=timeline(view))


@get("/events/{name:str}/why", sync_to_thread=True)
def why(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show why an event's claims were brought together, and what was left out."""
    with desk.store.read() as connection:
        found = events.load(connection, [name]).get(name)
        if found is None:
            raise NotFoundException(name)
        parts = desk.doors.why(connection, found)
    return page(request, desk, "why.html", tab="events", event=found, parts=parts)


ROUTES = (read, why)
