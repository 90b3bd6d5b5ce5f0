"""What every request must be, and what every answer says, before any page is asked.

The desk answers the machine it runs on. A page of another site must neither read it (by a name that
is made to point here) nor write to it (by a form or script of its own), and no page of the desk may
run, show or send what is not the desk's own, whatever an article says.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from tocsin.base.errors import TocsinError
from tocsin.desk import faults, gate
from tocsin.desk.team import Team

_LOG = logging.getLogger("tocsin.desk")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
# Names by which a machine calls itself.
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
UNKNOWN, FORBIDDEN, MISDIRECTED, FAILED = 401, 403, 421, 500
# What browsers call a request of a page to its own host.
OWN = "same-origin"
# Browsers that were there once come back by https, for a year.
LASTING = "max-age=31536000"
# How a store's errors are answered where no page can be.
STORE = 503


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets through what asks the desk by one of its own names and, to change something, from it.

    Where the desk has a team, it finds out who asks.
    """

    app: ASGIApp
    hosts: Collection[str] = LOOPBACK
    team: Team | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if self.team is not None and self.team.https:
                    headers["strict-transport-security"] = LASTING
                if not scope["path"].startswith("/static/"):
                    headers["cache-control"] = "no-store"
            await send(message)

        refused = await self._refusal(scope)
        if refused is None:
            try:
                await self.app(scope, receive, told)
            except Exception:  # noqa: BLE001 - nothing may leave without the headers
                # Even the page that tells of errors failed; the server's own answer has no headers.
                _LOG.exception("%s %s", scope["method"], scope["path"])
                refused = FAILED, "Something went wrong; the log says what."
        if refused is None:
            return
        status, words = refused
        more = gate.CHALLENGE if status == UNKNOWN else {}
        asking = scope["path"].startswith(faults.API)
        answer = ASGIResponse(
            body=faults.body(status, words) if asking else words.encode(),
            media_type="application/json" if asking else "text/plain", status_code=status,
            headers=more,
        )  # fmt: skip
        await answer(scope, receive, told)

    async def _refusal(self, scope: HTTPScope) -> tuple[int, str] | None:
        """Return why a request is not let through; put who asks into its `user` where it is."""
        headers, team = Headers.from_scope(scope), self.team
        bearing = team is not None and gate.bearing(scope["path"], headers)
        refused = refusal(scope["method"], headers, self.hosts, bearing=bearing)
        if refused is not None or team is None or scope["path"].startswith("/static/"):
            return refused
        if team.https and scope["scheme"] != "https":
            return FORBIDDEN, "This desk is asked by https alone."
        try:
            who = await gate.known(team, scope, headers)
        except TocsinError as error:
            return STORE, str(error)
        if bearing and who is None:
            return UNKNOWN, "That is no token of anybody's, or it has expired."
        scope["user"] = who
        return None


def refusal(
    method: str, headers: Headers, hosts: Collection[str], *, bearing: bool = False
) -> tuple[int, str] | None:
    """Return why a request is not let through, with its status; None where it is.

    Forwarded hosts count for nothing: whoever asks can write them. A program that bears a token
    (`bearing`) need not say where it asks from: no browser sends one for a page of another site.
    """
    asked = headers.get("host", "")
    if _name(f"//{asked}") not in hosts:
        return (
            MISDIRECTED,
            f"This desk is not {asked!r}; ask for it as {' or '.join(sorted(hosts))}.",
        )
    if method in SAFE:
        return None
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if bearing and site is None and origin is None:
        return None
    # Pages that send no referrer send no origin with their forms either, but say whose they are.
    named = {f"http://{asked}", f"https://{asked}"} | ({"null"} if site else set())
    if site not in (None, OWN) or (origin or "null") not in named:
        return FORBIDDEN, "Only the desk's own pages may change anything here."
    return None


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
