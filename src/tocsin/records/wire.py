"""Records as JSON and back, under a schema version, with the schema itself."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from tocsin.base.errors import RecordError
from tocsin.records.article import Article
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.entity import Entity
from tocsin.records.issue import Issue
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement

# Raised when a field changes its meaning or leaves; new optional fields do not raise it.
SCHEMA = 1

KINDS: dict[str, type[Struct]] = {
    "article": Article,
    "claim": Claim,
    "coded": Coded,
    "entity": Entity,
    "issue": Issue,
    "relation": Relation,
    "statement": Statement,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
_ENCODER = msgspec.json.Encoder(order="deterministic")
R = TypeVar("R", bound=Struct)


def dump(record: Struct) -> bytes:
    """Return one JSON line: the record with its kind and the schema version."""
    fields: dict[str, Any] = msgspec.to_builtins(record)
    return _ENCODER.encode({"kind": _kind_of(record), "schema": SCHEMA, **fields})


def load(line: bytes | str, kind: type[R]) -> R:
    """Return the record of a JSON line; a field it does not know is refused by name."""
    try:
        row = msgspec.json.decode(line)
    except msgspec.DecodeError as error:
        raise RecordError(f"not JSON ({error}); expected one record a line") from error
    if not isinstance(row, dict):
        raise RecordError(f"found {type(row).__name__}; expected an object with `kind` and `schema`")
    found = (row.pop("kind", None), row.pop("schema", None))
    if found != (_NAMES[kind], SCHEMA):
        raise RecordError(
            f"found kind {found[0]!r}, schema {found[1]!r}; expected {_NAMES[kind]!r}, {SCHEMA}"
        )
    unknown = sorted(set(row) - set(kind.__struct_fields__))
    if unknown:
        raise RecordError(f"{_NAMES[kind]}: unknown fields {unknown}; written by a later version?")
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as error:
        raise RecordError(f"{_NAMES[kind]}: {error}") from error


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of every kind of record."""
    refs, parts = msgspec.json.schema_components(
        KINDS.values(), ref_template="#/$defs/{name}"
    )
    for name, kind in KINDS.items():
        part = parts[kind.__name__]
        part["properties"] = {"kind": {"const": name}, "schema": {"const": SCHEMA}} | part["properties"]
        part["required"] = ["kind", "schema", *part.get("required", [])]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"tocsin-records-{SCHEMA}",
        "title": f"Tocsin records, schema version {SCHEMA}",
        "oneOf": list(refs),
        "$defs": parts,
    }


def _kind_of(record: Struct) -> str:
    try:
        return _NAMES[type(record)]
    except KeyError:
        raise RecordError(f"{type(record).__name__} has no wire form; expected one of {sorted(KINDS)}") from None
