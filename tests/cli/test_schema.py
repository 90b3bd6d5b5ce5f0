"""`tocsin schema`: the schema that is printed is the one in the documents and in the code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from tocsin.cli.app import app
from tocsin.records import wire

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema.json"


def printed() -> dict[str, Any]:
    """Return the schema that the command prints."""
    done = CliRunner().invoke(app, ["schema"])
    assert done.exit_code == 0
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_printed_schema_is_the_codes() -> None:
    """The command prints the schema of the records that this version writes."""
    assert printed() == json.loads(json.dumps(wire.schema()))


def test_published_schema_is_current() -> None:
    """`docs/schema.json` is what the command prints; `make schema` writes it anew."""
    assert PUBLISHED.exists(), "docs/schema.json is missing: run `make schema`"
    assert json.loads(PUBLISHED.read_text("utf8")) == printed(), "run `make schema`"


def test_every_kind_of_record_is_in_it() -> None:
    """The schema has one branch for each kind of record, told apart by `record`."""
    kinds = [branch["properties"]["record"]["const"] for branch in printed()["oneOf"]]
    assert kinds == list(wire.KINDS)
