"""`tocsin run`: visit the sources, code what is new; once, or again and again."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from tocsin.base.log import Log
from tocsin.cli import options, progress
from tocsin.pipeline import project
from tocsin.pipeline.workers import Opening
from tocsin.store.open import open_store


def command(
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
) -> None:
    """Visit the sources that are due and code every article that waits.

    Killed at any moment, it goes on where it was. Ctrl-C ends it after the batch at hand.

    Articles that were coded without --readings get theirs by `tocsin recode`.
    """
    opening = Opening(ontology, model, config)
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
