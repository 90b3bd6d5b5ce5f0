"""`tocsin series`: events through time, what is still to come of them, and indicators."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from tocsin.base.errors import InputError
from tocsin.cli import options
from tocsin.explain.lines import counted as number
from tocsin.export import series as tables
from tocsin.ontology.units import called
from tocsin.pipeline import measuring, watching
from tocsin.records.series import DAYS, FAMILIES, Clock, Series, Step, Unit, UnitKind
from tocsin.records.sighting import Snapshot
from tocsin.store import snapshots
from tocsin.store.open import Store, open_store
from tocsin.watch.columns import Columns
from tocsin.watch.nowcast import nowcast, shares
from tocsin.watch.series import counted, ended
from tocsin.watch.triangle import Triangle, triangle


class Every(StrEnum):
    """How long a step is."""

    day = "day"
    week = "week"


class By(StrEnum):
    """Which day an event goes by: that it was on, or that of its first report."""

    event = "event"
    report = "report"


class Kind(StrEnum):
    """What is counted over."""

    country = "country"
    area = "area"
    dyad = "dyad"


def command(
    name: Annotated[
        str | None,
        typer.Argument(metavar="UNIT", help="One unit: SYR, ISR>LBN, an area's GeoNames id."),
    ] = None,
    store: options.Stored = options.STORE,
    step: Annotated[Every, typer.Option(help="Counts by day or by week.")] = Every.week,
    steps: Annotated[int, typer.Option(min=1, max=5_000, help="How many of them.")] = 12,
    clock: Annotated[By, typer.Option(help="By the day of the event, or of its first report.")] = (
        By.event
    ),
    kind: Annotated[Kind, typer.Option(help="Which units, where none is named.")] = Kind.country,
    limit: Annotated[int, typer.Option(min=1, help="Series, the fullest first.")] = 20,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="As of the evening of this day; today by default."),
    ] = None,
    given: Annotated[
        bool, typer.Option("--given", help="Only events whose day is told, not taken from reports.")
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Write indicators and their tables here, as CSV."),
    ] = None,
    indicators: Annotated[
        bool, typer.Option("--indicators", help="The indicators of the unit that is named.")
    ] = False,
    snapshot: Annotated[
        bool, typer.Option("--snapshot", help="Keep the counts as they are now; do it every night.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--snapshots", help="List the snapshots, and check them.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="A series a line.")] = False,
) -> None:
    """Count events by country, area or dyad, as they stood on any evening; or show one unit.

    What is still to be reported of the last days is told for one unit, by day.
    """
    today = datetime.now(UTC).date()
    day = options.day(on) or today
    with open_store(store, create=False) as opened:
        if snapshot:
            _keep(opened)
        elif listed:
            _list(opened)
        elif export is not None:
            _export(opened, export, day, today)
        elif indicators:
            _indicators(opened, name, day, today)
        else:
            with opened.read() as connection:
                table = watching.table(connection)
                of = watching.seen(connection, today, table)
            chosen = _unit(of, name) if name else None
            kinds: tuple[UnitKind, ...] = (chosen.kind,) if chosen else (kind.value,)
            span: Step = step.value
            way: Clock = clock.value
            counts = counted(of, day, step=span, steps=steps, clock=way, kinds=kinds, given=given)
            every = [one for one in counts.series() if chosen is None or one.key.unit == chosen]
            every.sort(key=lambda one: (-sum(one.counts), one.key))
            if json:
                for one in every[:limit]:
                    sys.stdout.write(msgspec.json.encode(one).decode() + "\n")
            else:
                _show(every[:limit], span)
                if chosen is not None and span == "day" and way == "event":
                    _expected(of, chosen, day, min(steps, 14))
            sys.stderr.write(_said(len(every[:limit]), len(every), day, table.left) + "\n")


def _unit(of: Columns, name: str) -> Unit:
    """Return the unit of a name; raise InputError where no event is of it."""
    found = [one for one in of.units if one.name == name]
    if not found:
        near = sorted(one.name for one in of.units if one.name.casefold() == name.casefold())
        hint = f"; meant {', '.join(near)}?" if near else "; `tocsin series` lists those there are"
        raise InputError(f"found no event of unit {name!r}{hint}")
    return found[0]


def _show(some: Sequence[Series], step: Step) -> None:
    """Print a line a series, under the first days of the first and the last step."""
    if not some:
        return
    names = called(one.key.unit for one in some)
    labels = [f"{names[one.key.unit.name]} ({one.key.unit.name})  {one.key.family}" for one in some]
    wide = max(len(label) for label in labels)
    high = max(len(str(count)) for one in some for count in one.counts)
    last = some[0].end.toordinal() - DAYS[step] + 1
    print(f"{step}s from {some[0].start} to the one of {date.fromordinal(last)}")
    for label, one in zip(labels, some, strict=True):
        row = " ".join(f"{count or '·':>{high}}" for count in one.counts)
        print(f"{label:<{wide}}  {row}")


def _expected(of: Columns, unit: Unit, on: date, days: int) -> None:
    """Print what is to be expected of a unit's last days, by family."""
    member = of.of(unit)
    for at, family in enumerate(FAMILIES):
        which = of.family == at
        if not (which & member).any():
            continue
        found = nowcast(
            triangle(of, on, which & member), shares(triangle(of, on, which)), days=days
        )
        print(f"\n{family}: events so far, expected in the end (90%)")
        if found.because:
            print(f"  cannot tell: {found.because}")
        for one in found.days:
            print(f"  {one.day}  {one.stands:>4}  {one.mean:>6.1f} ({one.low} to {one.high})")


