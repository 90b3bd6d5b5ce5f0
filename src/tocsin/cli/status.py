"""`tocsin status`: what a store holds, what waits, what the last runs did."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tocsin.cli import options, progress
from tocsin.records import wire
from tocsin.store import forgetting, marks, overview
from tocsin.store.open import open_store


def command(
    store: options.Stored = options.STORE,
    runs: Annotated[int, typer.Option(min=0, help="How many of the last runs to show.")] = 5,
) -> None:
    """Say how much of what a store holds, how much waits to be coded, and how its feeds are."""
    console = Console(highlight=False, soft_wrap=True)
    with open_store(store, create=False) as opened, opened.read() as connection:
        held = overview.tally(connection)
        last, feeds = marks.runs(connection, runs), marks.feeds(connection)
        gone = forgetting.outlets(connection)
    grid = Table.grid(padding=(0, 2))
    for name, number in held.items():
        grid.add_row(name, f"{number:>12,}")
    console.print(grid)
    for run in last:
        console.print(f"{run.started:%Y-%m-%d %H:%M}  {progress.summary(run)}", markup=False)
        if run.message:
            console.print(f"    {run.message}", markup=False)
    for state in feeds.values():
        console.print(f"{state.health:>9}  {state.url}  {state.reason}", markup=False)
    for one in gone.values():
        said = f"{one.outlet}, on {one.time:%Y-%m-%d}; what comes of it is left out"
        console.print(f"forgotten  {said}", markup=False)


def report(
    store: options.Stored = options.STORE,
    run: Annotated[str | None, typer.Option(help="Of one run, by its id; else of all.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Notes and warnings too, not only what was left out.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="A record a line.")] = False,
) -> None:
    """Name every article that was left out, with the file, the place and the reason."""
    console = Console(highlight=False, soft_wrap=True)
    with open_store(store, create=False) as opened, opened.read() as connection:
        of = marks.find(connection, run) if run is not None else None
        if run is not None and of is None:
            raise typer.BadParameter(f"{run}: there is no such run; `tocsin status` lists them")
        found = marks.issues(connection, of=of)
    shown = [one for one in found if every or one.severity == "error" or _left_out(one.code)]
    for one in shown:
        if json:
            typer.echo(wire.dump(one).decode())
            continue
        where = f"{one.file}{', ' + one.place if one.place else ''}"
        console.print(f"{one.severity} {one.code}: {where}: {one.message}", markup=False)
    said = f"{len(shown):,} of {len(found):,} issues" if found else "no issues"
    typer.echo(said, err=True)


def _left_out(code: str) -> bool:
    return code in ("foreign-language", forgetting.LEFT_OUT)
