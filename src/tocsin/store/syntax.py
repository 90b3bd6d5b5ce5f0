"""Searches as people write them: `type:THREATEN actor:ISR before:2024-12-01 "air strikes" -drill`.

`docs/search.md` describes the language. Positions in errors count characters from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType, UnionType
from typing import Literal

from tocsin.records.query import (
    FIELDS,
    All,
    Any,
    Days,
    Dyad,
    Field,
    Node,
    Not,
    Phrase,
    Prefix,
    Words,
    either,
    every,
    leaves,
    without,
)
from tocsin.store.terms import QUOTED, Frame, Known, Value, asked, fault, guess, shown, unquoted

MOST = 500  # words and values of a search
DEEPEST = 40  # brackets and signs of negation within one another
FARTHEST = 100  # words between the words of a phrase
_SHORTEST = 2  # characters before a `*`; fewer would find nearly everything

_LEXEME = re.compile(
    rf"(?P<open>\()|(?P<close>\))|(?P<minus>-)|(?P<phrase>{QUOTED})(?:~(?P<slop>\d+)(?!\w))?"
    r'|(?P<name>[^\W\d][\w-]*):|(?P<word>[^\s()"“]+)',
    re.DOTALL,
)
_SPACE = re.compile(r"\s*")
_ITEM = re.compile(rf'(?:{QUOTED}|[^\s,()"“])+', re.DOTALL)
_PLAIN = re.compile(r'[^\s,()"“*]+')
_SIGNED = re.compile(r"\*|^~|~\d*$")
_SIDE = re.compile(r'[^\s,()"“*~-]+')
_ENDLESS = "this quotation mark has no second one; expected it further on"

_Sort = Literal["open", "close", "minus", "and", "or", "not", "leaf", "end"]
_SIGNS: Mapping[str, _Sort] = {"AND": "and", "OR": "or", "NOT": "not"}


@dataclass(frozen=True, slots=True)
class _Token:
    sort: _Sort
    at: int
    text: str
    node: Node | None = None


def parse(text: str, *, today: date | None = None, known: Known = MappingProxyType({})) -> Node:
    """Return what a search asks for; of an empty one `All()`, which every record meets.

    `today` is what `yesterday` and `7d` count from. `known` has the values that a field may take,
    by the field's name, where others are to be refused; the spelling kept is that of `known`.
    QueryError for a text that is no search.
    """
    node = _Reader(tuple(_tokens(text, Frame(today, known)))).search()
    size = sum(map(_size, leaves(node)))
    if size > MOST:
        raise fault(
            0, f"{size:,} words and values; a search has at most {MOST}. Make several of it"
        )
    return node


def render(node: Node) -> str:
    """Return a search in the one form that `parse` makes the same search of.

    Days that were counted from today are written out. QueryError where a part is empty, since no
    text says that.
    """
    return "" if node == All() else _written(node)


def _size(leaf: Node) -> int:
    if isinstance(leaf, Words | Phrase):
        return len(leaf.words)
    return len(leaf.value) if isinstance(leaf, Field) and isinstance(leaf.value, tuple) else 1


def _tokens(text: str, frame: Frame) -> Iterator[_Token]:
    at = _space(text, 0)
    while at < len(text):
        match = _LEXEME.match(text, at)
        if match is None:
            raise fault(at, _ENDLESS)
        if match["name"]:
            node, end = _field(match, frame)
            yield _Token("leaf", at, match[0], node)
        else:
            end = match.end()
            yield _token(match)
        at = _space(text, end)
    yield _Token("end", len(text), "")


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _token(match: re.Match[str]) -> _Token:
    at, text = match.start(), match[0]
    if match["phrase"]:
        return _Token("leaf", at, text, _phrase(match))
    if match["word"]:
        sign = _SIGNS.get(text)
        return _Token(sign, at, text) if sign else _Token("leaf", at, text, _word(text, at))
    if not match["minus"]:
        return _Token("open" if match["open"] else "close", at, text)
    if not match.string[match.end() : match.end() + 1].strip():
        raise fault(at, "nothing right behind `-`; expected what to leave out, as in `-drill`")
    return _Token("minus", at, text)


def _word(text: str, at: int) -> Words | Prefix:
    if text.startswith("~") or re.search(r"~\d*$", text):
        raise fault(at, f'{shown(text)}: `~` and a number stand behind quotes, as in `"a b"~3`')
    if not any(map(str.isalnum, text)):
        raise fault(at, f"{shown(text)} holds no letter or digit; expected a word")
    start = text.removesuffix("*")
    if "*" in start:
        message = f"{shown(text)}: `*` stands once, at the end of a word, as in `milit*`"
        raise fault(at + start.index("*"), message)
    if start == text:
        return Words((text,))
    if len(start) < _SHORTEST:
        raise fault(at, f"{shown(text)}: expected {_SHORTEST} characters or more before `*`")
    return Prefix(start)


def _phrase(match: re.Match[str]) -> Phrase:
    words = tuple(unquoted(match["phrase"]).split())
    if not any(map(str.isalnum, "".join(words))):
        raise fault(match.start(), "quotes without a word; expected one or more between them")
    slop = match["slop"] or "0"
    if len(slop) > 3 or int(slop) > FARTHEST:
        message = f"{shown('~' + slop)}: expected at most {FARTHEST} words between"
        raise fault(match.start("slop") - 1, message)
    return Phrase(words, int(slop))


def _field(match: re.Match[str], frame: Frame) -> tuple[Node, int]:
    """Return what a field and its values ask for, and where they end."""
    text, name, end = match.string, match["name"].lower(), match.end() - 1
    if name not in FIELDS:
        message = (
            f"`{match['name']}:` is no field{guess(name, FIELDS, ':') or '.'} The fields are "
            f"{', '.join(FIELDS)}. Words with a colon go into quotes"
        )
        raise fault(match.start(), message)
    values: list[Value] = []
    while text[end : end + 1] == ("," if values else ":"):
        item = _item(text, end + 1, name)
        values.append(Value(name, item[0], item.start(), frame))
        end = item.end()
    return asked(name, values), end


def _item(text: str, at: int, name: str) -> re.Match[str]:
    """Return where a value stands."""
    found = _ITEM.match(text, at)
    end = found.end() if found else at
    if text[end : end + 1] in {'"', "“"}:
        raise fault(end, _ENDLESS)
    if text[end : end + 1] == "(":
        raise fault(end, f"a bracket behind `{name}:`; several values go as in `{name}:one,two`")
    if found is None:
        raise fault(at, f"no value right behind `{text[at - 1]}`; expected one of `{name}`")
    return found


@dataclass(slots=True)
class _Reader:
    """The grammar: `OR` joins what stands side by side, which binds closer."""

    tokens: tuple[_Token, ...]
    next: int = 0

    def search(self) -> Node:
        """Return the whole search."""
        if self._stands("end"):
            return All()
        node = self._either(0)
        if not self._stands("end"):
            raise fault(
                self._take().at, "a closing bracket that none opens; take it out or open one"
            )
        return node

    def _stands(self, *sorts: _Sort) -> bool:
        return self.tokens[self.next].sort in sorts

    def _take(self) -> _Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def _either(self, depth: int) -> Node:
        parts = [self._every(depth)]
        while self._stands("or"):
            self._take()
            parts.append(self._every(depth))
        return either(*parts)

    def _every(self, depth: int) -> Node:
        parts = [self._one(depth)]
        while not self._stands("or", "close", "end"):
            if self._stands("and"):
                self._take()
            parts.append(self._one(depth))
        return every(*parts)

    def _one(self, depth: int) -> Node:
        token = self._take()
        # A list of values is written with brackets of its own when it is rendered.
        deep = depth + isinstance(token.node, All | Any)
        if deep > DEEPEST:
            raise fault(token.at, f"more than {DEEPEST} brackets or minus signs within one another")
        if token.node is not None:
            return token.node
        if token.sort in {"minus", "not"}:
            return without(self._one(depth + 1))
        if token.sort != "open":
            found = f"`{token.text}`" if token.text else "the end"
            raise fault(token.at, f"{found}; expected a word, a quotation, a field or a bracket")
        node = self._either(depth + 1)
        if self._take().sort != "close":
            raise fault(token.at, "this bracket is not closed; expected `)` further on")
        return node


def _written(node: Node) -> str:
    if isinstance(node, Any):
        return " OR ".join(map(_written, _some(node)))
    if isinstance(node, All):
        return " ".join(_enclosed(part, Any) for part in _some(node))
    if isinstance(node, Not):
        several = isinstance(node.part, Words) and len(node.part.words) > 1
        return f"-({_written(node.part)})" if several else f"-{_enclosed(node.part, All | Any)}"
    if isinstance(node, Words):
        return " ".join(map(_spelt, node.words))
    if isinstance(node, Phrase):
        return _quote(" ".join(node.words)) + (f"~{node.slop}" if node.slop else "")
    return f"{node.start}*" if isinstance(node, Prefix) else _stated(node)


def _some(node: All | Any) -> tuple[Node, ...]:
    if not node.parts:
        raise fault(0, f"an empty {type(node).__name__} within a search; expected parts in it")
    return node.parts


def _enclosed(node: Node, kinds: type | UnionType) -> str:
    return f"({_written(node)})" if isinstance(node, kinds) else _written(node)


def _spelt(word: str) -> str:
    """Return a word as it stands, in quotes where it would be read as something else."""
    match = _LEXEME.match(word)
    plain = match is not None and match["word"] == word and not _SIGNED.search(word)
    return word if plain and word not in _SIGNS else _quote(word)


def _quote(text: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'


def _stated(part: Field) -> str:
    value = part.value
    if isinstance(value, tuple):
        listed = (v if _PLAIN.fullmatch(v) else _quote(v) for v in value)
        return f"{part.name}:{','.join(listed)}"
    if isinstance(value, Days):
        return _days(part.name, value)
    if isinstance(value, Dyad):
        sides = (v if _SIDE.fullmatch(v) else _quote(v) for v in (value.first, value.second))
        return f"{part.name}:{('-' if value.directed else '~').join(sides)}"
    if isinstance(value, bool):
        return f"{part.name}:{'yes' if value else 'no'}"
    number = str(value) if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")
    return f"{part.name}:{'' if part.op == '=' else part.op}{number}"


def _days(name: str, days: Days) -> str:
    """Return days in the words that are closest to speech: `before` the day after the last."""
    start, end, stem = days.start, days.end, "" if name == "date" else f"{name}_"
    if name == "since":
        return f"since:{start}"
    if start and end:
        return f"{name}:{start}" if start == end else f"{name}:{start}..{end}"
    if end:
        return f"{stem}before:{end + timedelta(1)}"
    if start:
        return f"{stem}after:{start - timedelta(1)}"
    raise fault(0, f"`{name}` without days; expected a first or a last one")