def _said(shown: int, found: int, on: date, left: dict[str, int]) -> str:
    parts = ", ".join(f"{count:,} {why}" for why, count in left.items())
    out = f"; events that count for nothing: {parts}" if parts else ""
    return f"{shown:,} of {found:,} series as of {on}{out}"


def _keep(store: Store) -> None:
    with store.write() as connection:
        made = watching.snap(connection, datetime.now(UTC))
    print(_line(made))


def _list(store: Store) -> None:
    with store.read() as connection:
        for one in snapshots.listed(connection):
            print(_line(one))
        found = watching.checked(connection)
    sys.stderr.write(f"{number(found, 'snapshot')}, all whole\n")


def _line(one: Snapshot) -> str:
    return (
        f"{one.taken:%Y-%m-%d %H:%M}  {one.events:,} events count, "
        f"{one.put:,} new or changed, {one.gone:,} gone  {one.id}"
    )


def _export(store: Store, folder: Path, on: date, today: date) -> None:
    with store.read() as connection:
        found = measuring.measure(connection, on, today)
    of = found.view.of
    tables.write(
        folder, on, date.fromordinal(ended(on, "week") - 1), columns=of, counts=counted(of, on),
        triangles=dict(_triangles(of, on)), documents=found.documents, panels=found.panels,
        owed=found.owed, values=found.values,
    )  # fmt: skip
    sys.stderr.write(f"{number(len(found.values), 'indicator')} as of {on} in {folder}\n")


def _indicators(store: Store, name: str | None, on: date, today: date) -> None:
    """Print what an export would hold of one unit."""
    if name is None:
        raise typer.BadParameter("--indicators: found no unit; name one, such as SYR or ISR>LBN")
    with store.read() as connection:
        found = measuring.measure(connection, on, today)
    _unit(found.view.of, name)
    some = [one for one in found.values if one.unit == name]
    some.sort(key=lambda one: (int(one.indicator.split()[0][1:]), one.indicator, one.family))
    for one in some:
        value = f"{one.value:.3g}" if isinstance(one.value, float) else one.value
        print(f"{one.indicator:<32}{one.family:<24}{value}")
    sys.stderr.write(f"{number(len(some), 'indicator')} of {name} as of {on}\n")


def _triangles(of: Columns, on: date) -> Iterator[tuple[str, Triangle]]:
    for at, family in enumerate(FAMILIES):
        yield family, triangle(of, on, of.family == at)
