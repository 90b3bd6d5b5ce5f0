"""Files cut into slices that can be read apart: lines, tables, web archives; others stay whole.

However a file is cut, its slices together give the articles that it gives as a whole, each under
the same name and place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from tocsin.records.article import Article
from tocsin.records.issue import Issue
from tocsin.sources import archive, files, parquet, walk
from tocsin.sources.archive import Gap, Record
from tocsin.sources.files import Mark
from tocsin.sources.piece import Part
from tocsin.sources.walk import Source

_BLOCK = 1 << 20
# Bytes of a slice of a web archive: always as many, since each has a note about what it leaves out.
ARCHIVE = 8_000_000
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 has no lines before it is decoded


class Input(Struct, frozen=True, forbid_unknown_fields=True):
    """A file as it was found: where, in which form, its bytes, time of change and SHA-256."""

    place: str
    form: str
    size: int
    modified: int
    sha256: str


class Slice(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A file, or what stands in it from `start` until `end`: bytes, or rows of a table.

    `line` is the number of the first line or record, `weight` about how many bytes there are to
    read.
    """

    place: str
    weight: int
    start: int = 0
    end: int | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """A file with the slices that it is cut into."""

    file: Input
    slices: tuple[Slice, ...]


def found(paths: Iterable[Path | str]) -> Iterator[Source | Issue]:
    """Yield the files at or under the paths, each once, and issues for what cannot be read."""
    seen: set[str] = set()
    for path in paths:
        for item in walk.sources(path):
            place = item.file if isinstance(item, Issue) else item.shard.place
            if place not in seen:
                seen.add(place)
                yield item


def cut(source: Source, size: int) -> Cut | Issue:
    """Return a file cut into slices of about so many bytes; an issue where it cannot be read."""
    try:
        rows, weight = _table(source) if source.shard.form == "parquet" else (0, 0)
        split = source.shard.form == "lines"
        name, ends = _scanned(source, size if split else None)
        if source.shard.form == "warc":
            ends = _records(source)
    except OSError as error:
        message = f"it cannot be read ({walk.reason(error)})"
        return source.spot.issue("unreadable", "error", message)
    shard = source.shard
    made = Input(shard.place, shard.form, shard.size, shard.modified, name)
    if rows:
        return Cut(made, tuple(_rows(shard.place, rows, weight, size)))
    if len(ends) > 1:
        return Cut(made, tuple(_lines(shard.place, ends)))
    return Cut(made, (Slice(shard.place, shard.size),))


def read(part: Slice, columns: Mapping[str, str] | None = None) -> Iterator[Article | Issue]:
    """Yield the articles of a slice and the issues about it, as `files.parcels` does."""
    asked = Part(part.start, part.end, part.line) if part.end is not None else None
    for item in files.parcels([part.place], columns=columns, part=asked):
        if isinstance(item, Issue):
            yield item
        elif not isinstance(item, Mark):
            yield item.article


def _scanned(source: Source, size: int | None) -> tuple[str, list[tuple[int, int]]]:
    """Return a file's SHA-256, and where its slices of lines end: byte, and lines until there."""
    whole = hashlib.sha256()
    ends: list[tuple[int, int]] = []
    at = lines = 0
    with source.open() as stream:
        wide = stream.read(2) in _WIDE
        stream.seek(0)
        while block := stream.read(_BLOCK):
            whole.update(block)
            done = 0
            # The first line that ends behind a slice's last byte is the last of the slice.
            while size and not wide:
                least = max((ends[-1][0] if ends else 0) + size - at - 1, done)
                end = block.find(b"\n", least) + 1
                if not end:
                    break
                lines += block.count(b"\n", done, end)
                done = end
                ends.append((at + end, lines))
            lines += block.count(b"\n", done)
            at += len(block)
    if not ends or ends[-1][0] < at:
        ends.append((at, lines))
    return whole.hexdigest(), ends


def _lines(place: str, ends: Iterable[tuple[int, int]]) -> Iterator[Slice]:
    start, line = 0, 1
    for end, lines in ends:
        yield Slice(place, end - start, start, end, line)
        start, line = end, lines + 1


def _records(source: Source) -> list[tuple[int, int]]:
    """Return where the slices of a web archive end: byte, and records until there.

    Each begins with a record that stands by itself, behind another that could be read.
    """
    ends: list[tuple[int, int]] = []
    start = 0
    before: Record | Gap | None = None
    with source.open() as stream:
        for found in archive.found(stream):
            apart = isinstance(found, Record) and found.at - start >= ARCHIVE
            if apart and isinstance(before, Record) and archive.opens(stream, found.at):
                start = found.at
                ends.append((start, before.number))
            before = found
    number = before.number if isinstance(before, Record) else 0
    return [*ends, (source.shard.size, number)]


def _table(source: Source) -> tuple[int, int]:
    """Return the rows of a table and their bytes unpacked; nothing where it says none."""
    with source.open() as stream, suppress(Exception):  # the issue comes when it is read
        return parquet.told(stream)
    return 0, 0


def _rows(place: str, rows: int, weight: int, size: int) -> Iterator[Slice]:
    """Yield slices of as many rows each; a table says how many bytes its rows have together."""
    count = min(max(round(weight / size), 1), rows)
    if count == 1:
        yield Slice(place, weight)
        return
    starts = [rows * k // count for k in range(count + 1)]
    for start, end in pairwise(starts):
        yield Slice(place, weight * (end - start) // rows, start, end)
