"""The form of an answer: what strict servers demand of a schema, and what good answers are."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from tests.endpoint import a_role, a_said, a_verdict
from tocsin.ontology import load
from tocsin.remote import schema

TYPES = load.load()
OWN = Path(__file__).parents[3] / "examples" / "ontology"
GOOD = a_said(modes=("aerial",), outcome="foiled", parent=0, roles=(a_role("actor", "Rebels"),))


def objects(part: object) -> Iterator[dict[str, object]]:
    """Yield every object of a schema."""
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for value in part.values():
            yield from objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from objects(value)


@pytest.mark.parametrize("form", [schema.claims(TYPES), schema.verdicts(TYPES)])
def test_forms_are_strict(form: dict[str, object]) -> None:
    """Every object requires all of its fields and allows no others, as strict servers want it."""
    found = list(objects(form))
    assert len(found) >= 2
    assert all(part["additionalProperties"] is False for part in found)
    assert all(part["required"] == list(part["properties"]) for part in found)  # type: ignore[call-overload]


def test_good_answers_fit() -> None:
    """Claims and verdicts of known ids fit, with and without what may be empty."""
    jsonschema.validate({"claims": [GOOD, a_said()]}, schema.claims(TYPES))
    no = a_verdict(claim=False, code=None, modality=None)
    jsonschema.validate({"verdicts": [a_verdict(), no]}, schema.verdicts(TYPES))


@pytest.mark.parametrize(
    ("key", "value"),
    [("type", "QUARREL"), ("modality", "likely"), ("modes", ["verbal"]), ("sentence", "1")],
)
def test_unknown_ids_do_not_fit(key: str, value: object) -> None:
    """An id that the ontology does not have, or another kind of value, is no answer."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"claims": [{**copy.copy(GOOD), key: value}]}, schema.claims(TYPES))


def test_types_of_ones_own_fit() -> None:
    """A type of a user's own folder may be answered like any other."""
    own = schema.claims(load.load(OWN))
    jsonschema.validate({"claims": [a_said(code="DESECRATE", modes=("destroy",))]}, own)
