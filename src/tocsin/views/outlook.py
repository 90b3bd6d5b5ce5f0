"""Forecasts as pages and programs read them: by series and step, with refusals beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct
from sqlalchemy.engine import Connection

from tocsin.records.forecast import Forecast, Interval, Question, Refusal
from tocsin.records.series import Family, Key, Party, Step, Unit, UnitKind
from tocsin.store import forecasts

Pair = tuple[Question, Forecast]
Parties = Callable[[Iterable[Unit]], Mapping[Unit, tuple[Party, ...]]]
MOST = 24  # series on a page
LONGEST = 400  # days that issued forecasts are looked for


class Wanted(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked: as of which day, which units, by week or by day, one unit or family alone."""

    on: date | None = None
    kind: UnitKind = "country"
    step: Step = "week"
    unit: Annotated[str, Meta(max_length=300)] | None = None
    family: Family | None = None


class Made(Struct, frozen=True):
    """What is foretold as of a day, issued or not, and what is refused."""

    pairs: tuple[Pair, ...]
    refusals: tuple[Refusal, ...]


class Ahead(Struct, frozen=True):
    """A step to come: its days, the median and intervals of its count, chances; when it is settled.

    Chances of a surge and a new high are given by week alone.
    """

    start: date
    end: date
    lead: int
    deadline: date
    median: float | None
    intervals: tuple[Interval, ...]
    some: float | None
    surge: float | None = None
    high: float | None = None


class Outlook(Struct, frozen=True):
    """A series with its steps, or the reason why nothing is foretold of it."""

    key: Key
    parties: tuple[Party, ...]
    stratum: str
    steps: tuple[Ahead, ...]
    refused: str | None = None


class Carried(Struct, frozen=True):
    """The chance that a threat is carried out in time; `because` says what it rests on."""

    threat: str
    title: str
    end: date
    deadline: date
    chance: float
    interval: Interval | None
    because: str


class View(Struct, frozen=True):
    """The forecasts of a day; `issued` is whether they were kept that day, and so are scored.

    `days` are those on which any were issued, the newest first; `data` and `stamp` say what they
    were made of and by which version. `total` is how many series there are of which `series` has
    the first.
    """

    on: date
    issued: bool
    days: tuple[date, ...]
    step: Step
    kind: UnitKind
    series: tuple[Outlook, ...]
    total: int
    refused: int
    threats: tuple[Carried, ...]
    data: str
    stamp: str


def issued(connection: Connection, on: date) -> tuple[date, ...]:
    """Return the days up to one on which forecasts were issued, the newest first."""
    return tuple(forecasts.days(connection, on))


def view(
    connection: Connection, wanted: Wanted, on: date, told: tuple[Made, Made], parties: Parties
) -> View:
    """Return the forecasts of a day: those that were issued then, else those that are `told`.

    What is told is of series, and of threats.
    """
    made, carried = told
    kept = list(forecasts.issued(connection, on))
    own = [one for one in kept if _of(one[0], wanted)]
    threats = [one for one in kept if one[0].threat is not None]
    pairs = own or [one for one in made.pairs if _of(one[0], wanted)]
    refusals = () if own else tuple(one for one in made.refusals if _fits(one.key, wanted))
    groups: dict[Key, list[Pair]] = defaultdict(list)
    for asked, said in pairs:
        if asked.key is not None:
            groups[asked.key].append((asked, said))
    ranked = sorted(groups, key=lambda key: (_height(groups[key]), key))
    named = parties(key.unit for key in (*ranked, *(one.key for one in refusals)))
    rows = [_outlook(key, groups[key], named) for key in ranked]
    rows += [Outlook(one.key, named.get(one.key.unit, ()), "", (), one.because) for one in refusals]
    first = pairs[0][1] if pairs else None
    return View(
        on=on, issued=bool(own), days=issued(connection, on), step=wanted.step, kind=wanted.kind,
        series=tuple(rows[:MOST]), total=len(rows), refused=len(refusals),
        threats=tuple(_carried(*one) for one in _ordered(threats or carried.pairs)),
        data=first.data if first else "", stamp=first.stamp if first else "",
    )  # fmt: skip


def _of(asked: Question, wanted: Wanted) -> bool:
    return asked.step == wanted.step and asked.key is not None and _fits(asked.key, wanted)


def _fits(key: Key, wanted: Wanted) -> bool:
    """Return whether a series is one that is asked for; a unit by its name is of any kind."""
    if wanted.unit is not None and key.unit.name.casefold() != wanted.unit.casefold():
        return False
    of = wanted.unit is not None or key.unit.kind == wanted.kind
    return of and (wanted.family is None or key.family == wanted.family)


def _outlook(key: Key, some: Sequence[Pair], named: Mapping[Unit, tuple[Party, ...]]) -> Outlook:
    steps: dict[date, dict[str, Pair]] = defaultdict(dict)
    for asked, said in some:
        steps[asked.start][asked.rule] = asked, said
    ahead = tuple(_ahead(steps[start]) for start in sorted(steps))
    return Outlook(key, named.get(key.unit, ()), some[0][1].stratum, ahead)


def _ahead(rules: Mapping[str, Pair]) -> Ahead:
    asked, said = rules.get("count") or next(iter(rules.values()))
    chances = {rule: pair[1].chance for rule, pair in rules.items()}
    return Ahead(
        start=asked.start, end=asked.end, lead=said.lead, deadline=asked.deadline,
        median=said.median, intervals=said.intervals if "count" in rules else (),
        some=chances.get("some"), surge=chances.get("surge"), high=chances.get("high"),
    )  # fmt: skip


def _ordered(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda one: (-(one[1].chance or 0.0), one[0].end, one[0].id))


def _carried(asked: Question, said: Forecast) -> Carried:
    title = asked.text.partition(": ")[2].removesuffix("?") or asked.text
    return Carried(
        threat=asked.threat or "", title=title, end=asked.end, deadline=asked.deadline,
        chance=said.chance or 0.0, interval=said.intervals[0] if said.intervals else None,
        because=said.because,
    )  # fmt: skip


def _height(some: Sequence[Pair]) -> float:
    """Return what series go by: those of which most is to be expected first."""
    return -sum(
        (said.chance if asked.rule == "some" else said.median if asked.rule == "count" else 0) or 0
        for asked, said in some
    )
