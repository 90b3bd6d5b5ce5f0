"""Rules that analysts write, over events as they stood on a day.

A rule fires on a day on which what it asks for is there with an event that was not yet there the
evening before: it says what is new, once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from tocsin.explain.wording import joined
from tocsin.records.event import Event, Level
from tocsin.records.query import Node, names
from tocsin.records.sighting import Sighting
from tocsin.records.signal import About, Signal
from tocsin.watch.because import counted
from tocsin.watch.columns import FOREVER
from tocsin.watch.meets import meets
from tocsin.watch.scene import EVERY, made, whose
from tocsin.watch.sightings import SPAN, Seen, Side, Site, sighting

RuleKind = Literal["sequence", "together", "threshold"]
# What events of a rule must have in common; `pair` is a dyad whichever way.
Same = Literal["dyad", "pair", "country", "nothing"]
_ABOUT: Mapping[Same, About] = {
    "dyad": "dyad", "pair": "dyad", "country": "country", "nothing": "any",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an analyst wants to be told of.

    `filters` are searches, and `texts` the same as they were written: the first and the second of a
    sequence, all of what is to come together, or the one whose events are counted. `within` is
    days. `levels` and `origins` are what each event must be borne out by.
    """

    id: str
    title: str
    kind: RuleKind
    filters: tuple[Node, ...]
    texts: tuple[str, ...]
    within: int
    same: Same = "nothing"
    count: int = 1
    levels: tuple[Level, ...] = ()
    origins: int = 0
    line: int = 0


class Version(NamedTuple):
    """An event as its reports had it from one day on, up to another; days are ordinals."""

    event: Event
    since: int
    until: int = FOREVER


@dataclass(frozen=True, slots=True)
class Mark:
    """A version of an event that some filters of a rule ask for, its day and its units."""

    event: str
    day: int
    since: int
    until: int
    filters: frozenset[int]
    units: frozenset[str]


def marks(rule: Rule, versions: Iterable[Version]) -> list[Mark]:
    """Return the versions that a rule looks at, by their days."""
    found = (_mark(rule, one) for one in versions)
    return sorted(
        (one for one in found if one is not None), key=lambda one: (one.day, one.event, one.since)
    )


def fired(
    rule: Rule, marked: Sequence[Mark], on: date, name: Callable[[str], str] = str
) -> list[Signal]:
    """Return the signals of a rule on a day, one for each unit, in the order of units.

    `name` says how units are called in sentences.
    """
    today = on.toordinal()
    now, before = _found(rule, marked, today), _found(rule, marked, today - 1)
    return [
        _signal(rule, unit, now[unit], on, name(unit))
        for unit in sorted(now)
        if not now[unit].keys() <= before.get(unit, {}).keys()
    ]


def _mark(rule: Rule, version: Version) -> Mark | None:
    one = version.event
    if (rule.levels and one.level not in rule.levels) or one.independent < rule.origins:
        return None
    asked = frozenset(
        at
        for at, node in enumerate(rule.filters)
        if (one.modality == "actual" or "modality" in names(node)) and meets(node, one)
    )
    start, end = one.start or one.end, one.end or one.start
    background = start is not None and end is not None and (end - start).days >= SPAN
    if not asked or background or one.first_reported is None:
        return None
    told = sighting(_seen(one, one.first_reported), {}, {})
    units = _units(rule.same, told)
    return Mark(one.id, told.day, version.since, version.until, asked, units) if units else None


def _seen(one: Event, reported: date) -> Seen:
    """Return what counting reads of an event."""
    sides = [
        tuple(Side(held.value, held.country, held.sectors) for held in side)
        for side in (one.actors, one.recipients)
    ]
    return Seen(
        id=one.id, type=one.type, modality=one.modality, level=one.level, first_reported=reported,
        independent=one.independent, modes=one.modes, actors=sides[0], recipients=sides[1],
        places=tuple(Site(s.country, s.geonames, s.precision, s.best) for s in one.places),
        start=one.start, end=one.end,
    )  # fmt: skip


def _units(same: Same, told: Sighting) -> frozenset[str]:
    if same == "nothing":
        return frozenset({EVERY})
    if same == "country":
        return frozenset(told.countries)
    if same == "dyad":
        return frozenset(told.dyads)
    return frozenset("~".join(sorted(name.split(">"))) for name in told.dyads)


