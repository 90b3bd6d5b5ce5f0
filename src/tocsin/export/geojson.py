"""GeoJSON: events with places, as maps read them, and how well each place is known.

A point says more than "somewhere in Iraq" does: what is known no nearer than the country has no
point, and stands without geometry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

import msgspec

from tocsin.export.csv import joined
from tocsin.export.forms import WRITTEN, Form, Of, Stock, Wrote
from tocsin.export.parquet import whole
from tocsin.export.table import EVENTS, Column, Row, Value, event

NOWHERE = "left out: no place is borne out"
# What a point means, by how much the words name.
UNCERTAIN = {
    "point": "where it happened, to the point",
    "place": "somewhere in or at the place; the point is its middle",
    "region": "somewhere in the region; the point is its middle",
    "country": "no nearer than the country, so that there is no point",
}
POINTLESS = "somewhere in or at the place, whose coordinates the gazetteer does not have"
NEAR = frozenset({"point", "place", "region"})
_ABOUT = "how near the point is to where it happened, in words"
COLUMNS = (*EVENTS, Column("uncertainty", "text", _ABOUT))


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write events that have a place, one feature a line."""
    left: Wrote = Counter()
    out.write(b'{"type":"FeatureCollection","features":[')
    for number, row in enumerate(placed(stock, left)):
        out.write(b",\n" if number else b"\n")
        out.write(msgspec.json.encode(_feature(row)))
        left[WRITTEN] += 1
    out.write(b"\n]}\n")
    return left


def placed(stock: Stock, left: Wrote) -> Iterator[Row]:
    """Yield the rows of events that have a place; count those that have none.

    Coordinates are empty where the country alone is known.
    """
    for one in stock.events():
        place = one.place
        if place is None or place.precision is None:
            left[NOWHERE] += 1
            continue
        row = event(one) | {"uncertainty": UNCERTAIN[place.precision]}
        if place.precision not in NEAR:
            row |= {"latitude": None, "longitude": None}
        elif place.latitude is None:
            row["uncertainty"] = POINTLESS
        yield row


def _feature(row: Row) -> dict[str, object]:
    point = None
    if row["latitude"] is not None and row["longitude"] is not None:
        point = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    return {
        "type": "Feature", "id": row["event"], "geometry": point,
        "properties": {name: _plain(value) for name, value in row.items()},
    }  # fmt: skip


def _plain(value: Value) -> str | int | float | bool | None:
    if isinstance(value, tuple):  # maps' tools have no lists
        return whole(joined(value))
    if isinstance(value, date):
        return value.isoformat()
    return whole(value) if isinstance(value, str) else value


FORM = Form("geojson", ".geojson", "events with places, for QGIS and web maps", ("events",), write)
