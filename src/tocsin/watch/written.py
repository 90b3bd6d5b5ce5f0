"""Rules as people write them in YAML; what is wrong is told with its file and line.

`docs/signals.md` describes the form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, get_args

from tocsin.base.errors import InputError, OntologyError, QueryError
from tocsin.ontology.lined import Lined, parse
from tocsin.records.event import Level
from tocsin.records.query import All, Node
from tocsin.watch.meets import FIELDS, unknown
from tocsin.watch.rules import Rule, RuleKind, Same

C = TypeVar("C", bound=str)
Read = Callable[[str], Node]
_KINDS: tuple[RuleKind, ...] = get_args(RuleKind)
_SAME: tuple[Same, ...] = get_args(Same)
_LEVELS: tuple[Level, ...] = get_args(Level)
# What each kind asks for, besides what all may have.
_ASKS: dict[RuleKind, tuple[str, ...]] = {
    "sequence": ("first", "then"), "together": ("all",), "threshold": ("match", "count"),
}  # fmt: skip
_ALL = ("id", "title", "kind", "within", "same", "levels", "origins")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LENGTH = re.compile(r"(\d{1,3})\s*([dw])")
LONGEST = 366  # days of a window
MOST = 1_000  # rules of a file
_SHOWN = 60  # characters of a wrong value that a fault repeats


def load(path: Path, read: Read) -> tuple[Rule, ...]:
    """Return the rules of a file; raise InputError with every fault in it, a line each.

    `read` makes a search of a text, as `store.syntax.parse` does.
    """
    try:
        text = path.read_text("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}; expected a YAML file of rules in UTF-8") from error
    rules, faults = rules_of(text, read)
    if faults:
        raise InputError("\n".join(f"{path}, {fault}" for fault in faults))
    return rules


def rules_of(text: str, read: Read) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """Return the rules in a text, and what is wrong with the others."""
    try:
        whole = parse(text)
    except OntologyError as error:
        return (), (f"{error}; expected YAML",)
    if not isinstance(whole.value, list) or len(whole.value) > MOST:
        return (), (f"line {whole.line}: expected a list of at most {MOST:,} rules",)
    faults: list[str] = []
    rules = [_Row(one, read, faults).rule() for one in whole.value]
    kept = tuple(one for one in rules if one is not None)
    first = {one.id: one.line for one in reversed(kept)}
    faults += [
        f"line {one.line}: the rule {one.id} is there already, on line {first[one.id]}; "
        "expected another id"
        for one in kept
        if first[one.id] != one.line
    ]
    return kept, tuple(faults)


class _Row:
    """One rule as it is read; every fault is noted, and none stops the reading."""

    def __init__(self, row: Lined, read: Read, faults: list[str]) -> None:
        self._line = row.line
        self._rest = dict(row.value) if isinstance(row.value, dict) else {}
        self._read, self._faults, self._before = read, faults, len(faults)
        self._whole = isinstance(row.value, dict)
        if not self._whole:
            self._note(row.line, _shown(row), "a rule: `id:`, `kind:` and so on")

    def rule(self) -> Rule | None:
        """Return the rule; None where something is wrong with it."""
        kind = self._choice("kind", _KINDS) if self._whole else None
        if kind is None:
            return None
        name = self._text("id", _ID, "small letters, digits and hyphens")
        title = self._text("title", re.compile(r"\S.{0,199}"), "a line of words")
        within, same = self._length("within"), self._choice("same", _SAME, "nothing")
        found = [self._among(one, _LEVELS) for one in self._list("levels")]
        levels = tuple(level for level in found if level is not None)
        origins = self._number("origins", 0)
        texts, filters = self._filters(kind)
        count = self._number("count", None) if kind == "threshold" else 1
        for key, one in self._rest.items():
            known = ", ".join((*_ALL, *_ASKS[kind]))
            self._note(one.line, f"`{key}:`", f"one of the keys of a {kind}: {known}")
        if len(self._faults) > self._before or same is None:
            return None
        return Rule(
            id=name, title=title, kind=kind, filters=filters, texts=texts, within=within,
            same=same, count=count, levels=levels, origins=origins, line=self._line,
        )  # fmt: skip

    def _filters(self, kind: RuleKind) -> tuple[tuple[str, ...], tuple[Node, ...]]:
        if kind == "together":
            rows = self._list("all")
            if len(rows) < 2:
                self._note(self._line, f"{len(rows)} under `all:`", "two searches or more")
        else:
            keys = [key for key in _ASKS[kind] if key != "count"]
            rows = [row for row in (self._take(key) for key in keys) if row is not None]
        read = [(one.value, self._search(one)) for one in rows]
        kept = [(text, node) for text, node in read if isinstance(text, str) and node is not None]
        return tuple(text for text, _ in kept), tuple(node for _, node in kept)

    def _search(self, row: Lined) -> Node | None:
        if not isinstance(row.value, str):
            self._note(row.line, _shown(row), "a search such as `type:ASSAULT country:LBN`")
            return None
        try:
            node = self._read(row.value)
        except QueryError as error:
            self._faults.append(f"line {row.line}: `{row.value}` {error}")
            return None
        strange = unknown(node)
        if strange or node == All():
            found = f"`{row.value}` asks for {', '.join(strange) or 'nothing'}"
            self._note(row.line, found, f"fields that events have: {', '.join(FIELDS)}")
            return None
        return node

    def _text(self, key: str, form: re.Pattern[str], wanted: str) -> str:
        row = self._take(key)
        if row is not None and isinstance(row.value, str) and form.fullmatch(row.value):
            return row.value
        if row is not None:
            self._note(row.line, f"{_shown(row)} behind `{key}:`", wanted)
        return ""

    def _choice(self, key: str, options: tuple[C, ...], default: C | None = None) -> C | None:
        if default is not None and key not in self._rest:
            return default
        row = self._take(key)
        return None if row is None else self._among(row, options)

    def _among(self, row: Lined, options: tuple[C, ...]) -> C | None:
        """Return the option that a value is; note it, and return None, where it is none."""
        found = next((one for one in options if one == row.value), None)
        if found is None:
            self._note(row.line, _shown(row), f"one of {', '.join(options)}")
        return found

    def _length(self, key: str) -> int:
        row = self._take(key)
        if row is None:
            return 0
        match = _LENGTH.fullmatch(row.value) if isinstance(row.value, str) else None
        days = int(match[1]) * (7 if match[2] == "w" else 1) if match else 0
        if not 1 <= days <= LONGEST:
            wanted = f"days or weeks such as 14d or 2w, at most {LONGEST} days"
            self._note(row.line, f"{_shown(row)} behind `{key}:`", wanted)
        return days

    def _number(self, key: str, default: int | None) -> int:
        if default is not None and key not in self._rest:
            return default
        row = self._take(key)
        if row is None:
            return 0
        value = row.value if isinstance(row.value, str) else ""
        if not (value.isascii() and value.isdecimal() and 1 <= len(value) <= 6 and int(value) > 0):
            self._note(row.line, f"{_shown(row)} behind `{key}:`", "a whole number from 1 on")
            return 0
        return int(value)

    def _list(self, key: str) -> list[Lined]:
        row = self._rest.pop(key, None)
        if row is None:
            return []
        if not isinstance(row.value, list):
            self._note(row.line, f"{_shown(row)} behind `{key}:`", "a list")
            return []
        return row.value

    def _take(self, key: str) -> Lined | None:
        """Return what stands behind a key that must be there."""
        row = self._rest.pop(key, None)
        if row is None:
            self._note(self._line, f"no `{key}:`", "one")
        return row

    def _note(self, line: int, found: str, wanted: str) -> None:
        self._faults.append(f"line {line}: {found}; expected {wanted}")


def _shown(row: Lined) -> str:
    if row.value is None:
        return "nothing"
    if not isinstance(row.value, str):
        return "a list" if isinstance(row.value, list) else "a mapping"
    return f"`{row.value if len(row.value) <= _SHOWN else row.value[:_SHOWN] + '...'}`"
