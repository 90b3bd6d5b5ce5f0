"""`tocsin datasette`: a store's tables in Datasette, with queries to begin with."""

from __future__ import annotations

import json
import sys
import tomllib
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.base.errors import InputError
from tocsin.base.files import whole
from tocsin.cli import options
from tocsin.store.open import Store, open_store


def command(
    out: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", dir_okay=False, help="Write here; else to the terminal."),
    ] = None,
    store: options.Stored = options.STORE,
) -> None:
    """Write a metadata file for Datasette: canned queries over a store's tables.

    Then: datasette --metadata FILE --immutable STORE. Nothing but the queries may be asked, and
    tables about users are kept to themselves.
    """
    with open_store(store, create=False, readonly=True) as opened:
        text = json.dumps(_metadata(opened), indent=2, ensure_ascii=False) + "\n"
        place = opened.name
    if out is None:
        sys.stdout.write(text)
        return
    try:
        with whole(out) as part:
            part.write(text.encode())
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error}); give another path") from error
    sys.stderr.write(f"datasette --metadata {out} --immutable {place}\n")


def _metadata(store: Store) -> dict[str, Any]:
    """Return what Datasette is told of a store; raise InputError where it is not SQLite's."""
    if store.dialect != "sqlite":
        raise InputError(f"{store.name}: Datasette reads SQLite alone; expected a store in a file")
    file = resources.files("tocsin") / "data" / "datasette.toml"
    held = tomllib.loads(file.read_text("utf8"))
    shown = held["shown"]
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = sorted(rows.scalars())
    queries = {
        name: {**query, "sql": query["sql"].strip()} for name, query in held["queries"].items()
    }
    return {
        "title": held["title"],
        "description": held["description"],
        "databases": {
            Path(store.name).stem: {
                "allow_sql": False,
                "queries": queries,
                "tables": {name: {"allow": False} for name in tables if name not in shown},
            }
        },
    }
