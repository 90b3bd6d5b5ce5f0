"""Sitemaps: the pages that a site lists for search engines, its news above all.

https://www.sitemaps.org/protocol.html and Google's news extension to it.
"""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tocsin.base.errors import InputError
from tocsin.sources import sandbox
from tocsin.sources.feeds import Item, Listing, address, dated, distinct
from tocsin.sources.xml import elements, local

if TYPE_CHECKING:
    from typing import Any

# The protocol's own limits: bytes after decompression, and addresses.
LARGEST = 52_428_800
MOST = 50_000
_GZIP = b"\x1f\x8b"
# Elements whose own fields are taken.
_HOLDING = frozenset({"url", "sitemap", "news", "publication"})


def read(body: bytes, *, url: str, now: datetime | None = None) -> Listing:
    """Return what a sitemap or an index of sitemaps lists; raise InputError where it is neither.

    `url` is where the bytes came from; they may be gzipped. Days after `now` are doubted.
    """
    at = now or datetime.now(UTC)
    data, doubts = _inflated(body)
    listed = sandbox.run(plain, data)
    doubts += listed["doubts"]
    entries: list[Item] = []
    for fields in listed["pages"]:
        item = _item(fields, url, at)
        entries += [item] if item else []
        doubts += [] if item else ["a `url` without an address; left out"]
    maps = [(part.get("lastmod", ""), address(part.get("loc"), url)) for part in listed["maps"]]
    newest = sorted(maps, key=lambda pair: pair[0] or "~", reverse=True)
    found, shared = distinct(entries)
    return Listing(
        title=next((item.outlet for item in found if item.outlet), ""),
        entries=found,
        doubts=tuple(dict.fromkeys([*doubts, *shared])),
        further=tuple(dict.fromkeys(place for _, place in newest if place)),
    )


def plain(data: bytes) -> dict[str, Any]:
    """Return the fields of the `pages` and `maps` that a sitemap lists, and `doubts`.

    It is meant to be run by `sandbox.run`, as `elements` asks. Raises InputError where it is none.
    """
    doubts: list[str] = []
    found: dict[str, list[dict[str, str]]] = {"url": [], "sitemap": []}
    number = 0
    for number, element in enumerate(elements(data, (*found, "urlset", "sitemapindex"), doubts), 1):
        rows = found.get(local(element))
        if rows is None:
            continue
        if number > MOST:
            doubts.append(f"more than {MOST:,} addresses; the others are not read")
            break
        rows.append(_fields(element))
    if not number:
        raise InputError("no sitemap; expected XML with `urlset` or `sitemapindex`")
    return {"pages": found["url"], "maps": found["sitemap"], "doubts": doubts}


def _inflated(body: bytes) -> tuple[bytes, list[str]]:
    """Return the bytes without their compression; raise InputError when there are too many."""
    doubts: list[str] = []
    if body.startswith(_GZIP):
        inflater = zlib.decompressobj(wbits=31)
        try:
            body = inflater.decompress(body, LARGEST + 1)
        except zlib.error as error:
            raise InputError(f"a broken gzip file ({error}); fetch it again") from error
        if not inflater.eof and len(body) <= LARGEST:
            doubts.append("the gzip file is cut short; what is there is read")
    if len(body) > LARGEST:
        raise InputError(f"more than {LARGEST:,} bytes, which sitemaps may not have")
    return body, doubts


def _item(fields: dict[str, str], base: str, now: datetime) -> Item | None:
    place = address(fields.get("loc"), base)
    if place is None:
        return None
    doubts: list[str] = []
    keywords = fields.get("keywords", "").split(",")
    return Item(
        key=place,
        url=place,
        title=fields.get("title", ""),
        published=dated(fields.get("publication_date"), "publication_date", now, doubts),
        updated=dated(fields.get("lastmod"), "lastmod", now, doubts),
        categories=tuple(dict.fromkeys(word.strip() for word in keywords if word.strip())),
        language=fields.get("language") or None,
        outlet=fields.get("name") or None,
        doubts=tuple(doubts),
    )


def _fields(element: Any) -> dict[str, str]:  # noqa: ANN401 - of lxml
    """Return the texts under an element by their names; of images and videos nothing is taken."""
    found: dict[str, str] = {}
    for node in element.iterdescendants("*"):
        parent = local(node.getparent())
        if parent in _HOLDING and next(node.iterchildren("*"), None) is None:
            found.setdefault(local(node), " ".join("".join(node.itertext()).split()))
    return found
