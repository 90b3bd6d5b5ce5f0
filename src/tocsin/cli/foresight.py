"""Series, signals and forecasts for the desk: the pipeline's answers in the views' words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import numpy as np

from tocsin.base import settings
from tocsin.base.errors import InputError
from tocsin.base.settings import Signalling
from tocsin.desk.foresight import Foresight
from tocsin.ontology.units import parties
from tocsin.pipeline import carrying, forecasting, measuring, scoreboard, signals, watching
from tocsin.pipeline.measuring import Measured
from tocsin.records.indicator import Value
from tocsin.records.series import FAMILIES, Step, Unit, UnitKind
from tocsin.records.signal import Signal
from tocsin.store import forecasts, syntax
from tocsin.store.open import Store
from tocsin.views import units
from tocsin.views.kept import Kept, token
from tocsin.views.outlook import Made
from tocsin.views.scores import Band, Board, By
from tocsin.views.units import Attention, Brief, Chart, Table, Track, View, Weeks
from tocsin.watch import measures, written
from tocsin.watch.columns import Columns, Flags
from tocsin.watch.indicators import MONTH
from tocsin.watch.panels import WEEK, Panel
from tocsin.watch.rules import Rule
from tocsin.watch.scene import ordered
from tocsin.watch.series import ended, reach
from tocsin.watch.triangle import Floats, completeness, triangle

_COLUMNS: Kept[str, tuple[Columns, dict[str, int]]] = Kept()
# Weeks that charts show, and small ones in lists.
WIDE, NARROW = 53, 26


def rules_of(path: Path | None, today: date) -> tuple[Rule, ...]:
    """Return the rules of a file, none without one; raise InputError with every fault in it."""
    if path is None:
        return ()
    return written.load(path, lambda text: syntax.parse(text, today=today))


def foresight(chosen: Signalling | None = None, own: Sequence[Rule] = ()) -> Foresight:
    """Return how the desk looks at series.

    Signals go by settings, the packaged ones by default, and by analysts' own rules.
    """
    going = chosen or settings.load(None).signals
    return Foresight(
        signals=partial(_signals, going, own), weeks=_weeks, table=_table, unit=_unit,
        counted=_counted, foretold=_foretold, carried=_carried, board=_board, parties=parties,
    )  # fmt: skip


def _today() -> date:
    return datetime.now(UTC).date()


def _seen(store: Store) -> tuple[Columns, dict[str, int]]:
    """Return the events that count, and how many do not, by why."""
    today = _today()

    def make() -> tuple[Columns, dict[str, int]]:
        with store.read() as connection:
            table = watching.table(connection)
            return watching.seen(connection, today, table), table.left

    with store.read() as connection:
        mark = f"{token(connection)} {today}"
    return _COLUMNS.get(store.name, mark, make)


def _counted(store: Store) -> tuple[Unit, ...]:
    of, _ = _seen(store)
    return of.units


def _signals(chosen: Signalling, own: Sequence[Rule], store: Store, on: date) -> list[Signal]:
    of, _ = _seen(store)
    with store.read() as connection:
        found = signals.signals(connection, on, _today(), chosen, of)
        return ordered([*found, *signals.ruled(connection, own, on)]) if own else found


def _weeks(store: Store, on: date, unit: Unit, family: str) -> Weeks | None:
    """Return the sevens of days up to a day; None where no event is of the unit."""
    of, _ = _seen(store)
    if unit not in of.units:
        return None
    which = of.of(unit)
    if family in FAMILIES:
        which &= of.family == FAMILIES.index(family)
    return _sevens(of, on, on, which, WIDE)


def _sevens(
    of: Columns, on: date, last: date, which: Flags, most: int, known: Floats | None = None
) -> Weeks:
    """Return the counts of sevens of days up to the last, as they stood on a day."""
    stop = last.toordinal() + 1
    number = min(most, max(1, -(-(reach(of, on, "day") - (on - last).days) // WEEK)))
    days = of.day[which & of.on(on)]
    days = days[(days < stop) & (days >= stop - number * WEEK)]
    counts = np.bincount((days - (stop - number * WEEK)) // WEEK, minlength=number)
    complete: list[float | None] = [None] * number
    if known is not None:
        for back in range(number):
            first = (on - last).days + WEEK * back
            ages = np.minimum(np.arange(first, first + WEEK), len(known) - 1)
            complete[number - 1 - back] = float(known[ages].mean())
    return Weeks(end=last, counts=tuple(counts.tolist()), complete=tuple(complete))


def _table(store: Store, on: date) -> Table:
    of, left = _seen(store)
    with store.read() as connection:
        found = measuring.measured(connection, on, of)
    last = date.fromordinal(ended(on, "week") - 1)
    some = found.view
    month, year = some.per_unit(some.month).tolist(), some.per_unit(some.year).tolist()
    held = parties(of.units)
    briefs = [
        Brief(one, held[one], _sevens(of, on, last, of.of(one), NARROW), month[at], year[at])
        for at, one in enumerate(of.units)
        if year[at]
    ]
    briefs.sort(key=lambda one: (-one.month, -one.year, one.unit))
    return Table(
        on=on, ended=last, measures=units.measured(found.values),
        panels=tuple(_attention(found)), units=tuple(briefs), left=left,
    )  # fmt: skip


def _attention(found: Measured) -> Iterator[Attention]:
    for name, one in measuring.panels(found.documents, found.panels, found.on).items():
        lately = one.documents[:, -MONTH:]
        yield Attention(
            name, len(one.sources), int((lately.sum(axis=1) > 0).sum()), int(lately.sum()),
            bool(one.breaks[-MONTH:].any()),
        )  # fmt: skip


def _unit(store: Store, on: date, unit: Unit) -> View | None:
    """Return a unit as it stood on a day, with its indicators as they were every four weeks."""
    of, _ = _seen(store)
    if unit not in of.units:
        return None
    with store.read() as connection:
        found = measuring.measured(connection, on, of)
    shown = units.days(on)
    rows = [
        {(one.indicator, one.family): one.value for one in _own(_lasting(of, found, day), unit)}
        for day in shown[:-1]
    ]
    rows.append({(one.indicator, one.family): one.value for one in _own(found.values, unit)})
    names = sorted(rows[-1], key=_place)
    return View(
        on=on, ended=date.fromordinal(ended(on, "week") - 1), unit=unit,
        parties=parties([unit])[unit], charts=tuple(_charts(of, on, unit, found)), days=shown,
        tracks=tuple(Track(*name, tuple(row.get(name) for row in rows)) for name in names),
        panels=tuple(_attention(found)),
        complete=units.measured(tuple(one for one in found.values if not one.kind)),
    )  # fmt: skip


def _lasting(of: Columns, found: Measured, day: date) -> Iterator[Value]:
    """Yield the indicators of a day before, all but those of threats, whose ledger takes long."""
    then = measures.view(of, day)
    yield from measures.measured(then)
    for name, made in measuring.panels(found.documents, found.panels, day).items():
        yield from measures.attention(then, made, name)


def _own(values: Iterator[Value] | tuple[Value, ...], unit: Unit) -> list[Value]:
    return [one for one in values if one.kind == unit.kind and one.unit == unit.name]


def _place(name: tuple[str, str]) -> tuple[int, str, str]:
    """Return what indicators are in the order of: their numbers, then their names."""
    indicator, family = name
    padded = re.sub(r"\d+", lambda found: found[0].zfill(3), indicator)
    return int(indicator.split()[0][1:]), padded, family


def _charts(of: Columns, on: date, unit: Unit, found: Measured) -> Iterator[Chart]:
    last = date.fromordinal(ended(on, "week") - 1)
    panel = measuring.panels(found.documents, found.panels, on).get("")
    for family in FAMILIES:
        which = of.family == FAMILIES.index(family)
        weeks = _sevens(
            of, on, last, which & of.of(unit), WIDE, completeness(triangle(of, on, which))
        )
        if any(weeks.counts):
            yield Chart(family, _broken(weeks, panel))


def _broken(weeks: Weeks, panel: Panel | None) -> Weeks:
    if panel is None:
        return weeks
    number = len(weeks.counts)
    breaks = panel.breaks[-number:].tolist()
    return Weeks(
        weeks.end, weeks.counts, weeks.complete,
        tuple([False] * (number - len(breaks)) + breaks),
    )  # fmt: skip


def _foretold(
    store: Store, on: date, kind: UnitKind, step: Step, name: str | None
) -> Made:  # fmt: skip
    with store.read() as connection:
        try:
            made = forecasting.foretold(
                connection, on, _today(), name=name, kind=kind, step=step
            )  # fmt: skip
        except InputError:
            return Made((), ())
    return Made(tuple(zip(made.questions, made.forecasts, strict=True)), made.refusals)


def _carried(store: Store, on: date) -> Made:
    with store.read() as connection:
        made = carrying.carried(connection, on)
    return Made(tuple(zip(made.questions, made.forecasts, strict=True)), made.refusals)


def _board(store: Store, by: By) -> Board:
    with store.read() as connection:
        made = scoreboard.board(forecasts.answered(connection), by)
    return Board(
        made.scores,
        {
            one.rule: tuple(
                Band(b.low, b.high, b.number, b.said, b.came)
                for b in made.reliability.get(one.rule, ())
            )
            for one in made.scores
        },
        made.misses, made.voids,
    )  # fmt: skip
