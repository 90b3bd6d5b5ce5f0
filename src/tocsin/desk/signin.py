"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from tocsin.desk import gate
from tocsin.desk.doors import Desk
from tocsin.desk.frame import START, within
from tocsin.desk.passwords import Busy
from tocsin.desk.render import Asked, Held, page
from tocsin.desk.team import SESSION, Refused, Team, asker

UNKNOWN, OFTEN, FULL = 401, 429, 503


class Entry(Struct, frozen=True):
    """Who wants to be let in, and the page to go on to."""

    name: str
    password: str
    back: str = START


@get("/signin", sync_to_thread=False)
def ask(request: Asked, desk: Held, back: FromQuery[str] = START) -> Template | Redirect:
    """Ask who is there."""
    if asker(request.scope) is not None:
        return Redirect(within(back), status_code=303)
    return page(request, desk, "signin.html", back=within(back), name="", fault="", wait=0)


@post("/signin", sync_to_thread=True)
def enter(
    request: Asked, desk: Held,
    data: Annotated[Entry, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:  # fmt: skip
    """Let somebody in with a session that nobody had before, and lead on."""
    team = shared(desk)
    before = gate.cookie(team, request.headers)
    try:
        secret = team.enter(data.name, data.password, gate.address(request.scope), before)
    except Refused as error:
        status, fault = (OFTEN, "often") if error.wait else (UNKNOWN, "wrong")
        found = _again(request, desk, data, fault, error.wait)
        found.status_code = status
        found.headers |= gate.later(error.wait) if error.wait else {}
        return found
    except Busy:
        found = _again(request, desk, data, "full", 0)
        found.status_code = FULL
        return found
    answer = Redirect(within(data.back), status_code=303)
    bear(answer, team, secret)
    return answer


@post("/signout", sync_to_thread=True)
def leave(request: Asked, desk: Held) -> Redirect:
    """End the session, wherever its cookie was copied to."""
    team, who = shared(desk), asker(request.scope)
    if who is not None:
        team.leave(who)
    answer = Redirect(gate.SIGNIN, status_code=303)
    answer.set_cookie(
        team.cookie, "", max_age=0, path="/", httponly=True, secure=team.https, samesite="lax"
    )
    return answer


def shared(desk: Desk) -> Team:
    """Return a desk's team."""
    assert desk.team is not None  # noqa: S101 - only a desk with one has these pages
    return desk.team


def bear(answer: Redirect, team: Team, secret: str) -> None:
    """Have a browser keep the secret of a session, out of reach of scripts and other sites."""
    answer.set_cookie(
        team.cookie, secret, max_age=int(SESSION.total_seconds()), path="/", httponly=True,
        secure=team.https, samesite="lax",
    )  # fmt: skip


def _again(request: Asked, desk: Desk, data: Entry, fault: str, wait: float) -> Template:
    minutes = max(1, round(wait / 60))
    return page(
        request, desk, "signin.html", back=within(data.back), name=data.name[:64], fault=fault,
        wait=minutes,
    )  # fmt: skip


ROUTES = (ask, enter, leave)
