"""The records of a web archive, and the gaps between them; the door to fastwarc.

An archive is read record by record, so it may be longer than memory. After a broken record reading
goes on with the next that can be found, by the bytes that open a member of gzip or a record.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

LARGEST = 20_000_000  # bytes of a record
_FIRST, _CHUNK = 8_192, 1_000_000  # bytes that are searched at first, and at most, at a time
_BEGIN = re.compile(rb"\x1f\x8b\x08|WARC/\d")
_GZIP, _OPENING = b"\x1f\x8b", b"WARC/"
_START = 512  # bytes of a member of gzip that show what is in it
_HEAD = 65_536  # bytes of a record's own headers
_BLANK = b"\0\t\r\n "  # what pads archives, which is no loss
# Bytes read for nothing, beside some for each byte of the archive, before the rest is given up:
# each of many false beginnings could have all that follows read again.
_WASTE, _WASTE_EACH = 50_000_000, 20


@dataclass(frozen=True, slots=True)
class Record:
    """A record, its number and its place; its block is None where it is too long to be read."""

    number: int
    at: int
    head: WarcRecord
    block: bytes | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of the archive that are no record that can be read."""

    at: int
    end: int


class _Until:
    """What of a stream is asked for here."""

    def __init__(self, stream: BinaryIO, end: int) -> None:
        self._stream, self._end = stream, end

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, or as many as there are."""
        left = max(self._end - self._stream.tell(), 0)
        return self._stream.read(left if size < 0 else min(size, left))

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place; return it."""
        if whence == io.SEEK_END:
            return self._stream.seek(self._end + offset)
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the place where it is."""
        return self._stream.tell()


def until(stream: BinaryIO, end: int) -> BinaryIO:
    """Return a stream as if it ended at a place."""
    return cast("BinaryIO", _Until(stream, end))


def found(stream: BinaryIO, begin: int = 0, number: int = 0) -> Iterator[Record | Gap]:
    """Yield the records of a stream that can seek, in their order, and the gaps between them.

    They are those from a place on, before which so many records stand.
    """
    size = length(stream)
    waste = _WASTE + _WASTE_EACH * (size - begin)
    start: int | None = begin if begin < size else None
    gap: int | None = None
    while start is not None:
        run = _Run(start)
        for record in run.records(stream, number):
            if gap is not None:
                yield Gap(gap, record.at)
            gap, number = None, record.number
            yield record
        waste -= run.wasted
        floor = run.floor(stream)
        start = _next(stream, floor) if waste > 0 else None
        if gap is None:
            gap = run.gap(stream, floor, size if start is None else start)
    if gap is not None:
        yield Gap(gap, size)


def length(stream: BinaryIO) -> int:
    """Return the bytes of a stream, which stays where it is."""
    here = stream.tell()
    size = stream.seek(0, 2)
    stream.seek(here)
    return size


def opens(stream: BinaryIO, at: int) -> bool:
    """Return whether a record by itself begins at a place; the stream stays where it is."""
    here = stream.tell()
    begins = _true(stream, at)
    stream.seek(here)
    return begins


class _Run:
    """One go at reading, from a place to the first fault."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.last: Record | None = None  # the last that was read
        self.bad: int | None = start  # the place of one that was begun and not read
        self.raised = False
        self.wasted = 0  # bytes that were read and made no record

    def records(self, stream: BinaryIO, number: int) -> Iterator[Record]:
        """Yield the records; one that is too long ends the run."""
        from fastwarc.stream_io import FastWARCError  # noqa: PLC0415
        from fastwarc.warc import ArchiveIterator  # noqa: PLC0415

        stream.seek(self.start)
        try:
            for head in ArchiveIterator(stream, parse_http=False):
                self.bad = head.stream_pos
                size = head.content_length
                block = None if size > LARGEST else head.reader.read(size)
                if block is not None and (
                    len(block) < size or "Content-Length" not in head.headers
                ):
                    return  # cut off
                number += 1
                self.bad, self.last = None, Record(number, head.stream_pos, head, block)
                yield self.last
                if block is None:
                    return  # getting past it could take for ever, where it is packed
        except (FastWARCError, ValueError, OSError, EOFError):
            self.raised = True
        finally:
            good = self.last.at if self.last else self.start
            self.wasted = stream.tell() - (good if self.bad is None else self.bad)

    def floor(self, stream: BinaryIO) -> int:
        """Return from where on the next record has to be looked for."""
        if self.bad is not None:
            return self.bad + 1
        if self.last is None:
            return self.start + 1
        return _end(stream, self.last)

    def gap(self, stream: BinaryIO, floor: int, end: int) -> int | None:
        """Return where something lies that was not read, None where all was."""
        if self.bad is not None:
            return self.bad
        if self.last is not None and self.last.block is None:
            return None
        stream.seek(floor)
        if stream.read(min(_CHUNK, max(0, end - floor))).strip(_BLANK):
            return floor
        # One member of gzip around all records shows no places; it broke somewhere before.
        return end - 1 if self.raised and floor >= end else None


def _end(stream: BinaryIO, record: Record) -> int:
    """Return the place after a record that was read, the end of the stream where none is told."""
    stream.seek(record.at)
    head = stream.read(_HEAD)
    if head.startswith(_OPENING):
        size = record.head.content_length if record.block is None else len(record.block)
        # Empty lines part its headers from its block, and its block from the next record.
        block = record.at + head.find(b"\r\n\r\n") + 4
        return block if block + size > length(stream) else block + size + 4
    if not head.startswith(_GZIP):
        return length(stream)
    if record.block is None:
        return record.at + 1
    member, taken = zlib.decompressobj(zlib.MAX_WBITS | 16), 0
    while head:
        try:
            # Bounded, so that a member that unpacks to very much takes no memory.
            member.decompress(head, _CHUNK)
            while member.unconsumed_tail:
                member.decompress(member.unconsumed_tail, _CHUNK)
        except zlib.error:  # broken behind the record
            return record.at + taken + 1
        taken += len(head) - len(member.unused_data)
        if member.eof:
            break
        head = stream.read(_CHUNK)
    return record.at + taken


def _next(stream: BinaryIO, floor: int) -> int | None:
    """Return the first place from there on where a record begins, None if there is no more."""
    at, before, size = floor, b"", _FIRST
    while True:
        stream.seek(at)
        chunk = stream.read(size)
        for match in _BEGIN.finditer(before + chunk):
            place = at - len(before) + match.start()
            if place >= floor and _true(stream, place):
                return place
        if len(chunk) < size:
            return None
        at, before, size = at + size, chunk[-len(_OPENING) :], min(2 * size, _CHUNK)


def _true(stream: BinaryIO, place: int) -> bool:
    """Return whether it is a record that begins there, and no chance bytes."""
    stream.seek(max(0, place - 1))
    head = stream.read(_START + 1) if place else b"\n" + stream.read(_START)
    if head[1:].startswith(_OPENING):
        return head.startswith(b"\n")
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head[1:], 16).startswith(_OPENING)
    except zlib.error:
        return False
