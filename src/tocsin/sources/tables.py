"""Tables of articles, one a row: CSV and its kin, and Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from tocsin.base.errors import InputError
from tocsin.sources import columns as naming
from tocsin.sources import parquet as stored
from tocsin.sources.decode import decode
from tocsin.sources.fields import LONGEST
from tocsin.sources.piece import Found, Part, Piece

if TYPE_CHECKING:
    from tocsin.sources.fields import Spot

mapping = naming.mapping  # for whoever keeps what was guessed with a source

# Bytes of a table in UTF-16, which has no lines before it is decoded.
LARGEST = 20_000_000
_FIELD = 2 * LONGEST  # characters of a cell; a quotation mark that is never closed ends there
_LINE = 4 * _FIELD  # bytes of a line
_SIGNS = (",", "\t", ";", "|")  # what sets cells apart, in order of preference
_TOLD = re.compile(r"sep=([,;|\t])\s*")
# Quotation marks within cells, written with a backslash, and twice, as the standard has it.
_ESCAPED = re.compile(r'\\"[^,;|\t\r\n]')
_DOUBLED = re.compile(r'[^,;|\t\r\n]""[^,;|\t\r\n]')
# Lines and bytes of a row; quotation marks that are never closed may end there too.
_TALL, _LARGE = 100_000, 2 * _LINE
_SAMPLE = 20  # lines that tell how quotation marks are escaped


Plan = Mapping[str, list[str] | str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in characters, with its place in bytes."""

    text: str
    raw: bytes
    at: int
    doubt: str | None = None


class _Lines:
    """The lines of a file, which remembers those that the row at hand is made of."""

    def __init__(self, lines: Iterator[_Line]) -> None:
        self._lines = lines
        self._again: list[_Line] = []
        self.taken: list[_Line] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self.taken.append(line)
        self._size += len(line.raw)
        if self.full:
            raise csv.Error(f"more than {_TALL:,} lines or {_LARGE:,} bytes in one")
        return line.text

    @property
    def full(self) -> bool:
        """Whether the row at hand has more lines than any row."""
        return len(self.taken) > _TALL or self._size > _LARGE

    def clear(self) -> None:
        """Begin a new row."""
        self.taken.clear()
        self._size = 0

    def peek(self, count: int) -> list[str]:
        """Return the lines to come, up to so many, without taking them."""
        ahead = list(islice(self._lines, count))
        self._again = [*reversed(ahead), *self._again]
        return [line.text for line in ahead]

    def back(self) -> None:
        """Give all lines again but the first, after a row that could not be read."""
        self._again += reversed(self.taken[1:])


def cells(
    stream: BinaryIO, spot: Spot, columns: Mapping[str, str] | None = None, sign: str | None = None
) -> Iterator[Found]:
    """Yield the rows of a table whose cells stand between commas, tabs or the like, and issues.

    `columns` says which column holds which field (see `columns.plan`); without it headers are
    guessed by. `sign` is what sets cells apart; without it the line of headers shows it.
    """
    try:
        lines = _Lines(_decoded(stream))
        rows = _rows(lines, sign)
        headers = next(rows, None)
    except InputError as error:
        yield spot.issue("not-text", "error", str(error))
        return
    if not isinstance(headers, list):
        yield spot.issue("empty-file", "error", headers or "no lines; expected a line of headers")
        return
    headers = [header.strip() for header in headers]
    planned = yield from _planned(headers, columns, spot)
    if planned is not None:
        yield from _articles(rows, lines, spot, (headers, planned, "tsv" if sign else "csv"))


def parquet(
    stream: BinaryIO,
    spot: Spot,
    columns: Mapping[str, str] | None = None,
    part: Part | None = None,
) -> Iterator[Found]:
    """Yield the rows of a Parquet table, or some of them, and issues; a row's bytes are JSON.

    The package pyarrow is an extra; without it the issue says how to install it.
    """
    try:
        file = stored.opened(stream)
        headers = [str(name) for name in file.schema_arrow.names]
    except ImportError:
        text = "the package pyarrow is not installed; pip install 'tocsin[parquet]'"
        yield spot.issue("not-installed", "error", text)
        return
    except Exception as error:  # noqa: BLE001 - as many kinds as there are broken files
        yield spot.issue("bad-table", "error", stored.broken(error))
        return
    planned = yield from _planned(headers, columns, spot)
    if planned is not None:
        yield from _stored(stream, file, spot, planned, part)


def separator(line: str) -> str | None:
    """Return what sets cells apart as the first line of Excel's own tables says; None in others."""
    found = _TOLD.fullmatch(line)
    return found[1] if found else None


def _planned(
    headers: Sequence[str], columns: Mapping[str, str] | None, spot: Spot
) -> Generator[Found, None, Plan | None]:
    """Yield issues about the headers; return which of them are taken, None where none can be."""
    told = dict(columns) if columns else mapping(headers)
    try:
        made = naming.plan(headers, told)
    except InputError as error:
        yield spot.issue("no-column", "error", str(error))
        return None
    if not columns:
        taken = ", ".join(f"{field} from `{header}`" for field, header in told.items())
        yield spot.issue("guessed-columns", "note", f"{taken}; give columns where that is wrong")
    return made


