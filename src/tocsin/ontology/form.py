"""A data file's mappings, read key by key; what is wrong is noted and reading goes on.

`rows.py` stops at the first fault, which suits the package's own large tables. Types are written
by users too, who want to see everything that is wrong with a file at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from tocsin.base.errors import OntologyError
from tocsin.ontology.model import Finding
from tocsin.ontology.rows import parse

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_SHOWN = 60  # characters of a wrong value that a finding repeats


class Form:
    """One mapping of a data file: each key is taken once, and `close` notes those nobody took."""

    def __init__(self, data: object, file: str, findings: list[Finding], path: str = "") -> None:
        """Take the mapping, and remember where it stands."""
        self.file = file
        self.path = path
        self.findings = findings
        self.rest: dict[str, object] = dict(data) if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.note("", _shown(data), "a mapping of keys and values", "write it as `key: value`")

    def note(self, key: str, found: str, expected: str, fix: str) -> None:
        """Record that something about a key is wrong."""
        where = self._under(key) or "the file"
        self.findings.append(Finding(self.file, where, found, expected, fix))

    def text(self, key: str) -> str:
        """Return a text that must be there, or an empty one."""
        value = self.rest.pop(key, None)
        if isinstance(value, str) and value.strip():
            return value.strip()
        found = _shown(value) if value else "nothing"
        self.note(key, found, "a text", f"add `{key}:` with a text")
        return ""

    def optional(self, key: str) -> str | None:
        """Return a text, or None where the key is absent or null."""
        if self.rest.get(key) is None:
            self.rest.pop(key, None)
            return None
        return self.text(key) or None

    def name(self, key: str, pattern: re.Pattern[str]) -> str:
        """Return an id of the given form, or an empty one."""
        value = self.text(key)
        if value and not pattern.fullmatch(value):
            expected = f"an id of the form {pattern.pattern}"
            self.note(key, _shown(value), expected, "use letters, digits, - and _, in that case")
            return ""
        return value

    def number(self, key: str) -> float:
        """Return a number that must be there, or zero."""
        value = self.rest.pop(key, None)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            return float(value)
        self.note(key, _shown(value), "a number", f"add `{key}:` with a number such as -2.0")
        return 0.0

    def flag(self, key: str) -> bool:
        """Return true or false; an absent key is false."""
        value = self.rest.pop(key, "false")
        if value not in ("true", "false"):
            self.note(key, _shown(value), "true or false", "write true or false")
        return value == "true"

    def choice(self, key: str, options: Collection[str]) -> str:
        """Return a text that is one of the options, or an empty one."""
        value = self.text(key)
        if value and value not in options:
            self.note(key, _shown(value), f"one of {', '.join(options)}", "use one of them")
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; an absent key is an empty list."""
        value = self.rest.pop(key, None)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.note(key, _shown(value), "a list of texts", 'write it as ["one", "two"]')
        return ()

    def form(self, key: str) -> Form:
        """Return the mapping under a key that must be there."""
        return Form(self.rest.pop(key, None), self.file, self.findings, self._under(key))

    def forms(self, key: str) -> list[Form]:
        """Return the mappings listed under a key; an absent key is an empty list."""
        value = self.rest.pop(key, None)
        if value is None:
            return []
        if not isinstance(value, list):
            self.note(key, _shown(value), "a list", "begin each item with `- `")
            return []
        return [
            Form(item, self.file, self.findings, self._under(f"{key}.{_item(item, number)}"))
            for number, item in enumerate(value, start=1)
        ]

    def close(self) -> None:
        """Note every key that nobody asked for: it is a typing error or does not belong here."""
        for key in self.rest:
            self.note(key, "a key that is not known here", "no such key", "remove or rename it")

    def _under(self, key: str) -> str:
        return ".".join(part for part in (self.path, key) if part)


def content(file: Traversable, findings: list[Finding]) -> object:
    """Return the plain content of a YAML file, or None with a finding where it cannot be read."""
    try:
        return parse(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, OntologyError) as error:
        found = " ".join(str(error).split())
        fix = "correct the file; texts that hold a colon or a # need quotes"
        findings.append(Finding(str(file), "the file", found, "readable YAML in UTF-8", fix))
        return None


def listed(folder: Traversable, findings: list[Finding]) -> list[Traversable]:
    """Return the .yml files of a folder in order of name; a folder that is absent has none."""
    if not folder.is_dir():
        return []
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith(".yaml"):
            fix = f"rename it to {entry.name.removesuffix('.yaml')}.yml"
            findings.append(Finding(str(entry), "the file", "a name in .yaml", "one in .yml", fix))
    return [entry for entry in entries if entry.name.endswith(".yml")]


def packaged(part: str) -> Traversable:
    """Return a folder of the data that is shipped in the package."""
    return files("tocsin") / "data" / part


def refuse(findings: list[Finding]) -> None:
    """Raise an error that shows the first finding and says how to see the others."""
    if not findings:
        return
    more = len(findings) - 1
    others = f" ({more} more: run `tocsin ontology check`)" if more else ""
    raise OntologyError(f"{findings[0]}{others}")


def _item(item: object, number: int) -> str:
    """Return what an item of a list is called in a finding: its id, or its number."""
    name = item.get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) else str(number)


def _shown(value: object) -> str:
    """Return a value as a finding shows it: short and in quotes."""
    if value is None:
        return "nothing"
    text = str(value)
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")
