"""The people of a desk, for those who look after them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from msgspec import Struct

from tocsin.base.errors import InputError
from tocsin.desk.account import BAD, Gone, signed
from tocsin.desk.crew import Crew
from tocsin.desk.doors import Desk
from tocsin.desk.passwords import LEAST
from tocsin.desk.render import Asked, Held, page
from tocsin.desk.signin import shared
from tocsin.records.team import ROLES, Role
from tocsin.store import passes, teams

HOME = "/users"
Form = RequestEncodingType.URL_ENCODED


class New(Struct, frozen=True):
    """Somebody new, with a first password."""

    name: str
    password: str
    role: Role = "viewer"


class Given(Struct, frozen=True):
    """Somebody's role from now on."""

    name: str
    role: Role


class Named(Struct, frozen=True):
    """Somebody."""

    name: str


class Reset(Struct, frozen=True):
    """Somebody's password until he changes it."""

    name: str
    password: str


class Lost(Gone, frozen=True):
    """Somebody's token to take back."""

    name: str = ""


@get(HOME, sync_to_thread=True)
def read(request: Asked, desk: Held) -> Template:
    """Show everybody with their tokens."""
    return _page(request, desk)


@post(f"{HOME}/add", sync_to_thread=True)
def add(
    request: Asked, desk: Held, data: Annotated[New, Body(media_type=Form)]
) -> Template | Redirect:  # fmt: skip
    """Add somebody, who must change the password first of all."""
    team, crew = shared(desk), _crew(request, desk)
    try:
        crew.add(team.hasher, data.name, data.role, data.password)
    except InputError as error:
        return _page(request, desk, refused=str(error), name=data.name, role=data.role)
    return Redirect(HOME, status_code=303)


@post(f"{HOME}/role", sync_to_thread=True)
def give(
    request: Asked, desk: Held, data: Annotated[Given, Body(media_type=Form)]
) -> Template | Redirect:  # fmt: skip
    """Give somebody another role."""
    return _done(request, desk, lambda crew: crew.give(data.name, data.role))


@post(f"{HOME}/disable", sync_to_thread=True)
def disable(
    request: Asked, desk: Held, data: Annotated[Named, Body(media_type=Form)]
) -> Template | Redirect:  # fmt: skip
    """Let somebody in no more."""
    return _done(request, desk, lambda crew: crew.disable(data.name))


@post(f"{HOME}/enable", sync_to_thread=True)
def enable(
    request: Asked, desk: Held, data: Annotated[Named, Body(media_type=Form)]
) -> Template | Redirect:  # fmt: skip
    """Let somebody in again."""
    return _done(request, desk, lambda crew: crew.enable(data.name))


@post(f"{HOME}/password", sync_to_thread=True)
def reset(
    request: Asked, desk: Held, data: Annotated[Reset, Body(media_type=Form)]
) -> Template | Redirect:  # fmt: skip
    """Give somebody a password that he must change first of all."""
    hasher = shared(desk).hasher
    return _done(request, desk, lambda crew: crew.reset(hasher, data.name, data.password))


@post(f"{HOME}/revoke", sync_to_thread=True)
def revoke(
    request: Asked, desk: Held, data: Annotated[Lost, Body(media_type=Form)]
) -> Template | Redirect:  # fmt: skip
    """Take back somebody's token."""
    return _done(request, desk, lambda crew: crew.revoke(data.name, data.id))


def _crew(request: Asked, desk: Desk) -> Crew:
    team, who = shared(desk), signed(request)
    return Crew(team.store, team.clock, who.name, who.address, who.way)


def _done(request: Asked, desk: Desk, does: Callable[[Crew], object]) -> Template | Redirect:
    try:
        does(_crew(request, desk))
    except InputError as error:
        return _page(request, desk, fault=str(error))
    return Redirect(HOME, status_code=303)


def _page(
    request: Asked, desk: Desk, *, fault: str = "", refused: str = "", name: str = "",
    role: Role = "viewer",
) -> Template:  # fmt: skip
    """Return the page, with what is wrong about a change or about somebody new."""
    with desk.store.read() as connection:
        everybody = teams.people(connection)
        tokens = {one.name: passes.tokens(connection, one.name) for one in everybody}
    found = page(
        request, desk, "users.html", tab="account", everybody=everybody, tokens=tokens,
        roles=ROLES, fault=fault, refused=refused, name=name[:64], role=role, least=LEAST,
        now=desk.clock(),
    )  # fmt: skip
    found.status_code = BAD if fault or refused else 200
    return found


ROUTES = (read, add, give, disable, enable, reset, revoke)
