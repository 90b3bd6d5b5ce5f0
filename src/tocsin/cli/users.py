"""`tocsin users`: who shares a store's desk, by which role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from tocsin.base.errors import InputError
from tocsin.cli import options
from tocsin.cli.hand import user
from tocsin.store import passes, teams
from tocsin.store.open import open_store

if TYPE_CHECKING:
    from tocsin.desk.crew import Crew
    from tocsin.desk.passwords import Hasher

app = typer.Typer(help="Look after those who share a store's desk.", no_args_is_help=True)


class Chosen(StrEnum):
    """What somebody may do: each what those before may."""

    viewer = "viewer"
    analyst = "analyst"
    reviewer = "reviewer"
    admin = "admin"


Named = Annotated[str, typer.Argument(help="By which name the person signs in.")]


@app.command("add", epilog="Example: tocsin users add amal --role admin --store iraq.db")
def add(
    name: Named,
    role: Annotated[Chosen, typer.Option(help="What the person may do.")] = Chosen.viewer,
    store: options.Stored = options.STORE,
) -> None:
    """Add somebody; the password is asked for.

    The first is an admin and chooses the own password; others change theirs at the first sign-in.
    """
    with _crew(store) as crew:
        with crew.store.read() as connection:
            if teams.find(connection, name.strip().lower()):
                raise InputError(f"{name}: there is somebody of that name; give another name")
            if not teams.people(connection) and role is not Chosen.admin:
                raise InputError("nobody is there yet; the first is an admin: give --role admin")
        hasher = _hasher()
        one = crew.add(hasher, name, role.value, _password(name))
        told = "" if not one.fresh else "; the password is to be changed at the first sign-in"
        typer.echo(f"{one.name} is {one.role}{told}")


@app.command("list", epilog="Example: tocsin users list --store iraq.db")
def listed(store: options.Stored = options.STORE) -> None:
    """Show everybody with role and state."""
    console = Console(highlight=False)
    with open_store(store, create=False) as opened, opened.read() as connection:
        for one in teams.people(connection):
            state = f"disabled since {one.disabled.date()}" if one.disabled else ""
            fresh = "first password not changed" if one.fresh and not one.disabled else ""
            words = "  ".join(filter(None, (one.name, one.role, state, fresh)))
            console.print(words, markup=False)


@app.command("role", epilog="Example: tocsin users role amal reviewer --store iraq.db")
def give(
    name: Named,
    role: Annotated[Chosen, typer.Argument(help="What the person may do from now on.")],
    store: options.Stored = options.STORE,
) -> None:
    """Give somebody another role; open sessions end."""
    with _crew(store) as crew:
        one = crew.give(name, role.value)
        typer.echo(f"{one.name} is {one.role}")


@app.command("disable", epilog="Example: tocsin users disable amal --store iraq.db")
def disable(name: Named, store: options.Stored = options.STORE) -> None:
    """Let somebody in no more; open sessions end and tokens are taken back."""
    with _crew(store) as crew:
        typer.echo(f"{crew.disable(name).name} is let in no more")


@app.command("enable", epilog="Example: tocsin users enable amal --store iraq.db")
def enable(name: Named, store: options.Stored = options.STORE) -> None:
    """Let somebody in again."""
    with _crew(store) as crew:
        typer.echo(f"{crew.enable(name).name} is let in again")


@app.command("password", epilog="Example: tocsin users password amal --store iraq.db")
def password(name: Named, store: options.Stored = options.STORE) -> None:
    """Set somebody's password, which is asked for; sessions end and tokens are taken back."""
    with _crew(store) as crew:
        with crew.store.read() as connection:
            if teams.find(connection, name) is None:
                raise InputError(f"{name}: there is nobody of that name; see `tocsin users list`")
        one = crew.reset(_hasher(), name, _password(name))
        typer.echo(f"{one.name} changes it at the next sign-in")


@app.command("tokens", epilog='Example: tocsin users tokens amal --make "nightly export"')
def tokens(
    name: Named,
    make: Annotated[
        str | None, typer.Option(metavar="NAME", help="Make one, called by what uses it.")
    ] = None,
    role: Annotated[Chosen, typer.Option(help="What the new one may do.")] = Chosen.viewer,
    days: Annotated[int, typer.Option(help="For how long the new one lasts.")] = 90,
    revoke: Annotated[
        str | None, typer.Option(metavar="ID", help="Take one back, by its id.")
    ] = None,
    store: options.Stored = options.STORE,
) -> None:
    """Show somebody's tokens; make one, whose secret is shown this once; or take one back."""
    console = Console(highlight=False)
    with _crew(store) as crew:
        if revoke:
            crew.revoke(name, revoke)
        if make:
            console.print(crew.token(name, make, role.value, days)[1], markup=False, soft_wrap=True)
        with crew.store.read() as connection:
            if teams.find(connection, name) is None:
                raise InputError(f"{name}: there is nobody of that name; see `tocsin users list`")
            for one in passes.tokens(connection, name):
                line = f"{one.id}  {one.role}  until {one.expires.date()}  {one.name}"
                console.print(line, markup=False)


@contextmanager
def _crew(store: str) -> Iterator[Crew]:
    """Yield the people of a store in the hands of who is logged in."""
    from tocsin.desk.crew import Crew  # noqa: PLC0415 - only here is it needed
    from tocsin.desk.doors import now  # noqa: PLC0415 - the same

    with open_store(store, create=False) as opened:
        yield Crew(opened, now, user())


def _hasher() -> Hasher:
    from tocsin.desk.passwords import Hasher  # noqa: PLC0415 - only here is it needed

    return Hasher()


def _password(name: str) -> str:
    """Return a password that somebody types, twice and unseen."""
    return str(typer.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True))
