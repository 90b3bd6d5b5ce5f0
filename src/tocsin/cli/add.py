"""`tocsin add`: articles into a store."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tocsin.base.log import Log
from tocsin.cli import options, progress
from tocsin.pipeline import project
from tocsin.store.open import open_store

# Exit code of a run that finished but left articles out.
LEFT_OUT = 1


def command(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, archives or addresses; - reads standard input. "
            ".txt .md .html .pdf .docx .eml .mbox .json .jsonl .csv .tsv .parquet .warc(.gz)"
        ),
    ],
    store: options.Stored = options.STORE,
    source: Annotated[
        str | None, typer.Option(help="Id of the source in the registry that they are of.")
    ] = None,
    outlet: options.Outlet = None,
    published: options.Published = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=HEADER",
            help="Which column of a table is which: title=headline, text=lead+body.",
        ),
    ] = None,
    sources: options.Registry = None,
    raw: Annotated[bool, typer.Option(help="Keep the bytes articles were read out of.")] = True,
    allow_private: options.AllowPrivate = False,
    config: options.Config = None,
    log: options.LogFile = None,
) -> None:
    """Put articles into a store. What is there already is passed over, so run it again freely.

    Exit code 1 says that something was left out; `tocsin report` says what and why.
    """
    given = project.Given(
        outlet=outlet,
        published=options.day(published),
        source=source,
        columns=options.columns(column or []),
        allow_private=allow_private,
    )
    with open_store(store) as opened, progress.watched() as watch:
        run = project.add(
            opened, paths, given, registry=sources, config=config, keep_raw=raw,
            stdin=sys.stdin.buffer, watch=watch, log=Log(log),
        )  # fmt: skip
    sys.stderr.write(progress.summary(run) + "\n")
    if run.counts.get("errors"):
        raise typer.Exit(LEFT_OUT)
