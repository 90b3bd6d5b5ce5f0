"""Finds what is wrong with an ontology's data files, as far as reading alone can tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from tocsin.ontology import crosswalk as cameo
from tocsin.ontology.form import content, packaged
from tocsin.ontology.load import TERMS, Survey, read
from tocsin.ontology.model import EventType, Example, Finding, Ontology

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

LEAST_EXAMPLES = 3
LEAST_CONTRASTS = 2
FOLDERS = ("actors", "crosswalk", "lexicon", "places", "sources", "types")


def check(folder: Path | None = None) -> tuple[Finding, ...]:
    """Return everything wrong with the packaged ontology, or with a user's folder laid over it."""
    survey = read(folder)
    crosswalk, findings = cameo.read(folder)
    return (
        *survey.findings,
        *_strays(folder),
        *(finding for key in survey.ontology for finding in _type(survey, key)),
        *findings,
        *_codes(crosswalk, survey, folder),
        *_lexicon(survey, folder),
    )


def _strays(folder: Path | None) -> Iterator[Finding]:
    """Return the files and folders of YAML that nothing reads, which are mostly misspelt names."""
    if folder is None or not folder.is_dir():
        return
    files = {f"{name}.yml" for name in ("ontology", *TERMS)}
    for entry in sorted(folder.iterdir()):
        stray_file = entry.suffix in {".yml", ".yaml"} and entry.name not in files
        stray_folder = entry.is_dir() and entry.name not in FOLDERS and any(entry.rglob("*.yml"))
        if stray_file or stray_folder:
            expected = f"one of {', '.join(sorted({*files, *(f'{name}/' for name in FOLDERS)}))}"
            fix = "rename or remove it; as it is, nothing reads it"
            yield Finding(str(entry), "the name", repr(entry.name), expected, fix)


def _type(survey: Survey, key: str) -> Iterator[Finding]:
    """Return what is wrong within one type."""
    event, file = survey.ontology[key], survey.sources[key]
    for name, found, least in (
        ("examples", len(event.examples), LEAST_EXAMPLES),
        ("contrasts", len(event.contrasts), LEAST_CONTRASTS),
    ):
        if found < least:
            fix = "add sentences; they are the type's tests"
            yield Finding(file, name, str(found), f"{least} or more", fix)
    yield from _rules(event, survey.ontology, file)
    for where, example in event.sentences():
        yield from _example(survey.ontology, example, file, where)
        if where.startswith("contrasts") and example.type == event.id:
            fix = "give the right type, or move it to the examples"
            yield Finding(file, f"{where}.type", repr(event.id), "another type or null", fix)


def _rules(event: EventType, ontology: Ontology, file: str) -> Iterator[Finding]:
    """Return rules that stand twice or exclude a type that is unknown or their own."""
    ids = [rule.id for rule in event.rules]
    for number, rule in enumerate(event.rules):
        if rule.id in ids[:number]:
            fix = "remove or rename one"
            yield Finding(file, f"rules.{rule.id}.id", "the rule twice", "each rule once", fix)
        for other in rule.never:
            if other == event.id or other not in ontology:
                expected = f"one of {', '.join(key for key in ontology if key != event.id)}"
                fix = "name the type it is mistaken for"
                yield Finding(file, f"rules.{rule.id}.never", repr(other), expected, fix)


def _example(ontology: Ontology, example: Example, file: str, where: str) -> Iterator[Finding]:
    """Return what is wrong within one sentence and its coding."""
    if not example.spans():
        expected, fix = "words of the sentence", 'copy them; join parts by " ... "'
        yield Finding(file, f"{where}.trigger", repr(example.trigger), expected, fix)
    for role, names in (("actors", example.actors), ("recipients", example.recipients)):
        for name in names:
            if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", example.sentence):
                fix = "copy them as they are printed"
                yield Finding(file, f"{where}.{role}", repr(name), "words of the sentence", fix)
    event = ontology.get(example.type or "")
    if example.type is not None and event is None:
        yield _unknown(file, f"{where}.type", example.type, ontology)
    modes = {} if event is None else event.modes
    for mode in example.modes:
        if mode not in modes:
            yield _unknown(file, f"{where}.modes", mode, modes)
    if example.modality not in ontology.modality:
        yield _unknown(file, f"{where}.modality", example.modality, ontology.modality)
    if example.outcome is not None and example.outcome not in ontology.outcomes:
        yield _unknown(file, f"{where}.outcome", example.outcome, ontology.outcomes)


