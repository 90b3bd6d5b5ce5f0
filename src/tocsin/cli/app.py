"""`tocsin`: the commands by name."""

from __future__ import annotations

import sys

import typer

from tocsin.base.errors import TocsinError
from tocsin.cli import (
    add,
    backup,
    code,
    doctor,
    explain,
    gazetteer,
    ontology,
    recode,
    run,
    schema,
    search,
    sources,
    status,
    when,
    where,
    who,
)

app = typer.Typer(
    name="tocsin",
    help="Read conflict and political news into claims, each tied to the words that make it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("code")(code.command)
app.command("explain")(explain.command)
app.command("add")(add.command)
app.command("run")(run.command)
app.command("status")(status.command)
app.command("search")(search.command)
app.command("report")(status.report)
app.command("recode")(recode.command)
app.command("backup")(backup.command)
app.command("restore")(backup.restore)
app.command("forget")(backup.forget)
app.add_typer(sources.app, name="sources")
app.command("who")(who.command)
app.command("where")(where.command)
app.command("when")(when.command)
app.command("doctor")(doctor.command)
app.command("schema")(schema.command)
app.add_typer(ontology.app, name="ontology")
app.add_typer(gazetteer.app, name="gazetteer")


def main() -> None:
    """Run the command line; errors of Tocsin's own end in one line and exit code 2."""
    try:
        app()
    except TocsinError as error:
        sys.stderr.write(f"tocsin: {error}\n")
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
