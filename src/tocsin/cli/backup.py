"""`tocsin backup`, `restore`, `forget`, `remember`: copies of a store, and texts that must go."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli import options
from tocsin.pipeline import fusing, project
from tocsin.store import backup, forgetting
from tocsin.store.open import open_store

# Exit code where an outlet that is to be remembered was never forgotten.
NOT_FORGOTTEN = 1


def command(
    out: Annotated[Path, typer.Argument(dir_okay=False, help="The file to write.")],
    store: options.Stored = options.STORE,
) -> None:
    """Copy a store into one file, with a manifest beside it, while others go on using it."""
    with open_store(store, create=False) as opened:
        made = backup.backup(opened, out, datetime.now(UTC))
    rows = sum(made.rows.values())
    typer.echo(f"{out}: {rows:,} rows, {out.stat().st_size:,} bytes, SHA-256 {made.sha256}")


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup's file.")],
    store: options.Stored = options.STORE,
) -> None:
    """Put a backup into a new store; from a laptop's file into PostgreSQL too, and back."""
    with open_store(store) as opened:
        made = backup.restore(file, opened)
    typer.echo(f"{store}: {sum(made.rows.values()):,} rows of {made.made:%Y-%m-%d %H:%M}")


def forget(
    outlet: Annotated[str, typer.Argument(help="The outlet whose texts must go, in any case.")],
    store: options.Stored = options.STORE,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this it only counts.")] = False,
    sources: options.Registry = None,
) -> None:
    """Take an outlet's texts and originals out; ids, days, hashes and offsets stay.

    What comes of it from then on is left out, and its feeds are not visited. Events lose its
    claims; --sources names the registry that the others are graded by.
    `tocsin remember` ends that. Older backups keep the texts: delete those too.
    """
    with open_store(store, create=False) as opened:
        if not yes:
            with opened.read() as connection:
                number = forgetting.count(connection, outlet)
            more = "" if number else ", and what comes of it would be left out"
            typer.echo(f"{_articles(number, outlet)} would be forgotten{more}; --yes does it")
            return
        graded = project.letters(opened, sources)
        with opened.write() as connection:
            names = forgetting.names(connection, outlet)
            number = forgetting.forget(connection, outlet, datetime.now(UTC))
            fusing.again(connection, names, graded)
        backup.compact(opened)
    typer.echo(f"{_articles(number, outlet)} forgotten; what comes of it is left out from now on")


def remember(
    outlet: Annotated[str, typer.Argument(help="The outlet that was forgotten, in any case.")],
    store: options.Stored = options.STORE,
) -> None:
    """Take articles of a forgotten outlet in again, from now on; texts that are gone stay gone.

    What was left out meanwhile comes in when it is met again.
    Exit code 1 says that the outlet was not forgotten.
    """
    with open_store(store, create=False) as opened, opened.write() as connection:
        done = forgetting.remember(connection, outlet)
    if not done:
        typer.echo(f"{outlet} is not forgotten; `tocsin status` names those that are", err=True)
        raise typer.Exit(NOT_FORGOTTEN)
    typer.echo(f"articles of {outlet} are taken in again; add their files or run its feeds")


def _articles(number: int, outlet: str) -> str:
    return f"{number:,} article{'s' * (number != 1)} of {outlet}"
