"""`tocsin run`: visit the sources, code what is new; or code shards of articles into a data set."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from tocsin.base.errors import InputError
from tocsin.base.log import Log
from tocsin.cli import options, progress
from tocsin.pipeline import project
from tocsin.pipeline.workers import Opening
from tocsin.store.open import open_store

# Exit code of a data set that lacks shards.
LACKS = 1
DATASET = "Shards into a data set"


def command(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(help="More inputs of a data set, behind --input.", show_default=False),
    ] = None,
    store: options.Stored = options.STORE,
    sources: options.Registry = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: visit what is due, code it, wait.")
    ] = False,
    every: Annotated[
        float, typer.Option(min=1, help="Seconds between looks at what is due, with --watch.")
    ] = 60.0,
    ontology: options.OntologyFolder = None,
    model: options.Model = None,
    allow_private: options.AllowPrivate = False,
    config: options.Config = None,
    threads: options.Threads = 0,
    workers: options.Workers = 0,
    readings: options.Readings = False,
    log: options.LogFile = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            file_okay=False,
            rich_help_panel=DATASET,
            help="Code --input into a Parquet data set in this folder; no store is touched.",
        ),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--input",
            "-i",
            metavar="SHARDS",
            rich_help_panel=DATASET,
            help="Files or folders: .parquet .jsonl .warc(.gz) and all that `tocsin add` takes.",
        ),
    ] = None,
    on: Annotated[
        str,
        typer.Option(
            metavar="local|ray|ray://HOST:PORT",
            rich_help_panel=DATASET,
            help="Whose processes code: this machine's, Ray's on it, or a running cluster's.",
        ),
    ] = "local",
    shards: Annotated[
        int,
        typer.Option(
            min=0,
            rich_help_panel=DATASET,
            help="About how many shards; 0 takes one for 8 MB. What comes out is the same.",
        ),
    ] = 0,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=HEADER",
            rich_help_panel=DATASET,
            help="Which column of a table is which: title=headline, text=lead+body.",
        ),
    ] = None,
) -> None:
    """Visit the sources that are due and code every article that waits.

    Killed at any moment, it goes on where it was. Ctrl-C ends it after the batch at hand.

    Articles that were coded without --readings get theirs by `tocsin recode`.

    With --out it codes shards of articles into a data set instead, on this machine or on a Ray
    cluster. Begun again it does the shards that are missing; exit code 1 says that some are.
    """  # fmt: skip
    paths = [*(given or []), *(inputs or [])]
    opening = Opening(ontology, model, config)
    if out is not None:
        if sources or watch or readings or allow_private:
            raise InputError(
                "--out codes --input into a data set, which knows no --sources, --watch, "
                "--readings or --allow-private; leave them out, or run without --out"
            )
        _dataset(paths, out, opening, (on, workers, shards), options.columns(column or []), log)
        return
    if paths or column or shards or on != "local":
        raise InputError(
            "--input, --on, --shards and --column are for a data set; say by --out FOLDER where "
            "to write it, or put articles into the store by `tocsin add`"
        )
    with open_store(store) as opened:
        coder = project.Lazy(opening, threads)
        while True:
            with progress.watched() as drawn:
                run = project.run(
                    opened, coder, registry=sources, workers=workers, readings=readings,
                    allow_private=allow_private, watch=drawn, log=Log(log),
                )  # fmt: skip
            if run.counts or not watch:
                sys.stderr.write(progress.summary(run) + "\n")
            if not watch:
                return
            time.sleep(every)


def _dataset(
    paths: list[str],
    out: Path,
    opening: Opening,
    how: tuple[str, int, int],
    columns: dict[str, str],
    log: Path | None,
) -> None:
    """Code a data set, and say what came of it."""
    from tocsin.pipeline import dataset  # noqa: PLC0415 - stores have no use for it

    on, workers, shards = how
    order = dataset.Order(paths, out, opening, on, workers, shards, columns)
    with progress.sharded() as drawn:
        made = dataset.make(order, drawn, Log(log))
    counts = ", ".join(progress.counted(n, k) for n, k in made.manifest.counts.items() if k)
    rate = f", {made.done / made.seconds:.1f} articles/s" if made.done else ""
    sys.stderr.write(f"{out}: {counts or 'nothing'}; {made.seconds:.1f} s{rate}\n")
    sys.stderr.write(f"content {made.manifest.content}\n")
    missing = [(n, s.failed) for n, s in enumerate(made.manifest.shards) if s.failed]
    for number, why in missing:
        sys.stderr.write(f"shard {number} is missing: {why}\n")
    if missing:
        sys.stderr.write("run it again for the missing shards alone\n")
        raise typer.Exit(LACKS)
