"""`tocsin explain`: why each claim of an article was coded."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from tocsin.cli import options, table
from tocsin.pipeline import run
from tocsin.records.claim import Claim
from tocsin.records.issue import Issue
from tocsin.sources import files


def command(
    path: str = typer.Argument(help="One article's file, or - for standard input."),
    published: options.Published = None,
    outlet: options.Outlet = None,
    ontology: options.OntologyFolder = None,
    model: options.Model = None,
    config: options.Config = None,
    reader: options.Reader = options.ReaderKind.network,
    adjudicate: options.Adjudicate = False,
    endpoint: options.Address = None,
    endpoint_model: options.EndpointModel = None,
    endpoint_key_env: options.KeyVariable = None,
) -> None:
    """Show for one article why each claim was coded: the words, the hand, the score."""
    console = Console(highlight=False)
    items = files.read(
        [path], outlet=outlet, published=options.day(published), stdin=sys.stdin.buffer
    )
    coder = run.open_coder(
        ontology_folder=ontology,
        model=model,
        config=config,
        endpoint=options.endpoint(reader, adjudicate, endpoint, endpoint_model, endpoint_key_env),
        adjudicate=adjudicate,
    )
    failed = False
    for result in run.run(items, coder):
        if isinstance(result, Issue):
            where = f" {result.place}:" if result.place else ""
            line = f"{result.severity} {result.code}:{where} {result.message}"
            Console(stderr=True, highlight=False).print(line, markup=False)
            failed = failed or result.severity == "error"
            continue
        names = {c.id: k for k, c in enumerate(result.claims, 1)}
        for number, claim in enumerate(result.claims, 1):
            console.print(table.headline(number, claim, names))
            console.print(table.evidence(claim))
            for line in because(claim):
                console.print("      " + line, markup=False, style="dim")
    if failed:
        raise typer.Exit(1)


def because(claim: Claim) -> list[str]:
    """Return one line for each reason behind a claim, and for each field that stays unknown."""
    lines = []
    for reason in claim.reasons:
        words = f"“{reason.span.quote}”: " if reason.span else ""
        lines.append(f"{reason.field} ({reason.hand}): {words}{reason.because}")
    for who in (*claim.actors, *claim.recipients):
        known = f"known as {who.entity}" if who.entity else "described by its words"
        lines.append(f"“{who.span.quote}” is {table.one(who)}: {who.unknown or known}")
    if claim.date and claim.date.start is None:
        lines.append(f"date: “{claim.date.span.quote}” stays unresolved")
    if claim.place and claim.place.unknown:
        lines.append(f"place: {claim.place.unknown}")
    return lines
