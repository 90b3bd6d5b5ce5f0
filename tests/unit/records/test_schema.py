"""The JSON Schema: current, and true to the lines that are written."""

from __future__ import annotations

import json
from pathlib import Path

from tocsin.records.wire import KINDS, SCHEMA, schema

PAGE = Path(__file__).parents[3] / "docs" / "schema.json"
COMMAND = "tocsin schema > docs/schema.json"


def test_the_page_is_current() -> None:
    """The schema in the documentation is the one that the code gives."""
    found = PAGE.read_text("utf8")
    assert found == json.dumps(schema(), indent=2) + "\n", f"run: {COMMAND}"


def test_every_kind_has_its_line() -> None:
    """A line is exactly one kind of record, and bears its kind and the schema's number."""
    marks = [
        (line["properties"]["record"]["const"], line["properties"]["schema"]["const"])
        for line in schema()["oneOf"]
    ]
    assert marks == [(name, SCHEMA) for name in KINDS]
    assert all(line["required"][:2] == ["record", "schema"] for line in schema()["oneOf"])


def test_inner_records_bear_no_marks() -> None:
    """A record inside another is described without the marks of a line."""
    for part in schema()["$defs"].values():
        assert not {"record", "schema"} & set(part.get("required", ()))


def test_nothing_unknown_fits() -> None:
    """Every object of the schema is closed, as the loader refuses unknown fields."""
    parts = [*schema()["oneOf"], *schema()["$defs"].values()]
    assert all(p["additionalProperties"] is False for p in parts if p["type"] == "object")


def test_every_field_is_described() -> None:
    """A line has the record's own fields and the two marks, no more."""
    for (_, kind), line in zip(KINDS.items(), schema()["oneOf"], strict=True):
        assert set(line["properties"]) == {"record", "schema", *kind.__struct_fields__}
