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
from tocsin.language.identify import SURE, identify
from tocsin.language.read import Reader
from tocsin.neural import artefact
from tocsin.ontology import actors, gazetteer, lexicon
from tocsin.ontology import load as ontology
from tocsin.records.article import Article
from tocsin.records.coded import Coded, Stamp
from tocsin.records.issue import Issue
from tocsin.records.reading import Reading
from tocsin.remote import judge
from tocsin.remote import reader as remote
from tocsin.remote.client import Client, Endpoint

LANGUAGES = ("en",)
# Told of the reading of each article that is coded, before the article comes out.
Keep = Callable[[Reading], None]


@dataclass(frozen=True, slots=True)
class Coder:
    """Codes articles with one reader, perhaps a second, and one body of knowledge."""

    reader: Reader
    guide: Guide
    stamp: Stamp
    second: remote.Reader | judge.Judge | None = None

    def read(self, article: Article) -> Reading:
        """Return the reading of an article, issues of the second reader in it."""
        reading = self.reader.read(article)
        return reading if self.second is None else self.second.read(article, reading)

    def code(self, article: Article, reading: Reading | None = None) -> Coded:
        """Return everything coded out of an article, stamped with whoever had a say."""
        reading = reading or self.read(article)
        stamp = replace(self.stamp, endpoint=reading.endpoint)
        return code(article, reading, self.guide, stamp)


def open_coder(
    *,
    ontology_folder: Path | None = None,
    model: Path | None = None,
    threads: int = 0,
    config: Path | None = None,
    endpoint: Endpoint | None = None,
    adjudicate: bool = False,
) -> Coder:
    """Return a coder over the packaged model and knowledge, a user's ontology laid over them.

    An endpoint becomes the second reader or, to adjudicate, is asked about what the first is
    unsure of. Without one nothing ever leaves the machine.
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
    worth = "-".join(filter(None, (found.digest, guide.calibration.version)))
    stamp = Stamp(tocsin.__version__, types.fingerprint, worth, guide.gazetteer.version)
    second = None
    if endpoint is not None:
        kind = judge.Judge if adjudicate else remote.Reader
        second = kind(Client(endpoint, chosen.endpoint), types)
    return Coder(Reader(found, threads=threads), guide, stamp, second)


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
        foreign = _foreign(item)
        if foreign is not None:
            yield foreign
            continue
        try:
            reading = coder.read(item)
            coded = coder.code(item, reading)
        except EndpointError:
            raise
        except Exception as error:  # noqa: BLE001 - one article must not end a run
            yield _failed(item, error)
        else:
            if keep is not None:
                keep(reading)
            yield from reading.issues
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


def _foreign(article: Article) -> Issue | None:
    """Return an issue for an article in a language that no reader reads."""
    language, chance = (article.language, 1.0) if article.language else identify(article.text)
    if language in LANGUAGES or language == "und" or chance < SURE:
        return None
    readers = ", ".join(LANGUAGES)
    return Issue(
        code="foreign-language",
        stage="language",
        severity="warning",
        file=article.doc,
        article=article.id,
        message=f"the text is in {language!r} ({chance:.2f}); readers exist for {readers}",
    )
