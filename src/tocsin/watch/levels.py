"""Signals of counts: surge, rising threat, class, surprise, change of level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.records.series import Key
from tocsin.records.signal import Signal
from tocsin.watch import because, indicators
from tocsin.watch.change import prior, runs
from tocsin.watch.exceed import Forecast, tail
from tocsin.watch.indicators import CLASSES, FLOOR, MONTH, SHOCKS, YEAR, Ints
from tocsin.watch.scene import SPAN, Scene, weeks
from tocsin.watch.series import Counts, behind

_YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class Expected:
    """What was forecast of a series from one day to another, both included, before the first."""

    key: Key
    start: date
    end: date
    forecast: Forecast


def levels(scene: Scene, expected: Sequence[Expected] = ()) -> Iterator[Signal]:
    """Yield the signals of a day that are of counts."""
    daily = scene.daily()
    weekly = weeks(daily.counts)
    if weekly.shape[1] > MONTH:
        yield from _surges(scene, daily.keys, weekly)
    if weekly.shape[1] >= YEAR:
        yield from _rising(scene, daily.keys, weekly)
    if weekly.shape[1] > YEAR:
        yield from _classes(scene, daily.keys, weekly)
    yield from _surprises(scene, expected)
    if daily.counts.shape[1] >= scene.settings.history:
        yield from _changes(scene, daily)


def _surges(scene: Scene, keys: Sequence[Key], weekly: Ints) -> Iterator[Signal]:
    for at in indicators.surge(weekly)[:, -1].nonzero()[0].tolist():
        key, last = keys[at], int(weekly[at, -1])
        before = int(weekly[at, -MONTH - 1 : -1].sum()) / MONTH
        told = because.surge(scene.where(key), last, before, scene.on)
        yield scene.signal(
            "surge", key, told + scene.unread(key.unit, 7 * (MONTH + 1)), value=last,
            threshold=2 * before, baseline=before, events=scene.events(key, 7),
            settings={"weeks": MONTH, "times": 2, "floor": FLOOR},
        )  # fmt: skip


def _rising(scene: Scene, keys: Sequence[Key], weekly: Ints) -> Iterator[Signal]:
    for at in indicators.rising(weekly)[:, -1].nonzero()[0].tolist():
        key = keys[at]
        month = int(weekly[at, -MONTH:].sum()) / MONTH
        year = int(weekly[at, -YEAR:].sum()) / YEAR
        told = because.rising(scene.where(key), month, year, scene.on)
        yield scene.signal(
            "rising", key, told + scene.unread(key.unit, 7 * YEAR), value=month,
            threshold=2 * year, baseline=year, events=scene.events(key, 7 * MONTH),
            settings={"weeks": MONTH, "year": YEAR, "times": 2, "floor": FLOOR},
        )  # fmt: skip


def _classes(scene: Scene, keys: Sequence[Key], weekly: Ints) -> Iterator[Signal]:
    lately = weekly[:, -YEAR - 1 :]
    classes, shocks = indicators.classes(lately), indicators.shocks(lately)
    for at in (classes[:, -1] > classes[:, -2]).nonzero()[0].tolist():
        key, now, before = keys[at], int(classes[at, -1]), int(classes[at, -2])
        year = int(lately[at, -YEAR:].sum()) / YEAR
        told = because.moved(scene.where(key), before, now, int(shocks[at, -1]), year)
        told += scene.unread(key.unit, 7 * YEAR)
        yield scene.signal(
            "class", key, told, value=now, threshold=before + 1, baseline=before,
            events=scene.events(key, 7),
            settings={"from": CLASSES[before], "to": CLASSES[now], "year": YEAR, "shocks": SHOCKS},
        )  # fmt: skip


def _surprises(scene: Scene, expected: Sequence[Expected]) -> Iterator[Signal]:
    limit = scene.settings.surprise
    for one in expected:
        if one.end > scene.on:
            continue
        seen = len(behind(scene.of, one.key, scene.on, one.start, one.end))
        chance = tail(seen, one.forecast) if seen else 1.0
        if chance > limit:
            continue
        told = because.surprise(
            scene.where(one.key), seen, chance, limit, start=one.start, end=one.end
        )
        yield scene.signal(
            "exceedance", one.key, told, value=chance, threshold=limit, baseline=None,
            events=scene.between(one.key, one.start, one.end),
            settings={
                "surprise": limit, "from": one.start.isoformat(), "to": one.end.isoformat()
            },
        )  # fmt: skip


def _changes(scene: Scene, daily: Counts) -> Iterator[Signal]:
    rules = scene.settings
    late = daily.counts[:, -_YEAR_DAYS:]
    for at in (late.sum(axis=1) >= rules.few).nonzero()[0].tolist():
        key, counts = daily.keys[at], late[at]
        # A level that is new says nothing of what was usual before it.
        known = prior(counts[: max(counts.size - 2 * rules.young, 1)])
        found = runs(counts, known, regime=rules.regime, young=rules.young)
        if found.changed <= rules.changed:
            continue
        yield scene.signal(
            "change", key, because.changed(scene.where(key), found, rules.changed),
            value=found.changed, threshold=rules.changed, baseline=found.before * 7,
            events=scene.events(key, rules.young - 1),
            settings={
                "young": rules.young, "regime": rules.regime, "history": rules.history,
                "few": rules.few, "days": min(_YEAR_DAYS, SPAN),
            },
        )  # fmt: skip
