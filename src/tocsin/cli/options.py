"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tocsin.base.errors import InputError
from tocsin.remote.client import Endpoint

Paths = Annotated[
    list[str],
    typer.Argument(help="Files or folders (.txt .md .html .json .jsonl); - reads standard input."),
]
Stored = Annotated[
    str,
    typer.Option(
        "--store",
        "-s",
        envvar="TOCSIN_STORE",
        metavar="FILE|URL",
        help="The store: a file of SQLite, or postgresql://... (also TOCSIN_STORE).",
    ),
]
STORE = "tocsin.db"
Registry = Annotated[
    Path | None,
    typer.Option(
        "--sources",
        exists=True,
        dir_okay=False,
        envvar="TOCSIN_SOURCES",
        help="The registry of sources, a YAML file (also TOCSIN_SOURCES).",
    ),
]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private", help="Fetch from private and loopback addresses too: your own network."
    ),
]
LogFile = Annotated[
    Path | None, typer.Option("--log", dir_okay=False, help="Append a JSON line an event here.")
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

Rules = Annotated[
    Path | None,
    typer.Option(
        exists=True, dir_okay=False, help="Your own rules too, a YAML file (docs/signals.md)."
    ),
]


class ReaderKind(StrEnum):
    """Who finds the claims in an article."""

    network = "network"
    llm = "llm"


Reader = Annotated[
    ReaderKind,
    typer.Option(help="Who finds claims: the packaged network, or the llm behind --endpoint."),
]
Adjudicate = Annotated[
    bool,
    typer.Option(
        "--adjudicate", help="Ask the model behind --endpoint about uncertain claims, no others."
    ),
]
Address = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="Base address of an OpenAI-compatible service; sentences are SENT there.",
    ),
]
EndpointModel = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Which of the endpoint's models to ask."),
]
KeyVariable = Annotated[
    str | None,
    typer.Option(
        "--endpoint-key-env",
        metavar="VARIABLE",
        help="Environment variable that holds the endpoint's key, if it wants one.",
    ),
]
Threads = Annotated[int, typer.Option(min=0, help="Threads of the network; 0 takes every core.")]
Workers = Annotated[
    int, typer.Option(min=0, help="Processes for many articles; 0 takes one for every core.")
]

Port = Annotated[
    int, typer.Option(min=0, max=65_535, help="The port to answer at; 0 takes a free one.")
]
Browse = Annotated[bool, typer.Option("--open", help="Open a browser at it.")]
Readings = Annotated[
    bool,
    typer.Option("--readings", help="Keep each article's reading: sentences, words, syntax."),
]


def day(value: datetime | None) -> date | None:
    """Return the day of a parsed option."""
    return value.date() if value else None


def past(on: datetime | None) -> tuple[date, date]:
    """Return the day that is asked about, today by default, and today.

    Raises InputError where the day is to come.
    """
    today = datetime.now(UTC).date()
    asked = day(on) or today
    if asked > today:
        raise InputError(f"--on {asked} is to come; expected today ({today}) or a day before")
    return asked, today


def endpoint(
    reader: ReaderKind, adjudicate: bool, url: str | None, model: str | None, variable: str | None
) -> Endpoint | None:
    """Return the endpoint to ask, or nothing where the network reads alone."""
    if reader is ReaderKind.llm and adjudicate:
        raise typer.BadParameter("--reader llm asks about everything; leave out --adjudicate")
    if reader is ReaderKind.network and not adjudicate:
        if url or model or variable:
            raise typer.BadParameter("--endpoint is for --reader llm or --adjudicate; give one")
        return None
    if url is None or model is None:
        raise typer.BadParameter("a second reader needs --endpoint URL and --endpoint-model NAME")
    key = os.environ.get(variable, "").strip() if variable else None
    if key == "":
        # Its name is not repeated: whoever mistakes the option gives the key itself.
        raise typer.BadParameter("the variable that --endpoint-key-env names is not set")
    return Endpoint(url, model, key)


def columns(given: Sequence[str]) -> dict[str, str]:
    """Return the columns of a table by the field that they are; raise BadParameter for others."""
    out = {}
    for pair in given:
        name, sign, header = pair.partition("=")
        if not sign or not name.strip() or not header.strip():
            raise typer.BadParameter(f"{pair!r}: expected FIELD=HEADER, such as title=headline")
        out[name.strip()] = header.strip()
    return out
