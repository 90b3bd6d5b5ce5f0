"""What ships with Tocsin, opened once for all the tests that ask for it; they only read it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tests.build import DAY, a_reading, an_article, text_of
from tests.once import WORKER, once
from tocsin.base import settings
from tocsin.coding import participants
from tocsin.coding.coder import Guide
from tocsin.coding.scene import Scene
from tocsin.ontology import actors, gazetteer
from tocsin.ontology import lexicon as words
from tocsin.ontology import load as ontology
from tocsin.ontology.actors import Knowledge
from tocsin.ontology.gazetteer import Gazetteer
from tocsin.ontology.lexicon import Lexicon
from tocsin.pipeline.run import Coder, open_coder, run
from tocsin.records import wire
from tocsin.records.article import Article
from tocsin.records.claim import Participant
from tocsin.records.coded import Coded
from tocsin.records.evidence import Span
from tocsin.records.reading import Name, NameKind, Proposal, Sentence
from tocsin.sources import files

EXAMPLES = Path(__file__).parents[1] / "examples" / "articles"


@cache
def lexicon() -> Lexicon:
    """Return the packaged words."""
    return words.load()


@cache
def knowledge() -> Knowledge:
    """Return the packaged countries and actors."""
    return actors.load()


@cache
def places() -> Gazetteer:
    """Return the packaged gazetteer."""
    return gazetteer.load()


@cache
def guide() -> Guide:
    """Return all that a coder goes by, a network taken for granted that knows every type."""
    types = ontology.load()
    return Guide(
        ontology=types,
        lexicon=lexicon(),
        knowledge=knowledge(),
        gazetteer=places(),
        settings=settings.load().coding,
        learned=frozenset(types),
    )


@cache
def coder() -> Coder:
    """Return a coder over the packaged model; only tests of what it always does may use it."""
    # Where tests are spread over processes, the others have the other processors.
    return open_coder(threads=1 if WORKER in os.environ else 2)


@cache
def examples() -> tuple[Coded, ...]:
    """Return the articles of the example world as the packaged model codes them."""

    def make(file: Path) -> None:
        found = [one for one in files.read([EXAMPLES]) if isinstance(one, Article)]
        coded = [one for one in run(found, coder()) if isinstance(one, Coded)]
        file.write_bytes(b"\n".join(map(wire.dump, coded)))

    lines = once("examples.jsonl", make).read_bytes().splitlines()
    return tuple(wire.load(line, Coded) for line in lines)


def a_scene(
    rows: str,
    *,
    text: str | None = None,
    day: date | None = DAY,
    people: Sequence[str] = (),
    towns: Sequence[str] = (),
    proposals: Sequence[Proposal] = (),
) -> Scene:
    """Return the scene of an article that consists of the rows, some of its words being names.

    Without a text the words are joined by single spaces.
    """
    article = an_article(text_of(rows) if text is None else text, published=day)
    reading = a_reading(rows, article=article, proposals=proposals)
    sentences = tuple(_named(s, people, towns) for s in reading.sentences)
    return Scene(article, replace(reading, sentences=sentences), lexicon(), knowledge(), places())


def who(scene: Scene, words: str, *, sentence: int = 0, place: str | None = None) -> Participant:
    """Return whom words of a sentence, given as they stand between its spaces, are resolved to."""
    start, end = where(scene.reading.sentences[sentence], words)
    return participants.resolve(scene, sentence, start, end, place=place)


def where(sentence: Sentence, words: str) -> tuple[int, int]:
    """Return the half-open range in which words stand in a sentence for the first time."""
    return next(_places(sentence, words))


def spans(record: object) -> Iterator[Span]:
    """Yield every span in a record and in the records that it holds."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, Struct):
        for name in record.__struct_fields__:
            yield from spans(getattr(record, name))
    elif isinstance(record, tuple):
        for part in record:
            yield from spans(part)


def true_spans(coded: Coded) -> int:
    """Return how many spans everything coded has, having cut each out of the article's text."""
    found = list(spans(coded))
    text = coded.article.text
    assert [s for s in found if text[s.start : s.end] != s.quote] == []
    return len(found)


def _named(sentence: Sentence, people: Sequence[str], towns: Sequence[str]) -> Sentence:
    kinds: tuple[tuple[Sequence[str], NameKind], ...] = ((people, "PER"), (towns, "LOC"))
    found = [
        Name(a, b, kind)
        for names, kind in kinds
        for words in names
        for a, b in _places(sentence, words)
    ]
    return replace(sentence, names=tuple(sorted(found, key=lambda name: name.start)))


def _places(sentence: Sentence, words: str) -> Iterator[tuple[int, int]]:
    wanted = tuple(words.split())
    for start in range(len(sentence)):
        if sentence.forms[start : start + len(wanted)] == wanted:
            yield start, start + len(wanted)
