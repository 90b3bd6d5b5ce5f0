"""What every reader of sources hands on: an article, how it came in, and its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from tocsin.records.article import Article
from tocsin.records.capture import Capture


@dataclass(frozen=True, slots=True)
class Parcel:
    """An article with its capture; `raw` are the bytes it was read out of, where they are kept.

    `before` is the article that it replaces, where its feed says so under whatever address.
    """

    article: Article
    capture: Capture
    raw: bytes | None = None
    before: str | None = None


def fingerprint(raw: bytes) -> str:
    """Return the SHA-256 of bytes in hex, the name that they are kept under."""
    return sha256(raw).hexdigest()
