"""The API: the same data as the pages, as JSON, under `/api/v1`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any, TypeVar

import msgspec
from litestar import Response, Router, get, post
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import ServerSentEvent, ServerSentEventMessage
from msgspec import Struct

from tocsin.base.errors import QueryError, TocsinError
from tocsin.desk import errors, faults, openapi
from tocsin.desk.deeds import DEEDS, Deed
from tocsin.desk.doors import Desk
from tocsin.desk.endpoints import Endpoint, Nothing, Room, Since
from tocsin.desk.former import Moved
from tocsin.desk.openapi import Decided, Decision
from tocsin.desk.render import Asked, Held
from tocsin.desk.twins import QUESTIONS
from tocsin.store import changes
from tocsin.store.changes import Change
from tocsin.views import decision
from tocsin.views.search import Found

T = TypeVar("T", bound=Struct)
ROOT = "/api/v1"
JSON = "application/json"
# Seconds that a stream of changes stays open before its reader asks anew, between looks at the
# store, and until a reader asks again; a desk that closes waits no longer than the first.
OPEN, LOOK, AGAIN = 10.0, 1.0, 1.0
BATCH = 500


def _route(endpoint: Endpoint) -> HTTPRouteHandler:
    """Return the route that answers a question."""
    if "{name}" not in endpoint.path:

        @get(endpoint.path, sync_to_thread=True)
        def listed(request: Asked, desk: Held) -> Response[bytes]:
            return _answer(endpoint, request, desk, "")

        return listed

    @get(endpoint.path.replace("{name}", "{name:str}"), sync_to_thread=True)
    def one(request: Asked, desk: Held, name: FromPath[str]) -> Response[bytes]:
        return _answer(endpoint, request, desk, name)

    return one


def _answer(endpoint: Endpoint, request: Asked, desk: Desk, name: str) -> Response[bytes]:
    asked = _asked(request, endpoint.asked)
    with desk.store.read() as connection:
        found = endpoint.read(Room(desk, connection, desk.clock().date(), name), asked)
    if isinstance(found, Found) and found.fault is not None:
        raise QueryError(found.fault.message, found.fault.at)
    return Response(msgspec.json.encode(found), media_type=JSON)


def _asked(request: Asked, kind: type[Struct]) -> Any:  # noqa: ANN401 - of that kind
    """Return what stands behind an address's `?`; raise ValidationError where it must not."""
    return msgspec.convert(dict(request.query_params), kind, strict=False)


@get("/openapi.json", sync_to_thread=False)
def described() -> Response[bytes]:
    """Return the description of the API."""
    return Response(msgspec.json.encode(openapi.document()), media_type=JSON)


@get("/changes/stream")
async def stream(request: Asked, desk: Held) -> ServerSentEvent:
    """Send what changes while somebody listens; he asks on by himself from where he was."""
    asked = _asked(request, Since)
    last = request.headers.get("last-event-id", "")
    start = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else asked.since
    return ServerSentEvent(_told(desk, start, asked.kind))


async def _told(
    desk: Desk, cursor: int, kind: changes.Kind | None
) -> AsyncIterator[ServerSentEventMessage]:
    end = monotonic() + OPEN
    yield ServerSentEventMessage(data=None, retry=int(AGAIN * 1000))
    while monotonic() < end:
        found = await asyncio.to_thread(_since, desk, cursor, kind)
        for one in found:
            cursor = one.cursor
            yield ServerSentEventMessage(
                data=msgspec.json.encode(one).decode(), event=one.kind, id=str(one.cursor)
            )
        if not found:
            await asyncio.sleep(LOOK)


def _since(desk: Desk, cursor: int, kind: changes.Kind | None) -> list[Change]:
    with desk.store.read() as connection:
        return changes.since(connection, cursor, BATCH, kind)


def _done(deed: Deed) -> HTTPRouteHandler:
    """Return the route that does something."""

    @post(deed.path, name=f"post{deed.path}")
    async def do(request: Asked, desk: Held) -> Response[bytes]:
        made = await _sent(request, deed.asked)
        done = await asyncio.to_thread(deed.do, desk, made)
        return Response(msgspec.json.encode(done), media_type=JSON, status_code=201)

    return do


async def _sent(request: Asked, kind: type[T]) -> T:
    """Return what a request brings; raise ValidationError where it is not of that kind."""
    _asked(request, Nothing)
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise msgspec.ValidationError(f"the body is not as it must be: {error}") from error


@post("/judgements")
async def judge(request: Asked, desk: Held) -> Response[bytes]:
    """Keep a decision, or say what it would change."""
    made = await _sent(request, Decision)
    done = await asyncio.to_thread(_decide, desk, made)
    return Response(
        msgspec.json.encode(done), media_type=JSON, status_code=200 if made.dry else 201
    )


def _decide(desk: Desk, made: Decision) -> Decided:
    bench, wish = desk.doors.bench, made.wish()
    held = desk.doors.lookout.lately(desk.store, desk.clock().date())
    effect = decision.resting(bench.effect(desk.store, wish), held.threats)
    if made.dry:
        return Decided(effect)
    bench.decide(desk.store, wish)
    with desk.store.read() as connection:
        return Decided(effect, decision.recent(connection)[0])


ROUTES = (
    Router(
        ROOT,
        route_handlers=[*map(_route, QUESTIONS), *map(_done, DEEDS), described, stream, judge],
        exception_handlers={
            TocsinError: faults.known, msgspec.ValidationError: faults.shape,
            Moved: errors.moved, HTTPException: faults.asked, Exception: faults.unforeseen,
        },
    ),
)  # fmt: skip
