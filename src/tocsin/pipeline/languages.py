"""Which language an article is read and coded in, and with what; further languages open late."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from tocsin.base import plugins
from tocsin.base.errors import ArtefactError, OntologyError, PluginError, TocsinError
from tocsin.coding.calibration import Calibration
from tocsin.coding.coder import Guide
from tocsin.language import passages
from tocsin.language.identify import SURE, identify, other
from tocsin.ontology import actors, lexicon, packs
from tocsin.ontology.packs import ENGLISH, Pack
from tocsin.records.article import Article
from tocsin.records.issue import Issue
from tocsin.records.reading import Reading

UNKNOWN = "und"


class Reads(Protocol):
    """What a reader of any language does."""

    @property
    def version(self) -> str:
        """What made a reading, as stamps tell it."""

    def read(self, article: Article, leave: tuple[tuple[int, int], ...] = ()) -> Reading:
        """Return the reading of an article but for the stretches to be left out."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language opened: its pack, its reader, and what to code by."""

    pack: Pack
    reader: Reads
    guide: Guide


@dataclass(frozen=True, slots=True)
class Languages:
    """The packs that there are; each is opened when the first article in its language comes.

    `guide` is that of English, whose types, actors and gazetteer serve all.
    """

    guide: Guide
    folder: Path | None = None
    known: Mapping[str, Pack] = field(default_factory=packs.load)
    _opened: dict[str, Tongue | TocsinError] = field(default_factory=dict)

    def get(self, code: str) -> Tongue:
        """Return a language opened; raise what keeps it from that, the same each time."""
        if code not in self._opened:
            self._opened[code] = self._open(self.known[code])
        found = self._opened[code]
        if isinstance(found, TocsinError):
            raise found
        return found

    def _open(self, pack: Pack) -> Tongue | TocsinError:
        try:
            return Tongue(pack, reader(pack), self._guide(pack))
        except TocsinError as error:
            return error

    def _guide(self, pack: Pack) -> Guide:
        """Return what to code by in a language: nothing of the English network's is of use."""
        return replace(
            self.guide,
            lexicon=lexicon.load(self.folder, pack),
            knowledge=actors.load(pack=pack, added=self.folder),
            learned=frozenset(),
            votes={},
            calibration=Calibration(),
        )

    def chosen(self, article: Article) -> Tongue | Issue | None:
        """Return what to code an article with, or why nothing can; None for English.

        A text whose language is not sure is taken for English, unless it certainly is not that;
        so is one that says the same in English.
        """
        given = (article.language or "").partition("-")[0].lower()
        language, chance = (given, 1.0) if given else identify(article.text)
        if chance < SURE and language in self.known and other(article.text, ENGLISH.code):
            chance = SURE
        if language in (ENGLISH.code, UNKNOWN) or chance < SURE:
            return None
        if not given and self._bilingual(article):
            return None
        if language not in self.known:
            readers = ", ".join(sorted(self.known))
            said = f"the text is in {language!r} ({chance:.2f}); readers exist for {readers}"
            return _issue(article, "foreign-language", said)
        try:
            return self.get(language)
        except (ArtefactError, PluginError, OntologyError) as error:
            return _issue(article, "no-reader", f"read, not coded: {error}")

    def _bilingual(self, article: Article) -> bool:
        """Return whether a text says the same in English, which is read best."""
        found = passages.split(article.text, ENGLISH.code, self.guide.gazetteer)
        return any(passage.twin for passage in found)


def reader(pack: Pack) -> Reads:
    """Return the reader of a pack; raise ArtefactError where it is not installed."""
    if pack.reader in OPENERS:
        return OPENERS[pack.reader](pack)
    made: Reads = plugins.get("readers", pack.reader)(pack)
    return made


def _parsed(pack: Pack) -> Reads:
    from tocsin.language.parsed import Parsed  # noqa: PLC0415

    return Parsed(pack)


def _none(pack: Pack) -> Reads:
    raise ArtefactError(
        f"no reader for {pack.code} ({pack.name}): its pack names none; expected one in "
        f"{pack.folder / packs.FILE}: docs/languages.md tells how to give it one"
    )


# What a pack may name as its reader, beside the plug-ins of `tocsin.readers`.
OPENERS: Mapping[str, Callable[[Pack], Reads]] = {"spacy": _parsed, "none": _none}


def _issue(article: Article, code: str, message: str) -> Issue:
    return Issue(
        code=code,
        stage="language",
        severity="warning",
        file=article.doc,
        article=article.id,
        message=message,
    )