def _found(rule: Rule, marked: Sequence[Mark], today: int) -> dict[str, dict[str, int]]:
    """Return by unit the events that make a rule true on the evening of a day, with their days."""
    oldest = today - rule.within * (2 if rule.kind == "sequence" else 1)
    units: dict[str, list[Mark]] = defaultdict(list)
    # They come by their days: nothing before the window is looked at.
    for one in marked[
        bisect_right(marked, oldest, key=_day) : bisect_right(marked, today, key=_day)
    ]:
        if one.since <= today < one.until:
            for unit in one.units:
                units[unit].append(one)
    made = {unit: _TESTS[rule.kind](rule, some, today) for unit, some in units.items()}
    return {unit: found for unit, found in made.items() if found}


def _day(one: Mark) -> int:
    return one.day


def _sequence(rule: Rule, some: Sequence[Mark], today: int) -> dict[str, int]:
    """Return the pairs of which the second came on a later day than the first, in time."""
    found: dict[str, int] = {}
    firsts = [one for one in some if 0 in one.filters]
    for then in (one for one in some if 1 in one.filters and one.day > today - rule.within):
        led = [
            one
            for one in firsts
            if one.event != then.event and 0 < then.day - one.day <= rule.within
        ]
        if led:
            found |= {one.event: one.day for one in (*led, then)}
    return found


def _together(rule: Rule, some: Sequence[Mark], _today: int) -> dict[str, int]:
    """Return the events of the window where each filter has one of its own."""
    if len(frozenset().union(*(one.filters for one in some))) < len(rule.filters):
        return {}
    return {one.event: one.day for one in some} if _apart(rule, some) else {}


def _apart(rule: Rule, some: Sequence[Mark]) -> bool:
    """Return whether each filter can be given an event that no other filter is given."""
    given: dict[str, int] = {}

    def give(at: int, tried: set[str]) -> bool:
        for one in some:
            if at in one.filters and one.event not in tried:
                tried.add(one.event)
                if one.event not in given or give(given[one.event], tried):
                    given[one.event] = at
                    return True
        return False

    return all(give(at, set()) for at in range(len(rule.filters)))


def _threshold(rule: Rule, some: Sequence[Mark], _today: int) -> dict[str, int]:
    """Return the events of the window where they are enough."""
    found = {one.event: one.day for one in some}
    return found if len(found) >= rule.count else {}


_TESTS: Mapping[RuleKind, Callable[[Rule, Sequence[Mark], int], dict[str, int]]] = {
    "sequence": _sequence, "together": _together, "threshold": _threshold,
}  # fmt: skip


def _signal(
    rule: Rule, unit: str, found: Mapping[str, int], on: date, name: str
) -> Signal:  # fmt: skip
    ranked = sorted(found, key=lambda name: (-found[name], name))
    wanted = rule.count if rule.kind == "threshold" else len(rule.filters)
    return made(
        "rule", _because(rule, name, found, on), about=_ABOUT[rule.same], unit=unit, family=EVERY,
        day=on, value=len(found), threshold=wanted, events=tuple(ranked),
        settings={
            "kind": rule.kind, "within": rule.within, "same": rule.same, "count": rule.count,
            "filters": "; ".join(rule.texts), "levels": ", ".join(rule.levels),
            "origins": rule.origins,
        },
        rule=rule.id,
    )  # fmt: skip


def _because(rule: Rule, name: str, found: Mapping[str, int], on: date) -> str:
    """Return why a rule fired, by what it asks for."""
    one, sign, other = name.partition("~")
    of = f" between {one} and {other}" if sign else f" {whose(name)}"
    of = "" if rule.same == "nothing" else of
    days = counted(rule.within, "day")
    first, last = (date.fromordinal(edge(found.values())) for edge in (min, max))
    span = f"on {last}" if first == last else f"from {first} to {last}"
    told = f"{rule.title}: {counted(len(found), 'event')}{of} {span}"
    if rule.kind == "sequence":
        return f"{told}, {rule.texts[1]} within {days} after {rule.texts[0]}."
    if rule.kind == "together":
        return f"{told}, all of {joined(rule.texts)} within the {days} to {on}."
    return f"{told}, {rule.texts[0]}; {rule.count:,} within {days} are asked for."
