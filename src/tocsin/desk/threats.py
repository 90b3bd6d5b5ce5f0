"""The ledger of threats, the thread of each, and what people say came of it."""

from __future__ import annotations

from typing import Annotated, get_args

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template
from msgspec import Struct

from tocsin.desk import sight
from tocsin.desk.render import Asked, Held, address, page
from tocsin.desk.waiting import done
from tocsin.records.threat import IssuerDid, Status, TargetDid
from tocsin.views import threats

STATUSES: tuple[Status, ...] = get_args(Status)


class Outcome(Struct, frozen=True):
    """That an event is what came of a threat: whose act, what was done, why it is thought so."""

    event: str
    axis: str
    did: str
    reason: str = ""


@get("/threats", sync_to_thread=True)
def listed(request: Asked, desk: Held) -> Template:
    """Show the ledger in groups: due, overdue, open, ended."""
    _, of = sight.filtered(request, desk)
    asked = request.query_params.get("status")
    status = asked if asked in STATUSES else None
    ledger = done(desk.doors.lookout.ledger_soon(desk.store, of.on), "threats")
    return page(
        request, desk, "threats.html", tab="threats", view=threats.rows(ledger, of.on, status),
        status=status, statuses=STATUSES, **sight.frame("/threats", of),
    )  # fmt: skip


@get("/threats/{name:str}", sync_to_thread=True)
def read(request: Asked, desk: Held, name: FromPath[str]) -> Template:
    """Show a threat: all that was said of it, its deadlines, what may have come of it."""
    _, of = sight.filtered(request, desk)
    ledger = desk.doors.lookout.ledger(desk.store, of.on)
    with desk.store.read() as connection:
        view = threats.thread(connection, ledger, name, of.on, desk.doors.corrected(connection))
    if view is None:
        raise NotFoundException(name)
    did = {"issuer": get_args(IssuerDid), "target": get_args(TargetDid)}
    return page(
        request, desk, "thread.html", tab="threats", view=view, did=did,
        **sight.frame(f"/threats/{name}", of),
    )  # fmt: skip


@post("/threats/{name:str}/outcome", sync_to_thread=True)
def settle(
    request: Asked, desk: Held, name: FromPath[str],
    data: Annotated[Outcome, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:  # fmt: skip
    """Keep what came of a threat as somebody's judgement, and lead back to the thread."""
    _, of = sight.filtered(request, desk)
    desk.doors.lookout.confirm(
        desk.store, of.on, name, data.event, data.axis, data.did, data.reason.strip()
    )
    back = address(f"/threats/{name}", **of.address())
    return Redirect(back, status_code=303)


ROUTES = (listed, read, settle)
