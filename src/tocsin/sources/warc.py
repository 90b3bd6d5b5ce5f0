"""Web archives (WARC, CC-NEWS): the articles of their pages, each with its place in the archive."""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, cast

from msgspec import structs

from tocsin.records.issue import Issue
from tocsin.sources import archive, forms
from tocsin.sources.piece import Found, Part, Piece

if TYPE_CHECKING:
    from datetime import datetime
    from socket import socket

    from fastwarc.warc import WarcRecord

    from tocsin.sources.fields import Row, Spot

LARGEST = 20_000_000  # bytes of a page when unpacked
_CHUNKED = re.compile(rb"^transfer-encoding:.*chunked", re.IGNORECASE | re.MULTILINE)
_READ = "200"  # the status of an answer that holds what was asked for


@dataclass(frozen=True, slots=True)
class _Page:
    """The body of an answer, with what the archive says about it."""

    spot: Spot
    at: int
    body: bytes
    form: str
    charset: str | None
    url: str | None
    taken: datetime | None


def records(stream: BinaryIO, spot: Spot, part: Part | None = None) -> Iterator[Found]:
    """Yield the articles of an archive with offset and length of their records, and issues.

    The bytes of each are those of its page; the record itself stays in the archive. Records that
    hold no text, page or document are counted in one note at the end. The stream must seek; `part`
    is what of it is wanted.
    """
    left: Counter[str] = Counter()
    begin, number = (part.start, part.line - 1) if part else (0, 0)
    if part:
        stream = archive.until(stream, part.end)
    waiting: _Page | None = None  # its length is known when the next record begins
    some = False
    for found in archive.found(stream, begin, number):
        some = True
        if waiting is not None:
            yield from _articles(waiting, found.at, stream)
        waiting = None
        if isinstance(found, archive.Gap):
            text = (
                f"what stands from byte {found.at:,} to {found.end:,} is no record that can be read"
            )
            yield spot.issue("broken-record", "error", f"{text}; left out, and reading goes on")
            continue
        made = _page(found, replace(spot, place=f"record {found.number}"), left)
        if isinstance(made, Issue):
            yield made
        else:
            waiting = made
    if waiting is not None:
        yield from _articles(waiting, archive.length(stream), stream)
    if not some:
        yield spot.issue("empty-file", "error", "no records; expected a web archive (WARC)")
    if left:
        counts = ", ".join(f"{count} {what}" for what, count in sorted(left.items()))
        here = replace(spot, place=f"from byte {begin:,}") if part else spot
        yield here.issue("other-records", "note", f"not read as articles: {counts}")


def _page(found: archive.Record, spot: Spot, left: Counter[str]) -> _Page | Issue | None:
    """Return the page in a record; None, and one more in `left`, where it holds none."""
    head, kind = found.head, found.head.record_type.name or "unknown"
    if kind != "response":
        left[f"{kind} records"] += 1
        return None
    if found.block is None:
        text = f"a record of {head.content_length:,} bytes; at most {archive.LARGEST:,} are read"
        return spot.issue("too-large", "error", text)
    try:
        body = _body(head, found.block)
    except Exception as error:  # noqa: BLE001 - as many kinds as there are broken answers
        text = f"no answer that can be read ({type(error).__name__})"
        return spot.issue("broken-record", "error", text)
    if len(body) > LARGEST:
        text = f"a page of more than {LARGEST:,} bytes when unpacked; not read"
        return spot.issue("too-large", "error", text)
    return _answer(found, body, spot, left)


def _answer(found: archive.Record, body: bytes, spot: Spot, left: Counter[str]) -> _Page | None:
    """Return the page in an answer; None, and one more in `left`, where it is of another kind."""
    head = found.head
    status = head.http_headers.status_code if head.http_headers else None
    if str(status) != _READ:
        left[f"answers other than {_READ}"] += 1
        return None
    form = forms.TYPES.get((head.http_content_type or "").lower())
    if form is None:
        left["answers that are no text"] += 1
        return None
    url = head.headers.get("WARC-Target-URI")
    url = url.strip("<> ") if url else None  # the first version of the standard has brackets
    return _Page(spot, found.at, body, form, head.http_charset, url, head.record_date)


def _body(head: WarcRecord, block: bytes) -> bytes:
    """Return what an answer holds, unpacked, one byte more than is read if it is too much."""
    head.set_bytes_content(_joined(block))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about packings that nobody knows; they give no text
        head.parse_http(strict_mode=False, auto_decode="content")
    return head.reader.read(LARGEST + 1)


def _joined(block: bytes) -> bytes:
    """Return an answer whose body was sent in chunks in one piece, any other as it is.

    Archives may keep the header over a body that they have joined already.
    """
    start, gap, body = block.partition(b"\r\n\r\n")
    if not _CHUNKED.search(start):
        return block
    from http.client import HTTPException, HTTPResponse  # noqa: PLC0415 - it opens ssl

    answer = HTTPResponse(cast("socket", _Socket(block)))
    try:
        answer.begin()
        body = answer.read()
    except (HTTPException, ValueError):
        pass
    finally:
        answer.close()
    return _CHUNKED.sub(b"X-Chunked:", start) + gap + body


class _Socket:
    """What the standard library reads an answer from."""

    def __init__(self, block: bytes) -> None:
        self._block = block

    def makefile(self, *_: object, **__: object) -> BinaryIO:
        """Return the answer as a file."""
        return io.BytesIO(self._block)


def _articles(page: _Page, end: int, stream: BinaryIO) -> Iterator[Found]:
    """Yield the article of a page; a page without one is nothing unusual in an archive."""
    place = (page.at, end - page.at) if end > page.at and archive.opens(stream, page.at) else None
    for found in forms.whole(page.body, page.form, page.spot, page.charset):
        if isinstance(found, Issue):
            common = found.code in ("no-article", "empty-file")
            yield structs.replace(found, severity="note") if common else found
            continue
        row, spot = found
        yield Piece(
            _told(row, page),
            spot,
            "warc",
            page.body,
            place[0] if place else None,
            place[1] if place else None,
            page.taken,
        )


def _told(row: Row, page: _Page) -> Row:
    """Return the fields with the address and the day that the archive gives."""
    day = page.taken.isoformat() if page.taken else None
    return {**row, "url": page.url or row.get("url"), "fetched": day}
