"""`tocsin fuse`: bring the claims of a store together into events and threats."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tocsin.base.log import Log
from tocsin.cli import options, progress
from tocsin.pipeline import project
from tocsin.store.open import open_store


def command(
    store: options.Stored = options.STORE,
    sources: options.Registry = None,
    snapshot: Annotated[
        bool, typer.Option("--snapshot", help="Keep the counts of events as they are then.")
    ] = False,
    log: options.LogFile = None,
) -> None:
    """Fuse every article that is new, changed or judged; the rest stays as it is.

    `tocsin run` does it too, after coding. Reports are graded by the letters of the registry that
    --sources names, and F without one.
    """
    with open_store(store, create=False) as opened, progress.watched() as drawn:
        run = project.fuse(opened, registry=sources, snapshot=snapshot, watch=drawn, log=Log(log))
    sys.stderr.write(progress.summary(run) + "\n")
