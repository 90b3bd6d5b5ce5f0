"""Saved searches and watch lists: seen, kept, put away."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from msgspec import Struct

from tocsin.desk.frame import within
from tocsin.desk.render import Asked, Held, address, page
from tocsin.records.kept import Kind, WatchKind
from tocsin.views import saved, search

Form = RequestEncodingType.URL_ENCODED
HOME = "/saved"


class Search(Struct, frozen=True):
    """A search to keep under a name."""

    name: str
    q: str = ""
    kind: Kind = "events"
    order: str = "newest"
    level: str = ""


class Watch(Struct, frozen=True):
    """Somebody or something to look out for."""

    kind: WatchKind
    value: str
    other: str = ""
    note: str = ""
    back: str = HOME


class Gone(Struct, frozen=True):
    """What to put away, by its id."""

    id: str
    back: str = HOME


@get("/saved", sync_to_thread=True)
def read(request: Asked, desk: Held) -> Template:
    """Show all that is kept."""
    with desk.store.read() as connection:
        shelf = saved.shelf(connection)
    return page(request, desk, "saved.html", tab="events", shelf=shelf)


@post("/saved/search", sync_to_thread=True)
def search_(desk: Held, data: Annotated[Search, Body(media_type=Form)]) -> Redirect:
    """Keep a search and lead back to it."""
    order = data.order if data.order in search.ORDERS else search.ORDERS[0]
    with desk.store.write() as connection:
        made = saved.save_search(
            connection, data.name, data.q, desk.clock(), kind=data.kind, order=order,
            level=data.level[:50] or None,
        )  # fmt: skip
    back = address(f"/{made.kind}", q=made.query, order=order, level=made.level)
    return Redirect(back, status_code=303)


@post("/saved/watch", sync_to_thread=True)
def watch(desk: Held, data: Annotated[Watch, Body(media_type=Form)]) -> Redirect:
    """Keep somebody or something to look out for."""
    with desk.store.write() as connection:
        saved.watch(
            connection, data.kind, data.value, desk.clock(), other=data.other, note=data.note
        )
    return Redirect(within(data.back), status_code=303)


@post("/saved/drop", sync_to_thread=True)
def drop(desk: Held, data: Annotated[Gone, Body(media_type=Form)]) -> Redirect:
    """Put something away, or a remark of one's own, and lead back."""
    with desk.store.write() as connection:
        saved.drop(connection, data.id, desk.doors.bench.author)
    return Redirect(within(data.back), status_code=303)


ROUTES = (read, search_, watch, drop)
