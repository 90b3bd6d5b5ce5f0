"""Files, folders and standard input, read one article at a time.

Every problem is an issue in the stream, and reading goes on with what comes next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tocsin.records.article import Article
from tocsin.records.capture import Capture, capture_id
from tocsin.records.issue import Issue
from tocsin.sources import forms, mail, rows, tables, walk, warc
from tocsin.sources.fields import Given, Spot, article
from tocsin.sources.parcel import Parcel, fingerprint
from tocsin.sources.piece import Found, Part, Piece
from tocsin.sources.walk import Shard, Source

if TYPE_CHECKING:
    from datetime import date

LARGEST = 20_000_000  # bytes of a file of text, or of one line of a file of lines
DONE = -1  # how many articles of a file were taken when it was taken to its end
# Bytes of a file of pictures and attachments, which has less text than that.
_LARGE: Mapping[str, int] = {"pdf": 50_000_000, "docx": 50_000_000, "mail": mail.LARGEST}
# Forms whose articles go by names of their own, which somebody counts on finding again.
_NAMED = frozenset({"json", "lines", "csv", "tsv", "parquet"})


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a file is read: the number of its articles that came, and whether it is done."""

    shard: Shard
    done: bool
    position: int


@dataclass(frozen=True, slots=True)
class _Order:
    """What the caller asked for."""

    given: Given
    columns: Mapping[str, str] | None = None
    source: str | None = None
    after: Mapping[str, int] = field(default_factory=dict)
    part: Part | None = None


def read(
    paths: Iterable[Path | str],
    *,
    outlet: str | None = None,
    published: date | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Issue]:
    """Yield every article found under the paths, and an issue for everything that is wrong.

    `outlet` and `published` hold for articles that do not give their own; `-` is standard input.
    An article that was there before is an issue instead; rows that go by different names of their
    own stay apart, whatever their texts.
    """
    seen: dict[tuple[str, str], str] = {}
    twice: set[str] = set()
    last: str | None = None
    for item in parcels(paths, outlet=outlet, published=published, stdin=stdin):
        if isinstance(item, Mark):
            continue
        if isinstance(item, Issue):
            if item.article not in twice:
                yield item
            continue
        found, place, form = item.article, item.capture.place, item.capture.form
        if place != last:
            twice.clear()
            last = place
        key = (found.id, found.doc if form in _NAMED or place == walk.STDIN else "")
        first = seen.get(key) or seen.get((found.id, ""))
        if first is None:
            seen[key] = place
            yield found
        else:
            twice.add(found.id)
            message = f"`{found.doc}` is the same as in {first}; read once"
            yield Spot(place, "").issue("duplicate", "note", message, article=found.id)


def parcels(
    paths: Iterable[Path | str],
    *,
    outlet: str | None = None,
    published: date | None = None,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    after: Mapping[str, int] | None = None,
    part: Part | None = None,
) -> Iterator[Parcel | Issue | Mark]:
    """Yield every article under the paths with its capture and bytes, and all issues.

    As `read`, but articles that were there before come again, each with its own capture. `columns`
    is for tables (see `columns.plan`), `source` is the id that captures name. A Mark follows each
    article and its issues, and another the end of each file. `after` says for files, by their
    place, how many of their articles were taken before, DONE for all: these do not come again, nor
    do issues from before the last of them. `part` is what of a file of lines or rows is wanted.
    """
    order = _Order(Given(outlet, published), columns, source, after or {}, part)
    for path in paths:
        for found in walk.sources(path, stdin):
            if isinstance(found, Issue):
                yield found
            else:
                yield from _taken(found, order)


def shards(paths: Iterable[Path | str]) -> Iterator[Shard]:
    """Yield the files that `parcels` would read, without opening them."""
    for path in paths:
        yield from (item.shard for item in walk.sources(path) if isinstance(item, Source))


def _taken(source: Source, order: _Order) -> Iterator[Parcel | Issue | Mark]:
    """Yield what a file holds beyond what was taken of it before."""
    before = order.after.get(source.shard.place, 0)
    if before == DONE:
        return
    position = 0
    hashes = _Hashes()
    for piece in _opened(source, order):
        if isinstance(piece, Issue):
            if position >= before:
                yield piece
            continue
        made = list(article(piece.row, piece.spot, order.given))
        came = any(isinstance(item, Article) for item in made)
        position += came
        if position <= before and (came or position < before):
            continue
        for item in made:
            yield item if isinstance(item, Issue) else _parcel(item, piece, order, hashes)
        if came:
            yield Mark(source.shard, done=False, position=position)
    yield Mark(source.shard, done=True, position=position)


