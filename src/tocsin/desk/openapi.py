"""The API's description, OpenAPI 3.1, made of the table that the API is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct

from tocsin.desk.deeds import DEEDS, Deed, Id
from tocsin.desk.endpoints import Endpoint, Since
from tocsin.desk.faults import Faulty
from tocsin.desk.twins import QUESTIONS
from tocsin.records.judgement import Verdict
from tocsin.records.wire import components
from tocsin.views.decision import Effect, Step, Wish

VERSION = "1"
_REF = "#/components/schemas/{name}"
_NAME = {
    "name": "name", "in": "path", "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 100},
    "description": "An id; of events and claims the beginning of one that no other has will do.",
}  # fmt: skip
_TOKEN = {
    "name": "x-csrftoken", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "The value of the cookie that every answer to a GET sets, without a token.",
}  # fmt: skip


class Decision(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be decided: about which record, with which others, which fields become what.

    `given` are a claim's fields with the words for them, `choice` a field of an event with a value
    that one of its claims gives, as docs/fusion.md has them. `along` go with a target that is
    parted from others. `dry` keeps nothing.
    """

    verdict: Verdict
    target: Id
    others: tuple[Id, ...] = ()
    given: dict[str, str] = {}
    choice: tuple[str, str] | None = None
    reason: Annotated[str, Meta(max_length=2_000)] = ""
    along: tuple[Id, ...] = ()
    dry: bool = False

    def wish(self) -> Wish:
        """Return the decision as the desk's bench takes it."""
        return Wish(
            self.verdict, self.target, self.others, tuple(self.given.items()), self.choice,
            self.reason, self.along,
        )  # fmt: skip


class Decided(Struct, frozen=True, omit_defaults=True):
    """What a decision changes, and the decision as it was kept; none where nothing was."""

    effect: Effect
    step: Step | None = None


def document() -> dict[str, Any]:
    """Return the description."""
    kinds = [kind for one in (*QUESTIONS, *DEEDS) for kind in (one.asked, one.answer)]
    kinds += [Since, Decision, Decided, Faulty]
    made, parts = components(kinds, _REF)
    schemas = dict(zip(map(repr, kinds), made, strict=True))
    paths = {
        f"/api/v1{one.path.rstrip('/')}": {"get": _read(one, schemas, parts)} for one in QUESTIONS
    }
    paths["/api/v1/judgements"]["post"] = _judge(schemas)
    for deed in DEEDS:
        paths.setdefault(f"/api/v1{deed.path}", {})["post"] = _deed(deed, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tocsin", "version": VERSION,
            "description": "Events, claims and threats read out of news, with what they rest on.",
        },
        "paths": paths,
        # Where a team shares the desk; others ask for nothing.
        "security": [{}, {"token": []}],
        "components": {
            "schemas": dict(sorted(parts.items())),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }  # fmt: skip


def _read(
    one: Endpoint, schemas: Mapping[str, Any], parts: Mapping[str, Any]
) -> dict[str, Any]:  # fmt: skip
    asked = parts[schemas[repr(one.asked)]["$ref"].rpartition("/")[2]]
    named = [_NAME] if "{name}" in one.path else []
    moved = _body("It was merged or parted; `location` has the event", schemas[repr(Faulty)])
    return {
        "operationId": "get" + "".join(map(str.title, re.findall("[a-z]+", one.path))),
        "summary": one.summary,
        "parameters": [*named, *_parameters(asked)],
        "responses": {
            "200": _body("The answer", schemas[repr(one.answer)]),
            **_errors(schemas, named or asked.get("required")),
            **({"307": moved} if one.path.startswith("/events/{name}") else {}),
        },
    }  # fmt: skip


def _deed(deed: Deed, schemas: Mapping[str, Any]) -> dict[str, Any]:
    body = {"application/json": {"schema": schemas[repr(deed.asked)]}}
    return {
        "operationId": "post" + "".join(map(str.title, re.findall("[a-z]+", deed.path))),
        "summary": deed.summary,
        "parameters": [_TOKEN],
        "requestBody": {"required": True, "content": body},
        "responses": {
            "201": _body("It is done", schemas[repr(deed.answer)]),
            **_errors(schemas, ["403", "413"]),
        },
    }  # fmt: skip


def _judge(schemas: Mapping[str, Any]) -> dict[str, Any]:
    body = {"application/json": {"schema": schemas[repr(Decision)]}}
    decided = schemas[repr(Decided)]
    return {
        "operationId": "postJudgements",
        "summary": "Decide about a record, or ask what that would change",
        "parameters": [_TOKEN],
        "requestBody": {"required": True, "content": body},
        "responses": {
            "200": _body("What it would change", decided), "201": _body("It is kept", decided),
            **_errors(schemas, ["403", "413"]),
        },
    }  # fmt: skip


def _parameters(asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, held in asked.get("properties", {}).items():
        schema = dict(held)
        choices = [part for part in schema.pop("anyOf", ()) if part != {"type": "null"}]
        default = schema.pop("default", None)
        told = {**schema, **(choices[0] if len(choices) == 1 else {})}
        if "enum" in told:
            told["enum"] = [value for value in told["enum"] if value is not None]
        if default is not None:
            told["default"] = default
        about = told.pop("description", None)
        yield {
            "name": name, "in": "query", "required": name in asked.get("required", ()),
            "schema": told,
            **({"description": about} if about else {}),
        }  # fmt: skip


def _errors(schemas: Mapping[str, Any], more: Any) -> dict[str, Any]:  # noqa: ANN401 - by truth
    told = {
        "400": "It cannot be read", "401": "A team's desk does not know who asks",
        "403": "The role, or where it is asked from, is not enough",
        "429": "More was asked than may be within a minute", "503": "The store does not answer",
    }  # fmt: skip
    if more:
        told |= {"404": "There is no such record"}
    if "403" in more:
        told |= {"413": "It is too large"}
    return {code: _body(words, schemas[repr(Faulty)]) for code, words in sorted(told.items())}


def _body(words: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}
