"""What the signals of a day are made of, and signals made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tocsin.base.settings import Signalling
from tocsin.records.series import FAMILIES, Key, Unit
from tocsin.records.signal import KINDS, UNREAD, About, Signal, SignalKind, signal_id
from tocsin.watch.columns import Columns, Ints
from tocsin.watch.series import Counts, counted

# Days of history that signals look at: a year of weeks, and the week before for what has changed.
SPAN = 54 * 7
EVERY = "all"  # in the place of a family, where a signal is of all of them


@dataclass(frozen=True, slots=True)
class Scene:
    """Events as they stood on the evening of a day, and under which settings they are looked at.

    `name` says how units are called in sentences.
    """

    of: Columns
    on: date
    settings: Signalling
    name: Callable[[Unit], str]

    def daily(self) -> Counts:
        """Return the counts of days up to this one, from the first report on, a year at most."""
        known = self.of.seen[self.of.on(self.on)]
        first = int(known.min()) if known.size else self._today
        return counted(self.of, self.on, step="day", steps=min(SPAN, self._today - first + 1))

    def events(self, key: Key, days: int) -> tuple[str, ...]:
        """Return the events of a series on the last days, the newest first."""
        return self.between(key, self.on - timedelta(days=days - 1), self.on)

    def between(self, key: Key, start: date, end: date) -> tuple[str, ...]:
        """Return the events of a series on some days, the newest first, as many as are listed."""
        of = self.of
        kept = of.on(self.on) & (of.day >= start.toordinal()) & (of.day <= end.toordinal())
        kept &= (of.family == FAMILIES.index(key.family)) & of.of(key.unit)
        return self.newest(np.flatnonzero(kept))

    def newest(self, rows: Ints) -> tuple[str, ...]:
        """Return the events of some rows, the newest first, as many as are listed."""
        days, spells = self.of.day, self.of.spells
        found = [(-int(days[row]), spells[row].sighting.event) for row in rows.tolist()]
        return tuple(name for _, name in sorted(found)[: self.settings.events])

    def unread(self, unit: Unit, days: int) -> str:
        """Return a sentence where nothing of a unit was read before the last days, else none.

        A level that rises from nothing may only be one that was not looked at.
        """
        first = int(self.of.seen[self.of.on(self.on) & self.of.of(unit)].min(initial=self._today))
        if first <= self._today - days + 1:
            return ""
        told = date.fromordinal(first)
        return f" The first report of it here is of {told}: {UNREAD}"

    @property
    def _today(self) -> int:
        return self.on.toordinal()

    def where(self, key: Key) -> str:
        """Return a family and whose it is: "material conflict in Lebanon"."""
        return f"{key.family} {self.whose(key.unit)}"

    def whose(self, unit: Unit) -> str:
        """Return where, or by whom against whom."""
        return whose(self.name(unit))

    def signal(
        self,
        kind: SignalKind,
        key: Key,
        because: str,
        *,
        value: float,
        threshold: float,
        baseline: float | None = None,
        events: tuple[str, ...] = (),
        settings: dict[str, int | float | str] | None = None,
    ) -> Signal:
        """Return a signal of a series."""
        return made(
            kind, because, about=key.unit.kind, unit=key.unit.name, family=key.family,
            day=self.on, value=value, threshold=threshold, baseline=baseline, events=events,
            settings=settings,
        )  # fmt: skip


def whose(name: str) -> str:
    """Return where, or by whom against whom, of a unit's name as sentences have it."""
    first, sign, second = name.partition(">")
    return f"by {first} against {second}" if sign else f"in {first}"


def made(
    kind: SignalKind,
    because: str,
    *,
    about: About,
    unit: str,
    family: str,
    day: date,
    value: float,
    threshold: float,
    baseline: float | None = None,
    events: tuple[str, ...] = (),
    settings: dict[str, int | float | str] | None = None,
    rule: str | None = None,
) -> Signal:
    """Return a signal under its name; numbers are rounded, so that all machines agree."""
    told = settings or {}
    return Signal(
        id=signal_id(
            kind, about=about, unit=unit, family=family, day=day, settings=told, rule=rule
        ),
        kind=kind, about=about, unit=unit, family=family, day=day, because=because,
        value=_rounded(value),
        threshold=_rounded(threshold), baseline=None if baseline is None else _rounded(baseline),
        events=events, settings=told, rule=rule,
    )  # fmt: skip


def weeks(daily: Ints) -> Ints:
    """Return counts by seven days that end with the last day; the oldest days left over go."""
    whole = daily.shape[1] // 7
    kept = daily[:, daily.shape[1] - 7 * whole :]
    found: Ints = kept.reshape(daily.shape[0], whole, 7).sum(axis=2)
    return found


def ordered(found: Sequence[Signal]) -> list[Signal]:
    """Return signals each once, in one order whatever they came in."""
    held = {one.id: one for one in found}
    return sorted(held.values(), key=_rank)


def _rank(one: Signal) -> tuple[int, str, str, str, str]:
    return KINDS.index(one.kind), one.about, one.unit, one.family, one.rule or ""


def _rounded(number: float) -> float:
    return float(np.round(number, 6))
