"""From articles to coded articles; the one place that knows both the reader and the coder."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

import tocsin
from tocsin.base import settings
from tocsin.base.errors import EndpointError
from tocsin.coding import calibration
from tocsin.coding.coder import Guide, code
from tocsin.language import passages
from tocsin.language.memory import Remembering
from tocsin.language.read import Reader
from tocsin.neural import artefact
from tocsin.ontology import actors, gazetteer, lexicon, packs
from tocsin.ontology import load as ontology
from tocsin.ontology.packs import ENGLISH, speaking
from tocsin.pipeline import added
from tocsin.pipeline.added import Added
from tocsin.pipeline.languages import Languages, Tongue
from tocsin.records.article import Article
from tocsin.records.coded import Coded, Stamp
from tocsin.records.issue import Issue
from tocsin.records.reading import Reading
from tocsin.remote import judge
from tocsin.remote import reader as remote
from tocsin.remote.client import Client, Endpoint

# Told of the reading of each article that is coded, before the article comes out.
Keep = Callable[[Reading], None]


@dataclass(frozen=True, slots=True)
class Coder:
    """Codes articles with one reader, perhaps a second, and one body of knowledge.

    Articles in other languages than English are coded by their packs, which `languages` opens.
    """

    reader: Reader
    guide: Guide
    stamp: Stamp
    languages: Languages
    second: remote.Reader | judge.Judge | None = None
    added: tuple[Added, ...] = ()

    def tongue(self, article: Article) -> Tongue | Issue | None:
        """Return what codes an article that is not in English, or why nothing does."""
        return self.languages.chosen(article)

    def read(self, article: Article) -> Reading:
        """Return the reading of an article in its language, or in English where nobody reads it."""
        found = self.tongue(article)
        return self.read_in(article, found if isinstance(found, Tongue) else None)

    def read_in(self, article: Article, tongue: Tongue | None) -> Reading:
        """Return the reading of an article, issues of the second reader in it; None is English.

        Stretches in another language than the article's are left out, with an issue each: what
        they say again would be coded twice.
        """
        pack, reader = (tongue.pack, tongue.reader) if tongue else (ENGLISH, self.reader)
        others = passages.split(article.text, pack.code, self.guide.gazetteer)
        with speaking(pack):
            reading = reader.read(article, tuple((p.start, p.end) for p in others))
        if others:
            told = tuple(passages.issues(article, others, pack.code))
            reading = replace(reading, issues=(*reading.issues, *told))
        return reading if self.second is None else self.second.read(article, reading)

    def code(self, article: Article, reading: Reading | None = None) -> Coded:
        """Return everything coded out of an article, stamped with whoever had a say."""
        return self.coded(article, reading or self.read(article))[0]

    def coded(self, article: Article, reading: Reading) -> tuple[Coded, tuple[Issue, ...]]:
        """Return the same, and what other packages' coders did wrong."""
        return added.amended(self._coded(article, reading), reading, self.added)

    def _coded(self, article: Article, reading: Reading) -> Coded:
        stamp = replace(self.stamp, endpoint=reading.endpoint)
        if reading.language == ENGLISH.code:
            return code(article, reading, self.guide, stamp)
        tongue = self.languages.get(reading.language)
        with speaking(tongue.pack):
            return code(article, reading, tongue.guide, replace(stamp, model=tongue.reader.version))


def open_coder(
    *,
    ontology_folder: Path | None = None,
    model: Path | None = None,
    threads: int = 0,
    config: Path | None = None,
    endpoint: Endpoint | None = None,
    adjudicate: bool = False,
    memory: int = 0,
) -> Coder:
    """Return a coder over the packaged model and knowledge, a user's ontology laid over them.

    An endpoint becomes the second reader or, to adjudicate, is asked about what the first is
    unsure of. Without one nothing ever leaves the machine. `memory` is how many bytes of readings
    are remembered for texts that come again.
    """
    found = artefact.load(model)
    types = ontology.load(ontology_folder)
    chosen = settings.load(config)
    guide = Guide(
        ontology=types,
        lexicon=lexicon.load(ontology_folder),
        knowledge=actors.load(),
        gazetteer=gazetteer.load(),
        settings=chosen.coding,
        learned=frozenset(found.labels["type"][2:]),
        votes=found.votes,
        calibration=calibration.load(found.folder, found.digest),
    )
    # The knowledge is large and stays; the collector need not walk it again for every article.
    gc.freeze()
    # Another calibration gives other chances, so it is a part of what made a record.
    more = added.coders(chosen.plugins.coders)
    worth = "-".join(filter(None, (found.digest, guide.calibration.version)))
    worth = added.stamped(worth, more)
    stamp = Stamp(tocsin.__version__, types.fingerprint, worth, guide.gazetteer.version)
    second = None
    if endpoint is not None:
        kind = judge.Judge if adjudicate else remote.Reader
        second = kind(Client(endpoint, chosen.endpoint), types)
    languages = Languages(guide, ontology_folder, packs.load(ontology_folder))
    if memory:
        remembering = Remembering(found, threads=threads, most=memory)
        return Coder(remembering, guide, stamp, languages, second, more)
    return Coder(Reader(found, threads=threads), guide, stamp, languages, second, more)


def run(
    items: Iterable[Article | Issue], coder: Coder, keep: Keep | None = None
) -> Iterator[Coded | Issue]:
    """Yield each article coded; what cannot be read or coded is an issue, and the rest goes on.

    An endpoint that cannot be used at all ends the run: no article would fare better.
    """
    for item in items:
        if isinstance(item, Issue):
            yield item
            continue
        tongue = coder.tongue(item)
        if isinstance(tongue, Issue):
            yield tongue
            continue
        try:
            reading = coder.read_in(item, tongue)
            coded, faults = coder.coded(item, reading)
        except EndpointError:
            raise
        except Exception as error:  # noqa: BLE001 - one article must not end a run
            yield _failed(item, error)
        else:
            if keep is not None:
                keep(reading)
            yield from reading.issues
            yield from faults
            yield coded


def _failed(article: Article, error: Exception) -> Issue:
    trace = "".join(traceback.format_exception(error)[-3:])
    return Issue(
        code="coding-failed",
        stage="coding",
        severity="error",
        file=article.doc,
        article=article.id,
        message=f"{type(error).__name__}: {error}; the article is left out. {trace}",
    )
