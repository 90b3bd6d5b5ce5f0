"""Signals as pages and programs read them: what fired, of whom, why, on which events it rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct
from sqlalchemy.engine import Connection

from tocsin.records.series import Family, Party, Unit
from tocsin.records.signal import KINDS, Signal, SignalKind
from tocsin.store import listing
from tocsin.store import signals as kept
from tocsin.store.listing import Line
from tocsin.views.units import Weeks

# Days that a list looks back over, as the page offers them, and events of a signal that it shows.
SPANS, SHOWN = (1, 7, 28, 91), 3
LONGEST, MOST = 366, 500
# Signals that the first screen has room for.
FEW = 4

Parties = Callable[[Iterable[Unit]], Mapping[Unit, tuple[Party, ...]]]
Days = Annotated[int, Meta(ge=1, le=LONGEST, description="Days up to `on`.")]


class Wanted(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked of the list: as of which day, how far back, which kind, unit and family.

    `unit` is a country's code, an area's GeoNames id, a dyad such as ISR>LBN, or a source.
    """

    on: date | None = None
    days: Days = 7
    kind: SignalKind | None = None
    unit: Annotated[str, Meta(max_length=300)] | None = None
    family: Family | Literal["all"] | None = None


class Fired(Struct, frozen=True):
    """A signal with what its unit is called, the first of its events and how many more there are.

    `unread` is whether nothing of the unit was read before the time that it is held against.
    """

    signal: Signal
    parties: tuple[Party, ...]
    unread: bool
    events: tuple[Line, ...]
    more: int


class Day(Struct, frozen=True):
    """The signals of a day, in the order of kinds."""

    day: date
    fired: tuple[Fired, ...]


class View(Struct, frozen=True):
    """The list: days with their signals, the newest first, and what it can be narrowed to.

    Numbers of kinds, families and units are of all signals of these days; of `on` itself signals
    are worked out, of the days before it those are shown that were kept.
    """

    on: date
    since: date
    days: tuple[Day, ...]
    total: int
    kinds: dict[str, int]
    families: dict[str, int]
    units: tuple[tuple[str, tuple[Party, ...], int], ...]


class Whole(Struct, frozen=True):
    """A signal with all of its events, the weeks of its series, and what it is held against.

    `usual` and `reached` are counts of a week, for lines across the weeks, where it has such.
    """

    fired: Fired
    threats: tuple[tuple[str, str], ...]
    weeks: Weeks | None
    usual: float | None
    reached: float | None


def view(
    connection: Connection, made: Sequence[Signal], wanted: Wanted, on: date, parties: Parties
) -> View:
    """Return the list as of a day, of which `made` are the signals."""
    since = on - timedelta(days=wanted.days - 1)
    held = {one.id: one for one in kept.found(connection, since=since, until=on, limit=MOST)}
    held |= {one.id: one for one in made}
    ranked = sorted(held.values(), key=_rank)
    shown = [one for one in ranked if _asked(one, wanted)]
    told = {one.signal.id: one for one in fired(connection, shown, parties)}
    by: dict[date, list[Fired]] = {}
    for one in shown:
        by.setdefault(one.day, []).append(told[one.id])
    units = Counter(one.unit for one in ranked if one.unit != "all")
    named = parties(filter(None, (one.of for one in ranked)))
    of = {one.unit: named.get(one.of, ()) if one.of else () for one in ranked}
    return View(
        on=on, since=since, days=tuple(Day(day, tuple(some)) for day, some in by.items()),
        total=len(ranked), kinds=_counted((one.kind for one in ranked), KINDS),
        families=dict(sorted(Counter(one.family for one in ranked).items())),
        units=tuple((name, of[name], number) for name, number in units.most_common(40)),
    )  # fmt: skip


def fired(
    connection: Connection, some: Sequence[Signal], parties: Parties, shown: int = SHOWN
) -> list[Fired]:
    """Return signals with their units' names and the first of their events."""
    named = parties(filter(None, (one.of for one in some)))
    wanted = {name for one in some for name in one.events[:shown] if name.startswith("event-")}
    lines = listing.named(connection, wanted)
    return [_fired(one, named, lines, shown) for one in some]


def _fired(
    one: Signal, named: Mapping[Unit, tuple[Party, ...]], lines: Mapping[str, Line], shown: int
) -> Fired:
    found = tuple(lines[name] for name in one.events[:shown] if name in lines)
    source = one.unit if one.about == "source" else None
    parties = named.get(one.of, ()) if one.of else ()
    return Fired(
        signal=one, parties=(Party(source),) if source else parties, unread=one.unread,
        events=found, more=max(len(one.events) - len(found), 0),
    )  # fmt: skip


def whole(
    connection: Connection,
    one: Signal,
    parties: Parties,
    weeks: Weeks | None,
    titles: Mapping[str, str],
) -> Whole:
    """Return a signal with everything behind it; `titles` are those of threats."""
    (made,) = fired(connection, [one], parties, len(one.events))
    threats = tuple(
        (name, titles.get(name, "")) for name in one.events if name.startswith("threat-")
    )
    level = one.kind in {"surge", "rising"}
    return Whole(
        fired=made, threats=threats, weeks=weeks,
        usual=one.baseline if level or one.kind == "change" else None,
        reached=one.threshold if level else None,
    )  # fmt: skip


def first(
    connection: Connection, made: Sequence[Signal], country: str | None, parties: Parties
) -> tuple[Fired, ...]:
    """Return the signals that the first screen has room for, of all countries or of one."""
    some = [one for one in made if country is None or _in(one, country)]
    return tuple(fired(connection, strongest(some)[:FEW], parties, 0))


def _in(one: Signal, country: str) -> bool:
    """Return whether a signal is about a country, alone or with another."""
    return one.of is not None and country in one.of.name.replace("-", ">").split(">")


def strongest(made: Sequence[Signal]) -> list[Signal]:
    """Return a day's signals for a place that has room for few: each unit once, then the rest.

    Countries and dyads come before areas, and what may only be unread comes last.
    """
    ranked = sorted(made, key=lambda one: (one.unread, one.about == "area", *_rank(one)))
    seen: set[str] = set()
    first: list[Signal] = []
    rest: list[Signal] = []
    for one in ranked:
        (rest if one.unit in seen else first).append(one)
        seen.add(one.unit)
    return first + rest


def _asked(one: Signal, wanted: Wanted) -> bool:
    return (
        (wanted.kind is None or one.kind == wanted.kind)
        and (wanted.unit is None or one.unit.casefold() == wanted.unit.casefold())
        and (wanted.family is None or one.family == wanted.family)
    )


def _rank(one: Signal) -> tuple[int, int, str, str, str]:
    return -one.day.toordinal(), KINDS.index(one.kind), one.unit, one.family, one.rule or ""


def _counted(found: Iterable[SignalKind], order: Sequence[SignalKind]) -> dict[str, int]:
    numbers = Counter(found)
    return {name: numbers[name] for name in order if numbers[name]}
