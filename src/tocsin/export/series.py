"""The tables that every indicator can be had again from, as CSV, with a text that explains them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from tocsin.records.indicator import Value
from tocsin.records.sighting import Sighting
from tocsin.watch.columns import Columns
from tocsin.watch.owed import Owed
from tocsin.watch.panels import Document
from tocsin.watch.series import Counts, weeks
from tocsin.watch.triangle import Triangle

EVENTS = (
    "event", "type", "family", "day", "reported", "day_given", "located", "countries", "area",
    "dyads", "armed", "deaths_low", "deaths_best", "deaths_high", "civilians", "origins",
    "disputed", "rung", "calming", "pressure", "panels",
)  # fmt: skip
README = """# Events that count, as they stood on the evening of {on}

Written by `tocsin series --export`. Days are ISO dates, weeks begin on Mondays, lists have spaces
between their parts, 1 is yes and 0 is no. `docs/indicators.py` of Tocsin makes `indicators.csv`
anew out of the other tables, to the last digit: `python indicators.py DIR`.

## about.csv
`on`: the day. `ended`: the last day of the last week that was over.

## events.csv: an event that counts a row
- `event`, `type` (PLOVER's), `family`
- `day`: the first day that it was on; `day_given` is 0 where no claim says and the day is that of
  the first report. `reported`: the day of the first report
- `located`: whether it is in `countries` (ISO 3166-1 alpha-3) by its place, by whom it hits, by who
  acts, or nowhere. `area`: the GeoNames id of the first-order division
- `dyads`: who acts on whom; countries, armed groups by their ids, `SYR-REB` for rebels without a
  name. `armed`: all armed parties
- `deaths_low`, `deaths_best`, `deaths_high`: empty where nobody says, or the day is not given
- `civilians`: it hits civilians. `origins`: independent ones. `disputed`
- `rung`: how far up the ladder, 0 for not at all. `calming`: talks, ceasefire, release, withdrawal.
  `pressure`: a threat or a demand
- `panels`: the fixed sets of sources of which one reports it

## series.csv: events by unit, family and week, weeks without any left out

## triangle.csv: how many events came into the count of a day, or left it, so many days later

## documents.csv: articles by source and day, with the panels of the source

## threats.csv: threats that stand, with the first and last day that they fall due

## indicators.csv
`indicator`, the `kind` and name of the `unit`, `family`, `value`. A month is the four weeks up to
`ended`, a year 52 of them.
"""


def write(
    folder: Path,
    on: date,
    ended: date,
    *,
    columns: Columns,
    counts: Counts,
    triangles: dict[str, Triangle],
    documents: Iterable[Document],
    panels: dict[str, tuple[str, ...]],
    owed: Iterable[Owed],
    values: Iterable[Value],
) -> None:
    """Write the tables into a folder, in place of those that are there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(README.format(on=on), "utf8")
    stood = [
        one.sighting for one, there in zip(columns.spells, columns.on(on), strict=True) if there
    ]
    _table(folder / "about.csv", ("on", "ended"), [(on, ended)])
    _table(folder / "events.csv", EVENTS, (_event(one) for one in stood))
    _table(folder / "series.csv", ("kind", "unit", "family", "week", "events"), _series(counts))
    _table(
        folder / "triangle.csv", ("family", "day", "age", "came", "left"),
        (row for name in sorted(triangles) for row in _cells(name, triangles[name])),
    )  # fmt: skip
    _table(
        folder / "documents.csv", ("source", "panels", "day", "documents"),
        ((one.source, " ".join(panels.get(one.source, ())), date.fromordinal(one.day), one.number)
         for one in documents),
    )  # fmt: skip
    _table(
        folder / "threats.csv", ("threat", "dyads", "due_from", "due_to"),
        ((one.threat, " ".join(one.dyads), one.start, one.end) for one in owed),
    )  # fmt: skip
    _table(folder / "indicators.csv", Value._fields, values)


def _table(file: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _event(one: Sighting) -> tuple[object, ...]:
    return (
        one.event, one.type, one.family, date.fromordinal(one.day),
        date.fromordinal(one.reported), int(one.given), one.located, " ".join(one.countries),
        one.area, " ".join(one.dyads), " ".join(one.groups), *(one.deaths or (None, None, None)),
        int(one.civilians), one.origins, int(one.disputed), one.rung, one.calming,
        int(one.pressure), " ".join(one.panels),
    )  # fmt: skip


def _series(of: Counts) -> Iterable[tuple[object, ...]]:
    starts = weeks(of)
    for key, row in zip(of.keys, of.counts.tolist(), strict=True):
        for start, number in zip(starts, row, strict=True):
            if number:
                yield key.unit.kind, key.unit.name, key.family, start, number


def _cells(name: str, of: Triangle) -> Iterable[tuple[object, ...]]:
    first = of.on.toordinal() - len(of.came) + 1
    for row, age in zip(*((of.came > 0) | (of.left > 0)).nonzero(), strict=True):
        day = date.fromordinal(first + int(row))
        yield name, day, int(age), int(of.came[row, age]), int(of.left[row, age])
