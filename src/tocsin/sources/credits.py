"""The agencies that an outlet credits for an article: in its dateline, byline and last lines.

Who is only quoted (`told Reuters`) is not credited. Names and forms of credit stand in a data file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec
from msgspec import Struct

from tocsin.ontology.form import content, packaged, refuse
from tocsin.ontology.model import Finding

HEAD, TAIL = 300, 400  # characters at both ends of a text in which credits stand
_CUT = "…"  # marks the side on which a text was cut, so that no line seems to begin or end there
# Each agency becomes one character of the private use area, so that patterns stay small.
_FIRST, _MIDDLE, _LAST = 0xE000, 0xF000, 0xF8FF
_OWN = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_PLAIN = f"[{chr(_FIRST)}-{chr(_MIDDLE - 1)}]"
_ANY = f"[{chr(_FIRST)}-{chr(_LAST)}]"
_ROW = "(?:{0}(?:(?:,? (?:and|or|et|und|y|e) |, |/|-| & | / |; ){0}){{0,5}})"
_PLACE = r"(?:(?:[A-Z\d\[][^\s()]{0,30}|of|de|del|el|al|la|the|and|[-–—/])[ ,]{1,2}){0,9}"
_SUFFIX = (
    r"(?: (?:[Nn]ews ?[Aa]gency|NEWS AGENCY|[Aa]gency|[Nn]ewswires?|[Ww]ire(?: [Ss]ervices?)?"
    r"|[Ss]taff(?: [Ww]riters?)?|[Ww]riters?|[Cc]orrespondents?|[Rr]eporters?))?"
)
_WORD = re.compile(r"\w+")
_CAPITALS = 5  # letters of a name from which on it may stand in capitals
_DOMAIN = re.compile(r"\.(?:com|org|net|news|co|info)(?:\.[a-z]{2})?$|^(?:https?://)?www\.")
_IDLE = frozenset({"the", "news", "agency", "wire", "newswire", "online", "staff", "uk", "us"})


class Agency(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An agency with its names; see the head of the data file."""

    name: str
    also: tuple[str, ...] = ()
    brackets: tuple[str, ...] = ()
    bare: bool = True
    actor: str | None = None


class _Data(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    agencies: tuple[Agency, ...]
    head: tuple[str, ...]
    tail: tuple[str, ...]
    byline: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Book:
    """The data file, ready to be used."""

    agencies: tuple[Agency, ...]
    words: frozenset[str]  # with which the names begin
    names: re.Pattern[str]
    signs: Mapping[str, str]
    head: tuple[re.Pattern[str], ...]
    tail: tuple[re.Pattern[str], ...]
    byline: tuple[re.Pattern[str], ...]


def wire(text: str, authors: Sequence[str], outlet: str | None) -> tuple[str, ...]:
    """Return the agencies that an article credits, each once, in the order they are named.

    The outlet itself is no credit of its own.
    """
    book = _book()
    found: dict[str, None] = {}
    for part, patterns in (
        *((author, book.byline) for author in authors),
        (_head(text), book.head),
        (_tail(text), book.tail),
    ):
        if book.words.isdisjoint(_WORD.findall(part)):
            continue
        signed = book.names.sub(lambda match: book.signs[match[1]], _OWN.sub(" ", part))
        found.update(dict.fromkeys(_named(signed, patterns, book)))
    own = _itself(outlet) if found and outlet else frozenset()
    return tuple(name for name in found if name not in own)


def agencies() -> tuple[Agency, ...]:
    """Return all agencies that are known."""
    return _book().agencies


def _named(signed: str, patterns: Sequence[re.Pattern[str]], book: _Book) -> Iterator[str]:
    """Yield the names of the agencies credited in a text in which they are signs."""
    if not _OWN.search(signed):
        return
    matches = [match for pattern in patterns for match in pattern.finditer(signed)]
    for _, row in sorted((match.start("row"), match["row"]) for match in matches):
        for sign in _OWN.findall(row):
            point = ord(sign)
            yield book.agencies[point - (_MIDDLE if point >= _MIDDLE else _FIRST)].name


def _head(text: str) -> str:
    """Return the beginning of a text, marked where it is cut within a line."""
    text = text.lstrip()
    return text[:HEAD] + (_CUT if text[HEAD : HEAD + 1].strip("\n") else "")


def _tail(text: str) -> str:
    """Return the end of a text, marked where it is cut within a line."""
    text = text.rstrip()
    if len(text) <= TAIL:
        return text
    return ("" if text[-TAIL - 1] == "\n" else _CUT) + text[-TAIL:]


@lru_cache(maxsize=1024)
def _itself(outlet: str) -> frozenset[str]:
    """Return the names of the agency that an outlet is, whatever its name has beside."""
    bare = _bare(outlet)
    return frozenset(
        agency.name
        for agency in _book().agencies
        if bare in {_bare(name) for name in (agency.name, *agency.also)}
    )


def _bare(name: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W_]+", _DOMAIN.sub("", name.strip().casefold()))
    return tuple(word for word in words if word not in _IDLE) or tuple(words)


@cache
def _book() -> _Book:
    findings: list[Finding] = []
    raw = content(packaged("sources") / "agencies.yml", findings)
    refuse(findings)
    data = msgspec.convert(raw, _Data, strict=False)
    signs: dict[str, str] = {}
    for number, agency in enumerate(data.agencies):
        for name in agency.brackets:
            signs.update(dict.fromkeys(_spelt(name), chr(_MIDDLE + number)))
        for name in (*([agency.name] if agency.bare else []), *agency.also):
            signs.update(dict.fromkeys(_spelt(name), chr(_FIRST + number)))
    longest = sorted(signs, key=len, reverse=True)
    names = re.compile(
        rf"(?<![\w@#&.])(?:[Tt]he |THE )?({'|'.join(map(re.escape, longest))}){_SUFFIX}"
        r"(?![\w@]|[’']\w|-[^\W\d_]|\.\w)"
    )
    words = frozenset(_WORD.findall(name)[0] for name in signs)
    return _Book(
        data.agencies, words, names, signs,
        _compiled(data.head), _compiled(data.tail), _compiled(data.byline),
    )  # fmt: skip


def _spelt(name: str) -> set[str]:
    """Return how a name is written."""
    return {name, name.upper()} if len(name) >= _CAPITALS else {name}


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    parts = {"agencies": _ROW.format(_PLAIN), "brackets": _ROW.format(_ANY)}
    made = []
    for pattern in patterns:
        full = pattern.replace("{place}", _PLACE).replace("{signs}", _ANY[1:-1])
        for key, row in parts.items():
            full = full.replace(f"{{{key}}}", f"(?P<row>{row})")
        made.append(re.compile(full, re.MULTILINE))
    return tuple(made)
