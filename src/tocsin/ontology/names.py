"""An index that finds every known name among words, whatever its spelling.

Letter case is checked last: short acronyms must agree in it ("US" is never "us", "LeT" never
"Let"), and any other name needs a capital somewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tocsin.base.errors import OntologyError
from tocsin.ontology.glosses import small
from tocsin.ontology.spelling import (
    alias_pieces,
    alias_words,
    first_key,
    joined,
    lower,
    spell,
    spell_from,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LONGEST_ACRONYM = 5
# Acronyms that lowercased are everyday words: with case gone they cannot be told from them.
_WORDS = frozenset(
    {"aid", "an", "as", "ash", "at", "cap", "car", "gap", "had", "hum", "ice", "in", "is", "it"}
    | {"let", "mat", "mend", "no", "of", "on", "or", "pas", "so", "us", "who"}
)


@dataclass(frozen=True, slots=True)
class Match:
    """A known name among words: it ends before word `end` and stands for `id`."""

    end: int
    kind: str
    id: str
    name: str
    sectors: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One thing a name may stand for, as the index keeps it."""

    kind: str
    id: str
    name: str
    sectors: tuple[str, ...]
    second: bool  # other meanings of the name come first
    exact: tuple[tuple[int, str], ...]  # pieces that must agree in case
    capitals: int  # bits: 1 in the first piece, 2 in a later one


class Names:
    """An index of names over words; what it holds never changes once all names are added.

    Names wait by their first piece and are spelled out when a text first shows that piece: most
    texts need a few hundred of the tens of thousands.
    """

    __slots__ = ("_entries", "_openings", "_reach", "_waiting")

    def __init__(self) -> None:
        """Return an empty index."""
        self._entries: dict[str, list[Entry]] = {}
        self._openings: set[str] = set()  # the first two pieces of longer names
        self._reach: dict[str, int] = {}  # how many pieces the longest name has
        self._waiting: dict[str, list[tuple[str, Match, bool]]] = {}

    @property
    def entries(self) -> Mapping[str, Sequence[Entry]]:
        """Return what each spelling may stand for, first meanings first."""
        for first in list(self._waiting):
            self._spell_out(first)
        return MappingProxyType(self._entries)

    def add(self, text: str, match: Match, *, second: bool = False) -> None:
        """Let a name stand for something; its first meanings stay before its second ones."""
        first = first_key(text)
        if not first:
            raise OntologyError(f"{match.id} has a name without letters: {text!r}")
        self._waiting.setdefault(first, []).append((text, match, second))

    def find(self, words: Sequence[str], start: int, *, cased: bool = True) -> tuple[Match, ...]:
        """Return what the longest known name from a word on may stand for, likeliest first."""
        found = list(self._from(words, start, cased=cased))
        if words[start].lower() == "the" and start + 1 < len(words):
            found += self._from(words, start + 1, cased=cased)
        if not found:
            return ()
        longest = max(match.end for match in found)
        return tuple(dict.fromkeys(match for match in found if match.end == longest))

    def named(self, text: str) -> tuple[Entry, ...]:
        """Return what a whole text may stand for."""
        words = alias_words(text)
        starts = [0, 1] if words and words[0].lower() == "the" else [0]
        return tuple(
            entry
            for start in starts
            for end, pieces in spell_from(words, start)
            if end == len(words)
            for entry in self._held(list(map(lower, pieces)))
            if _fits(entry, pieces, opening=False)
        )

    def _from(self, words: Sequence[str], start: int, *, cased: bool) -> Iterator[Match]:
        """Yield every match that starts at a word, short ones too."""
        if not self._may_begin(words, start):
            return
        opening = start == 0
        for end, pieces in spell_from(words, start):
            keys = list(map(lower, pieces))
            for entry in self._held(keys):
                if _fits(entry, pieces, opening=opening) if cased else _fits_caseless(entry):
                    yield Match(end, entry.kind, entry.id, entry.name, entry.sectors)
            if not self._may_go_on(keys) and not joined(words, end):
                break

    def _may_begin(self, words: Sequence[str], start: int) -> bool:
        """Return whether any name can start at a word; says no fast to most words of a text."""
        first = spell(words[start])
        if len(first) != 1 or joined(words, start + 1):
            return True
        key = lower(first[0])
        return key in self._reach or key in self._waiting

    def _may_go_on(self, keys: Sequence[str]) -> bool:
        """Return whether a longer name begins with these pieces."""
        if len(keys) == 2 and " ".join(keys) not in self._openings:
            return False
        return len(keys) < self._reach.get(keys[0], 0)

    def _held(self, keys: Sequence[str]) -> Sequence[Entry]:
        if keys and keys[0] in self._waiting:
            self._spell_out(keys[0])
        return self._entries.get(" ".join(keys), ())

    def _spell_out(self, first: str) -> None:
        """Index the names that begin with a piece; threads that meet here do the work twice."""
        spelled: dict[str, list[Entry]] = {}
        for text, match, second in self._waiting.get(first, ()):
            pieces = alias_pieces(text)
            entries = spelled.setdefault(" ".join(map(lower, pieces)), [])
            entry = _entry(pieces, match, second=second)
            if entry not in entries:
                entries.append(entry)
        for entries in spelled.values():
            entries.sort(key=lambda entry: entry.second)
        self._openings.update(" ".join(key.split(" ", 2)[:2]) for key in spelled)
        self._reach[first] = max((key.count(" ") + 1 for key in spelled), default=0)
        self._entries.update(spelled)
        self._waiting.pop(first, None)


def _entry(pieces: Sequence[str], match: Match, *, second: bool) -> Entry:
    exact = tuple((i, piece) for i, piece in enumerate(pieces) if _is_acronym(piece))
    facts = (match.kind, match.id, match.name, match.sectors)
    return Entry(*facts, second, exact, _capitals(pieces))


def _is_acronym(piece: str) -> bool:
    """Return whether a piece is short and has a capital where an ordinary name has none."""
    within = piece.isupper() or piece[1:] != piece[1:].lower()
    return within and len(piece) <= _LONGEST_ACRONYM


def _capitals(pieces: Sequence[str]) -> int:
    """Return a bit for a capital in the first piece and one for a capital in a later one."""
    first = pieces[0] != pieces[0].lower()
    later = any(piece != piece.lower() for piece in pieces[1:])
    return first + 2 * later


def _fits(entry: Entry, pieces: Sequence[str], *, opening: bool) -> bool:
    """Return whether the text's letter case allows a name.

    The capital of a sentence's first word proves nothing ("Popular front ..."), nor does that of
    a "The" that belongs to a name, so a name with later capitals must show one of those.
    """
    if any(pieces[i] != exact for i, exact in entry.exact):
        return False
    shown = _capitals(pieces)
    article = small(pieces[:1]) == ("the",) and not pieces[0][1:].isupper()
    proof = 2 if entry.capitals & 2 and (opening or article) else 3
    return not entry.capitals or bool(shown & proof)


def _fits_caseless(entry: Entry) -> bool:
    return len(entry.exact) != 1 or entry.exact[0][1].lower() not in _WORDS
