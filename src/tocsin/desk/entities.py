"""Pages about who takes part: a list, one of them, two of them, whom one is near, and places."""

from __future__ import annotations

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery
from litestar.response import Template

from tocsin.desk.drawing import bars, circle
from tocsin.desk.render import Asked, Held, page
from tocsin.records.series import Unit
from tocsin.views import entity, saved
from tocsin.views.entity import Site

MOST = 300  # characters of a name


@get("/network", sync_to_thread=True)
def network(
    request: Asked, desk: Held, of: FromQuery[str] = "", q: FromQuery[str] = ""
) -> Template:
    """Show those who are named, or whom one of them acts on and is acted on by."""
    if not of:
        with desk.store.read() as connection:
            found = entity.listed(connection, q[:MOST])
        return page(request, desk, "entities.html", tab="network", found=found, q=q)
    with desk.store.read() as connection:
        view = entity.view(connection, of[:MOST], desk.doors.bench.corners())
    if view is None:
        raise NotFoundException(of)
    nodes = circle(view.edges)
    return page(request, desk, "network.html", tab="network", view=view, nodes=nodes)


@get("/entity", sync_to_thread=True)
def one(request: Asked, desk: Held, name: FromQuery[str]) -> Template:
    """Show somebody: what is known of him, what he did and said, with whom, when."""
    bench = desk.doors.bench
    with desk.store.read() as connection:
        view = entity.view(connection, name[:MOST], bench.corners())
        follow = saved.follow(connection, "actor", name[:MOST])
    known = bench.known(name, desk.clock().date())
    if view is None:
        raise NotFoundException(name)
    return page(
        request, desk, "entity.html", tab="network", view=view, known=known,
        bars=bars(view.weeks), follow=follow,
        units=desk.doors.foresight.named_soon(desk.store, [Unit("country", name)]),
    )  # fmt: skip


@get("/dyad", sync_to_thread=True)
def dyad(request: Asked, desk: Held, one: FromQuery[str], other: FromQuery[str]) -> Template:
    """Show what two do to each other."""
    corners = desk.doors.bench.corners()
    with desk.store.read() as connection:
        ways = [
            entity.way(connection, one[:MOST], other[:MOST], corners),
            entity.way(connection, other[:MOST], one[:MOST], corners),
        ]
        follow = saved.follow(connection, "dyad", one[:MOST], other[:MOST])
    drawn = [bars(way.weeks) for way in ways]
    return page(
        request, desk, "dyad.html", tab="network", ways=list(zip(ways, drawn, strict=True)),
        follow=follow,
        units=desk.doors.foresight.named_soon(
            desk.store, [Unit("dyad", f"{way.one}>{way.other}") for way in ways]
        ),
    )  # fmt: skip


@get("/place", sync_to_thread=True)
def place(request: Asked, desk: Held, name: FromQuery[str]) -> Template:
    """Show the events of a place, by how well they are placed."""
    with desk.store.read() as connection:
        view = entity.site(connection, name[:MOST], desk.doors.bench.corners())
        follow = saved.follow(connection, "place", name[:MOST])
    if view is None:
        raise NotFoundException(name)
    return page(
        request, desk, "place.html", tab="map", view=view, bars=bars(view.weeks), follow=follow,
        units=desk.doors.foresight.named_soon(desk.store, _units(view)),
    )  # fmt: skip


def _units(place: Site) -> list[Unit]:
    """Return the units that a place may be: an area goes by its id, as other places do not."""
    found = [Unit("area", str(place.geonames))] if place.geonames else []
    if place.country and any(spot.precision == "country" for spot in place.spots):
        found.append(Unit("country", place.country))
    return found


ROUTES = (network, one, dyad, place)
