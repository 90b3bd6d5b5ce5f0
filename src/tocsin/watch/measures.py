"""Indicators of every unit on a day, in natural units, out of events, threats and documents.

Each is a small function from columns to values, and each can be had again from the exported tables
by a few lines of plain Python (`docs/indicators.py`), which come out the same to the last digit:
all that is divided are whole numbers. There is no sum of indicators.

A month is the four weeks up to the last that is over, a year 52 of them. Units without an event in
that year are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from tocsin.records.indicator import Value
from tocsin.records.series import FAMILIES, Unit
from tocsin.watch import indicators
from tocsin.watch.columns import Columns, Flags, Ints
from tocsin.watch.facts import BEST, CALMING, HIGH, LOW, Facts, facts
from tocsin.watch.indicators import MONTH, YEAR
from tocsin.watch.panels import WEEK, Panel
from tocsin.watch.series import Counts, counted, ended, reach
from tocsin.watch.triangle import completeness, triangle

CONFLICT = ("material conflict", "verbal conflict", "protest")
# Weeks that the level is given over, and ages in days that completeness is given for.
LEVELS, SHOWN = (1, 4, 12, 52), 14
THOUSAND = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The events that stood on a day, with what is asked of them again and again.

    `row` and `unit` are the pairs of the columns that stand. Lists by unit have a place for each.
    """

    on: date
    of: Columns
    facts: Facts
    row: Ints
    unit: Ints
    month: Flags
    year: Flags

    def per_unit(self, which: Flags, weight: Ints | None = None) -> Ints:
        """Return by unit how many of some spells it has, or the sum of what they weigh."""
        pairs = which[self.row]
        unit = self.unit[pairs]
        out = np.zeros(len(self.of.units), np.int64)
        np.add.at(out, unit, 1 if weight is None else weight[self.row[pairs]])
        return out

    def most(self, which: Flags, weight: Ints) -> Ints:
        """Return by unit the most that one of some spells has, 0 at least."""
        pairs = which[self.row]
        out = np.zeros(len(self.of.units), np.int64)
        np.maximum.at(out, self.unit[pairs], weight[self.row[pairs]])
        return out

    def different(self, which: Flags, row: Ints, thing: Ints) -> Ints:
        """Return by unit how many different things some spells have; `thing[n]` is `row[n]`'s."""
        kept = which[row]
        row, thing = row[kept], thing[kept]
        # Every unit of a spell has every thing of it.
        order = np.argsort(row, kind="stable")
        row, thing = row[order], thing[order]
        first, last = np.searchsorted(row, self.row), np.searchsorted(row, self.row, "right")
        number = last - first
        unit = np.repeat(self.unit, number)
        start = np.repeat(first - np.cumsum(number) + number, number)
        pairs = np.stack([unit, thing[start + np.arange(number.sum())]], axis=1)
        found = np.unique(pairs, axis=0)[:, 0] if len(pairs) else np.zeros(0, np.int64)
        return np.bincount(found, minlength=len(self.of.units)).astype(np.int64)


def view(of: Columns, on: date) -> View:
    """Return the events as they stood on a day."""
    stood = of.on(on)
    stop = ended(on, "week")
    pairs = stood[of.row]
    return View(
        on=on, of=of, facts=facts(of), row=of.row[pairs], unit=of.unit[pairs],
        month=stood & (of.day >= stop - MONTH * WEEK) & (of.day < stop),
        year=stood & (of.day >= stop - YEAR * WEEK) & (of.day < stop),
    )  # fmt: skip


def measured(of: View) -> Iterator[Value]:
    """Yield the indicators that come from events alone: I1 to I4, I7 to I11, I13 and I14."""
    counts = counted(of.of, of.on, steps=min(YEAR, reach(of.of, of.on, "week")))
    for part in (
        levels(counts), rules(counts), shape(of), pressure(of), ladder(of), calming(of),
        breadth(of), complete(of), silence(of),
    ):  # fmt: skip
        yield from part


def levels(of: Counts) -> Iterator[Value]:
    """Yield the events a week over the last weeks, as far back as there are reports (I1)."""
    for weeks in LEVELS:
        if weeks <= of.counts.shape[1]:
            for at, number in enumerate(of.counts[:, -weeks:].sum(axis=1).tolist()):
                if _lately(of, at):
                    yield _of_key(of, at, f"I1 level {weeks}w", number / weeks)


def rules(of: Counts) -> Iterator[Value]:
    """Yield whether the last week is a surge (I2), the last month rising (I3), the class (I4)."""
    ways = (
        ("I2 surge", MONTH + 1, indicators.surge(of.counts)[:, -1].astype(int)),
        ("I3 rising", YEAR, indicators.rising(of.counts)[:, -1].astype(int)),
        ("I4 shocks", YEAR, indicators.shocks(of.counts)[:, -1]),
        ("I4 class", YEAR, indicators.classes(of.counts)[:, -1]),
    )
    for name, weeks, found in ways:
        if of.counts.shape[1] >= weeks:
            for at, value in enumerate(found.tolist()):
                if _lately(of, at):
                    shown = indicators.CLASSES[value] if name == "I4 class" else value
                    yield _of_key(of, at, name, shown)


def shape(of: View) -> Iterator[Value]:
    """Yield deaths, events against civilians, armed actors and the share of areas hit (I7)."""
    known = of.facts
    for name, column in (("low", LOW), ("best", BEST), ("high", HIGH)):
        yield from _each(of, f"I7 deaths {name}", of.per_unit(of.month, known.deaths[:, column]))
    yield from _each(of, "I7 events against civilians", of.per_unit(of.month & known.civilians))
    armed = of.different(of.month, known.armed[:, 0], known.armed[:, 1])
    yield from _each(of, "I7 armed actors", armed)
    where = np.flatnonzero(known.area >= 0)
    hit = of.different(of.month, where, known.area[where])
    yield from _shares(of, "I7 spread", hit, of.different(of.year, where, known.area[where]))


