"""Pages about who takes part: a list, one of them, two of them, whom one is near, and places."""

from __future__ import annotations

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery
from litestar.response import Template

from tocsin.desk.drawing import bars, circle
from tocsin.desk.render import Asked, Held, page
from tocsin.views import entity, saved

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
        request, desk, "place.html", tab="map", view=view, bars=bars(view.weeks), follow=follow
    )


ROUTES = (network, one, dyad, place)
