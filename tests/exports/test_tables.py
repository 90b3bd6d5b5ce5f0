"""Tables are written, read by the tools that they are for, and compared cell by cell."""

from __future__ import annotations

import csv as plain
import io
import math
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import geopandas
import pandas as pd
import polars as pl
import pyarrow.parquet
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from tests.stocked import KILLED, NASTY, stocked, world
from tocsin import frames
from tocsin.base.errors import InputError
from tocsin.export import csv, forms, geojson, parquet, table
from tocsin.export.forms import TABLES, WRITTEN, Of
from tocsin.export.table import Column, Row, Value
from tocsin.records import wire

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


def expected(of: Of) -> list[Row]:
    """Return the rows of a table as the store has them."""
    with stocked() as stock:
        return list(table.TABLES[of].rows(stock))


def written(name: str, of: Of, file: Path) -> Path:
    """Return a file of a table in a format, having counted as many rows as there are."""
    with stocked() as stock:
        wrote = forms.put(file, lambda out: forms.form(name).write(stock, of, out))
    assert wrote[WRITTEN] > 0
    return file


def typed(cell: str, column: Column) -> Value:
    """Return what a cell of CSV says."""
    if column.kind == "texts":
        return csv.parts(csv.plain(cell))
    if not cell:
        return None
    if column.kind == "text":
        return csv.plain(cell)
    kinds = {"number": int, "share": float, "day": date.fromisoformat, "flag": "true".__eq__}
    found: Value = kinds[column.kind](cell)
    return found


def known(value: Any, column: Column) -> Value:  # noqa: ANN401 - whatever a frame holds
    """Return a value of a frame as rows have it."""
    if column.kind == "texts":
        return tuple(value)
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if column.kind == "day":
        return value.date() if isinstance(value, datetime) else value
    return {"number": int, "share": float, "flag": bool, "text": str}[column.kind](value)


def records(frame: pd.DataFrame, of: Of) -> list[Row]:
    """Return the rows of a frame."""
    columns = table.TABLES[of].columns
    assert list(frame.columns) == [one.name for one in columns]
    return [
        {one.name: known(row[one.name], one) for one in columns} for row in frame.to_dict("records")
    ]


@pytest.mark.parametrize("of", TABLES)
def test_columns_are_those_of_the_rows(of: Of) -> None:
    """Every row has the columns that are described, each once, in that order."""
    names = table.TABLES[of].names
    assert len(set(names)) == len(names)
    assert {tuple(row) for row in expected(of)} == {names}


@pytest.mark.parametrize("of", TABLES)
def test_csv_in_pandas(of: Of, tmp_path: Path) -> None:
    """Pandas reads every cell as it was, and a spreadsheet would calculate none."""
    file = written("csv", of, tmp_path / "a.csv")
    read = pd.read_csv(file, dtype=str, keep_default_na=False)
    columns = {one.name: one for one in table.TABLES[of].columns}
    rows = read.to_dict("records")
    found = [{name: typed(row[name], one) for name, one in columns.items()} for row in rows]
    assert found == expected(of)
    texts = [row[name] for row in rows for name, one in columns.items() if one.kind == "text"]
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_csv_has_one_header(tmp_path: Path) -> None:
    """The columns' names stand in the first line and in no other."""
    file = written("csv", "events", tmp_path / "a.csv")
    with file.open(newline="", encoding="utf8") as opened:
        rows = list(plain.reader(opened))
    assert [row[0] for row in rows].count("event") == 1
    assert rows[0] == list(table.TABLES["events"].names)


@pytest.mark.parametrize("of", TABLES)
def test_parquet_in_pyarrow(of: Of, tmp_path: Path) -> None:
    """Parquet keeps every value with its type, and says what each column means."""
    read = pyarrow.parquet.read_table(written("parquet", of, tmp_path / "a.parquet"))
    columns = table.TABLES[of].columns
    found = [
        {one.name: known(row[one.name], one) for one in columns} for row in read.to_pylist()
    ]  # fmt: skip
    assert found == expected(of)
    told = [field.metadata[b"description"].decode() for field in read.schema]
    assert told == [one.about for one in columns]


def test_parquet_in_duckdb_and_polars(tmp_path: Path) -> None:
    """DuckDB and polars count what the rows have."""
    file = written("parquet", "events", tmp_path / "a.parquet")
    rows = expected("events")
    killed = sum(row["killed_best"] or 0 for row in rows)  # type: ignore[misc]
    asked = "SELECT count(*), sum(killed_best), max(start) FROM read_parquet(?)"
    with duckdb.connect() as connection:
        assert connection.execute(asked, [str(file)]).fetchone() == (
            len(rows), killed, max(row["start"] for row in rows if row["start"]),
        )  # type: ignore[type-var]  # fmt: skip
    read = pl.read_parquet(file)
    assert read["actors"].to_list() == [list(row["actors"]) for row in rows]  # type: ignore[arg-type]


@pytest.mark.parametrize("of", TABLES)
def test_jsonl_is_whole(of: Of, tmp_path: Path) -> None:
    """Every line is a record as the schema has it; DuckDB reads them too."""
    file = written("jsonl", of, tmp_path / "a.jsonl")
    with stocked() as stock:
        told = [one.claim for one in stock.claims()]
        held = told if of == "claims" else list(getattr(stock, of)())
    found = [wire.load(line, type(held[0])) for line in file.read_bytes().splitlines()]
    assert found == held
    with duckdb.connect() as connection:
        asked = "SELECT count(*), any_value(record) FROM read_json(?, format='newline_delimited')"
        number, kind = connection.execute(asked, [str(file)]).fetchall()[0]
    assert (number, kind) == (
        len(held),
        {"articles": "byline", "series": "series"}.get(of, of[:-1]),
    )


