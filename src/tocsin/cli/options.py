"""Options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[
    list[str],
    typer.Argument(help="Files or folders (.txt .md .html .json .jsonl); - reads standard input."),
]
Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day of publication, for bare text without one."),
]
Outlet = Annotated[str | None, typer.Option(help="Outlet, for bare text without one.")]
OntologyFolder = Annotated[
    Path | None,
    typer.Option(
        "--ontology",
        exists=True,
        file_okay=False,
        help="Your own types and words, laid over Tocsin's.",
    ),
]
Model = Annotated[
    Path | None,
    typer.Option(exists=True, file_okay=False, help="Folder of another trained reader."),
]
Config = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="TOML file laid over the default settings."),
]
Threads = Annotated[int, typer.Option(min=0, help="Threads of the network; 0 takes every core.")]


def day(value: datetime | None) -> date | None:
    """Return the day of a parsed option."""
    return value.date() if value else None
