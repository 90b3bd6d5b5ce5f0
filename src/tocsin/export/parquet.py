"""Parquet: tables with types, for pandas, polars, R, DuckDB. The door to pyarrow for exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import islice
from typing import Any, BinaryIO

from tocsin.base.errors import InputError
from tocsin.export.forms import TABLES, WRITTEN, Form, Of, Stock, Wrote
from tocsin.export.table import TABLES as KNOWN
from tocsin.export.table import Column, Kind, Row, Value

# Rows in memory at a time, which are a row group of the file.
GROUP = 10_000


def write(stock: Stock, of: Of, out: BinaryIO) -> Wrote:
    """Write a table with its types."""
    table = KNOWN[of]
    return groups(table.columns, table.rows(stock), out)


def groups(
    columns: Sequence[Column],
    rows: Iterable[Row],
    out: BinaryIO,
    *,
    points: bool = False,
    meta: Mapping[str, str] | None = None,
) -> Wrote:
    """Write rows by columns, a group at a time; with `points`, a last column of their bytes.

    `meta` is kept beside the columns. Raises InputError where pyarrow is not installed.
    """
    arrow = pyarrow()
    parquet = import_module("pyarrow.parquet")
    made = schema(columns, points=points).with_metadata(dict(meta) if meta else None)
    wrote = Wrote()
    with parquet.ParquetWriter(out, made, compression="zstd") as file:
        for some in _lots(rows):
            file.write_batch(arrow.RecordBatch.from_pylist([_cells(row) for row in some], made))
            wrote[WRITTEN] += len(some)
    return wrote


def arrow(columns: Sequence[Column], rows: Iterable[Row]) -> Any:  # noqa: ANN401 - no types
    """Return rows as a table in memory."""
    made, found = schema(columns), pyarrow()
    batches = [
        found.RecordBatch.from_pylist([_cells(row) for row in some], made) for some in _lots(rows)
    ]
    return found.Table.from_batches(batches, made)


def schema(columns: Sequence[Column], *, points: bool = False) -> Any:  # noqa: ANN401 - no types
    """Return the schema of some columns; each bears its description."""
    arrow = pyarrow()
    kinds: dict[Kind, Any] = {
        "text": arrow.string(), "number": arrow.int64(), "share": arrow.float64(),
        "day": arrow.date32(), "flag": arrow.bool_(), "texts": arrow.list_(arrow.string()),
    }  # fmt: skip
    fields = [
        arrow.field(one.name, kinds[one.kind], metadata={"description": one.about})
        for one in columns
    ]
    if points:
        fields.append(arrow.field("geometry", arrow.binary()))
    return arrow.schema(fields)


def pyarrow() -> Any:  # noqa: ANN401 - no types
    """Return the library; raise InputError, with what to do, where it is not installed."""
    try:
        return import_module("pyarrow")
    except ImportError as error:
        raise InputError("Parquet needs pyarrow: pip install 'tocsin[parquet]'") from error


def whole(text: str) -> str:
    """Return a text without half characters, which UTF-8 cannot hold."""
    return text if text.isascii() else text.encode("utf8", "replace").decode("utf8")


def _cells(row: Row) -> dict[str, Any]:
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: Value) -> Any:  # noqa: ANN401 - whatever a row holds
    if isinstance(value, str):
        return whole(value)
    return [whole(one) for one in value] if isinstance(value, tuple) else value


def _lots(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, GROUP)):
        yield some


FORM = Form(
    "parquet", ".parquet", "a table with types, for pandas, polars, R and DuckDB", TABLES, write,
    text=False,
)  # fmt: skip
