"""Lists of events, claims and articles, and the search that narrows them down."""

from __future__ import annotations

from typing import get_args

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from tocsin.desk.render import Asked, Held, address, page
from tocsin.records.event import Level
from tocsin.store import listing
from tocsin.views import saved, search
from tocsin.views.search import Kind

LEVELS: tuple[Level, ...] = get_args(Level)
MOST = 2_000  # characters of a search
BAD = 400


def asked(request: Asked, kind: Kind) -> search.Asked:
    """Return the search that an address holds; an order that is not known is the first one."""
    held = request.query_params
    order, level = held.get("order", ""), held.get("level")
    return search.Asked(
        text=held.get("q", "")[:MOST].strip(),
        kind=kind,
        order=order if order in search.ORDERS else search.ORDERS[0],
        level=level if level in LEVELS and kind == "events" else None,
        after=held.get("after") or None,
    )


def _listing(kind: Kind) -> HTTPRouteHandler:
    """Return the route that shows the records of a kind, or those that a search finds."""

    @get(f"/{kind}", name=kind, sync_to_thread=True)
    def handler(request: Asked, desk: Held) -> Template:
        with desk.store.read() as connection:
            corrected = desk.doors.corrected(connection)
            today = desk.clock().date()
            view = search.found(connection, asked(request, kind), corrected, today)
            kept = saved.searches(connection)
            disputes = listing.disputes(connection, [one.id for one in view.events])
        found = page(
            request, desk, "found.html", tab=kind, view=view, kinds=search.KINDS, searches=kept,
            disputes=disputes,
        )  # fmt: skip
        if view.fault is not None:
            found.status_code = BAD
        return found

    return handler


@get("/search", sync_to_thread=False)
def sought(q: FromQuery[str] = "", kind: FromQuery[Kind] = "events") -> Redirect:
    """Lead to what a search finds."""
    return Redirect(address(f"/{kind}", q=q))


ROUTES = (*map(_listing, search.KINDS), sought)
