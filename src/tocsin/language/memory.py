"""A reader that remembers what it read, since the same text comes again and again in wire copy.

A text is read by itself: whatever stands in a reading but the article's id hangs on its text alone.
Parts of texts are not remembered. Windows are scored a few at a time, on one scale for all of
them, so that what a window gives hangs on the windows beside it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b

import msgspec
from msgspec.structs import replace

from tocsin.language.read import Reader
from tocsin.neural.artefact import Artefact
from tocsin.records.article import Article
from tocsin.records.reading import Reading


class Remembering(Reader):
    """Reads as a reader does, a text that it remembers without the network.

    `most` is how many bytes of readings are remembered; the text that was met longest ago goes
    first. `again` counts how often memory served.
    """

    def __init__(self, artefact: Artefact, *, threads: int = 0, most: int) -> None:
        super().__init__(artefact, threads=threads)
        self.again = 0
        self._most = most
        self._size = 0
        self._held: OrderedDict[bytes, bytes] = OrderedDict()

    def read(self, article: Article, leave: Sequence[tuple[int, int]] = ()) -> Reading:
        """Return the reading of an article, stretches of it left out."""
        words = f"{list(leave)} {article.text}".encode("utf8", "surrogatepass")
        name = blake2b(words, digest_size=16).digest()
        held = self._held.get(name)
        if held is not None:
            self.again += 1
            self._held.move_to_end(name)
            found = msgspec.msgpack.decode(held, type=Reading)
            return replace(found, article_id=article.id)
        reading = super().read(article, leave)
        if not reading.issues:  # which name the article
            self._keep(name, msgspec.msgpack.encode(reading))
        return reading

    def _keep(self, name: bytes, reading: bytes) -> None:
        if len(reading) > self._most:
            return
        self._held[name] = reading
        self._size += len(reading)
        while self._size > self._most:
            _, gone = self._held.popitem(last=False)
            self._size -= len(gone)
