"""`tocsin release`: a versioned data set, to be published or kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tocsin.base.errors import InputError
from tocsin.cli import options
from tocsin.explain.lines import counted
from tocsin.export.readme import Terms
from tocsin.export.release import release
from tocsin.pipeline import stock
from tocsin.store.open import open_store


def command(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="Folder to make.")],
    store: options.Stored = options.STORE,
    version: Annotated[
        str | None, typer.Option(help="Its version; that of the last report's day if none.")
    ] = None,
    title: Annotated[str, typer.Option(help="What it is called.")] = "Claims and events from news",
    author: Annotated[
        list[str] | None, typer.Option(help="Who publishes it; several times for several.")
    ] = None,
    licence: Annotated[
        str | None, typer.Option(metavar="SPDX", help="Under which licence: CC-BY-4.0.")
    ] = None,
    texts: Annotated[
        bool, typer.Option("--texts", help="Whole texts of articles too; mind whose they are.")
    ] = False,
) -> None:
    """Write all tables as CSV and Parquet, with codebook, README, licence notes and hashes.

    The same store gives the same bytes. Texts of articles stay out beyond short quotes, since they
    belong to their outlets.
    """
    with open_store(store, create=False) as opened, opened.read() as connection:
        day = stock.last(connection)
        if day is None:
            raise InputError("no event has a dated report; `tocsin fuse` makes events")
        terms = Terms(
            title=title, version=version or f"{day:%Y.%m.%d}", authors=tuple(author or ()),
            licence=licence, texts=texts,
        )  # fmt: skip
        rows = release(folder, stock.Stock(connection, day), terms)
    told = ", ".join(f"{count:,} {name}" for name, count in rows.items())
    sys.stderr.write(f"{folder}, version {terms.version}: {told or counted(0, 'row')}\n")