def pressure(of: View) -> Iterator[Value]:
    """Yield which share of a month's events are threats or demands (I8)."""
    some = of.per_unit(of.month & of.facts.pressure)
    yield from _shares(of, "I8 share of threats and demands", some, of.per_unit(of.month))


def ladder(of: View) -> Iterator[Value]:
    """Yield conflict one way less the other, and the highest rungs of a month and a year (I9)."""
    hostile = np.isin(of.of.family, [FAMILIES.index(name) for name in CONFLICT])
    done = of.per_unit(of.month & hostile)
    place = {one.name: at for at, one in enumerate(of.of.units) if one.kind == "dyad"}
    net = done.copy()
    for name, at in place.items():
        back = place.get(">".join(reversed(name.split(">"))))
        net[at] -= 0 if back is None else done[back]
    yield from _each(of, "I9 net hostility", net, kinds=("dyad",))
    yield from _each(of, "I9 highest rung 4w", of.most(of.month, of.facts.rung))
    yield from _each(of, "I9 highest rung 52w", of.most(of.year, of.facts.rung))


def calming(of: View) -> Iterator[Value]:
    """Yield how many talks, ceasefires, releases and withdrawals a month has (I10)."""
    for at, name in enumerate(CALMING):
        yield from _each(of, f"I10 {name}", of.per_unit(of.month & (of.facts.calm == at)))


def breadth(of: View) -> Iterator[Value]:
    """Yield origins an event, and which share has one alone or is disputed (I11)."""
    events = of.per_unit(of.month)
    yield from _shares(of, "I11 origins", of.per_unit(of.month, of.facts.origins), events)
    single = of.per_unit(of.month & (of.facts.origins <= 1))
    yield from _shares(of, "I11 single origin", single, events)
    yield from _shares(of, "I11 disputed", of.per_unit(of.month & of.facts.disputed), events)


def attention(of: View, of_panel: Panel, name: str) -> Iterator[Value]:
    """Yield a month's events that a panel reports per 1,000 of its documents, and its break (I12).

    `name` is the panel's, empty for all panels together.
    """
    told = np.array(
        [
            name in one.sighting.panels if name else bool(one.sighting.panels)
            for one in of.of.spells
        ],
        np.bool_,
    )
    title = f"I12 events per 1,000 of {name}" if name else "I12 events per 1,000"
    documents = int(of_panel.total[-MONTH:].sum())
    yield Value("I12 documents", "panel", name, "", documents)
    yield Value("I12 break", "panel", name, "", int(of_panel.breaks[-MONTH:].any()))
    if documents:
        for at, family in enumerate(FAMILIES):
            some = of.per_unit(of.month & told & (of.of.family == at))
            for unit, number in zip(of.of.units, some.tolist(), strict=True):
                if number:
                    value = THOUSAND * number / documents
                    yield Value(title, unit.kind, unit.name, family, value)


def complete(of: View) -> Iterator[Value]:
    """Yield which share of a day's events stands so many days after it, by family (I13)."""
    for at, family in enumerate(FAMILIES):
        share = completeness(triangle(of.of, of.on, of.of.family == at))
        if share is not None:
            for age in range(SHOWN):
                yield Value(f"I13 complete after {age}d", "", "", family, float(share[age]))


def silence(of: View) -> Iterator[Value]:
    """Yield the days since a unit's last first report, and the longest gap of the year (I14)."""
    days: dict[int, set[int]] = {}
    reported = of.facts.reported[of.row]
    for unit, day in zip(of.unit.tolist(), reported.tolist(), strict=True):
        days.setdefault(unit, set()).add(day)
    lately = of.per_unit(of.year)
    for at, unit in enumerate(of.of.units):
        if lately[at]:
            yield from quiet(days[at], of.on, unit.kind, unit.name)


def quiet(days: set[int], on: date, kind: str, name: str) -> Iterator[Value]:
    """Yield how long somebody has been silent who reported on some days, and ever was in a year."""
    today = on.toordinal()
    seen = sorted(day for day in days if today - YEAR * WEEK < day <= today)
    if seen:
        yield Value("I14 days of silence", kind, name, "", today - seen[-1])
    if len(seen) > 1:
        longest = max(after - before for before, after in pairwise(seen))
        yield Value("I14 longest silence", kind, name, "", longest)


def _lately(of: Counts, at: int) -> bool:
    return bool(of.counts[at, -YEAR:].any())


def _of_key(of: Counts, at: int, name: str, value: float | str) -> Value:
    key = of.keys[at]
    return Value(name, key.unit.kind, key.unit.name, key.family, value)


def _each(
    of: View, name: str, found: Ints, kinds: tuple[str, ...] = ("country", "area", "dyad")
) -> Iterator[Value]:
    """Yield a number for every unit with an event in the year."""
    for unit, number in _lately_of(of, found):
        if unit.kind in kinds:
            yield Value(name, unit.kind, unit.name, "", number)


def _shares(of: View, name: str, some: Ints, whole: Ints) -> Iterator[Value]:
    """Yield a share for every unit where there is something to have a share of."""
    parts = dict(_lately_of(of, some))
    for unit, number in _lately_of(of, whole):
        if number:
            yield Value(name, unit.kind, unit.name, "", parts[unit] / number)


def _lately_of(of: View, found: Ints) -> Iterator[tuple[Unit, int]]:
    lately = of.per_unit(of.year).tolist()
    for unit, number, events in zip(of.of.units, found.tolist(), lately, strict=True):
        if events:
            yield unit, number
