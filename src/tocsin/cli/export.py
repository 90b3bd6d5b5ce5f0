"""`tocsin export`: a store in the formats of other tools."""

from __future__ import annotations

import codecs
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.table import Table

from tocsin.base.errors import InputError, PluginError
from tocsin.cli import options
from tocsin.explain.lines import counted
from tocsin.export import forms
from tocsin.export.forms import WRITTEN, Form, Of, Wrote
from tocsin.pipeline.stock import Stock
from tocsin.store.open import open_store


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="FORMAT", help="Which format; without one, a list.")
    ] = None,
    store: options.Stored = options.STORE,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", dir_okay=False, help="Write here, whole or not at all."),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(metavar="TABLE", help="claims, events, threats, articles or series."),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Threats and series of this day; today's if none."),
    ] = None,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="Keep claims that an analyst rejected; see `review`.")
    ] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="A byte order mark first, for Excel's double click.")
    ] = False,
) -> None:
    """Write a store for other tools. docs/exports.md says what each format holds and loses.

    Corrections are applied. Nothing is filled in that no report says.
    """
    if name is None:
        _list()
        return
    form = forms.form(name)
    table = forms.table(form, of)
    if bom and not form.marked:
        raise typer.BadParameter(f"--bom is for CSV; {form.name} would be broken by it")
    if out is None and not form.text:
        raise InputError(f"{form.name} is no text; give --out FILE{form.ending}")
    day = options.day(on) or datetime.now(UTC).date()
    with open_store(store, create=False) as opened, opened.read() as connection:
        stock = Stock(connection, day, rejected)

        def write(stream: BinaryIO) -> Wrote:
            if bom:
                stream.write(codecs.BOM_UTF8)
            return form.write(stock, table, stream)

        wrote = write(sys.stdout.buffer) if out is None else forms.put(out, write)
    sys.stderr.write("\n".join(_said(form, table, wrote)) + "\n")


def _said(form: Form, table: Of, wrote: Wrote) -> list[str]:
    """Return how many rows there are, and how much is left out, by why."""
    number = wrote.pop(WRITTEN, 0)
    lines = [f"{form.name} of {table}: {counted(number, 'record')}"]
    return lines + [f"{count:,} {why}" for why, count in sorted(wrote.items())]


def _list() -> None:
    table = Table(box=None, pad_edge=False)
    for head in ("format", "ends in", "holds", "what it is"):
        table.add_column(head, no_wrap=head != "what it is")
    for name in forms.names():
        try:
            form = forms.form(name)
        except PluginError as error:
            table.add_row(name, "", "", str(error))
        else:
            table.add_row(name, form.ending, ", ".join(form.tables), form.about)
    Console().print(table)
