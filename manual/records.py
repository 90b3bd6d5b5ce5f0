"""The records of the wire format, out of their JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from manual.markdown import code, made, plain, table
from tocsin.records import wire

TAGS = ("record", "schema")


def page() -> str:
    """Return the page of all records, then of what they are made of."""
    schema: dict[str, Any] = json.loads(json.dumps(wire.schema()))
    whole = {branch["properties"]["record"]["const"]: branch for branch in schema["oneOf"]}
    named = {branch["title"] for branch in whole.values()}
    lead = (
        "`tocsin code --format jsonl` and the exports write one JSON object a line; `record` says "
        "which it is, `schema` the version of the format. The same as a file for validators: "
        "[schema.json](../schema.json). A span is a list of start and end (characters of the "
        "article's text, the end not included) and the words between them."
    )
    parts = [part for kind, branch in whole.items() for part in _record(kind, branch)]
    inner = [
        part
        for name, found in schema["$defs"].items()
        if name not in named
        for part in _record(name, found)
    ]
    rest = ("## What they are made of", *inner)
    return made("Records", "docs/schema.json", lead, "## Lines", *parts, *rest)


def _record(name: str, found: dict[str, Any]) -> Iterator[str]:
    yield f"### {name}"
    yield plain(found.get("description", ""))
    if "properties" not in found:
        yield f"Written as {said(found)}."
        return
    needed = set(found.get("required", ()))
    yield table(
        ("field", "type", "unless given"),
        (
            (code(key), said(value), "must be given" if key in needed else _default(value))
            for key, value in found["properties"].items()
            if key not in TAGS
        ),
    )


def said(value: dict[str, Any]) -> str:
    """Return the type of a field in words."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in value or "const" in value:
        return ", ".join(code(one) for one in value.get("enum", [value.get("const")]))
    if "anyOf" in value:
        return " or ".join(said(one) for one in value["anyOf"])
    kind = value.get("type", "anything")
    if kind == "array":
        parts = value.get("prefixItems") or [value.get("items") or {}]
        return "list of " + ", ".join(said(one) for one in parts)
    if kind == "object":
        inner = value.get("additionalProperties")
        return f"object of {said(inner)}" if isinstance(inner, dict) and inner else "object"
    return {"null": "nothing", "string": "text"}.get(kind, str(kind)) + _bounds(value)


def _bounds(value: dict[str, Any]) -> str:
    names = {"minimum": "from", "maximum": "to", "format": "as", "pattern": "as"}
    found = [f" {word} {code(value[key])}" for key, word in names.items() if key in value]
    return "".join(found)


def _default(value: dict[str, Any]) -> str:
    found = value.get("default")
    return "" if found in (None, "", []) else code(json.dumps(found))
