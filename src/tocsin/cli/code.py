"""`tocsin code`: articles in, claims out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tocsin.cli import options, table
from tocsin.cli.target import Target
from tocsin.export import gold
from tocsin.pipeline import run
from tocsin.pipeline.workers import Opening, code
from tocsin.records import wire
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue
from tocsin.sources import files

# Exit code of a run that finished but left articles out.
LEFT_OUT = 1


class Format(StrEnum):
    """How coded articles are written."""

    table = "table"
    jsonl = "jsonl"
    gold = "gold"


def command(
    paths: options.Paths,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="table on a terminal, jsonl (a record a line) elsewhere, or gold files.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", dir_okay=False, help="Write here, whole or not at all."),
    ] = None,
    issues: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Write recorded issues here, a JSON line each."),
    ] = None,
    published: options.Published = None,
    outlet: options.Outlet = None,
    ontology: options.OntologyFolder = None,
    model: options.Model = None,
    reader: options.Reader = options.ReaderKind.network,
    adjudicate: options.Adjudicate = False,
    endpoint: options.Address = None,
    endpoint_model: options.EndpointModel = None,
    endpoint_key_env: options.KeyVariable = None,
    config: options.Config = None,
    threads: options.Threads = 0,
    workers: options.Workers = 0,
) -> None:
    """Code articles into claims. Exit code 1 says that something was left out; see the issues."""
    items = files.read(
        paths, outlet=outlet, published=options.day(published), stdin=sys.stdin.buffer
    )
    second = options.endpoint(reader, adjudicate, endpoint, endpoint_model, endpoint_key_env)
    coder = run.open_coder(
        ontology_folder=ontology,
        model=model,
        threads=threads,
        config=config,
        endpoint=second,
        adjudicate=adjudicate,
    )
    opening = Opening(ontology, model, config)
    # Who waits for an endpoint has no use for more processes.
    results = code(items, coder, opening, workers=workers if second is None else 1)
    chosen = form or (Format.table if out is None and sys.stdout.isatty() else Format.jsonl)
    found: list[Issue] = []
    begun, articles, claims = perf_counter(), 0, 0
    with Target(out) as stream:
        for coded in _watched(results, found):
            _write(coded, chosen, stream)
            articles, claims = articles + 1, claims + len(coded.claims)
    _report(found, issues)
    left_out = sum(i.severity == "error" for i in found)
    sys.stderr.write(
        f"{articles} articles, {claims} claims, {len(found)} issues, {left_out} of them errors, "
        f"{perf_counter() - begun:.1f} s\n"
    )
    if left_out:
        raise typer.Exit(LEFT_OUT)


def _watched(results: Iterator[Coded | Issue], found: list[Issue]) -> Iterator[Coded]:
    """Yield coded articles, issues put aside, a progress line on a terminal."""
    progress = Progress(
        TextColumn("coding"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with progress:
        task = progress.add_task("coding", total=None)
        for result in results:
            progress.advance(task)
            if isinstance(result, Issue):
                found.append(result)
            else:
                yield result


def _write(coded: Coded, form: Format, stream: TextIO) -> None:
    if form is Format.table:
        table.show(coded, Console(file=stream))
    elif form is Format.gold:
        stream.write(gold.line(coded) + "\n")
    else:
        stream.write(wire.dump(coded).decode() + "\n")


def _report(found: list[Issue], path: Path | None) -> None:
    if path is not None:
        with Target(path) as stream:
            stream.writelines(wire.dump(issue).decode() + "\n" for issue in found)
    console = Console(stderr=True, highlight=False)
    for issue in found:
        where = f"{issue.file}{', ' + issue.place if issue.place else ''}"
        line = f"{issue.severity} {issue.code}: {where}: {issue.message}"
        console.print(line, markup=False)
