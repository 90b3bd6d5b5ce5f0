"""One's own account: the password, and tokens for programs."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from msgspec import Struct

from tocsin.base.errors import InputError
from tocsin.desk import gate
from tocsin.desk.doors import Desk
from tocsin.desk.frame import START
from tocsin.desk.passwords import LEAST, Busy
from tocsin.desk.render import Asked, Held, page
from tocsin.desk.signin import FULL, OFTEN, bear, shared
from tocsin.desk.team import DAYS, Refused, Who, asker
from tocsin.records.team import ROLES, Role, Token, enough
from tocsin.store import passes

HOME = "/account"
Form = RequestEncodingType.URL_ENCODED
BAD = 400
# Days that tokens are offered for.
LASTING = (30, 90, DAYS - 1)


class Change(Struct, frozen=True):
    """The present password, and the new one twice."""

    password: str
    new: str
    again: str


class Wish(Struct, frozen=True):
    """A token that somebody wants: its name, its role, for how many days."""

    name: str
    role: Role = "viewer"
    days: int = LASTING[1]


class Gone(Struct, frozen=True):
    """A token to take back, by its id."""

    id: str


@get(HOME, sync_to_thread=True)
def read(request: Asked, desk: Held) -> Template:
    """Show one's own account."""
    return _page(request, desk)


@post(f"{HOME}/password", sync_to_thread=True)
def change(
    request: Asked, desk: Held, data: Annotated[Change, Body(media_type=Form)]
) -> Template | Redirect:  # fmt: skip
    """Change one's password; sessions elsewhere end."""
    team, who = shared(desk), signed(request)
    if data.new != data.again:
        return _page(request, desk, fault="again", status=BAD)
    try:
        secret = team.change(who, data.password, data.new)
    except Refused as error:
        found = _page(
            request, desk, fault="often" if error.wait else "wrong",
            status=OFTEN if error.wait else BAD,
        )  # fmt: skip
        found.headers |= gate.later(error.wait) if error.wait else {}
        return found
    except Busy:
        return _page(request, desk, fault="full", status=FULL)
    except InputError as error:
        return _page(request, desk, words=str(error), status=BAD)
    answer = Redirect(START if who.fresh else HOME, status_code=303)
    bear(answer, team, secret)
    return answer


@post(f"{HOME}/token", sync_to_thread=True)
def token(
    request: Asked, desk: Held, data: Annotated[Wish, Body(media_type=Form)]
) -> Template:  # fmt: skip
    """Make a token and show its secret, this once."""
    try:
        made = shared(desk).token(signed(request), data.name, data.role, data.days)
    except InputError as error:
        return _page(request, desk, refused=str(error), status=BAD)
    return _page(request, desk, made=made)


@post(f"{HOME}/revoke", sync_to_thread=True)
def revoke(request: Asked, desk: Held, data: Annotated[Gone, Body(media_type=Form)]) -> Redirect:
    """Take a token back."""
    shared(desk).revoke(signed(request), data.id[:100])
    return Redirect(HOME, status_code=303)


def signed(request: Asked) -> Who:
    """Return who asks, where somebody does."""
    who = asker(request.scope)
    assert who is not None  # noqa: S101 - the gate lets nobody else through
    return who


def _page(
    request: Asked, desk: Desk, *, fault: str = "", words: str = "", refused: str = "",
    made: tuple[Token, str] | None = None, status: int = 200,
) -> Template:  # fmt: skip
    """Return the page, with what is wrong about a new password or token, or a token just made."""
    who = signed(request)
    with desk.store.read() as connection:
        held = passes.tokens(connection, who.name)
    found = page(
        request, desk, "account.html", tab="account", tokens=held, made=made, fault=fault,
        words=words, refused=refused, roles=[one for one in ROLES if enough(who.role, one)],
        lasting=LASTING, least=LEAST, now=desk.clock(),
    )  # fmt: skip
    found.status_code = status
    return found


ROUTES = (read, change, token, revoke)