class _Hashes:
    """The name of the bytes at hand, which many articles of one file may share."""

    def __init__(self) -> None:
        self._raw: bytes | None = None
        self._name: str | None = None

    def name(self, raw: bytes | None) -> str | None:
        """Return the SHA-256 of bytes, reckoned once for the same ones in a row."""
        if raw is not self._raw:
            self._raw, self._name = raw, None if raw is None else fingerprint(raw)
        return self._name


def _parcel(found: Article, piece: Piece, order: _Order, hashes: _Hashes) -> Parcel:
    name = hashes.name(piece.raw)
    capture = Capture(
        id=capture_id(found.id, piece.spot.file, piece.offset, name),
        article=found.id,
        place=piece.spot.file,
        form=piece.form,
        source=order.source,
        offset=piece.offset,
        length=piece.length,
        fetched=piece.fetched,
        raw=name,
    )
    return Parcel(found, capture, piece.raw)


def _opened(source: Source, order: _Order) -> Iterator[Found]:
    try:
        stream = source.open()
        try:
            yield from _pieces(stream, source, order.columns, order.part)
        finally:
            if not source.lasting:
                stream.close()
    except OSError as error:
        message = f"it cannot be read ({walk.reason(error)})"
        yield source.spot.issue("unreadable", "error", message)


def _pieces(
    stream: BinaryIO, source: Source, columns: Mapping[str, str] | None, part: Part | None
) -> Iterator[Found]:
    """Yield the rows of fields in a file, whatever its form."""
    spot, form = source.spot, source.shard.form
    if form == "mbox":
        yield from mail.box(stream, spot)
    elif form in ("csv", "tsv"):
        yield from tables.cells(stream, spot, columns, "\t" if form == "tsv" else None)
    elif form == "parquet":
        yield from tables.parquet(stream, spot, columns, part)
    elif form == "warc":
        yield from warc.records(stream, spot, part)
    elif form == "lines" and part is not None:
        stream.seek(part.start)
        yield from _lines(stream.readline(LARGEST + 1), stream, spot, part)
    elif form == "lines":
        first = stream.readline(LARGEST + 1)
        if first.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 has no lines before it is decoded
            yield from _whole(stream, source, first)
        else:
            yield from _lines(first, stream, spot)
    else:
        yield from _whole(stream, source)


def _whole(stream: BinaryIO, source: Source, first: bytes = b"") -> Iterator[Found]:
    """Yield the rows of a file that is read at once, `first` being what was read of it before."""
    spot, form = source.spot, source.shard.form
    most = _LARGE.get(form, LARGEST)
    data = first + stream.read(most + 1)
    if len(data) > most:
        message = f"more than {most:,} bytes; split it, or give one article a line as `.jsonl`"
        yield spot.issue("too-large", "error", message)
    elif form == "mail":
        yield from mail.message(data, spot)
    else:
        form = forms.told(data) if form == walk.ANY else form
        for found in forms.whole(data, form, spot):
            yield found if isinstance(found, Issue) else Piece(*found, form, data)


def _lines(first: bytes, stream: BinaryIO, spot: Spot, part: Part | None = None) -> Iterator[Found]:
    """Yield the rows of a file of lines, or of a part of it; it may be longer than memory."""
    number, offset = (part.line, part.start) if part else (1, 0)
    line, empty = first, part is None
    while line and (part is None or offset < part.end):
        here = Spot(spot.file, spot.stem, f"line {number}")
        if len(line) > LARGEST:
            message = f"a line of more than {LARGEST:,} bytes; the rest of the file is not read"
            yield here.issue("too-large", "error", message)
            return
        if line.strip():
            empty = False
            yield from _line(line, here, offset)
        number, offset, line = number + 1, offset + len(line), stream.readline(LARGEST + 1)
    if empty:
        yield spot.issue(
            "empty-file", "error", "no lines with something on them; expected articles"
        )


def _line(line: bytes, spot: Spot, offset: int) -> Iterator[Found]:
    text, doubt = forms.characters(line, spot)
    if doubt:
        yield doubt
    if text is None:
        return
    found = rows.line_row(text, spot)
    yield found if isinstance(found, Issue) else Piece(*found, "lines", line, offset, len(line))
