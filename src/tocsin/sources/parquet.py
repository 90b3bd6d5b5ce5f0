"""Parquet, whose pages may unpack to anything; the door to pyarrow.

A table is unpacked in the sandbox first, where a page that is too large for memory does no harm,
and then read as far as that went.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from tocsin.sources import sandbox

LARGEST = 20_000_000  # bytes of a row
# Rows that a table may have beyond one for each of its bytes: no two articles are the same.
ROWS = 100_000
# Bytes that the rows of a table may unpack to, and how many more for each of its own bytes: news
# packs to a fifth, and columns of few words to a hundredth.
BYTES, DENSE = 100_000_000, 100
_BATCH = 64  # rows in memory at a time
_BUFFER = 1_000_000  # bytes of a column that are read at a time
_SPEED = 5_000_000  # bytes of a table for which its trial has another second

# How many rows can be read, and the code and reason of an issue where there are more.
Tried = tuple[int, str, str]
# Which rows of a table are wanted: the first, and the first that is not.
Rows = tuple[int, int] | None


def opened(stream: BinaryIO) -> Any:  # noqa: ANN401 - no types
    """Return an open table; raise ImportError without pyarrow, and much else where it is none."""
    parquet = import_module("pyarrow.parquet")
    schema = parquet.read_schema(stream)
    # Texts stored once stay so: many rows of one long text would fill the memory.
    shared = [field.name for field in schema if str(field.type) in ("string", "large_string")]
    stream.seek(0)
    return parquet.ParquetFile(
        stream, pre_buffer=False, buffer_size=_BUFFER, read_dictionary=shared
    )


def told(stream: BinaryIO) -> tuple[int, int]:
    """Return how many rows a table says that it has, and how many bytes when unpacked."""
    found = opened(stream).metadata
    groups = [found.row_group(k) for k in range(found.num_row_groups)]
    return found.num_rows, sum(group.total_byte_size for group in groups)


def tried(stream: BinaryIO, wanted: Sequence[str], only: Rows = None) -> Tried:
    """Return how much of some columns can be read; raise InputError where the trial fails."""
    at, size = stream.tell(), stream.seek(0, os.SEEK_END)
    stream.seek(0)
    name = getattr(stream, "name", None)
    place = os.fsencode(Path(name).absolute()) if isinstance(name, str | Path) else None
    job = (place, b"" if place else stream.read(), list(wanted), only)
    stream.seek(at)
    seconds = sandbox.SECONDS + size / _SPEED
    return sandbox.run(unpacked, msgspec.msgpack.encode(job), seconds=seconds)


def unpacked(job: bytes) -> Tried:
    """Unpack a table, given by its path or its bytes, and return how far that went."""
    shape = tuple[bytes | None, bytes, list[str], Rows]
    place, data, wanted, only = msgspec.msgpack.decode(job, type=shape)
    with Path(os.fsdecode(place)).open("rb") if place else io.BytesIO(data) as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        file, count = opened(stream), 0
        told = file.metadata
        rows = max(
            told.num_rows, sum(told.row_group(k).num_rows for k in range(told.num_row_groups))
        )
        if rows > ROWS + size:
            return 0, "too-large", f"{rows:,} rows in {size:,} bytes; expected articles"
        left = BYTES + DENSE * size
        try:
            for batch in _batches(file, wanted, only):
                left -= sum(map(_weight, batch.columns))
                if left < 0:
                    text = f"rows of more than {BYTES + DENSE * size:,} bytes in {size:,}"
                    return count, "too-large", f"{text}; expected articles, each another"
                count += len(batch)
        except MemoryError as error:
            text = f"a page that unpacks to more than memory has room for ({str(error)[:100]})"
            return count, "too-large", f"{text}; expected some megabytes"
        except Exception as error:  # noqa: BLE001 - as many kinds as there are broken files
            return count, "bad-table", broken(error)
    return count, "", ""


def rows(
    file: Any,  # noqa: ANN401 - as above
    wanted: Sequence[str],
    count: int,
    only: Rows = None,
) -> Iterator[dict[str, object] | int]:
    """Yield the first rows of an open table, as many as can be read, each as cells by header.

    A row with more bytes than any article is given as their number.
    """
    batches = _batches(file, wanted, only) if count else iter(())
    for batch in batches:
        yield from _values(batch)
        count -= len(batch)
        if count <= 0:
            return


def broken(error: Exception) -> str:
    """Return what issues say of a table that cannot be read."""
    return f"no Parquet that can be read ({type(error).__name__}: {str(error)[:200]})"


def _batches(file: Any, wanted: Sequence[str], only: Rows) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Yield the rows that are wanted, unpacking no group of rows that has none of them."""
    asked = {"columns": list(wanted), "use_threads": False}
    if only is None:
        yield from file.iter_batches(_BATCH, **asked)
        return
    start, end = only
    at, groups = 0, []
    for k in range(file.metadata.num_row_groups):
        size = file.metadata.row_group(k).num_rows
        if start < at + size and at < end:
            groups.append((k, at))
        at += size
    if not groups:
        return
    at = groups[0][1]
    for batch in file.iter_batches(_BATCH, row_groups=[k for k, _ in groups], **asked):
        first, last = max(start - at, 0), min(end - at, len(batch))
        if first < last:
            yield batch.slice(first, last - first)
        at += len(batch)
        if at >= end:
            return


def _weight(column: Any) -> int:  # noqa: ANN401 - as above
    """Return the bytes of a column's cells, as many times as they are shared."""
    if not hasattr(column, "dictionary"):
        return int(column.nbytes)
    compute = import_module("pyarrow.compute")
    sizes = compute.binary_length(column.dictionary)
    return compute.sum(sizes.take(column.indices)).as_py() or 0


def _values(batch: Any) -> Iterator[dict[str, object] | int]:  # noqa: ANN401 - as above
    """Yield the cells of each row by their headers, or the row's bytes where they are too many."""
    if batch.nbytes <= _BUFFER:  # whatever its rows share is in memory a few times at most
        yield from batch.to_pylist()
        return
    for at in range(len(batch)):
        row = batch.slice(at, 1)
        size = sum(cell.nbytes for cell in row.columns if not hasattr(cell, "dictionary"))
        yield size if size > LARGEST else row.to_pylist()[0]
