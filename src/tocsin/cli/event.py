"""`tocsin event`: one event with its values, quarrels, origins and claims."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

from tocsin.cli import lines, options
from tocsin.pipeline import view
from tocsin.records import wire
from tocsin.store.open import open_store


def command(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="An event or a claim; a unique beginning will do.")
    ],
    store: options.Stored = options.STORE,
    because: Annotated[
        bool, typer.Option("--why", help="Say why its claims are one event, and what was left out.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="The event and its claims, a record a line.")
    ] = False,
) -> None:
    """Show an event: who, whom, where, when, how many, on whose word, and who says otherwise.

    Behind every value stand the claims that give it, by their numbers.
    """
    with open_store(store, create=False) as opened, opened.read() as connection:
        one = view.view(connection, name)
        if json:
            claims = (one.claims[claim] for claim in one.event.claims if claim in one.claims)
            for record in (one.event, *claims):
                sys.stdout.write(wire.dump(record).decode() + "\n")
            return
        parts = one.parts()
        if because:
            parts += view.because(connection, one.event)
    lines.show(parts, Console(highlight=False))
