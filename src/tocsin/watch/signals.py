"""All signals of a day that need no rule of an analyst's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from tocsin.records.series import Key, Unit
from tocsin.records.signal import Signal
from tocsin.records.threat import Threat
from tocsin.watch import because
from tocsin.watch.due import left, standing
from tocsin.watch.ladder import climb
from tocsin.watch.levels import Expected, levels
from tocsin.watch.scene import EVERY, Scene, made, ordered
from tocsin.watch.silence import silence

RECENT, WHOLE = 4 * 7, 52 * 7  # days that a rung is compared over


def signals(
    scene: Scene,
    *,
    threats: Iterable[Threat] = (),
    sources: Mapping[str, Sequence[int]] | None = None,
    expected: Sequence[Expected] = (),
) -> list[Signal]:
    """Return the signals of a day.

    `threats` is the ledger of that day, `sources` the ordinals of the days on which each source
    published, `expected` what was forecast of the days up to it.
    """
    return ordered(
        [
            *levels(scene, expected), *_climbs(scene), *_places(scene),
            *_sources(scene, sources or {}), *deadlines(scene, threats),
        ]
    )  # fmt: skip


def _climbs(scene: Scene) -> Iterator[Signal]:
    rules, of, today = scene.settings, scene.of, scene.on.toordinal()
    rungs = np.array([one.sighting.rung for one in of.spells], np.int64)
    kept = of.on(scene.on) & (of.day <= today) & (of.day > today - WHOLE)
    for at, rows in _by_unit(scene, kept):
        if rows.size < rules.few:
            continue
        found = climb(today - of.day[rows], rungs[rows], recent=RECENT, whole=WHOLE)
        if not found.higher or found.now < rules.rung:
            continue
        unit = of.units[at]
        late = rows[(of.day[rows] > today - RECENT) & (rungs[rows] == found.now)]
        whose = scene.whose(unit)
        told = because.climbed(whose[0].upper() + whose[1:], found, RECENT, WHOLE, scene.on)
        yield made(
            "ladder", told, about=unit.kind, unit=unit.name, family=EVERY, day=scene.on,
            value=found.now,
            threshold=max(found.before + 1, rules.rung), baseline=found.before,
            events=scene.newest(late),
            settings={"recent": RECENT, "whole": WHOLE, "rung": rules.rung, "few": rules.few},
        )  # fmt: skip


def _places(scene: Scene) -> Iterator[Signal]:
    """Yield countries and areas of which nothing is reported any more."""
    of, today = scene.of, scene.on.toordinal()
    kept = of.on(scene.on) & (of.reported <= today)
    for at, rows in _by_unit(scene, kept):
        unit = of.units[at]
        if unit.kind != "dyad":
            yield from _silent(scene, unit, scene.name(unit), of.reported[rows].tolist())


def _sources(scene: Scene, sources: Mapping[str, Sequence[int]]) -> Iterator[Signal]:
    for name in sorted(sources):
        yield from _silent(scene, None, name, sources[name])


def _silent(scene: Scene, unit: Unit | None, name: str, days: Sequence[int]) -> Iterator[Signal]:
    rules, today = scene.settings, scene.on.toordinal()
    found = silence(
        days, today, window=rules.window, fewest=rules.gaps, chance=rules.silence,
        least=rules.quiet,
    )  # fmt: skip
    if found is None or not found.raised:
        return
    last = scene.on - timedelta(days=found.days)
    what = f"Nothing from {name}" if unit is None else f"No event in {name} has been reported"
    told = because.silent(what, found, last)
    events = () if unit is None else _last(scene, unit, last)
    yield made(
        "silence", told, about="source" if unit is None else "place",
        unit=unit.name if unit else name, family=EVERY, day=scene.on, value=found.days,
        threshold=found.limit, baseline=found.median, events=events,
        settings={
            "window": rules.window, "gaps": rules.gaps, "silence": rules.silence,
            "quiet": rules.quiet,
        },
    )  # fmt: skip


def _last(scene: Scene, unit: Unit, last: date) -> tuple[str, ...]:
    """Return the events of a unit that were reported last."""
    kept = scene.of.on(scene.on) & scene.of.of(unit)
    return scene.newest(np.flatnonzero(kept & (scene.of.reported == last.toordinal())))


def deadlines(scene: Scene, threats: Iterable[Threat]) -> Iterator[Signal]:
    """Yield the dyads whose nearest deadline is near; `threats` is the ledger of the day."""
    within = scene.settings.due
    for name, one in standing(threats, scene.on).items():
        if one.nearest is None or one.days is None or one.days > within:
            continue
        unit = Unit("dyad", name)
        issuer, _, target = scene.name(unit).partition(">")
        who = f"{issuer} has set {target}"
        days = {each.id: left(each, scene.on) for each in one.threats}
        near = tuple(name for name, at in days.items() if at is not None and at <= within)
        told = because.falls(who, one.days, len(one.threats), one.nearest.title, within)
        yield scene.signal(
            "deadline", Key(unit, "verbal conflict"), told, value=one.days, threshold=within,
            baseline=len(one.threats), events=near, settings={"due": within},
        )  # fmt: skip


def _by_unit(scene: Scene, kept: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Yield each unit's place in the list with the rows that are kept of it."""
    of = scene.of
    pairs = kept[of.row]
    unit, row = of.unit[pairs], of.row[pairs]
    if not unit.size:
        return
    order = np.argsort(unit, kind="stable")
    names, starts = np.unique(unit[order], return_index=True)
    yield from zip(names.tolist(), np.split(row[order], starts[1:]), strict=True)
