"""Remarks of claims and events: all of them on a page, and made; `saved` puts them away."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from tocsin.desk.frame import within
from tocsin.desk.render import Asked, Held, page
from tocsin.records.remark import RemarkKind
from tocsin.views import remarks

Form = RequestEncodingType.URL_ENCODED
HOME = "/remarks"
MOST = 200  # characters of a label that is asked for


class Made(Struct, frozen=True):
    """A remark of a claim or an event."""

    kind: RemarkKind
    target: str
    words: str = ""
    back: str = HOME


@get("/remarks", sync_to_thread=True)
def read(request: Asked, desk: Held, label: FromQuery[str] = "") -> Template:
    """Show all remarks, or those under a label."""
    with desk.store.read() as connection:
        view = remarks.view(connection, label[:MOST])
    return page(
        request, desk, "remarks.html", tab="events", view=view, label=label,
        me=desk.doors.bench.author,
    )  # fmt: skip


@post("/remarks/add", sync_to_thread=True)
def add(desk: Held, data: Annotated[Made, Body(media_type=Form)]) -> Redirect:
    """Keep a remark and lead back."""
    with desk.store.write() as connection:
        remarks.remark(
            connection, data.kind, data.target, data.words, author=desk.doors.bench.author,
            now=desk.clock(),
        )  # fmt: skip
    return Redirect(within(data.back), status_code=303)


ROUTES = (read, add)
