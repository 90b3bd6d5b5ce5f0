"""`tocsin desk`: read, judge and publish in a browser, on this machine alone."""

from __future__ import annotations

import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from tocsin.base.errors import InputError
from tocsin.cli import options, progress
from tocsin.store import overview
from tocsin.store.open import Store, open_store

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORT = 8421


def command(
    store: options.Stored = options.STORE,
    host: Annotated[str, typer.Option(help="The address to answer at.")] = LOOPBACK[0],
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The port to answer at; 0 takes a free one.")
    ] = PORT,
    browse: Annotated[bool, typer.Option("--open", help="Open a browser at it.")] = False,
    example: Annotated[
        bool, typer.Option("--example", help="Show the example world, whatever the store holds.")
    ] = False,
) -> None:
    """Open the desk over a store. It answers this machine alone and asks no other.

    Without a store, or over an empty one, it shows an example world: three crises told by made-up
    outlets. Ctrl-C closes it.
    """
    from tocsin.cli.doors import doors  # noqa: PLC0415 - the web framework takes its time
    from tocsin.desk import serve  # noqa: PLC0415 - the same
    from tocsin.desk.doors import Desk  # noqa: PLC0415 - the same

    check(host)
    shown, made_up = _store(store, example=example)
    with shown, serve.bound(host, port) as at:
        own, real = at.getsockname()[:2]
        address = f"http://{f'[{own}]' if ':' in own else own}:{real}"
        what = "the example world" if made_up else shown.name
        sys.stderr.write(f"{what}: {address}  (Ctrl-C closes it)\n")
        if browse:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        desk = Desk(shown, doors(), example=made_up)
        asked = shown, desk.clock().date(), desk.doors.bench.near
        threading.Thread(target=desk.doors.lookout.warm, args=asked, daemon=True).start()
        with suppress(KeyboardInterrupt):
            serve.serve(desk, at)


def check(host: str) -> None:
    """Raise InputError for an address that other machines can reach."""
    if host not in LOOPBACK:
        raise InputError(
            f"--host {host}: others could reach the desk there, and it has no users, passwords "
            f"and roles yet. Expected {', '.join(LOOPBACK)}; to use it from elsewhere, tunnel: "
            f"ssh -L {PORT}:127.0.0.1:{PORT} THIS-MACHINE"
        )


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
