"""The addresses of the API, out of its OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from manual.markdown import code, made, plain, table
from manual.records import said
from tocsin.desk import openapi

VERBS = ("get", "post", "put", "patch", "delete")


def document() -> str:
    """Return the OpenAPI document as it is published."""
    return json.dumps(openapi.document(), indent=1, sort_keys=True) + "\n"


def page() -> str:
    """Return the page of all addresses with their parameters and answers."""
    described: dict[str, Any] = json.loads(document())
    lead = (
        "What `tocsin desk` answers programs. [The API](../api.md) says how pages, errors, changes "
        "and tokens work; [openapi.json](../openapi.json) holds every answer's fields for tools."
    )
    parts = [
        part
        for path, found in sorted(described["paths"].items())
        for verb in VERBS
        if verb in found
        for part in _route(path, verb, found[verb])
    ]
    return made("API addresses", "docs/openapi.json", lead, *parts)


def _route(path: str, verb: str, found: dict[str, Any]) -> Iterator[str]:
    yield f"## {verb.upper()} {path}"
    yield plain(found.get("summary") or found.get("description") or "")
    yield table(
        ("parameter", "in", "is", "unless given"),
        (
            (code(one["name"]), one["in"], _what(one), _default(one))
            for one in found.get("parameters", ())
        ),
    )
    sent = _body(found.get("requestBody", {}))
    if sent:
        yield f"Takes {sent}."
    answers = (
        f"{code(status)} {_body(answer) or plain(answer.get('description', ''))}"
        for status, answer in sorted(found["responses"].items())
        if status < "400"
    )
    yield f"Answers {'; '.join(answers)}."


def _what(one: dict[str, Any]) -> str:
    words = plain(one.get("description", ""))
    kind = said(one.get("schema", {}))
    return f"{kind}. {words}" if words else kind


def _default(one: dict[str, Any]) -> str:
    if one.get("required"):
        return "must be given"
    found = one.get("schema", {}).get("default")
    return "" if found in (None, "") else code(json.dumps(found))


def _body(found: dict[str, Any]) -> str:
    for kind, held in found.get("content", {}).items():
        schema = held.get("schema", {})
        name = schema.get("$ref", "").rpartition("/")[2]
        if not name and schema.get("type") == "array":
            items = schema.get("items")
            inner = (items if isinstance(items, dict) else {}).get("$ref", "").rpartition("/")[2]
            name = f"list of {inner}" if inner else ""
        return code(name) if name else code(kind)
    return ""