def _articles(
    rows: Iterator[list[str] | str], lines: _Lines, spot: Spot, table: tuple[list[str], Plan, str]
) -> Iterator[Found]:
    """Yield the rows below the headers; a row of more or fewer cells is an issue."""
    headers, planned, form = table
    doubted = False
    number = 1
    for number, found in enumerate(rows, 2):
        here = replace(spot, place=f"row {number}")
        raw = b"".join(line.raw for line in lines.taken)
        doubt = next((line.doubt for line in lines.taken if line.doubt), None)
        if doubt and not doubted:
            doubted = True
            yield here.issue("bad-encoding", "note", f"{doubt}. Later rows are not named")
        if isinstance(found, str):
            yield here.issue("bad-row", "error", found)
            continue
        while len(found) > len(headers) and not found[-1].strip():
            found.pop()
        if len(found) != len(headers):
            text = f"{len(found)} cells; expected {len(headers)} as in the headers. Not read: "
            yield here.issue("ragged-row", "error", text + "is a quotation mark missing?")
            continue
        row = naming.row(dict(zip(headers, found, strict=True)), planned)
        whole = lines.taken[0].at >= 0
        place = (lines.taken[0].at, len(raw)) if whole else (None, None)
        yield Piece(row, here, form, raw, *place)
    if number == 1:
        yield spot.issue("empty-file", "error", "no rows below the headers; expected articles")


def _rows(lines: _Lines, sign: str | None) -> Iterator[list[str] | str]:
    """Yield the cells of each row, or why a row has none; rows without anything are left out."""
    # The limit holds for the whole process, and is below the length of long articles.
    csv.field_size_limit(max(csv.field_size_limit(), _FIELD))
    sample = lines.peek(_SAMPLE)
    if not sample:
        return
    told = separator(sample[0])
    if told:
        next(lines)
    style = _style(sample, told or sign)
    reader = csv.reader(lines, **style)
    while True:
        lines.clear()
        try:
            found = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            left = "All of them are" if lines.full else "The line is"
            yield f"no row of cells ({error}); is a quotation mark missing? {left} left out"
            if not lines.full:
                lines.back()
            reader = csv.reader(lines, **style)
            continue
        if len(lines.taken[0].raw) > _LINE:
            yield f"a line of more than {_LINE:,} bytes; left out"
        elif any(cell.strip() for cell in found):
            yield found


def _style(sample: Sequence[str], sign: str | None) -> dict[str, Any]:
    """Return how cells are set apart and quoted."""
    if sign is None:
        # The sign that makes most columns of the headers, quoted ones left whole.
        sign = max(_SIGNS, key=lambda sign: _count(sample[0], sign))
    text = "".join(sample)
    if _ESCAPED.search(text) and not _DOUBLED.search(text):
        return {"delimiter": sign, "escapechar": "\\", "doublequote": False}
    return {"delimiter": sign}


def _count(line: str, sign: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=sign), []))
    except csv.Error:
        return 0


def _decoded(stream: BinaryIO) -> Iterator[_Line]:
    """Yield the lines of a file in characters."""
    at, first = 0, stream.readline(_LINE + 1)
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in first[:100]:
        yield from _wide(first + stream.read(LARGEST + 1))
        return
    line = first
    while line:
        text, doubt = _text(line, first=at == 0)
        yield _Line(text if len(line) <= _LINE else "\n", line, at, doubt)
        at += len(line)
        while len(line) > _LINE and not line.endswith(b"\n"):  # the rest of a line too long
            line = stream.readline(_LINE + 1)
            at += len(line)
        line = stream.readline(_LINE + 1)


def _text(raw: bytes, *, first: bool) -> tuple[str, str | None]:
    """Return a line in characters; only the first may refuse the whole file."""
    try:
        return decode(raw)
    except InputError as error:
        if first:
            raise
        return raw.decode("utf8", "replace"), str(error)


def _wide(data: bytes) -> Iterator[_Line]:
    if len(data) > LARGEST:
        raise InputError(f"more than {LARGEST:,} bytes of UTF-16; save it as UTF-8")
    text, doubt = decode(data)
    for line in io.StringIO(text, newline=""):
        yield _Line(line, line.encode("utf8", "replace"), -1, doubt)


def _stored(
    stream: BinaryIO,
    file: Any,  # noqa: ANN401 - no types
    spot: Spot,
    planned: Plan,
    part: Part | None,
) -> Iterator[Found]:
    """Yield the rows of an open Parquet file as far as they can be read, and why no further."""
    wanted = sorted(
        {header for told in planned.values() if isinstance(told, list) for header in told}
    )
    number = part.start if part else 0
    rows = (part.start, part.end) if part else None
    try:
        count, code, why = stored.tried(stream, wanted, rows)
        for values in stored.rows(file, wanted, count, rows):
            number += 1
            here = replace(spot, place=f"row {number}")
            if isinstance(values, int):
                text = f"a row of {values:,} bytes; at most {stored.LARGEST:,} are read"
                yield here.issue("too-large", "error", text)
                continue
            held = {key: _plain(value) for key, value in values.items()}
            raw = msgspec.json.encode(held)
            yield Piece(naming.row(held, planned), here, "parquet", raw)
    except InputError as error:
        code, why = "bad-table", str(error)
    except Exception as error:  # noqa: BLE001 - as above
        code, why = "bad-table", stored.broken(error)
    if code:
        yield replace(spot, place=f"after row {number}").issue(code, "error", why)
    elif not number and part is None:
        yield spot.issue("empty-file", "error", "no rows; expected articles")


def _plain(value: object) -> object:
    """Return a cell as other readers give it: texts, numbers, days as texts, lists of texts."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return [str(item) for item in value if item is not None]
    if isinstance(value, float):
        return None if value != value else str(value)  # noqa: PLR0124 - not a number
    if isinstance(value, bytes):
        return value[:_FIELD].decode("utf8", "replace")
    if isinstance(value, str):
        return value[:_FIELD]
    return value if value is None or isinstance(value, int) else str(value)[:_FIELD]