def _codes(crosswalk: cameo.Crosswalk, survey: Survey, folder: Path | None) -> Iterator[Finding]:
    """Return codes that point nowhere, and types and modes that no code stands for."""
    ontology = survey.ontology
    file = str(cameo.places(folder)[-1])
    for code in crosswalk.codes.values():
        event = ontology.get(code.type or "")
        modes = {} if event is None else event.modes
        if code.type is not None and event is None:
            yield _unknown(file, f"codes.{code.id}.type", code.type, ontology)
        elif code.mode is not None and code.mode not in modes:
            yield _unknown(file, f"codes.{code.id}.mode", code.mode, modes)
    for key, target in crosswalk.types.items():
        for name, number in (("code", target.code), *target.modes.items()):
            if number not in crosswalk.codes:
                fix = "use a code of the CAMEO codebook, in quotes"
                yield Finding(file, f"types.{key}.{name}", repr(number), "a CAMEO code", fix)
    yield from _uncoded(crosswalk, survey)


def _uncoded(crosswalk: cameo.Crosswalk, survey: Survey) -> Iterator[Finding]:
    """Return the types and modes without a CAMEO code, and the codes of modes that are gone."""
    fix = "add it under `types:` in crosswalk/cameo.yml"
    for key, event in survey.ontology.items():
        target = crosswalk.types.get(key)
        modes = set(target.modes) if target else set()
        if target is None:
            yield Finding(survey.sources[key], "the crosswalk", "no CAMEO code", "one", fix)
            continue
        for mode in sorted(set(event.modes) ^ modes):
            found = "no CAMEO code" if mode in event.modes else "a CAMEO code for an unknown mode"
            yield Finding(survey.sources[key], f"modes.{mode}", found, "one for each mode", fix)
    for key in crosswalk.types:
        if key not in survey.ontology:
            yield _unknown("crosswalk/cameo.yml", "types", key, survey.ontology)


def _lexicon(survey: Survey, folder: Path | None) -> Iterator[Finding]:
    """Return lexicon entries of types and modes that are unknown.

    The packaged lexicon is large, and a folder can only break it by replacing a packaged type.
    """
    layers: list[Traversable] = [] if folder is None else [folder / "lexicon"]
    if folder is None or survey.overridden:
        layers.append(packaged("lexicon"))
    for file in (file for layer in layers for file in _nested(layer)):
        findings: list[Finding] = []
        data = content(file, findings)
        yield from findings
        if isinstance(data, dict) and isinstance(data.get("type"), str):
            yield from _entries(survey.ontology, data, str(file))


def _entries(ontology: Ontology, data: dict[str, object], file: str) -> Iterator[Finding]:
    key = str(data["type"])
    if key not in ontology:
        yield _unknown(file, "type", key, ontology)
        return
    entries = data.get("entries")
    modes = ontology[key].modes
    for number, entry in enumerate(entries if isinstance(entries, list) else (), start=1):
        mode = entry.get("mode") if isinstance(entry, dict) else None
        if isinstance(mode, str) and mode not in modes:
            yield _unknown(file, f"entries.{number}.mode", mode, modes)


def _nested(folder: Traversable) -> Iterator[Traversable]:
    """Return the .yml files of a folder and the folders in it."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _nested(entry)
        elif entry.name.endswith(".yml"):
            yield entry


def _unknown(file: str, key: str, found: str, known: Collection[str]) -> Finding:
    """Return the finding that a name is not among those that are known."""
    names = ", ".join(known) or "none"
    return Finding(file, key, repr(found), f"one of {names}", "use one of them or add it")
