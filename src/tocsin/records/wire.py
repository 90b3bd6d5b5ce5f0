"""Records as JSON and back, under a schema version, with the schema itself."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import cleandoc
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from tocsin.base.errors import RecordError
from tocsin.records.article import Article, Byline
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.entity import Entity
from tocsin.records.event import Event
from tocsin.records.issue import Issue
from tocsin.records.judgement import Judgement
from tocsin.records.relation import Relation
from tocsin.records.series import Series
from tocsin.records.signal import Signal
from tocsin.records.statement import Statement
from tocsin.records.threat import Threat

# Raised when a field changes its meaning or leaves; new optional fields do not raise it.
SCHEMA = 1

KINDS: dict[str, type[Struct]] = {
    "article": Article,
    "byline": Byline,
    "claim": Claim,
    "coded": Coded,
    "entity": Entity,
    "event": Event,
    "issue": Issue,
    "judgement": Judgement,
    "relation": Relation,
    "series": Series,
    "signal": Signal,
    "statement": Statement,
    "threat": Threat,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
_ENCODER = msgspec.json.Encoder(order="deterministic")
R = TypeVar("R", bound=Struct)


def dump(record: Struct) -> bytes:
    """Return one JSON line: the record's fields, what kind of record it is, the schema version."""
    fields: dict[str, Any] = msgspec.to_builtins(record)
    try:
        # The key is `record`, since an entity has a `kind` of its own.
        return _ENCODER.encode({"record": _name(type(record)), "schema": SCHEMA, **fields})
    except UnicodeEncodeError as error:
        raise RecordError(
            f"{_name(type(record))}: half a character ({error}); decode the text before reading it"
        ) from error


def load(line: bytes | str, kind: type[R]) -> R:
    """Return the record of a JSON line; a field it does not know is refused by name."""
    name, row = _name(kind), _object(line)
    found = (row.pop("record", None), row.pop("schema", None))
    if found != (name, SCHEMA):
        raise RecordError(
            f"found record {found[0]!r}, schema {found[1]!r}; expected {name!r}, {SCHEMA}"
        )
    unknown = sorted(set(row) - set(kind.__struct_fields__))
    if unknown:
        raise RecordError(f"{name}: unknown fields {unknown}; written by a later version?")
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as error:
        raise RecordError(f"{name}: {error}") from error


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one line: one kind of record with its two marks."""
    _, parts = components(KINDS.values(), "#/$defs/{name}")
    lines = [_line(name, parts[kind.__name__]) for name, kind in KINDS.items()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"tocsin-records-{SCHEMA}",
        "title": f"Tocsin records, schema version {SCHEMA}",
        "oneOf": lines,
        "$defs": parts,
    }


def components(
    kinds: Iterable[Any], template: str
) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    """Return the JSON Schema of each kind, and the parts that they refer to by a template.

    Descriptions are docstrings as they are read, whatever a version of Python makes of them.
    """
    made, parts = msgspec.json.schema_components(kinds, ref_template=template)
    for part in parts.values():
        if "description" in part:
            part["description"] = cleandoc(part["description"])
    return made, parts


def _line(name: str, part: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a record that stands alone; inside another it bears no marks."""
    marks = {"record": {"const": name}, "schema": {"const": SCHEMA}}
    required = [*marks, *part.get("required", ())]
    return part | {"properties": marks | part["properties"], "required": required}


def _object(line: bytes | str) -> dict[str, Any]:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise RecordError(f"not JSON ({error}); expected one record a line") from error
    if not isinstance(row, dict):
        raise RecordError(
            f"found {type(row).__name__}; expected an object with `record` and `schema`"
        )
    return row


def _name(kind: type[Struct]) -> str:
    try:
        return _NAMES[kind]
    except KeyError:
        raise RecordError(
            f"{kind.__name__} has no wire form; expected one of {sorted(KINDS)}"
        ) from None
