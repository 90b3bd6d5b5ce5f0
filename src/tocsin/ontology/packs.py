"""Language packs: what reading and coding need to know of one language, as a folder of data.

A pack is `data/lexicon/CODE`, or `lexicon/CODE` in a user's folder, with a `pack.yml` that names
the language and its reader. docs/languages.md tells what the other files hold and how to write
them. English is a pack like any other, and the one that is spoken where nothing else is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from tocsin.base.errors import OntologyError
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import Row, Value, parse

__all__ = ["ENGLISH", "FILE", "Pack", "content", "load", "speaking", "spoken"]

FILE = "pack.yml"


@dataclass(frozen=True, slots=True, eq=False)  # what is kept for one is looked up by identity
class Pack:
    """One language: its ISO 639-1 code, its name, what reads it, and the folder of its words.

    `model` is what the reader is opened with, `install` the commands that bring it. `leading` says
    that the noun of a compound comes first; the rest are words of its grammar.
    """

    code: str
    name: str
    reader: str
    folder: Path
    model: str | None = None
    install: str | None = None
    leading: bool = False
    passive: frozenset[str] = frozenset()  # auxiliaries of the passive
    agents: frozenset[str] = frozenset()  # prepositions of who does it
    asides: frozenset[str] = frozenset()  # what opens a clause that only tells who said it
    openers: frozenset[str] = frozenset()  # prepositions of an infinitive that completes a verb
    adjectives: frozenset[str] = frozenset()  # participles that describe: "armado"
    marking: frozenset[str] = frozenset()  # prepositions that an object may have: "a"
    phasal: frozenset[str] = frozenset()  # verbs that only tell how an infinitive's act goes
    behalf: tuple[tuple[str, ...], ...] = ()  # phrases for the preposition of who does it
    reflexive: str | None = None  # the pronoun whose verbs the lexicon lists with it: "reunirse"
    endings: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )  # of participles, each with those that the infinitive may have
    finite: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )  # of finite forms, likewise
    telling: tuple[str, ...] = ()  # those of finite forms that no other word has: "-aron"
    dateline: re.Pattern[str] | None = None  # what opens a report; its group `day` tells the day

    @property
    def english(self) -> bool:
        """Whether the coder's rules speak of this language's small words by their own names."""
        return self.code == "en"


def load(folder: Path | None = None) -> Mapping[str, Pack]:
    """Return the packaged packs by code, those of a user's folder after them.

    A user's folder without a `pack.yml` only adds words to a packaged language.
    """
    found = dict(_packaged())
    for path in sorted((folder / "lexicon").glob(f"*/{FILE}")) if folder else ():
        pack = _read(path)
        if pack.code in found:
            raise OntologyError(
                f"{path}: {pack.code!r} is packaged already; remove {FILE} to add words to it, "
                "or give the folder and its code another name"
            )
        found[pack.code] = pack
    return MappingProxyType(found)


@cache
def _packaged() -> Mapping[str, Pack]:
    paths = sorted(Path(str(packaged("lexicon"))).glob(f"*/{FILE}"))
    return MappingProxyType({pack.code: pack for pack in map(_read, paths)})


def _read(path: Path) -> Pack:
    row = Row(content(path), str(path))
    pack = Pack(
        code=row.text("code"),
        name=row.text("name"),
        reader=row.text("reader"),
        folder=path.parent,
        model=row.maybe("model"),
        install=row.maybe("install"),
        leading=row.flag("leading"),
        passive=frozenset(row.texts("passive")),
        agents=frozenset(row.texts("agents")),
        asides=frozenset(row.texts("asides")),
        openers=frozenset(row.texts("openers")),
        adjectives=frozenset(row.texts("adjectives")),
        marking=frozenset(row.texts("marking")),
        phasal=frozenset(row.texts("phasal")),
        behalf=tuple(tuple(phrase.split()) for phrase in row.texts("behalf")),
        reflexive=row.maybe("reflexive"),
        endings=MappingProxyType(dict(row.lists("endings"))),
        finite=MappingProxyType(dict(row.lists("finite"))),
        telling=tuple(row.texts("telling")),
        dateline=_dateline(row),
    )
    row.done()
    if pack.code != path.parent.name:
        raise OntologyError(f"{path}: its code is {pack.code!r}, its folder {path.parent.name!r}")
    return pack


def _dateline(row: Row) -> re.Pattern[str] | None:
    """Return the pattern of what opens a report, None where there is none."""
    text = row.maybe("dateline")
    try:
        found = None if text is None else re.compile(text, re.MULTILINE)
    except re.error as error:
        raise OntologyError(f"{row.where}: dateline is no pattern: {error}") from error
    if found is not None and "day" not in found.groupindex:
        raise OntologyError(f"{row.where}: dateline has no group (?P<day>...) for the day")
    return found


def content(path: Path) -> dict[str, Value]:
    """Return the mapping that a file of a pack holds; one that is not there is an error."""
    try:
        value = parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path} cannot be read: {error}") from error
    if not isinstance(value, dict):
        raise OntologyError(f"{path} should be a mapping, not {value!r}")
    return value


ENGLISH = Pack("en", "English", "network", Path(str(packaged("lexicon"))) / "en")
_SPOKEN: ContextVar[Pack] = ContextVar("spoken", default=ENGLISH)


def spoken() -> Pack:
    """Return the pack of the language that is being read or coded."""
    return _SPOKEN.get()


@contextmanager
def speaking(pack: Pack) -> Iterator[None]:
    """Read and code in a pack's language inside."""
    token = _SPOKEN.set(pack)
    try:
        yield
    finally:
        _SPOKEN.reset(token)
