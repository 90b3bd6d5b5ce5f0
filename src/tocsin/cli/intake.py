"""`tocsin import`: what people coded by hand elsewhere, as judgements of a store's records."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tocsin.base.errors import InputError
from tocsin.base.files import whole
from tocsin.base.ids import digest
from tocsin.cli import options
from tocsin.cli.coded import Done, Intake
from tocsin.cli.days import Order
from tocsin.cli.hand import user
from tocsin.cli.headings import plan
from tocsin.explain.lines import counted
from tocsin.export.csv import guarded
from tocsin.fusion.told import Sources
from tocsin.ontology.load import load
from tocsin.pipeline import deciding, fusing, project
from tocsin.sources import sheets
from tocsin.sources.sheets import Sheet
from tocsin.store import judgements
from tocsin.store.open import Store, open_store

# Exit code where rows were left out.
LEFT_OUT = 1
_TAG = re.compile(r"import-[0-9a-f]{16}")


def command(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A table: .csv, .tsv or .xlsx.")
    ] = None,
    store: options.Stored = options.STORE,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the judgements; without it they are only shown.")
    ] = False,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=HEADING", help="Which column is which: quote=Passage."),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Columns, types and verdicts in TOML (docs/import.md)."),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook.")] = None,
    header: Annotated[
        int, typer.Option("--header-row", min=1, help="In which row the headings stand.")
    ] = 1,
    days: Annotated[
        Order | None,
        typer.Option(help="How days such as 05/03/2024 are meant; told where it can be."),
    ] = None,
    author: Annotated[
        str | None, typer.Option(help="Who coded them; you, where nothing is said.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Write all rows with what came of each here, as CSV."),
    ] = None,
    undo: Annotated[
        str | None,
        typer.Option(metavar="IMPORT", help="Take all judgements of an import back, by its id."),
    ] = None,
    sources: options.Registry = None,
    types: options.OntologyFolder = None,
) -> None:
    """Take a table that people coded by hand into a store, as judgements that can be undone.

    A row is about a claim or event by its id, by an article and its words, or by day, place and
    parties. Without --keep it is only shown what would be judged. Exit code 1 says that rows were
    left out, each with the reason.
    """
    if (file is None) == (undo is None):
        raise InputError("expected a table to import, or --undo with the id of an import")
    with open_store(store, create=False) as opened:
        told = project.letters(opened, sources)
        if undo is not None:
            _undo(opened, undo, told)
            return
        assert file is not None  # noqa: S101 - one of them is given
        table = sheets.read(file, sheet, header)
        meant = plan(table, options.columns(column or []), mapping, days)
        with opened.read() as connection:
            settled = fusing.judges(connection).settled
        tag = _tag(table)
        intake = Intake(
            opened, meant, load(types), author or user(), tag, datetime.now(UTC),
            settled.claims, settled.accepted,
        )  # fmt: skip
        if days is None and meant.order is not None:
            sys.stderr.write(
                f"days are read {meant.order}: all of them are days in no other order\n"
            )
        done = list(intake.rows(table.rows))
        _show(done)
        if report is not None:
            _report(report, table, done)
        made = [one for row in done for one in row.made]
        if keep and made:
            deciding.keep(opened, made, told)
        turns = 0 if keep or not made else len(deciding.effect(opened, made, told))
    _sum(done, tag, turns, keep=keep)
    if any(row.state == "left" for row in done):
        raise typer.Exit(LEFT_OUT)


def _tag(table: Sheet) -> str:
    """Return the id of an import: the same for the same table at the same moment alone."""
    return digest("import", table.name, repr(table.rows), datetime.now(UTC).isoformat())


def _show(done: Sequence[Done]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for row in done:
        head = f"row {row.number}  {row.state}  {row.target}"
        by = f"  (by {row.by})" if row.by else ""
        console.print(f"{head.rstrip()}{by}", markup=False)
        console.print(f"    {row.words()}", markup=False)


def _report(path: Path, table: Sheet, done: Sequence[Done]) -> None:
    """Write every row as it came, with what came of it; a cell never begins a formula."""
    by = {row.number: row for row in done}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    more = ("tocsin_state", "tocsin_target", "tocsin_by", "tocsin_what")
    writer.writerow([guarded(cell) for cell in (*table.headings, *more)])
    for number, row in table.rows:
        one = by[number]
        ends = (one.state, one.target, one.by, one.words())
        writer.writerow([guarded(cell) for cell in (*row, *ends)])
    try:
        with whole(path) as part:
            part.write(text.getvalue().encode())
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error}); give another path") from error


def _sum(done: Sequence[Done], tag: str, turns: int, *, keep: bool) -> None:
    states = {name: sum(row.state == name for row in done) for name in ("judged", "agrees", "left")}
    made = sum(len(row.made) for row in done)
    sys.stderr.write(
        f"{counted(len(done), 'row')}: {states['judged']} to judge, {states['agrees']} that agree, "
        f"{states['left']} left out; {counted(made, 'judgement')}\n"
    )
    if not made:
        return
    if keep:
        sys.stderr.write(f"kept as {tag}; `tocsin import --undo {tag}` takes all of it back\n")
    else:
        sys.stderr.write(
            f"nothing is kept yet: {counted(turns, 'event')} would change; --keep keeps it\n"
        )


def _undo(store: Store, name: str, told: Sources) -> None:
    """Take back all judgements of an import that stand."""
    if not _TAG.fullmatch(name):
        raise InputError(f"{name!r} is no import; expected an id such as import-0f3a9c5e12b47d68")
    with store.read() as connection:
        standing = judgements.standing(connection)
    mine = [one.id for one in standing if one.reason.endswith(f" of {name})")]
    if not mine:
        raise InputError(
            f"{name}: no judgement of it stands; `tocsin judge list` lists those that do"
        )
    deciding.undo(store, mine, datetime.now(UTC), told, user())
    sys.stderr.write(f"{counted(len(mine), 'judgement')} of {name} taken back\n")
