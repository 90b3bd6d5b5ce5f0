"""The map, and its shapes as data: points, regions and countries of the events that are kept."""

from __future__ import annotations

from litestar import get
from litestar.response import Template

from tocsin.desk import sight
from tocsin.desk.render import Asked, Held, page
from tocsin.desk.waiting import ready
from tocsin.views import atlas
from tocsin.views.atlas import Atlas
from tocsin.views.filter import chosen
from tocsin.views.series import weeks
from tocsin.views.watch import countries


@get("/map", sync_to_thread=True)
def read(request: Asked, desk: Held) -> Template:
    """Show where events are, and the same as a list."""
    ready(desk, "map")
    index, of = sight.filtered(request, desk)
    with desk.store.read() as connection:
        keep = chosen(connection, index, of)
    return page(
        request, desk, "map.html", tab="map", chosen=keep, spots=atlas.places(index, keep.timed),
        weeks=weeks(index, keep.every, of), countries=countries(index, keep),
        **sight.frame("/map", of),
    )  # fmt: skip


@get("/map/shapes", sync_to_thread=True)
def shapes(request: Asked, desk: Held) -> Atlas:
    """Return what a map draws of the events that a filter keeps."""
    index, of = sight.filtered(request, desk)
    with desk.store.read() as connection:
        return atlas.atlas(connection, index, chosen(connection, index, of).timed)


ROUTES = (read, shapes)
