"""`tocsin desk`: read, judge and publish in a browser, on this machine alone or as a team."""

from __future__ import annotations

import gc
import sys
import threading
import webbrowser
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.base import settings
from tocsin.base.errors import InputError
from tocsin.cli import options, progress
from tocsin.store import overview, teams
from tocsin.store.open import Store, open_store

if TYPE_CHECKING:
    from tocsin.desk.doors import Desk
    from tocsin.desk.serve import Front
    from tocsin.desk.team import Team

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Addresses that stand for all of a machine's.
EVERY = ("0.0.0.0", "::")  # noqa: S104 - they are told apart, not bound
PORT = 8421


def command(
    store: options.Stored = options.STORE,
    host: Annotated[str, typer.Option(help="The address to answer at.")] = LOOPBACK[0],
    port: options.Port = PORT,
    browse: options.Browse = False,
    rules: options.Rules = None,
    config: options.Config = None,
    example: Annotated[
        bool, typer.Option("--example", help="Show the example world, whatever the store holds.")
    ] = False,
    team: Annotated[
        bool, typer.Option("--team", help="Let in those alone whom `tocsin users` knows.")
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="A name that browsers ask a team's desk by."),
    ] = None,
    proxy: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Of the proxy that does TLS for a team's desk, such as ::1."
        ),
    ] = "",
    certificate: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="For TLS without a proxy; PEM."),
    ] = None,
    key: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The certificate's key; PEM.")
    ] = None,
) -> None:
    """Open the desk over a store. It answers this machine alone and asks no other.

    Without a store, or over an empty one, it shows an example world: three crises told by made-up
    outlets. Ctrl-C closes it. Your own rules and settings count for its signals as they do for
    `tocsin watch`. For several people see docs/team.md.
    """
    from tocsin.cli.doors import doors  # noqa: PLC0415 - the web framework takes its time
    from tocsin.cli.foresight import rules_of  # noqa: PLC0415 - the same
    from tocsin.desk import serve  # noqa: PLC0415 - the same
    from tocsin.desk.doors import Desk  # noqa: PLC0415 - the same

    own_rules = rules_of(rules, datetime.now(UTC).date())
    chosen = settings.load(config).signals
    front = check(host, team=team, names=name or (), proxy=proxy, certificate=certificate, key=key)
    if team and example:
        raise typer.BadParameter("the example world is for one; leave out --team or --example")
    if team:
        shown, made_up = open_store(store, create=False), False
    else:
        shown, made_up = _store(store, example=example)
    with shown, serve.bound(host, port) as at:
        own, real = at.getsockname()[:2]
        secure = bool(front.proxy or front.certificate)
        people = shared(shown, https=secure) if team else None
        address = f"http{'s' if front.certificate else ''}://{f'[{own}]' if ':' in own else own}"
        what = "the example world" if made_up else shown.name
        sys.stderr.write(f"{what}: {address}:{real}  (Ctrl-C closes it)\n")
        if browse:
            threading.Timer(0.5, webbrowser.open, [f"{address}:{real}"]).start()
        desk = Desk(shown, doors(chosen, own_rules), example=made_up, team=people)
        threading.Thread(target=_warm, args=(desk,), daemon=True).start()
        with suppress(KeyboardInterrupt):
            serve.serve(desk, at, front)


def _warm(desk: Desk) -> None:
    """Work out what the first screen asks for, so that nobody waits for it."""
    from tocsin.views import filter as filters  # noqa: PLC0415 - the desk is loaded by now

    today = desk.clock().date()
    desk.doors.lookout.warm(desk.store, today, desk.doors.bench.near)
    on = filters.latest(desk.doors.lookout.index(desk.store), today)
    desk.doors.foresight.signals_of(desk.store, on)
    # All of that stays; the collector need not walk it again while somebody waits for an answer.
    gc.freeze()


def check(
    host: str, *, team: bool = False, names: list[str] | tuple[str, ...] = (), proxy: str = "",
    certificate: Path | None = None, key: Path | None = None,
) -> Front:  # fmt: skip
    """Return how a desk is reached; raise InputError where others could come in who must not."""
    from tocsin.desk.serve import Front  # noqa: PLC0415 - the web framework takes its time

    if not team and (names or proxy or certificate or key):
        raise InputError("--name, --proxy, --certificate and --key are for a desk with --team")
    if host not in LOOPBACK and not team:
        raise InputError(
            f"--host {host}: others could reach the desk there, and it asks nobody who they are. "
            f"Expected {', '.join(LOOPBACK)}, or --team for a desk with users, passwords and roles "
            f"(docs/team.md); to use yours from elsewhere, tunnel: "
            f"ssh -L {PORT}:127.0.0.1:{PORT} THIS-MACHINE"
        )
    if bool(certificate) != bool(key):
        raise InputError("a certificate and its key belong together; give both, or neither")
    reached = host not in LOOPBACK or bool(names)
    if reached and not proxy and not certificate:
        raise InputError(
            "passwords would cross the network in the open; give --certificate and --key, or put "
            "a proxy with TLS before the desk and name its address by --proxy (docs/team.md)"
        )
    if host in EVERY and not names:
        raise InputError(f"--host {host} says no name; give the one that browsers ask by, --name")
    own = () if host in EVERY else (host,)
    asked = frozenset(one.strip().lower().rstrip(".") for one in (*LOOPBACK, *own, *names))
    return Front(asked, proxy, certificate, key)


def shared(store: Store, *, https: bool) -> Team:
    """Return the team of a store; raise InputError where nobody could sign in."""
    from tocsin.desk.doors import now  # noqa: PLC0415 - the web framework takes its time
    from tocsin.desk.team import Team  # noqa: PLC0415 - the same

    with store.read() as connection:
        people = teams.people(connection)
    if not any(one.role == "admin" and one.disabled is None for one in people):
        raise InputError(
            f"{store.name}: nobody can look after its team; make an admin first: "
            f"tocsin users add NAME --role admin --store {store.name}"
        )
    return Team(store, now, https=https)


def _store(where: str, *, example: bool) -> tuple[Store, bool]:
    """Return the store to show, and whether it is the example world."""
    if not example and ("://" in where or Path(where).exists()):
        # Opened for writing, so that tables of an earlier version are brought up to this one's.
        found = open_store(where)
        if not _empty(found):
            return found, False
        found.close()
    from tocsin.cli.example import world  # noqa: PLC0415 - only here is the coder needed

    if not example:
        sys.stderr.write(f"{where} holds no articles; here is an example world instead\n")
    sys.stderr.write("The example world is coded the first time, which takes under a minute.\n")
    with progress.watched() as watch:
        file = world(watch=watch)
    return open_store(file), True


def _empty(store: Store) -> bool:
    with store.read() as connection:
        return not overview.tally(connection)["articles"]
