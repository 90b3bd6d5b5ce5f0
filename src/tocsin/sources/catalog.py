"""The registry of sources: a YAML list that people write, one entry for each source.

What is wrong with an entry is noted with its file, source and key, and the others are read. Where
one entry is added or removed, the rest of the file stays as it was written, remarks included.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from shutil import copymode
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from tocsin.base.errors import InputError, OntologyError
from tocsin.ontology.model import Finding
from tocsin.ontology.rows import Value, parse
from tocsin.records.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

_FIELDS = {field.name: field for field in msgspec.structs.fields(Source)}
_NEEDED = [name for name, field in _FIELDS.items() if field.required]
_ENDS = re.compile("[\r\x85\u2028\u2029\ufeff]")
# NUL ends strings in databases; half a surrogate pair cannot be written.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_WIDTH = 100  # characters of a line that is written
_SHOWN = 60  # characters of a wrong value that a finding repeats
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The sources of a registry in its order, and what was wrong with those that are not there."""

    file: str
    sources: tuple[Source, ...] = ()
    findings: tuple[Finding, ...] = ()

    def get(self, name: str) -> Source | None:
        """Return the source of an id."""
        return next((source for source in self.sources if source.id == name), None)


def load(path: Path | Traversable) -> Catalog:
    """Return what can be read of a registry; raise InputError where the file is no list at all."""
    return _catalog(str(path), _text(path))


def save(catalog: Catalog, path: Path) -> None:
    """Write a registry whole or not at all; remarks that the file held are lost."""
    _write(path, _dumped(catalog.sources) if catalog.sources else "[]\n")


def add(path: Path, sources: Sequence[Source]) -> Catalog:
    """Append sources to a registry and return it; the file is made where there is none.

    Raises InputError, and writes nothing, where one of them or of their feeds is there already,
    or where the file cannot be appended to.
    """
    text = _text(path) if path.exists() else ""
    before = _catalog(str(path), text)
    _refuse_twice(before, sources)
    if not sources:
        return before
    if not (before.sources or before.findings):
        text = "\n".join(line for line in text.split("\n") if line.strip() not in ("[]", "---"))
    start = _starts(text)
    indent = " " * (start[0][1] if start else 0)
    block = "".join(f"{indent}{line}\n" for line in _dumped(sources).splitlines())
    gap = "\n" if text and not text.endswith("\n") else ""
    return _replaced(path, f"{text}{gap}{block}", before, (*before.sources, *sources))


def remove(path: Path, name: str) -> Catalog:
    """Take one source out of a registry and return what is left; raise InputError without it."""
    text = _text(path)
    before = _catalog(str(path), text)
    if before.get(name) is None:
        raise InputError(f"{path}: no source `{name}`; `tocsin sources list` shows them all")
    number = next(n for n, row in enumerate(_rows(str(path), text)) if _id(row) == name)
    lines = text.splitlines(keepends=True)
    starts = [line for line, _ in _starts(text)]
    first = starts[number]
    last = starts[number + 1] if number + 1 < len(starts) else len(lines)
    while last > first + 1 and last < len(lines) and _remark(lines[last - 1]):
        last -= 1  # remarks above the next source are about that one
    kept = "".join(lines[:first] + lines[last:])
    left = tuple(source for source in before.sources if source.id != name)
    return _replaced(path, kept if len(starts) > 1 else f"{kept}[]\n", before, left)


def _refuse_twice(before: Catalog, sources: Sequence[Source]) -> None:
    names = {source.id for source in before.sources}
    owners = {feed.url: source.id for source in before.sources for feed in source.feeds}
    for source in sources:
        if source.id in names:
            raise InputError(f"{before.file}: `{source.id}` is there already; choose another id")
        names.add(source.id)
        for feed in source.feeds:
            owner = owners.setdefault(feed.url, source.id)
            if owner != source.id:
                message = f"{before.file}: {source.id}: the feed {feed.url} is `{owner}`'s already"
                raise InputError(message)


def _replaced(path: Path, text: str, before: Catalog, wanted: Sequence[Source]) -> Catalog:
    """Write a changed registry once it reads as it should; flow style and the like may not."""
    try:
        found = _catalog(str(path), text)
    except InputError:
        found = None
    if (
        found is None
        or found.sources != tuple(wanted)
        or len(found.findings) > len(before.findings)
    ):
        message = "its list is written in a way that cannot be changed in place"
        raise InputError(f"{path}: {message}; begin each source with `- id:` on a line of its own")
    _write(path, text)
    return found


