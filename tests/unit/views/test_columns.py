"""Events in columns: what changed is read alone, and files between runs are as good as reading."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tocsin.store.series import Row
from tocsin.views import columns
from tocsin.views.columns import Brief, Table
from tocsin.views.index import Index

CORNERS = {"ASSAULT": "MX", "AGREE": "VC"}


def a_row(key: int, *days: date, place: str = "Mosul", kind: str = "ASSAULT") -> tuple[Row, Brief]:
    """Return an event that was reported on these days."""
    row = Row(
        key=key, type=kind, modality="actual", level="relayed", country="IRQ", reports=len(days),
        copies=0, independent=1, disputed=False, killed=None,
    )  # fmt: skip
    held = {
        "reports": [{"day": day} for day in days],
        "places": [{"name": place, "latitude": 36.3, "longitude": 43.1, "precision": "place",
                    "best": True}],
    }  # fmt: skip
    return row, msgspec.convert(held, Brief)


def a_table(*rows: tuple[Row, Brief], beside: Table | None = None) -> Table:
    """Return a table of events, in order of their keys."""
    marks = {row.key: row.key.to_bytes(4) for row, _ in rows}
    kept = beside or columns.empty()
    return columns.joined(kept, columns.read(rows, CORNERS, marks, kept))


def told(table: Table) -> list[list[int]]:
    """Return the days of each event."""
    parts = np.split(table.days, np.cumsum(table.columns["told"]))[:-1]
    return [part.tolist() for part in parts]


FIRST = a_row(7, date(2024, 1, 2), date(2024, 1, 3))
SECOND = a_row(3, place="Erbil", kind="AGREE")
THIRD = a_row(5, date(2024, 1, 5))


def test_rows_keep_their_days() -> None:
    """Rows that are picked, put in order or joined to others keep the days of their reports."""
    table = a_table(FIRST, SECOND)
    assert table.columns["key"].tolist() == [3, 7]
    assert [len(days) for days in told(table)] == [0, 2]
    whole = a_table(THIRD, beside=table)
    assert whole.columns["key"].tolist() == [3, 5, 7]
    days = [date(2024, 1, day).toordinal() for day in (5, 2, 3)]
    assert told(whole) == [[], days[:1], days[1:]]
    assert told(whole.rows(np.array([2, 0]))) == [days[1:], []]
    assert whole.mark.tolist() == [3, 5, 7]


def test_names_are_shared() -> None:
    """A table that is read beside another points at the same names."""
    table = a_table(FIRST, SECOND)
    whole = a_table(THIRD, beside=table)
    names = list(whole.names)
    assert [names[at] for at in whole.columns["place"]] == ["Erbil", "Mosul", "Mosul"]
    assert [columns.FAMILIES[at] for at in whole.columns["family"]] == ["VC", "MX", "MX"]


def test_a_file_gives_back_what_it_was_given(tmp_path: Path) -> None:
    """A table in a file is the same; by another version there is none."""
    table, file = a_table(FIRST, SECOND, THIRD), tmp_path / "folder" / "columns.npz"
    columns.keep(table, file, "this")
    again = columns.kept(file, "this")
    assert again is not None
    assert again.names == table.names
    assert again.labels == table.labels
    assert told(again) == told(table)
    for name, column in table.columns.items():
        assert np.array_equal(again.columns[name], column, equal_nan=name in columns.SPOTS)
    assert columns.kept(file, "another") is None
    assert [one.name for one in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("part", [0, 1, 40, 2_000])
def test_a_damaged_file_is_as_none(part: int, tmp_path: Path) -> None:
    """A file that is cut off, emptied or missing is read as if there were none."""
    file = tmp_path / "columns.npz"
    assert columns.kept(file, "this") is None
    columns.keep(a_table(FIRST, SECOND), file, "this")
    file.write_bytes(file.read_bytes()[:part])
    assert columns.kept(file, "this") is None


def test_columns_are_the_indexs() -> None:
    """Every column but the counts of days is one of the index."""
    names = {*columns.NUMBERS, *columns.SPOTS, *columns.NAMES} - {"told"}
    assert names <= {one.name for one in fields(Index)}
