"""Memory: a text that comes again is read as it was the first time."""

from __future__ import annotations

from msgspec import msgpack
from msgspec.structs import replace

from tests.build import an_article
from tests.packaged import coder
from tocsin.language.memory import Remembering

TEXTS = (
    "Rebels shelled Goma on Monday, killing 4 people, the army said. The UN condemned it.",
    "France warned Mali that it would impose sanctions unless the junta held elections.",
    "Police in Beni arrested nine protesters.",
)


def test_the_same_bytes_again() -> None:
    """Another article of the same text has the reading of the network, but for its own name."""
    plain, reader = coder().reader, Remembering(coder().reader.artefact, threads=2, most=1_000_000)
    for text in (*TEXTS, *TEXTS):
        article = an_article(text)
        other = replace(article, id="another", outlet="Another")
        for one in (article, other):
            assert msgpack.encode(reader.read(one)) == msgpack.encode(plain.read(one))
    assert reader.again == 3 * len(TEXTS)


def test_stretches_left_out_count() -> None:
    """The same text without a stretch is another reading."""
    reader = Remembering(coder().reader.artefact, threads=2, most=1_000_000)
    article = an_article(TEXTS[0])
    whole, less = reader.read(article), reader.read(article, ((64, 90),))
    assert (len(whole.sentences), len(less.sentences)) == (2, 1)
    assert reader.again == 0


def test_memory_has_an_end() -> None:
    """The text that was met longest ago goes first; what is larger than all room is not kept."""
    reader = Remembering(coder().reader.artefact, threads=2, most=1_000_000)
    articles = [an_article(text) for text in TEXTS]
    sizes = [len(msgpack.encode(reader.read(one))) for one in articles]
    reader = Remembering(coder().reader.artefact, threads=2, most=sizes[0] + sizes[1])
    for one in (*articles[:2], articles[0], articles[2], articles[0]):
        reader.read(one)
    assert reader.again == 2
    reader.read(articles[1])
    assert reader.again == 2
    small = Remembering(coder().reader.artefact, threads=2, most=10)
    for _ in range(2):
        small.read(articles[0])
    assert small.again == 0