def _catalog(file: str, text: str) -> Catalog:
    findings: list[Finding] = []
    sources: list[Source] = []
    for number, row in enumerate(_rows(file, text), 1):
        name = _written(_id(row) or f"entry {number}")
        if not isinstance(row, Mapping):
            fix = "write it as `id: ...` and so on"
            findings.append(Finding(file, name, _shown(row), "a mapping of keys and values", fix))
            continue
        found, faults = _source(row)
        findings += [Finding(file, f"{name}.{_written(key)}", *rest) for key, *rest in faults]
        sources += [found] if found else []
    return Catalog(file, tuple(sources), tuple(findings))


def _source(row: Mapping[str, Value]) -> tuple[Source | None, list[tuple[str, str, str, str]]]:
    """Return a source, or None with every key that is wrong: key, found, expected, what to do."""
    faults = [
        (key, "nothing", "a text", f"add `{key}:`") for key in _NEEDED if row.get(key) is None
    ]
    values: dict[str, object] = {}
    for key, value in row.items():
        if key not in _FIELDS:
            known = ", ".join(_FIELDS)
            faults.append((key, "a key that is not known here", f"one of {known}", "rename it"))
        elif _broken(value):
            wanted = "characters that can be kept, no NUL and no half of a pair"
            faults.append((key, _shown(value), wanted, "take them out"))
        elif value is not None:
            try:
                given = _feeds(value) if key == "feeds" else value
                values[key] = msgspec.convert(given, _FIELDS[key].type, strict=False)
            except msgspec.ValidationError as error:
                why = str(error)
                faults.append((key, _shown(value), why[:1].lower() + why[1:], "correct it"))
    return (None if faults else Source(**values)), faults  # type: ignore[arg-type]


def _broken(value: object) -> bool:
    """Return whether a text in a value has characters that no database or file can hold."""
    if isinstance(value, Mapping):
        return any(map(_broken, (*value, *value.values())))
    if isinstance(value, list):
        return any(map(_broken, value))
    return isinstance(value, str) and _UNWRITABLE.search(value) is not None


def _written(text: str) -> str:
    """Return a text with U+FFFD for every character that cannot be kept."""
    return _UNWRITABLE.sub("\ufffd", text)


def _feeds(value: Value) -> object:
    """Return feeds as mappings; a bare address is short for one with nothing else to say."""
    if not isinstance(value, list):
        return value
    return [{"url": feed} if isinstance(feed, str) else feed for feed in value]


def _rows(file: str, text: str) -> list[Value]:
    try:
        value = parse(text)
    except (yaml.YAMLError, OntologyError, RecursionError) as error:
        raise InputError(f"{file}: {' '.join(str(error).split())}; expected YAML") from error
    if value is not None and not isinstance(value, list):
        raise InputError(f"{file}: expected a list of sources, each beginning with `- id:`")
    return value or []


def _starts(text: str) -> list[tuple[int, int]]:
    """Return the line of each entry, and the column of its dash."""
    node = yaml.compose(text, Loader=_LOADER)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        return []
    return [(item.start_mark.line, node.start_mark.column) for item in node.value]


def _id(row: Value) -> str | None:
    name = row.get("id") if isinstance(row, Mapping) else None
    return name if isinstance(name, str) else None


def _remark(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _dumped(sources: Sequence[Source]) -> str:
    plain = [msgspec.to_builtins(source) for source in sources]
    found = yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return str(found)


class _Dumper(yaml.SafeDumper):
    """Writes texts so that they read as they were."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Return a text as a node; PyYAML loses rare ends of lines outside double quotes."""
    style = '"' if _ENDS.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _quoted)


def _text(path: Path | Traversable) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: it cannot be read ({error}); expected YAML in UTF-8") from error


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all; a link stays a link, and who may read it stays the same."""
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            copymode(target, draft)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InputError(f"{path}: it cannot be written ({error.strerror})") from error


def _shown(value: object) -> str:
    printed = repr(value)
    return printed if len(printed) <= _SHOWN else f"{printed[:_SHOWN]}..."
