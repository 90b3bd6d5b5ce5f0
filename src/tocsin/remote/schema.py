"""The form of an answer as JSON Schema, in its strict subset: all is required, no more allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tocsin.ontology.model import Ontology
from tocsin.remote.prompt import ROLES

Schema = Mapping[str, object]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}


def claims(ontology: Ontology) -> Schema:
    """Return the form of a list of claims."""
    modes = {mode for kind in ontology.values() for mode in kind.modes}
    role = _object(role=_one(ROLES), sentence=NUMBER, words=TEXT, nth=NUMBER)
    claim = _object(
        sentence=NUMBER,
        trigger=TEXT,
        nth=NUMBER,
        type=_one(ontology),
        modes=_list(_one(sorted(modes))),
        modality=_one(ontology.modality),
        outcome=_or_null(_one(ontology.outcomes)),
        parent=_or_null(NUMBER),
        roles=_list(role),
    )
    return _object(claims=_list(claim))


def verdicts(ontology: Ontology) -> Schema:
    """Return the form of a list of verdicts."""
    verdict = _object(
        number=NUMBER,
        claim=TRUTH,
        type=_or_null(_one(ontology)),
        modality=_or_null(_one(ontology.modality)),
    )
    return _object(verdicts=_list(verdict))


def _object(**fields: Schema) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _one(names: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(names)}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
