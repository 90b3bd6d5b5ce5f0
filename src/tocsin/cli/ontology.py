"""`tocsin ontology`: look after types and words."""

from __future__ import annotations

import typer
from rich.console import Console

from tocsin.cli import options
from tocsin.ontology.check import check
from tocsin.ontology.load import load

app = typer.Typer(help="Look after the types of events.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Look after the types of events."""


@app.command("check")
def check_command(ontology: options.OntologyFolder = None) -> None:
    """Check Tocsin's types and words, and yours if you give a folder; exit code 1 on findings."""
    findings = check(ontology)
    console = Console(highlight=False)
    for finding in findings:
        console.print(str(finding), markup=False)
    if findings:
        raise typer.Exit(1)
    types = load(ontology)
    known = f"{len(types)} types, version {types.version}, fingerprint {types.fingerprint[:16]}"
    console.print(f"{known}: nothing wrong")
