"""What the desk asks of the pipeline about series: signals, indicators, forecasts, their score."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tocsin.desk.soon import Soon
from tocsin.records.series import Party, Step, Unit, UnitKind
from tocsin.records.signal import Signal
from tocsin.store.open import Store
from tocsin.views import kept
from tocsin.views.kept import Kept
from tocsin.views.outlook import Made
from tocsin.views.scores import Board, By
from tocsin.views.units import Table, View, Weeks

# Seconds that a page waits before it says that what it shows is being worked out.
PATIENCE = 1.5
# Seconds that it waits for links that it can do without.
BRIEF = 0.2


@dataclass(frozen=True, slots=True)
class Foresight:
    """Series, and what is made of them, each as of the evening of a day.

    `signals` returns a day's signals, `weeks` the sevens of days up to one of a unit and family
    ("all" for all of them), `table` all indicators, `unit` one unit with its past (None where no
    event is of it), `counted` the units that events are of, `foretold` the forecasts of a kind of
    unit or of one unit, `carried` those of threats, `board` the scoreboard, `parties` what units
    are called. All but the last two are kept until the store changes.
    """

    signals: Callable[[Store, date], Sequence[Signal]]
    weeks: Callable[[Store, date, Unit, str], Weeks | None]
    table: Callable[[Store, date], Table]
    unit: Callable[[Store, date, Unit], View | None]
    counted: Callable[[Store], Collection[Unit]]
    foretold: Callable[[Store, date, UnitKind, Step, str | None], Made]
    carried: Callable[[Store, date], Made]
    board: Callable[[Store, By], Board]
    parties: Callable[[Iterable[Unit]], Mapping[Unit, tuple[Party, ...]]]
    found: Kept[date, Sequence[Signal]] = field(default_factory=Kept)
    tables: Kept[date, Table] = field(default_factory=Kept)
    units: Kept[tuple[date, Unit], View | None] = field(default_factory=Kept)
    told: Kept[tuple[date, UnitKind, Step, str | None], Made] = field(default_factory=Kept)
    threats: Kept[date, Made] = field(default_factory=Kept)
    soon: Soon = field(default_factory=Soon)

    def signals_of(self, store: Store, on: date) -> Sequence[Signal]:
        """Return the signals of a day."""
        return self.found.get(on, _mark(store), lambda: self.signals(store, on))

    def table_of(self, store: Store, on: date) -> Table:
        """Return all indicators of a day."""
        return self.tables.get(on, _mark(store), lambda: self.table(store, on))

    def unit_of(self, store: Store, on: date, unit: Unit) -> View | None:
        """Return a unit as of a day; None where no event is of it."""
        return self.units.get((on, unit), _mark(store), lambda: self.unit(store, on, unit))

    def made_of(self, store: Store, on: date, kind: UnitKind, step: Step, name: str | None) -> Made:
        """Return what is foretold as of a day."""
        key = on, kind, step, name
        return self.told.get(key, _mark(store), lambda: self.foretold(store, *key))

    def carried_of(self, store: Store, on: date) -> Made:
        """Return the chances that open threats are carried out, as of a day."""
        return self.threats.get(on, _mark(store), lambda: self.carried(store, on))

    def signals_soon(
        self, store: Store, on: date, patience: float = PATIENCE
    ) -> Sequence[Signal] | None:
        """Return the signals of a day; None where they take their time, and are being found."""
        return self.soon.get(f"signals {on}", lambda: self.signals_of(store, on), patience)

    def table_soon(self, store: Store, on: date) -> Table | None:
        """Return all indicators of a day; None where they take their time."""
        return self.soon.get(f"table {on}", lambda: self.table_of(store, on), PATIENCE)

    def unit_soon(self, store: Store, on: date, unit: Unit) -> tuple[View | None] | None:
        """Return a unit as of a day, in a row of one; None where that takes its time."""
        name = f"unit {on} {unit.kind} {unit.name}"
        return self.soon.get(name, lambda: (self.unit_of(store, on, unit),), PATIENCE)

    def named_soon(self, store: Store, some: Iterable[Unit]) -> Mapping[Unit, tuple[Party, ...]]:
        """Return what those of some units are called that are counted; none till that is known."""
        held = self.soon.get("counted", lambda: self.counted(store), BRIEF) or ()
        return self.parties(one for one in some if one in held)

    def made_soon(
        self, store: Store, on: date, kind: UnitKind, step: Step, name: str | None
    ) -> tuple[Made, Made] | None:
        """Return what is foretold as of a day of series and of threats; None while it is made."""

        def make() -> tuple[Made, Made]:
            return self.made_of(store, on, kind, step, name), self.carried_of(store, on)

        return self.soon.get(f"made {on} {kind} {step} {name}", make, PATIENCE)


def _mark(store: Store) -> str:
    with store.read() as connection:
        return kept.token(connection)
