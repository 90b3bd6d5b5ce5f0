"""Errors as pages: one table of what each is to a browser, one shape for all of them."""

from __future__ import annotations

import logging

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Template

from tocsin.base.errors import InputError, JudgementError, QueryError, StoreError, TocsinError
from tocsin.desk import faults
from tocsin.desk.doors import Desk
from tocsin.desk.render import Asked, page

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


def asked(request: Asked, error: HTTPException) -> Template | Response[bytes]:
    """Return the page of a request that the desk has no answer to."""
    if faults.asking(request):
        return faults.asked(request, error)
    return _page(request, error.status_code, error.detail if error.status_code < OURS else "")


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
