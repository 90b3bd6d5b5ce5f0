"""The gate of a team's desk: who asks, and whether he may (`roles.TABLE`)."""

from __future__ import annotations

import asyncio
import math
from typing import Any
from urllib.parse import urlencode, urlsplit

from litestar.connection import ASGIConnection, Request
from litestar.datastructures import Headers
from litestar.exceptions import (
    NotAuthorizedException,
    PermissionDeniedException,
    TooManyRequestsException,
)
from litestar.handlers import BaseRouteHandler
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import Receive, Scope, Send

from tocsin.desk import faults, roles
from tocsin.desk.team import Team, Who, asker
from tocsin.records.team import enough

SCHEME = "bearer "
# What a program is told that has not signed in.
CHALLENGE = {"WWW-Authenticate": "Bearer"}
# A page that a browser leads its window to, unlike what a script of a page asks for.
DOCUMENT = (None, "document")
SIGNIN, ACCOUNT = "/signin", "/account"
UNKNOWN, FORBIDDEN = 401, 403

Connection = ASGIConnection[Any, Any, Any, Any]


class Csrf(CSRFMiddleware):
    """Asks for a page's token of whatever changes something, but of requests by an API token.

    No page of another site can make a browser send those.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        who = asker(scope)
        if who is not None and who.token:
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    def _decode_csrf_token(self, token: str) -> str | None:
        """Return what a token was made of; None for one that was never made, of whatever signs."""
        return super()._decode_csrf_token(token) if token.isascii() else None


def address(scope: Scope) -> str:
    """Return the address that a request comes from, as far as the server knows it."""
    client = scope.get("client")
    return client[0] if client else ""


def bearing(path: str, headers: Headers) -> bool:
    """Return whether a request is a program's that says it has a token."""
    said = headers.get("authorization", "")
    return path.startswith(faults.API) and said.lower().startswith(SCHEME)


async def known(team: Team, scope: Scope, headers: Headers) -> Who | None:
    """Return who asks, by the token of a program or else by the session of a browser."""
    if bearing(scope["path"], headers):
        secret = headers.get("authorization", "")[len(SCHEME) :].strip()
        return await asyncio.to_thread(team.holder, secret, address(scope))
    secret = cookie(team, headers)
    return await asyncio.to_thread(team.known, secret, address(scope)) if secret else None


def cookie(team: Team, headers: Headers) -> str:
    """Return the secret of a session that a request bears."""
    held = Request[Any, Any, Any](
        {"type": "http", "headers": [(b"cookie", headers.get("cookie", "").encode("latin-1"))]}  # type: ignore[arg-type]
    )
    return held.cookies.get(team.cookie, "")


async def guard(connection: Connection, _: BaseRouteHandler) -> None:
    """Raise what a request is answered with that may not be made."""
    scope = connection.scope
    path = scope["path_template"]
    row, who = roles.row(scope["method"], path), asker(scope)  # type: ignore[typeddict-item]
    if row is not None and row.role == roles.ANYONE:
        return
    api = path.startswith(faults.API)
    if who is None or (who.token and not api):
        raise NotAuthorizedException("sign in, or give a token", headers=CHALLENGE)
    if row is None or row.role == roles.ANYONE:
        raise PermissionDeniedException("no role may ask for this")
    if who.fresh and path not in roles.FIRST:
        raise PermissionDeniedException("another chose your password: change it first")
    if not enough(who.role, row.role):
        raise PermissionDeniedException(f"this takes the role {row.role}; you are {who.role}")
    team: Team = connection.app.state.desk.team
    wait = team.requests.take(who.token or who.name) if api else 0.0
    if wait:
        raise TooManyRequestsException(
            f"more than {team.requests.most} requests in {team.requests.seconds:.0f} seconds",
            headers=later(wait),
        )
    if row.export:
        about = connection.url.path + (f"?{connection.url.query}" if connection.url.query else "")
        await asyncio.to_thread(team.note, who.deed(team.clock(), "export", about))


def first(request: Request[Any, Any, Any], status: int) -> str | None:
    """Return where somebody is led who may not go on yet: to sign in, or to change the password."""
    if request.app.state.desk.team is None:
        return None
    who = asker(request.scope)
    if status == FORBIDDEN and who is not None and who.fresh:
        return ACCOUNT
    if status != UNKNOWN or who is not None:
        return None
    path, query = request.url.path, request.url.query
    back = path + (f"?{query}" if query else "")
    if request.method != "GET":
        # Where a script of a page asked, its own address; `within` looks at it in any case.
        parts = urlsplit(request.headers.get("hx-current-url", ""))
        back = parts.path + (f"?{parts.query}" if parts.query else "")
    return f"{SIGNIN}?{urlencode({'back': back})}" if back not in ("", "/") else SIGNIN


def later(wait: float) -> dict[str, str]:
    """Return the header that says when to ask again."""
    return {"Retry-After": str(math.ceil(wait))}


def leads(method: str, headers: Headers) -> bool:
    """Return whether a request leads a browser's window to a page, which another can take over."""
    plain = "hx-request" not in headers and headers.get("sec-fetch-dest") in DOCUMENT
    return method == "GET" and plain
