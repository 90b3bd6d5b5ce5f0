"""`tocsin mcp`: a store for AI assistants to read."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.base.errors import InputError
from tocsin.cli import options
from tocsin.cli.desk import LOOPBACK
from tocsin.store.open import open_store

if TYPE_CHECKING:
    from tocsin.mcp.doors import Doors

PORT = 8422


def command(
    store: options.Stored = options.STORE,
    web: Annotated[
        bool, typer.Option("--http", help="Answer over streamable HTTP instead of stdio.")
    ] = False,
    host: Annotated[str, typer.Option(help="The address of this machine, with --http.")] = LOOPBACK[
        0
    ],
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The port, with --http; 0 takes a free one.")
    ] = PORT,
    ontology: options.OntologyFolder = None,
) -> None:
    """Serve a store to AI assistants over the Model Context Protocol, for reading alone.

    An assistant starts the command itself and speaks to it over stdio; docs/mcp.md says how to
    set one up. With --http it answers programs of this machine until Ctrl-C.
    """
    if host not in LOOPBACK:
        raise InputError(
            f"--host {host}: others could read the store there, and it asks nobody who they are. "
            f"Expected {', '.join(LOOPBACK)}"
        )
    try:
        from tocsin.mcp import server  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError(
            f"the SDK of the Model Context Protocol is missing ({error.name}); "
            "pip install 'tocsin[mcp]'"
        ) from error
    from tocsin.mcp.tools import Tools  # noqa: PLC0415 - only this command reads so
    from tocsin.ontology.load import load  # noqa: PLC0415 - the same

    with open_store(store, create=False, readonly=True) as opened:
        made = server.server(Tools(opened, _doors), lambda: load(ontology))
        if not web:
            server.stdio(made)
            return
        from tocsin.desk.serve import bound  # noqa: PLC0415 - the web framework takes its time

        with bound(host, port) as at:
            own, real = at.getsockname()[:2]
            named = f"[{own}]" if ":" in own else own
            sys.stderr.write(f"{opened.name}: http://{named}:{real}{server.PATH}  (Ctrl-C ends)\n")
            server.http(made, at)


@cache
def _doors() -> Doors:
    from tocsin.cli.reading import doors  # noqa: PLC0415 - the pipeline takes its time

    return doors()
