"""A language's small words, numbers and time expressions, told as the coder's rules tell them.

The rules of the coder speak of prepositions, conjunctions, negation and the like by their English
names, and so do the frames of the lexicon: `obl:against` is an oblique with "contra", too. Number
phrases ("al menos doce") and time expressions ("hace dos semanas") are told in English ("at least
twelve", "2 weeks ago") before the rules for them read them. All of it is data: `glosses.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from tocsin.base.errors import OntologyError
from tocsin.ontology.packs import Pack, content, spoken

__all__ = ["counted", "expressions", "small", "timed"]

# Words of a time expression.
LONGEST = 10
# Fragments of time patterns that are figures in every language.
_FIGURES = {"D": r"\d{1,2}", "YEAR": r"[12]\d{3}", "CLOCK": r"\d{1,2}[:.h]\d{2}"}
_FRAGMENT = re.compile(r"[A-Z]+\d?")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Turn:
    """A time expression's pattern, and the English expression with the same fragments."""

    pattern: re.Pattern[str]
    english: str


@dataclass(frozen=True, slots=True)
class Glosses:
    """What a pack's `glosses.yml` holds, ready to use."""

    words: Mapping[str, str]
    thousands: re.Pattern[str] | None
    numbers: tuple[tuple[re.Pattern[str], str], ...]
    turns: tuple[Turn, ...]
    leads: tuple[tuple[str, str], ...]
    tables: Mapping[str, Mapping[str, str]]
    hints: frozenset[str]


def small(forms: Iterable[str]) -> tuple[str, ...]:
    """Return words without case, the small ones by their English names."""
    lower = tuple(form.lower() for form in forms)
    pack = spoken()
    if pack.english:
        return lower
    words = _glosses(pack).words
    return tuple(words.get(word, word) for word in lower)


def counted(text: str) -> str:
    """Return a phrase with its numbers and their bounds in English, the rest as it is."""
    pack = spoken()
    return text if pack.english else _counted(pack, text)


def timed(text: str) -> str:
    """Return a time expression in English, or as it is where no pattern of the pack fits it."""
    pack = spoken()
    return text if pack.english else _timed(pack, _plain(text)) or text


def expressions(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where the pack's time expressions stand among words, the longest first choice."""
    pack, at = spoken(), 0
    hints = _glosses(pack).hints
    lower = [word.lower() for word in words]
    while at < len(lower):
        end = at
        if lower[at][:1].isdigit() or lower[at] in hints:
            stops = range(min(at + LONGEST, len(lower)), at, -1)
            ends = (stop for stop in stops if lower[stop - 1][-1:].isalnum())
            end = next((e for e in ends if _timed(pack, _plain(" ".join(lower[at:e])))), at)
        if end > at:
            yield at, end
        at = max(end, at + 1)


@lru_cache(maxsize=8192)
def _counted(pack: Pack, text: str) -> str:
    known = _glosses(pack)
    plain = " ".join(text.lower().split())
    if known.thousands:
        plain = known.thousands.sub("", plain)
    for pattern, english in known.numbers:
        plain = pattern.sub(english, plain)
    return plain


@lru_cache(maxsize=8192)
def _timed(pack: Pack, plain: str) -> str | None:
    """Return the English of a time expression in small letters; None where it is none."""
    known = _glosses(pack)
    for turn in known.turns:
        match = turn.pattern.fullmatch(plain)
        if match is not None:
            return _FRAGMENT.sub(partial(_told, known, match), turn.english)
    for lead, english in known.leads:
        if plain.startswith(lead + " "):
            rest = _timed(pack, plain.removeprefix(lead).strip())
            return f"{english} {rest}".strip() if rest else None
    return None


def _told(known: Glosses, match: re.Match[str], fragment: re.Match[str]) -> str:
    """Return in English what a fragment of a pattern matched."""
    held, name = match[fragment[0]], fragment[0].rstrip("0123456789")
    return known.tables.get(name, {}).get(held, held)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[,()]", " ", text.lower()).split())


@cache
def _glosses(pack: Pack) -> Glosses:
    path = pack.folder / "glosses.yml"
    value = content(path)
    times = value.get("times") or {}
    words, mark = value.get("words") or {}, value.get("thousands")
    if not isinstance(times, dict) or not isinstance(words, dict):
        raise OntologyError(f"{path}: words and times are mappings, not {words!r}, {times!r}")
    fragments = times.get("fragments") or {}
    leads = times.get("leads") or {}
    if not isinstance(fragments, dict) or not isinstance(leads, dict):
        raise OntologyError(f"{path}: fragments and leads are mappings, not {fragments!r}")
    tables = {name: _table(path.name, name, held) for name, held in fragments.items()}
    turns = tuple(_turns(path.name, times.get("turns"), tables))
    ordered = sorted(_table(path.name, "leads", leads).items(), key=lambda x: -len(x[0]))
    hints = {word for table in tables.values() for phrase in table for word in phrase.split()}
    hints |= {word for lead, _ in ordered for word in lead.split()}
    hints |= {
        w for turn in turns for w in _WORD.findall(re.sub(r"\(\?P<\w+>", "", turn.pattern.pattern))
    }
    return Glosses(
        words=_table(path.name, "words", words),
        thousands=re.compile(rf"(?<=\d){re.escape(mark)}(?=\d{{3}}\b)")
        if isinstance(mark, str)
        else None,
        numbers=tuple(_numbers(path.name, value.get("numbers"))),
        turns=turns,
        leads=tuple(ordered),
        tables=tables,
        hints=frozenset(hints),
    )


def _table(file: str, name: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise OntologyError(f"{file}, {name}: expected a mapping of words, found {value!r}")
    return {str(key): str(word) for key, word in value.items()}


def _pairs(file: str, name: str, value: object) -> Iterator[tuple[str, str]]:
    for item in value if isinstance(value, list) else []:
        if (
            not isinstance(item, list)
            or len(item) != 2
            or not all(isinstance(x, str) for x in item)
        ):
            raise OntologyError(f"{file}, {name}: expected [pattern, English], found {item!r}")
        yield str(item[0]), str(item[1])


def _numbers(file: str, value: object) -> Iterator[tuple[re.Pattern[str], str]]:
    for pattern, english in _pairs(file, "numbers", value):
        try:
            yield re.compile(rf"\b(?:{pattern})(?!\w)"), english
        except re.error as error:
            raise OntologyError(f"{file}, numbers: {pattern!r} is no pattern ({error})") from error


def _turns(file: str, value: object, tables: Mapping[str, Mapping[str, str]]) -> Iterator[Turn]:
    for pattern, english in _pairs(file, "turns", value):
        whole = _FRAGMENT.sub(lambda m: _group(file, m[0], tables), pattern)
        try:
            yield Turn(re.compile(whole), english)
        except re.error as error:
            raise OntologyError(f"{file}, turns: {pattern!r} is no pattern ({error})") from error


def _group(file: str, fragment: str, tables: Mapping[str, Mapping[str, str]]) -> str:
    name = fragment.rstrip("0123456789")
    if name in _FIGURES:
        return f"(?P<{fragment}>{_FIGURES[name]})"
    if name not in tables:
        raise OntologyError(f"{file}, turns: no fragment is called {name}")
    words = sorted(tables[name], key=lambda w: (-len(w), w))
    return f"(?P<{fragment}>{'|'.join(map(re.escape, words))})"
