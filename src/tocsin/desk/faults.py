"""Errors as programs read them: one shape for all of them, whatever went wrong."""

from __future__ import annotations

import logging

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException
from msgspec import Struct

from tocsin.base.errors import (
    InputError,
    JudgementError,
    QueryError,
    RecordError,
    StoreError,
    TocsinError,
)
from tocsin.desk.render import Asked, printable

# Where programs ask; all else is pages.
API = "/api/"
STATUS: dict[type[TocsinError], int] = {
    QueryError: 400, RecordError: 400, JudgementError: 400, InputError: 404, StoreError: 503,
}  # fmt: skip
CODES = {
    400: "bad-request", 401: "unauthorised", 403: "forbidden", 404: "not-found",
    405: "method-not-allowed", 413: "too-large", 415: "media-type", 421: "misdirected",
    429: "too-many", 500: "internal", 503: "store",
}  # fmt: skip
MOVED, OURS = 307, 500
_LOG = logging.getLogger("tocsin.desk")


class Fault(Struct, frozen=True, omit_defaults=True):
    """What went wrong: a code for programs, words for people, the character of a search."""

    code: str
    message: str
    at: int | None = None


class Faulty(Struct, frozen=True):
    """The one shape of an error."""

    error: Fault


def body(status: int, message: str, *, code: str | None = None, at: int | None = None) -> bytes:
    """Return an error in the one shape."""
    named = code or CODES.get(status, "bad-request" if status < OURS else "internal")
    return msgspec.json.encode(Faulty(Fault(named, printable(message), at)))


def reply(
    status: int, message: str, *, code: str | None = None, at: int | None = None
) -> Response[bytes]:
    """Return an answer that is an error."""
    return Response(
        body(status, message, code=code, at=at), status_code=status, media_type="application/json"
    )


def asking(request: Asked) -> bool:
    """Return whether a request is a program's."""
    return request.url.path.startswith(API)


def known(_: Asked, error: TocsinError) -> Response[bytes]:
    """Return an error of Tocsin's own, which says itself what to do."""
    if isinstance(error, QueryError):
        return reply(400, str(error), code="bad-query", at=error.at)
    return reply(STATUS.get(type(error), OURS), str(error))


def shape(_: Asked, error: msgspec.ValidationError) -> Response[bytes]:
    """Return what a request holds that it must not, and where."""
    return reply(400, str(error))


def asked(_: Asked, error: HTTPException) -> Response[bytes]:
    """Return the error of a request that there is no answer to."""
    detail = error.detail if error.status_code < OURS else ""
    found = reply(error.status_code, detail or "that went wrong")
    found.headers |= error.headers or {}
    return found


def moved(to: str, message: str) -> Response[bytes]:
    """Return that a record is found elsewhere, with the address."""
    return Response(
        body(MOVED, message, code="moved"), status_code=MOVED, media_type="application/json",
        headers={"location": to},
    )  # fmt: skip


def unforeseen(request: Asked, error: Exception) -> Response[bytes]:
    """Return an error that nobody foresaw; its particulars go to the log alone."""
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return reply(OURS, "something went wrong; the desk's log says what")
