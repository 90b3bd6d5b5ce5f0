"""Web archives: pages with their places, whatever else is in an archive, and what is broken."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest
from fastwarc.stream_io import GZipStream
from fastwarc.warc import WarcRecord, WarcRecordType

from tocsin.records.issue import Issue
from tocsin.sources import archive, warc
from tocsin.sources.fields import Spot
from tocsin.sources.piece import Piece

SPOT = Spot("news.warc.gz", "news")
DAY = "2024-11-21T10:15:00Z"


def page(number: int) -> bytes:
    """A page with an article."""
    lines = f"<p>The army took town {number} on Monday after a long fight, officials said.</p>" * 4
    return f"<html><head><title>Town {number}</title></head><body>{lines}</body></html>".encode()


PACKED = gzip.compress(page(0), mtime=0)


def record(
    number: int,
    body: bytes | None = None,
    head: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8",
    kind: WarcRecordType = WarcRecordType.response,
) -> WarcRecord:
    """A record of an answer, or of another kind."""
    made = WarcRecord()
    made.init_headers(0, kind, b"<urn:uuid:%032d>" % number)
    made.headers["WARC-Target-URI"] = f"https://teller.example/{number}"
    made.headers["WARC-Date"] = DAY
    made.headers["Content-Type"] = "application/http; msgtype=response"
    content = page(number) if body is None else body
    made.set_bytes_content(head.encode() + b"\r\n\r\n" + content)
    return made


def packed(records: Iterable[WarcRecord], *, members: bool = True) -> bytes:
    """An archive, each record a member of gzip, or plain."""
    out = io.BytesIO()
    stream = GZipStream(out) if members else out
    for made in records:
        made.write(stream)
    return out.getvalue()


def opened(data: bytes) -> tuple[list[Piece], list[Issue]]:
    """The pieces and issues of an archive."""
    return split(warc.records(io.BytesIO(data), SPOT))


def split(found: Iterator[Piece | Issue]) -> tuple[list[Piece], list[Issue]]:
    """The pieces and issues of a stream."""
    items = list(found)
    return [i for i in items if isinstance(i, Piece)], [i for i in items if isinstance(i, Issue)]


def towns(pieces: Iterable[Piece]) -> list[int]:
    """The numbers of the pages, by their addresses."""
    return [int(str(piece.row["url"]).rpartition("/")[2]) for piece in pieces]


@pytest.mark.parametrize("members", [True, False])
def test_pages_with_their_places(members: bool) -> None:  # noqa: FBT001 - a column of the table
    """Address and day come from the record; its place is exact, and can be read by itself."""
    data = packed((record(n) for n in range(4)), members=members)
    pieces, issues = opened(data)
    assert (towns(pieces), issues) == ([0, 1, 2, 3], [])
    for number, piece in enumerate(pieces):
        assert piece.row["title"] == f"Town {number}"
        assert piece.row["fetched"] == "2024-11-21T10:15:00+00:00"
        assert piece.fetched == datetime(2024, 11, 21, 10, 15, tzinfo=UTC)
        assert (piece.raw, piece.form) == (page(number), "warc")
        assert piece.offset is not None
        alone = data[piece.offset : piece.offset + (piece.length or 0)]
        assert [p.raw for p in opened(alone)[0]] == [page(number)]
    assert sum(piece.length or 0 for piece in pieces) == len(data)


def test_one_member_around_all_has_no_places() -> None:
    """An archive packed as a whole is read, without places that would be wrong."""
    pieces, issues = opened(gzip.compress(packed((record(n) for n in range(4)), members=False)))
    assert (towns(pieces), issues) == ([0, 1, 2, 3], [])
    assert all(piece.offset is None for piece in pieces[1:])


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Type: text/html\r\nContent-Encoding: gzip", gzip.compress(page(0), mtime=0)),
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked",
         b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(0)), page(0))),
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
         b"5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
         % (PACKED[:5], len(PACKED) - 5, PACKED[5:])),
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked", page(0)),
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip", PACKED),
        ("content-type: TEXT/HTML;charset=UTF-8", page(0)),
        ("Content-Type: application/xhtml+xml", page(0)),
    ],
)  # fmt: skip
def test_answers_are_unpacked(head: str, body: bytes) -> None:
    """Bodies are read however they were sent."""
    pieces, issues = opened(packed([record(0, body, f"HTTP/1.1 200 OK\r\n{head}")]))
    assert issues == []
    assert [piece.raw for piece in pieces] == [page(0)]


def test_plain_text_is_read() -> None:
    """A text that was sent as such is an article."""
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=windows-1251"
    text = "Армия взяла город\n\nОна взяла его в понедельник."
    (piece,), _ = opened(packed([record(0, text.encode("windows-1251"), head)]))
    assert piece.row["text"] == text


def test_what_is_no_page_is_counted() -> None:
    """Requests, revisits, errors and pictures are counted in one note; empty pages are named."""
    ok = "HTTP/1.1 200 OK\r\nContent-Type: "
    found = [
        record(0, kind=WarcRecordType.request),
        record(1, kind=WarcRecordType.revisit),
        record(2, head="HTTP/1.1 404 Not Found\r\nContent-Type: text/html"),
        record(3, b"\x89PNG", ok + "image/png"),
        record(4, b"<p>x</p>"),
        record(5, b"no pdf", ok + "application/pdf"),
        record(6),
    ]
    pieces, issues = opened(packed(found))
    assert towns(pieces) == [6]
    assert pieces[0].spot.place == "record 7"
    assert [(issue.code, issue.severity, issue.place) for issue in issues] == [
        ("no-article", "note", "record 5"),
        ("no-document", "error", "record 6"),
        ("other-records", "note", None),
    ]
    for part in (
        "1 request",
        "1 revisit",
        "1 answers other than 200",
        "1 answers that are no text",
    ):
        assert part in issues[-1].message


@pytest.mark.parametrize("members", [True, False])
@pytest.mark.parametrize("place", ["start", "middle", "cut"])
def test_broken_records_cost_themselves(members: bool, place: str) -> None:  # noqa: FBT001
    """A broken record is named by its bytes; those before and after it are read."""
    whole = packed((record(n) for n in range(4)), members=members)
    at = [found.at for found in archive.found(io.BytesIO(whole))]
    data = bytearray(whole)
    if place == "start":
        data[at[1] : at[1] + 6] = b"\xff" * 6
    elif place == "middle" and members:
        data[at[1] + 40 : at[1] + 80] = b"\xff" * 40
    else:
        del data[at[3] + 60 :]
    pieces, issues = opened(bytes(data))
    assert towns(pieces) == ([0, 1, 2] if place == "cut" or not (members or place == "start")
                             else [0, 2, 3])  # fmt: skip
    assert [issue.code for issue in issues] == ["broken-record"]
    for piece in pieces:
        assert piece.offset in at


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"no archive" * 99, "broken-record"),
        (gzip.compress(b"no archive" * 99, mtime=0), "broken-record"),
    ],
)
def test_what_is_no_archive(data: bytes, code: str) -> None:
    """A file without records says so."""
    pieces, issues = opened(data)
    assert (pieces, [issue.code for issue in issues]) == ([], [code])


def test_padding_is_no_fault() -> None:
    """Zeros and empty lines after the last record are passed over."""
    for end in (bytes(5000), b"\r\n" * 50):
        data = packed(record(n) for n in range(2)) + end
        pieces, issues = opened(data)
        assert (towns(pieces), issues) == ([0, 1], [])


@pytest.mark.parametrize("members", [True, False])
def test_records_too_large(members: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    """A record over the limit is an issue, and the next is read."""
    monkeypatch.setattr(archive, "LARGEST", 10_000)
    data = packed([record(0), record(1, b"x" * 50_000), record(2)], members=members)
    pieces, issues = opened(data)
    assert towns(pieces) == [0, 2]
    assert [(issue.code, issue.place) for issue in issues] == [("too-large", "record 2")]


def test_bombs() -> None:
    """An answer that unpacks to very much is an issue, and takes little memory."""
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
    bomb = gzip.compress(bytes(200_000_000), 1)
    data = packed([record(0, bomb, head), record(1)])
    tracemalloc.start()
    pieces, issues = opened(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert towns(pieces) == [1]
    assert [issue.code for issue in issues] == ["too-large"]
    assert peak < 100_000_000


def test_an_archive_is_read_lazily() -> None:
    """The first articles come before the archive is read to its end."""
    chance = random.Random(5)  # noqa: S311 - not for secrets
    bodies = [page(n) + chance.randbytes(20_000).hex().encode() for n in range(30)]
    stream = io.BytesIO(packed(record(n, body) for n, body in enumerate(bodies)))
    found = warc.records(stream, SPOT)
    next(found)
    assert stream.tell() < len(stream.getvalue()) / 2


def test_any_bytes_end() -> None:
    """Archives with bytes changed, lost and doubled at random give pieces and issues, no more."""
    chance = random.Random(5)  # noqa: S311 - not for secrets
    whole = [packed((record(n) for n in range(3)), members=members) for members in (True, False)]
    for _ in range(150):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.choice((1, 5))):
            at = chance.randrange(len(data))
            end = at + chance.choice((1, 8, 60))
            data[at:end] = chance.choice((
                b"", chance.randbytes(end - at), data[at:end] * 3, b"\r\n", b"99999999999",
            ))  # fmt: skip
        pieces, issues = opened(bytes(data))
        assert pieces or issues
        for piece in pieces:
            assert piece.offset is None or 0 <= piece.offset < len(data)
