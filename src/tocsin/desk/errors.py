"""Errors as pages: one table of what each is to a browser, one shape for all of them."""

from __future__ import annotations

import logging

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Template

from tocsin.base.errors import InputError, JudgementError, QueryError, StoreError, TocsinError
from tocsin.desk import faults, gate
from tocsin.desk.doors import Desk
from tocsin.desk.former import Moved
from tocsin.desk.render import Asked, address, page

STATUS: dict[type[TocsinError], int] = {
    QueryError: 400,
    JudgementError: 400,
    InputError: 404,
    StoreError: 503,
}
UNKNOWN, OURS = 404, 500
_LOG = logging.getLogger("tocsin.desk")


def known(request: Asked, error: TocsinError) -> Template | Response[bytes]:
    """Return the page of an error of Tocsin's own, which says itself what to do."""
    if faults.asking(request):
        return faults.known(request, error)
    return _page(request, STATUS.get(type(error), OURS), str(error))


def asked(request: Asked, error: HTTPException) -> Template | Redirect | Response[bytes]:
    """Return the page of a request that the desk has no answer to, or lead to what comes first."""
    if faults.asking(request):
        return faults.asked(request, error)
    first = gate.first(request, error.status_code)
    if first is not None and gate.leads(request.method, request.headers):
        return Redirect(first, status_code=303)
    found = _page(request, error.status_code, error.detail if error.status_code < OURS else "")
    found.headers |= error.headers or {}
    if first is not None and "hx-request" in request.headers:
        found.headers["hx-redirect"] = first
    return found


def moved(request: Asked, error: Moved) -> Redirect | Response[bytes]:
    """Lead to the event that another went into; it may be parted again, so for this time only."""
    path = request.url.path.replace(error.was, error.now)
    asked = {name: value for name, value in request.query_params.items() if name != "was"}
    if faults.asking(request):
        return faults.moved(address(path, **asked), str(error))
    return Redirect(address(path, **asked, was=error.was), status_code=303)


def unforeseen(request: Asked, error: Exception) -> Template | Response[bytes]:
    """Return the page of an error that nobody foresaw; its particulars go to the log alone."""
    if faults.asking(request):
        return faults.unforeseen(request, error)
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return _page(request, OURS, "")


def _page(request: Asked, status: int, detail: str) -> Template:
    desk: Desk = request.app.state.desk
    found = page(request, desk, "error.html", status=status, detail=detail)
    found.status_code = status
    return found
