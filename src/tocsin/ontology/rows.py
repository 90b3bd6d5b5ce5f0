"""Rows of a YAML data file, read strictly and to the last field.

Scalars stay strings: PyYAML's constructors take six times as long and turn the country code NO
into False.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import yaml

from tocsin.base.errors import OntologyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Value = str | list["Value"] | dict[str, "Value"] | None

_LOADER = getattr(yaml, "CLoader", yaml.Loader)
_FIRST = {4: "-01-01", 7: "-01", 10: ""}  # what a year, month or day lacks of its first day
_NULLS = frozenset({"", "~", "null"})


def read_rows(path: Path) -> list[Row]:
    """Return the mappings of a YAML list, in the file's order."""
    try:
        value = parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise OntologyError(f"{path.name} cannot be read: {error}") from error
    except OntologyError as error:
        raise OntologyError(f"{path.name}: {error}") from error
    return _as_rows(value, path.name)


def parse(text: str) -> Value:
    """Return a YAML document as lists, dicts and strings; an unquoted null is None."""
    events = iter(_LOADER(text).get_event, None)
    next(events)
    if isinstance(next(events), yaml.StreamEndEvent):
        return None
    return _value(next(events), events)


def _value(event: yaml.Event, events: Iterator[yaml.Event]) -> Value:
    if isinstance(event, yaml.ScalarEvent):
        plain_null = event.value in _NULLS and not event.style
        return None if plain_null else str(event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events)
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events)
    raise OntologyError(f"{_place(event)} has an alias; write the value out")


def _sequence(events: Iterator[yaml.Event]) -> Value:
    items: list[Value] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        items.append(_value(event, events))
    return items


def _mapping(events: Iterator[yaml.Event]) -> Value:
    fields: dict[str, Value] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _value(event, events)
        if not isinstance(key, str) or key in fields:
            raise OntologyError(f"{_place(event)} repeats a field or has no name for it: {key!r}")
        fields[key] = _value(next(events), events)
    return fields


def _place(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1}" if event.start_mark else "a line"


def _as_rows(value: Value, where: str) -> list[Row]:
    if not isinstance(value, list):
        raise OntologyError(f"{where} should be a list, one entry for each thing it knows")
    rows = []
    for number, item in enumerate(value, 1):
        if not isinstance(item, dict):
            raise OntologyError(f"{where}, entry {number}, should be a mapping, not {item!r}")
        rows.append(Row(dict(item), f"{where}, {item.get('id') or f'entry {number}'}"))
    return rows


@dataclass(slots=True)
class Row:
    """One entry: each field is taken once, and `done` names those nobody took."""

    fields: dict[str, Value]
    where: str

    def text(self, name: str) -> str:
        """Return a field that must be there."""
        value = self.maybe(name)
        if value is None:
            raise OntologyError(f"{self.where}: {name} is missing")
        return value

    def maybe(self, name: str) -> str | None:
        """Return a field as text, or None where it is absent or null."""
        value = self.fields.pop(name, None)
        if value is None or isinstance(value, str):
            return value
        raise OntologyError(f"{self.where}: {name} should be text, not {value!r}")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the field is absent."""
        items = self._items(name)
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) < len(items):
            raise OntologyError(f"{self.where}: {name} should hold texts only, not {items!r}")
        return tuple(texts)

    def choices(self, name: str, known: frozenset[str]) -> tuple[str, ...]:
        """Return a list of codes that must be known."""
        codes = self.texts(name)
        if not known.issuperset(codes):
            strange = ", ".join(sorted(set(codes) - known))
            raise OntologyError(f"{self.where}: {name} holds {strange}, which is unknown")
        return codes

    def choice(self, name: str, known: frozenset[str]) -> str:
        """Return a code that must be there and known."""
        code = self.text(name)
        if code not in known:
            raise OntologyError(f"{self.where}: {name} is {code}, not one of {sorted(known)}")
        return code

    def named(self, name: str) -> Iterator[tuple[str, Row]]:
        """Yield the rows of a mapping by their keys; none where the field is absent."""
        for key, held in self._mapping(name):
            if not isinstance(held, dict):
                raise OntologyError(
                    f"{self.where}, {name}, {key}: expected a mapping, not {held!r}"
                )
            yield key, Row(dict(held), f"{self.where}, {key}")

    def lists(self, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the lists of texts of a mapping by their keys; none where the field is absent."""
        for key, held in self._mapping(name):
            yield key, Row({key: held}, f"{self.where}, {name}").texts(key)

    def table(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield the texts of a mapping by their keys; none where the field is absent."""
        for key, held in self._mapping(name):
            yield key, Row({key: held}, f"{self.where}, {name}").text(key)

    def _mapping(self, name: str) -> Iterator[tuple[str, Value]]:
        held = self.fields.pop(name, None) or {}
        if not isinstance(held, dict):
            raise OntologyError(f"{self.where}: {name} should be a mapping, not {held!r}")
        yield from held.items()

    def flag(self, name: str) -> bool:
        """Return whether a field says true."""
        value = self.maybe(name)
        if value in {None, "false"}:
            return False
        if value == "true":
            return True
        raise OntologyError(f"{self.where}: {name} should be true or false, not {value!r}")

    def first_day(self, name: str) -> date | None:
        """Return the first day of a day, month or year, or None."""
        value = self.maybe(name)
        return None if value is None else self._day(name, value)

    def last_day(self, name: str) -> date | None:
        """Return the last day of a day, month or year, or None."""
        value = self.maybe(name)
        if value is None:
            return None
        first = self._day(name, value)
        if value.count("-") > 1:
            return first
        months = 1 if "-" in value else 12
        years, month = divmod(first.month - 1 + months, 12)
        return date(first.year + years, month + 1, 1) - timedelta(days=1)

    def rows(self, name: str) -> list[Row]:
        """Return the entries of a list of mappings, empty where the field is absent."""
        value = self.fields.pop(name, None)
        return [] if value is None else _as_rows(value, f"{self.where}, {name}")

    def mixed(self, name: str) -> list[Row]:
        """Return entries of which a bare text is short for a mapping with only a name."""
        full: list[Value] = [
            {"name": item} if isinstance(item, str) else item for item in self._items(name)
        ]
        return _as_rows(full, f"{self.where}, {name}")

    def done(self) -> None:
        """Refuse fields that nobody took: a misspelt name must not pass in silence."""
        if self.fields:
            left = ", ".join(sorted(self.fields))
            raise OntologyError(f"{self.where}: nothing is known of the field {left}")

    def _items(self, name: str) -> Sequence[Value]:
        value = self.fields.pop(name, None)
        if value is None:
            return ()
        if isinstance(value, list):
            return value
        raise OntologyError(f"{self.where}: {name} should be a list, not {value!r}")

    def _day(self, name: str, value: str) -> date:
        try:
            return date.fromisoformat(value + _FIRST[len(value)])
        except (KeyError, ValueError) as error:
            raise OntologyError(
                f"{self.where}: {name} is {value}, not a day, month or year (2022-10-27)"
            ) from error
