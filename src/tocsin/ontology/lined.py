"""YAML that people write, with the line of every value, so that errors can point at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import yaml

from tocsin.base.errors import OntologyError

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
_NULLS = frozenset({"", "~", "null"})
DEEPEST = 20  # lists and mappings within one another


@dataclass(frozen=True, slots=True)
class Lined:
    """A text, a list, a mapping or nothing, and the line that it begins on, from 1."""

    value: str | list[Lined] | dict[str, Lined] | None
    line: int


def parse(text: str) -> Lined:
    """Return a YAML document; scalars stay texts. Raises OntologyError, which names the line."""
    try:
        events = iter(_LOADER(text).get_event, None)
        next(events)
        first = next(events)
        if isinstance(first, yaml.StreamEndEvent):
            return Lined(None, 1)
        found = _value(next(events), events, 0)
        next(events)
        if not isinstance(next(events), yaml.StreamEndEvent):
            raise OntologyError("a second document; expected one")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise OntologyError(f"{where}{error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise OntologyError(" ".join(str(error).split())) from error
    return found


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Lined:
    line = _line(event)
    if depth > DEEPEST:
        raise OntologyError(f"line {line}: more than {DEEPEST} lists within one another")
    if isinstance(event, yaml.ScalarEvent):
        null = event.value in _NULLS and not event.style
        return Lined(None if null else str(event.value), line)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Lined] = []
        for inner in events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(_value(inner, events, depth + 1))
        return Lined(items, line)
    if isinstance(event, yaml.MappingStartEvent):
        return Lined(_mapping(events, depth + 1), line)
    raise OntologyError(f"line {line}: an alias; write the value out")


def _mapping(events: Iterator[yaml.Event], depth: int) -> dict[str, Lined]:
    fields: dict[str, Lined] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _value(event, events, depth)
        if not isinstance(key.value, str) or key.value in fields:
            raise OntologyError(
                f"line {key.line}: {key.value!r} is given twice, or is no name; expected each once"
            )
        fields[key.value] = _value(next(events), events, depth)
    return fields


def _line(event: yaml.Event) -> int:
    return int(cast("Any", event).start_mark.line) + 1
