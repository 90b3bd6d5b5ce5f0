"""The ontology as frozen records: types, modes, rules, examples and the small vocabularies."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

GAP = " ... "  # between the parts of a trigger that stands apart: "lodged ... complaint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a data file: where, what was found and expected, what to do."""

    file: str
    key: str
    found: str
    expected: str
    fix: str

    def __str__(self) -> str:
        """Return the finding as the line that users read."""
        return f"{self.file}: {self.key}: found {self.found}, expected {self.expected}; {self.fix}"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of one of the small vocabularies: a context, sector, modality, relation and so on."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Mode:
    """One way in which an event of its type can be done."""

    id: str
    definition: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its trigger and the type it is coded as, or no type where it is no claim."""

    sentence: str
    trigger: str
    type: str | None
    modes: tuple[str, ...] = ()
    modality: str = "actual"
    outcome: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    why: str = ""

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return where the parts of the trigger stand, or nothing if one is missing."""
        spans: list[tuple[int, int]] = []
        start = 0
        for part in self.trigger.split(GAP):
            match = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)").search(self.sentence, start)
            if match is None:
                return ()
            spans.append(match.span())
            start = match.end()
        return tuple(spans)


@dataclass(frozen=True, slots=True)
class Rule:
    """What decides a hard case of a type, with an example and the types it must not be coded as."""

    id: str
    text: str
    example: Example
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: what it is, who takes part, how it is done, what decides hard cases."""

    id: str
    label: str
    quad: str
    score: float
    content: bool  # whether a claim of this type may have another claim as its content
    definition: str
    actor: str
    recipient: str | None  # none: whoever takes part is an actor
    modes: Mapping[str, Mode]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    contrasts: tuple[Example, ...]

    def sentences(self) -> Iterator[tuple[str, Example]]:
        """Return every example, rule example and contrast of the type with its key in the file."""
        for rule in self.rules:
            yield f"rules.{rule.id}.example", rule.example
        for number, example in enumerate(self.examples, start=1):
            yield f"examples.{number}", example
        for number, contrast in enumerate(self.contrasts, start=1):
            yield f"contrasts.{number}", contrast


@dataclass(frozen=True, slots=True)
class Ontology(Mapping[str, EventType]):
    """The types by id, with the vocabularies that claims are written in."""

    version: str
    types: Mapping[str, EventType]
    quads: Mapping[str, Term]
    contexts: Mapping[str, Term]
    sectors: Mapping[str, Term]
    modality: Mapping[str, Term]
    outcomes: Mapping[str, Term]
    relations: Mapping[str, Term]
    styles: Mapping[str, Term]

    def __getitem__(self, key: str) -> EventType:
        """Return the type of that id."""
        return self.types[key]

    def __iter__(self) -> Iterator[str]:
        """Return the ids of the types in order."""
        return iter(self.types)

    def __len__(self) -> int:
        """Return how many types there are."""
        return len(self.types)

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the content, the same whatever files it was spread over and when.

        The version is left out: it names the content and is no part of it.
        It is computed at each call, so ask once per run.
        """
        content = {item.name: _plain(getattr(self, item.name)) for item in fields(self)}
        del content["version"]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """Return records as mappings and tuples as lists, down to what JSON can hold."""
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
