"""`tocsin recode`: code again what another model, lexicon or version has coded."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tocsin.base.log import Log
from tocsin.cli import options, progress
from tocsin.pipeline import project
from tocsin.pipeline.workers import Opening
from tocsin.store.open import open_store


def command(
    store: options.Stored = options.STORE,
    ontology: options.OntologyFolder = None,
    model: options.Model = None,
    config: options.Config = None,
    threads: options.Threads = 0,
    workers: options.Workers = 0,
    dry: Annotated[
        bool, typer.Option("--dry-run", help="Say how many articles it would be, and stop.")
    ] = False,
    readings: options.Readings = False,
    log: options.LogFile = None,
) -> None:
    """Code again every article that was not coded by what is installed now; judgements stay.

    Readings that were kept go with the coding that they were made for.
    With --readings the new ones stay, and articles without are coded again too.
    """
    opening = Opening(ontology, model, config)
    with open_store(store) as opened:
        coder = project.Lazy(opening, threads)
        if dry:
            number = project.stale(opened, coder, readings=readings)
            typer.echo(f"{number:,} article{'s' * (number != 1)} would be coded again")
            return
        with progress.watched() as drawn:
            run = project.recode(
                opened, coder, workers=workers, readings=readings, watch=drawn, log=Log(log)
            )
    sys.stderr.write(progress.summary(run) + "\n")
