"""What the ledger knows of words and types: the lists of `threats.yml`, ready to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import msgspec
from msgspec import Struct

from tocsin.base.text import bare
from tocsin.fusion.sheet import root
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse

Code = tuple[str, str | None]


class Kind(NamedTuple):
    """A kind of cost or of demand: the types that carry it out, wholly or in part."""

    name: str
    does: tuple[Code, ...]
    part: tuple[Code, ...]
    modes: frozenset[str]
    words: re.Pattern[str] | None
    gravity: int | None

    def fits(self, kind: str, modes: Iterable[str]) -> float:
        """Return how far a type with its modes carries this out: 1 wholly, 0.7 likely, 0.5 in part.

        Where the table asks for a mode and the claim has none, it is likely.
        """
        held = frozenset(modes)
        if any(t == kind and (m is None or m in held) for t, m in self.does):
            return 1.0
        if any(t == kind and not held for t, _ in self.does):
            return 0.7
        if any(t == kind and (m is None or m in held or not held) for t, m in self.part):
            return 0.5
        return 0.0


class _Kind(Struct, frozen=True, forbid_unknown_fields=True):
    does: tuple[str, ...]
    part: tuple[str, ...]
    words: tuple[str, ...]
    modes: tuple[str, ...] = ()
    gravity: int | None = None


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    costs: dict[str, _Kind]
    neutral: tuple[str, ...]
    vague: tuple[str, ...]
    demands: dict[str, _Kind]
    refuses: frozenset[str]
    yields: frozenset[str]
    signals: tuple[str, ...]
    threatened: frozenset[str]
    grave: frozenset[str]
    state: frozenset[str]
    armed: frozenset[str]
    fighting: frozenset[str]
    onlookers: frozenset[str]
    people: frozenset[str]
    threats: tuple[str, ...]
    warnings: tuple[str, ...]
    vows: tuple[str, ...]
    orders: tuple[str, ...]
    nouns: tuple[str, ...]
    limits: tuple[str, ...]
    promises: tuple[str, ...]
    patterns: dict[str, str]


class Cues:
    """The packaged lists; words are held by their roots."""

    def __init__(self, data: _File) -> None:
        self.costs = _kinds(data.costs)
        self.demands = _kinds(data.demands)
        self.vague = _any(data.vague)
        self.neutral = data.neutral
        self.signals = tuple(_code(one) for one in data.signals)
        self.sets: Mapping[str, frozenset[str]] = {
            name: getattr(data, name)
            for name in ("refuses", "yields", "threatened", "grave", "state", "armed", "fighting",
                         "onlookers", "people")
        }  # fmt: skip
        self.roots: Mapping[str, frozenset[str]] = {
            name: frozenset(map(root, getattr(data, name)))
            for name in ("threats", "warnings", "vows", "orders", "nouns", "limits", "promises")
        }
        self._patterns = {
            name: re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)
            for name, pattern in data.patterns.items()
        }

    def says(self, name: str, words: str) -> re.Match[str] | None:
        """Return where words match one of the patterns first."""
        return self._patterns[name].search(bare(words) if words.isascii() else words)

    def means(self, name: str, trigger: str) -> bool:
        """Return whether a trigger is one of the words of a list."""
        listed = self.roots[name]
        return any(root(word) in listed for word in re.findall(r"[^\W\d_]+", trigger))

    def among(self, name: str, value: str) -> bool:
        """Return whether a type or sector is in a list."""
        return value in self.sets[name]


@cache
def cues() -> Cues:
    """Return the packaged knowledge."""
    text = (packaged("fusion") / "threats.yml").read_text(encoding="utf-8")
    return Cues(msgspec.convert(parse(text), _File, strict=False))


def named(kinds: Mapping[str, Kind], kind: str, modes: Iterable[str]) -> Kind | None:
    """Return the first kind that a type with its modes carries out wholly, else likely."""
    held = tuple(modes)
    for least in (1.0, 0.7):
        for one in kinds.values():
            if one.fits(kind, held) >= least:
                return one
    return None


def worded(kinds: Mapping[str, Kind], words: str) -> tuple[Kind, re.Match[str]] | None:
    """Return the kind whose words come first in a text, and where."""
    found = [
        (match.start(), at, kind, match)
        for at, kind in enumerate(kinds.values())
        if kind.words is not None and (match := kind.words.search(words))
    ]
    if not found:
        return None
    _, _, kind, match = min(found, key=lambda one: one[:2])
    return kind, match


def _kinds(data: Mapping[str, _Kind]) -> dict[str, Kind]:
    return {
        name: Kind(
            name, tuple(map(_code, one.does)), tuple(map(_code, one.part)), frozenset(one.modes),
            _any(one.words) if one.words else None, one.gravity,
        )
        for name, one in data.items()
    }  # fmt: skip


def _code(text: str) -> Code:
    kind, _, mode = text.partition("/")
    return kind, mode or None


def _any(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of the words, the longest first."""
    return re.compile(rf"\b(?:{'|'.join(_longest(words))})\b", re.IGNORECASE)


def _longest(words: Iterable[str]) -> Iterator[str]:
    for word in sorted(words, key=lambda one: (-len(one), one)):
        yield re.escape(word).replace(r"\ ", r"\s+")
