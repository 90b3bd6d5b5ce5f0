"""GeoParquet 1.1: events with places, their points as well-known bytes, longitude first."""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from tocsin.export.forms import Form, Of, Stock, Wrote
from tocsin.export.geojson import COLUMNS, placed
from tocsin.export.parquet import groups
from tocsin.export.table import Row

# Without a reference system it is OGC:CRS84, longitude and latitude of WGS 84 (GeoParquet 1.1).
META = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write events that have a place."""
    left: Wrote = Counter()
    meta = {"geo": json.dumps(META)}
    return groups(COLUMNS, _pointed(stock, left), out, points=True, meta=meta) + left


def _pointed(stock: Stock, left: Wrote) -> Iterator[Row]:
    for row in placed(stock, left):
        yield {**row, "geometry": _point(row)}  # type: ignore[dict-item]


def _point(row: Row) -> bytes | None:
    """Return a point as well-known bytes: little-endian, kind 1, two doubles."""
    if row["longitude"] is None or row["latitude"] is None:
        return None
    return struct.pack("<BIdd", 1, 1, row["longitude"], row["latitude"])


FORM = Form(
    "geoparquet", ".parquet", "events with places, for geopandas, DuckDB and QGIS", ("events",),
    write, text=False,
)  # fmt: skip
