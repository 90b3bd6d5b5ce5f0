"""How an article came in: where from, when, and which bytes it was read out of."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from tocsin.base.ids import digest


class Capture(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One time that an article was seen.

    `place` is a file's name or the address that was asked, `final` the address that answered;
    `offset` and `length` count bytes within the file, for archives and files of many articles.
    `raw` is the SHA-256 of the bytes. `teaser` says that only a part of the article was there.
    """

    id: str
    article: str
    place: str
    form: str
    source: str | None = None
    final: str | None = None
    offset: int | None = None
    length: int | None = None
    fetched: datetime | None = None
    raw: str | None = None
    teaser: bool = False


def capture_id(article: str, place: str, offset: int | None, raw: str | None) -> str:
    """Return the name of a capture: the article, the place and the bytes; not the time."""
    return digest("capture", article, place, "" if offset is None else str(offset), raw or "")
