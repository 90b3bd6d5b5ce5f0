"""Single addresses: the article that a page, a PDF or a text on the web holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import structs

from tocsin.base.errors import FetchError, InputError
from tocsin.records.issue import Issue
from tocsin.records.source import Source
from tocsin.sources import forms, harvest
from tocsin.sources.fetch import canonical
from tocsin.sources.fields import Given, Spot, article
from tocsin.sources.harvest import Backing, Origin
from tocsin.sources.parcel import Parcel

if TYPE_CHECKING:
    from tocsin.sources.fetch import Fetcher, Reply

FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "text/xml")


def read(url: str, getter: Fetcher, source: Source | None = None) -> Iterator[Parcel | Issue]:
    """Yield the article at an address with its capture, or the issue that there is none.

    `source` is the registry's, where the address is of one; a page's own word for its outlet
    counts otherwise.
    """
    parts = urlsplit(url)
    name = parts.path.rstrip("/").rpartition("/")[2] or parts.netloc
    spot = Spot(url, name.rpartition(".")[0] or name)
    of = source or Source(id="", name=parts.hostname or parts.netloc, type="archive")
    try:
        reply = getter.get(url)
        origin, kind = Origin(of, url, reply), forms.TYPES.get(reply.kind)
        if kind is None or kind == "html":
            made = harvest.from_page(Backing(), origin)
            yield from made.issues
            if made.parcel is not None:
                yield _of(made.parcel, source)
        else:
            yield from _document(origin, kind, spot, source)
    except FetchError as error:
        yield spot.issue("not-fetched", "error", str(error))
    except InputError as error:
        yield spot.issue("no-article", "error", f"{error}{_hint(reply)}")


def _hint(reply: Reply) -> str:
    return "; a feed is visited as a source: `tocsin sources add`" if reply.kind in FEEDS else ""


def _of(found: Parcel, source: Source | None) -> Parcel:
    """Return a parcel whose capture names a source only where there is one."""
    capture = structs.replace(found.capture, source=source.id if source else None)
    return replace(found, capture=capture)


def _document(
    origin: Origin, kind: str, spot: Spot, source: Source | None
) -> Iterator[Parcel | Issue]:
    reply = origin.answer
    given = Given(source.name if source else None)
    for found in forms.whole(reply.body, kind, spot, reply.charset):
        if isinstance(found, Issue):
            yield found
            continue
        row, where = found
        for item in article({**row, "url": canonical(reply.final)}, where, given):
            if isinstance(item, Issue):
                yield item
            else:
                yield _of(harvest.parcel(item, origin, kind, reply.body, teaser=False), source)
