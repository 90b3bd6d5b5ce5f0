"""Spreadsheets as rows of words: CSV, TSV and XLSX, whatever their columns are called."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tocsin.base.errors import InputError
from tocsin.sources.decode import decode
from tocsin.sources.tables import separator

LARGEST = 50_000_000  # bytes of a file
MOST = 100_000  # rows
WIDEST = 500  # columns
_SIGNS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headings, and its rows with their numbers as spreadsheets count them."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(path: Path, sheet: str | None = None, header: int = 1) -> Sheet:
    """Return a spreadsheet's table; raise InputError where the file is none.

    `sheet` names one of a workbook's; the first counts by default. Headings stand in the row
    `header`, or in the first behind it with anything in it. Rows with nothing in them are passed
    over; days come as 2024-11-21.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise InputError(f"{path}: it cannot be read ({error.strerror})") from error
    if size > LARGEST:
        raise InputError(f"{path}: more than {LARGEST:,} bytes; split it")
    book = path.suffix.lower() in (".xlsx", ".xlsm")
    cells = _workbook(path, data, sheet) if book else _text(path, data, header)
    return _table(path, cells, header)


def _table(path: Path, cells: Iterator[Sequence[str]], header: int) -> Sheet:
    numbered = (
        (at, tuple(row)) for at, row in enumerate(cells, 1) if at >= header and any(row)
    )  # fmt: skip
    first = next(numbered, None)
    if first is None:
        where = f"nothing from row {header} on" if header > 1 else "nothing in it"
        raise InputError(f"{path}: {where}; expected headings and rows")
    headings = tuple(one.strip() for one in first[1])
    if len(headings) > WIDEST:
        raise InputError(f"{path}: {len(headings)} columns; at most {WIDEST} are read")
    twice = {one for one in headings if one and headings.count(one) > 1}
    if twice:
        raise InputError(f"{path}: two columns are called {min(twice)!r}; rename one")
    rows: list[tuple[int, tuple[str, ...]]] = []
    for at, row in numbered:
        if len(rows) == MOST:
            raise InputError(f"{path}: more than {MOST:,} rows; split it")
        padded = (*row, *("" for _ in headings))
        rows.append((at, tuple(one.strip() for one in padded[: len(headings)])))
    return Sheet(path.name, headings, tuple(rows))


def _text(path: Path, data: bytes, header: int) -> Iterator[Sequence[str]]:
    try:
        text, _ = decode(data)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    lines = list(io.StringIO(text, newline=""))
    sign = separator(lines[0]) if lines else None
    if sign:  # a line that spreadsheets do not show, nor count
        del lines[0]
    elif path.suffix.lower() == ".tsv":
        sign = "\t"
    try:
        yield from csv.reader(lines, delimiter=sign or _sign(lines[header - 1 :]))
    except csv.Error as error:
        raise InputError(f"{path}: no table ({error}); save it as CSV (UTF-8)") from error


def _sign(lines: Sequence[str]) -> str:
    """Return what stands between cells: the sign that the headings have most of."""
    first = next((line for line in lines if line.strip()), "")
    return max(_SIGNS, key=first.count)


def _workbook(path: Path, data: bytes, sheet: str | None) -> Iterator[Sequence[str]]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError(
            f"{path}: workbooks need openpyxl; pip install 'tocsin[excel]', or save it as CSV"
        ) from error
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever a broken file makes it
        raise InputError(f"{path}: no workbook ({error}); save it anew, or as CSV") from error
    try:
        if sheet is not None and sheet not in book.sheetnames:
            raise InputError(f"{path}: no sheet {sheet!r}; it has {', '.join(book.sheetnames)}")
        for row in book[sheet or book.sheetnames[0]].iter_rows(values_only=True):
            yield [_cell(one) for one in row]
    finally:
        book.close()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
