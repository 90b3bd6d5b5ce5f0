"""Reads the ontology's YAML files, and lays a user's folder over the packaged ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.ontology.form import Form, content, listed, packaged, refuse
from tocsin.ontology.model import EventType, Example, Finding, Mode, Ontology, Rule, Term

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

TERMS = ("quads", "contexts", "sectors", "modality", "outcomes", "relations", "styles")

_TYPE = re.compile(r"[A-Z][A-Z0-9_-]*")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Survey:
    """An ontology as far as it could be read, what was wrong, and where its types are from."""

    ontology: Ontology
    findings: tuple[Finding, ...]
    sources: Mapping[str, str]  # the file of each type
    overridden: frozenset[str]  # packaged types that the user's folder replaced


def load(folder: Path | None = None) -> Ontology:
    """Return the packaged ontology, with the types and terms of a user's folder laid over it."""
    survey = read(folder)
    refuse(list(survey.findings))
    return survey.ontology


def read(folder: Path | None = None) -> Survey:
    """Return what can be read of the packaged ontology and the folder, noting every broken key."""
    findings: list[Finding] = []
    layers = _layers(folder, findings)
    terms = {kind: _terms(layers, kind, findings) for kind in TERMS}
    types: dict[str, EventType] = {}
    sources: dict[str, str] = {}
    overridden: set[str] = set()
    for layer in layers:
        found = list(_types(layer, terms["quads"], findings))
        _once([(event.id, source) for event, source in found], findings)
        overridden.update(event.id for event, _ in found if event.id in types)
        types.update({event.id: event for event, _ in found})
        sources.update({event.id: source for event, source in found})
    ordered = {key: types[key] for key in sorted(types)}
    ontology = Ontology(version=_version(layers, findings), types=ordered, **terms)
    return Survey(ontology, tuple(findings), sources, frozenset(overridden))


def _layers(folder: Path | None, findings: list[Finding]) -> list[Traversable]:
    """Return the packaged folder and, over it, the user's if it is there."""
    if folder is None:
        return [packaged("ontology")]
    if not folder.is_dir():
        fix = "give the folder that holds types/ and lexicon/"
        findings.append(Finding(str(folder), "the folder", "nothing", "a folder", fix))
        return [packaged("ontology")]
    return [packaged("ontology"), folder]


def _version(layers: Sequence[Traversable], findings: list[Finding]) -> str:
    """Return the packaged name and version, and the user's after a plus sign where given."""
    parts: list[str] = []
    for layer in layers:
        file = layer / "ontology.yml"
        if file.is_file():
            form = Form(content(file, findings), str(file), findings)
            parts.append(f"{form.text('name')}-{form.text('version')}")
            form.close()
    return "+".join(parts)


def _terms(layers: Sequence[Traversable], kind: str, findings: list[Finding]) -> dict[str, Term]:
    """Return one small vocabulary, the user's terms over the packaged ones, in order of id."""
    terms: dict[str, Term] = {}
    for layer in layers:
        file = layer / f"{kind}.yml"
        if not file.is_file():
            continue
        forms = Form({kind: content(file, findings)}, str(file), findings).forms(kind)
        found = [_term(form) for form in forms]
        _once([(term.id, str(file)) for term in found], findings)
        terms.update({term.id: term for term in found})
    return {key: terms[key] for key in sorted(terms)}


def _term(form: Form) -> Term:
    term = Term(form.name("id", _WORD), form.text("label"), form.text("definition"))
    form.close()
    return term


def _types(
    layer: Traversable, quads: Collection[str], findings: list[Finding]
) -> Iterator[tuple[EventType, str]]:
    """Return the types of one folder, each with the file it stands in."""
    for file in listed(layer / "types", findings):
        before = len(findings)
        data = content(file, findings)
        if len(findings) > before:
            continue
        event = _type(Form(data, str(file), findings), quads)
        if event.id:
            yield event, str(file)


def _type(form: Form, quads: Collection[str]) -> EventType:
    key = form.name("id", _TYPE)
    roles = form.form("roles")
    event = EventType(
        id=key,
        label=form.text("label"),
        quad=form.choice("quad", quads),
        score=form.number("score"),
        content=form.flag("content"),
        definition=form.text("definition"),
        actor=roles.text("actor"),
        recipient=roles.optional("recipient"),
        modes=_modes(form),
        rules=tuple(_rule(rule, key) for rule in form.forms("rules")),
        examples=tuple(_example(item, key) for item in form.forms("examples")),
        contrasts=tuple(_contrast(item) for item in form.forms("contrasts")),
    )
    roles.close()
    form.close()
    return event


def _modes(form: Form) -> dict[str, Mode]:
    modes: dict[str, Mode] = {}
    for item in form.forms("modes"):
        mode = Mode(item.name("id", _WORD), item.text("definition"))
        item.close()
        if mode.id in modes:
            item.note("id", f"the mode '{mode.id}' twice", "each mode once", "remove or rename one")
        modes[mode.id] = mode
    return modes


def _rule(form: Form, event: str) -> Rule:
    rule = Rule(
        id=form.name("id", _WORD),
        text=form.text("rule"),
        example=_example(form.form("example"), event),
        never=form.texts("never"),
    )
    form.close()
    return rule


def _example(form: Form, event: str) -> Example:
    example = Example(
        sentence=form.text("sentence"),
        trigger=form.text("trigger"),
        type=event,
        modes=form.texts("modes"),
        modality=form.optional("modality") or "actual",
        outcome=form.optional("outcome"),
        actors=form.texts("actors"),
        recipients=form.texts("recipients"),
    )
    form.close()
    return example


def _contrast(form: Form) -> Example:
    if "type" not in form.rest:
        form.note("type", "nothing", "a type or null", "add the right type, or null for no claim")
    contrast = Example(
        sentence=form.text("sentence"),
        trigger=form.text("trigger"),
        type=form.optional("type"),
        why=form.text("why"),
    )
    form.close()
    return contrast


def _once(places: Sequence[tuple[str, str]], findings: list[Finding]) -> None:
    """Note every id that one folder defines twice."""
    seen: dict[str, str] = {}
    for key, file in places:
        if key in seen:
            found = f"'{key}', which {seen[key]} defines too"
            findings.append(Finding(file, "id", found, "each id once", "remove or rename one"))
        seen.setdefault(key, file)
