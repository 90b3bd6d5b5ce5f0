"""Parquet made to do harm: what unpacks to too much ends in an issue, what is before it is kept."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.records.issue import Issue
from tocsin.sources import parquet, sandbox, tables
from tocsin.sources.fields import Spot
from tocsin.sources.piece import Piece

TEXT = "It took the town."


def written(*groups: object, **style: Any) -> bytes:  # noqa: ANN401 - as pyarrow takes it
    """The bytes of a table of texts, a group of rows each."""
    stream = io.BytesIO()
    with pq.ParquetWriter(
        stream, pa.schema([("text", pa.string())]), compression="zstd", **style
    ) as writer:
        for texts in groups:
            writer.write_table(pa.table({"text": texts}))
    return stream.getvalue()


def read(stream: io.BufferedReader | io.BytesIO) -> tuple[int, list[Issue]]:
    """How many rows come, and the issues but for the guessed columns."""
    items = list(tables.parquet(stream, Spot("table.parquet", "table")))
    issues = [i for i in items if isinstance(i, Issue) and i.code != "guessed-columns"]
    return sum(isinstance(i, Piece) for i in items), issues


def test_a_page_that_fills_the_memory(tmp_path: Path) -> None:
    """A few thousand bytes that unpack to hundreds of millions are refused, rows before kept."""
    large = pa.DictionaryArray.from_arrays(pa.array([0] * 260), pa.array(["a" * 1_000_000]))
    path = tmp_path / "a.parquet"
    style: dict[str, Any] = {"use_dictionary": False, "data_page_size": 1 << 30}
    path.write_bytes(written([TEXT] * 100, large.cast(pa.string()), **style))
    assert path.stat().st_size < 100_000
    with path.open("rb") as stream:
        count, (issue,) = read(stream)
    assert count == 64, "the batch that reaches into the next group is not read"
    assert (issue.code, issue.place) == ("too-large", "after row 64")
    assert "a page that unpacks to more than memory has room for" in issue.message


def test_more_rows_than_bytes() -> None:
    """Rows without anything in them, a million to a thousand bytes, are refused unread."""
    data = written(pa.nulls(1_000_000, pa.string()))
    count, (issue,) = read(io.BytesIO(data))
    assert (count, issue.code) == (0, "too-large")
    assert issue.message == f"1,000,000 rows in {len(data):,} bytes; expected articles"


def test_one_text_without_end() -> None:
    """A text that is stored once and given thousands of times is read to the bound."""
    shared = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000), pa.array(["a" * 100_000]))
    count, (issue,) = read(io.BytesIO(written(shared.cast(pa.string()))))
    assert 900 < count <= parquet.BYTES // 100_000 + 64
    assert (issue.code, issue.place) == ("too-large", f"after row {count}")


def test_a_trial_that_fails() -> None:
    """Where the trial is given up nothing is read, and the issue says why."""
    with sandbox.together(0):
        count, (issue,) = read(io.BytesIO(written([TEXT])))
    assert (count, issue.code) == (0, "bad-table")
    assert "no time is left" in issue.message


def test_a_name_in_no_known_characters(tmp_path: Path) -> None:
    """A file is found again by the trial whatever its name."""
    path = tmp_path / "\udcff \u202e.parquet"
    path.write_bytes(written([TEXT] * 3))
    with path.open("rb") as stream:
        assert read(stream) == (3, [])
