"""The files of a data set: Parquet parts by table and month, each there whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

from tocsin.base.errors import PlanError
from tocsin.base.files import whole
from tocsin.pipeline import columns
from tocsin.pipeline.columns import ISSUES, TABLES, UNDATED, Row
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue

# Bytes of records that wait in memory before they are written.
MOST = 64_000_000
_NONE = "part-none.parquet"  # what holds the columns of a table that has no rows


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a data set: its place in the folder, its table and month, and how many rows."""

    place: str
    table: str
    month: str
    rows: int


class Writer:
    """Writes what is coded of one shard; the same articles give the same files."""

    def __init__(self, folder: Path, shard: int) -> None:
        self.parts: list[Part] = []
        self._folder, self._shard = folder, shard
        self._held: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._size = self._turn = 0

    def add(self, coded: Coded) -> None:
        """Take everything coded out of an article."""
        month = columns.month(coded.article)
        for table, row in columns.rows(coded):
            self._held[table, month].append(row)
            self._size += len(row.get("record", ""))
        if self._size > MOST:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        for (table, month), rows in sorted(self._held.items()):
            name = f"part-{self._shard:06}-{self._turn:02}.parquet"
            place = f"{table}/published={month}/{name}"
            write(self._folder / place, rows, TABLES[table])
            self.parts.append(Part(place, table, month, len(rows)))
        self._turn += 1
        self._held.clear()
        self._size = 0


def write(path: Path, rows: Iterable[Row], kinds: Mapping[str, str]) -> None:
    """Write rows as one Parquet file, whole or not at all."""
    pyarrow = arrow()
    table = pyarrow.Table.from_pylist(list(rows), schema=_schema(pyarrow, kinds))
    _put(path, table)


def without(folder: Path, part: Part, gone: Collection[str]) -> Part | None:
    """Take what belongs to some articles out of a file; return what is left, None if nothing.

    A file that is not there has had all of it taken out before.
    """
    path = folder / part.place
    if not path.exists():
        return None
    compute = import_module("pyarrow.compute")
    # The folders' names say the month; read alone, a file has no column for it.
    table = import_module("pyarrow.parquet").ParquetFile(path).read()
    key = table["id" if part.table == "articles" else "article"]
    left = table.filter(compute.invert(compute.is_in(key, arrow().array(sorted(gone)))))
    if not len(left):
        path.unlink()
        return None
    if len(left) < len(table):
        _put(path, left)
    return Part(part.place, part.table, part.month, len(left))


def finish(folder: Path, kept: Iterable[Part], issues: Iterable[Issue]) -> None:
    """Write the issues and an empty file for each table without rows; remove all other files."""
    held = {folder / part.place for part in kept}
    filled = {path.relative_to(folder).parts[0] for path in held}
    for table, kinds in TABLES.items():
        if table not in filled:
            place = folder / table / f"published={UNDATED}" / _NONE
            write(place, (), kinds)
            held.add(place)
        for path in (folder / table).glob("*/part-*"):
            if path not in held:
                path.unlink(missing_ok=True)
    write(folder / "issues.parquet", map(columns.issue, issues), ISSUES)


def _put(path: Path, table: Any) -> None:  # noqa: ANN401 - no types
    parquet = import_module("pyarrow.parquet")
    with whole(path) as stream:
        parquet.write_table(table, stream, compression="zstd")


def _schema(pyarrow: Any, kinds: Mapping[str, str]) -> Any:  # noqa: ANN401 - no types
    types = {
        "string": pyarrow.string(),
        "strings": pyarrow.list_(pyarrow.string()),
        "int": pyarrow.int64(),
        "float": pyarrow.float64(),
        "date": pyarrow.date32(),
    }
    return pyarrow.schema([(name, types[kind]) for name, kind in kinds.items()])


def arrow() -> Any:  # noqa: ANN401 - no types
    """Return pyarrow; raise PlanError where it is not installed."""
    try:
        return import_module("pyarrow")
    except ImportError as error:
        raise PlanError(
            "a data set is written with pyarrow, which is not installed; "
            "pip install 'tocsin[parquet]'"
        ) from error