@pytest.mark.parametrize("name", ["geojson", "geoparquet"])
def test_maps_in_geopandas(name: str, tmp_path: Path) -> None:
    """Events with a place have their columns and points; what is known to a country has none."""
    file = tmp_path / "a.geojson"
    with stocked() as stock:
        left = forms.Wrote()
        rows = list(geojson.placed(stock, left))
        wrote = forms.put(file, lambda out: forms.form(name).write(stock, "events", out))
    assert wrote[geojson.NOWHERE] == left[geojson.NOWHERE] > 0
    reader = geopandas.read_parquet if name == "geoparquet" else geopandas.read_file
    read = reader(file)
    assert list(read["event"]) == [row["event"] for row in rows]
    points = [(point.x, point.y) if point else None for point in read.geometry]
    assert points == [
        (row["longitude"], row["latitude"]) if row["latitude"] is not None else None for row in rows
    ]
    assert "country" not in {row["place_precision"] for row in rows if row["latitude"] is not None}
    assert {row["uncertainty"] for row in rows if row["latitude"] is None} == {
        geojson.UNCERTAIN["country"], geojson.POINTLESS,
    }  # fmt: skip
    assert read.crs.to_epsg() in (4326, None)
    for column in ("title", "place", "uncertainty", "level", "killed_best"):
        kept = [None if pd.isna(value) else value for value in read[column]]
        assert kept == [row[column] for row in rows]


def test_points_in_duckdb(tmp_path: Path) -> None:
    """The bytes of points are what shapely makes of the coordinates."""
    file = written("geoparquet", "events", tmp_path / "a.parquet")
    with duckdb.connect() as connection:
        asked = "SELECT geometry, longitude, latitude FROM read_parquet(?) WHERE latitude NOTNULL"
        connection.execute("SET enable_geoparquet_conversion = false")
        found = connection.execute(asked, [str(file)]).fetchall()
    assert found
    assert all(bytes(wkb) == shapely.Point(x, y).wkb for wkb, x, y in found)


@pytest.mark.parametrize("of", TABLES)
def test_frames(of: Of) -> None:
    """Frames of both libraries hold what the store holds."""
    on = date(2025, 1, 27)
    rows = expected(of)
    assert records(frames.frame(world(), of, on=on), of) == rows
    other = frames.frame(world(), of, kind="polars", on=on)
    columns = table.TABLES[of].columns
    assert [{c.name: known(row[c.name], c) for c in columns} for row in other.to_dicts()] == rows


def test_frames_of_another_kind() -> None:
    """A library that is not known is named, with those that are."""
    with pytest.raises(InputError, match="expected pandas or polars"):
        frames.claims(world(), kind="excel")  # type: ignore[arg-type]


def test_judgements_are_applied() -> None:
    """What was rejected is nowhere, what was corrected is so in claims and events alike."""
    claims = expected("claims")
    reviews = [row["review"] for row in claims if row["review"] != "machine"]
    assert sorted(map(str, reviews)) == ["accepted", "corrected"]
    corrected = next(row for row in claims if row["review"] == "corrected")
    assert corrected["killed_low"] == KILLED
    event = next(row for row in expected("events") if row["event"] == corrected["event"])
    assert event["killed_high"] == KILLED
    with stocked() as stock:
        whole = type(stock)(stock.connection, stock.on, rejected=True)
        assert sum(told.standing == "rejected" for told in whole.claims()) == 1
    assert len(claims) == sum(len(row["claims"]) for row in expected("events"))  # type: ignore[arg-type]


def test_snares_come_through() -> None:
    """Names that are formulas, marks and line breaks are in the store that the tests read."""
    names = {name for row in expected("claims") for name in row["actors"]}  # type: ignore[union-attr]
    assert names >= set(NASTY)


@given(st.lists(TEXTS, max_size=5))
@example(["a; b", "c\\", "", ";", "\\;"])
@example([""])
def test_lists_in_a_cell(parts: list[str]) -> None:
    """A list comes out of a cell as it went in."""
    assert csv.parts(csv.plain(csv.guarded(csv.joined(parts)))) == tuple(parts)


@given(TEXTS.filter(bool))
@example("=1+1")
@example("'=1+1")
@example("\r\n")
def test_cells_of_csv(text: str) -> None:
    """Any text comes back from a file, and begins with nothing that is calculated."""
    out = io.BytesIO()
    csv.lines(["a", "b"], [{"a": text, "b": 1}], out)
    out.seek(0)
    (_, row) = plain.reader(io.StringIO(out.getvalue().decode(), newline=""))
    assert (csv.plain(row[0]), row[1]) == (text, "1")
    assert row[0][0] not in "=+-@\t\r"


@given(st.text(max_size=30))
def test_half_characters_are_marked(text: str) -> None:
    """Whatever a text holds, a file can be written of it."""
    out = io.BytesIO()
    csv.lines(["a"], [{"a": text}], out)
    out.getvalue().decode()
    column = Column("a", "text", "")
    held = parquet.arrow([column], [{"a": text}]).to_pylist()
    assert held == [{"a": text.encode("utf8", "replace").decode()}]
