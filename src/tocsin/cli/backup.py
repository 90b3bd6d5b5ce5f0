"""`tocsin backup`, `restore`, `forget`: copies of a store, and texts that must go."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli import options
from tocsin.store import articles, backup
from tocsin.store.open import open_store


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
    outlet: Annotated[str, typer.Argument(help="The outlet whose texts must go.")],
    store: options.Stored = options.STORE,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this it only counts.")] = False,
) -> None:
    """Take an outlet's texts and originals out; ids, days, hashes and offsets stay."""
    with open_store(store, create=False) as opened:
        if not yes:
            with opened.read() as connection:
                number = articles.count_of(connection, outlet)
            typer.echo(f"{number:,} articles of {outlet} would lose their texts; --yes does it")
            return
        with opened.write() as connection:
            number = articles.forget(connection, outlet)
        backup.compact(opened)
    typer.echo(f"{number:,} articles of {outlet} have no text any more")
