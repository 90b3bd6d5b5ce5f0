"""The signals of a store on a day, and what analysts' rules make of its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.settings import Signalling
from tocsin.ontology.units import called
from tocsin.pipeline import threats, watching
from tocsin.pipeline.answering import distribution
from tocsin.pipeline.past import versions
from tocsin.records.event import Event
from tocsin.records.forecast import Forecast, Question
from tocsin.records.series import Unit
from tocsin.records.signal import Signal
from tocsin.store import events, pack
from tocsin.store.articles import few
from tocsin.store.foresight import forecast, question
from tocsin.store.tables import article, event
from tocsin.watch import conformal, rules, shape
from tocsin.watch.columns import Columns
from tocsin.watch.levels import Expected
from tocsin.watch.rules import Mark, Rule
from tocsin.watch.scene import Scene
from tocsin.watch.signals import signals as found_in

# Days on which a forecast must have ended to be held against what came.
LATELY = 7


def signals(
    connection: Connection, on: date, today: date, settings: Signalling, of: Columns | None = None
) -> list[Signal]:
    """Return the signals of a day, out of nothing that was reported after it.

    `of` are the events that count, where they are at hand (`watching.seen`).
    """
    held = watching.seen(connection, today) if of is None else of
    scene = Scene(held, on, settings, named(held.units))
    return found_in(
        scene, threats=threats.ledger(connection, on).threats,
        sources=sources(connection, on, settings.window), expected=expected(connection, on),
    )  # fmt: skip


def named(units: Iterable[Unit]) -> Callable[[Unit], str]:
    """Return how units are called in sentences: "Khartoum, Sudan", "the United States"."""
    names = called(units, spoken=True)
    # Threats are between some of whom no event counts.
    return lambda unit: names.get(unit.name) or called([unit], spoken=True)[unit.name]


def sources(connection: Connection, on: date, window: int) -> dict[str, list[int]]:
    """Return the days up to one on which each source published, as ordinals.

    A source is one of the registry, else an outlet by its name; twice the window is looked at, so
    that gaps are known that ended within it.
    """
    name = sa.func.coalesce(article.c.source, article.c.outlet)
    query = sa.select(name.label("name"), article.c.reported).distinct()
    query = query.where(
        article.c.published.is_not(None), name.is_not(None), article.c.reported <= on,
        article.c.reported > on - timedelta(days=2 * window),
    )  # fmt: skip
    found: dict[str, list[int]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.name].append(row.reported.toordinal())
    return dict(found)


def expected(connection: Connection, on: date) -> list[Expected]:
    """Return the last forecasts of counts that were made before days that ended lately."""
    query = (
        sa.select(question.c.body.label("asked"), forecast.c.body.label("said"))
        .join(forecast, forecast.c.question == question.c.key)
        .where(
            question.c.rule == "count", question.c.end <= on,
            question.c.end > on - timedelta(days=LATELY), forecast.c.issued < question.c.start,
        )
        .order_by(question.c.key, forecast.c.issued, forecast.c.key)
    )  # fmt: skip
    last: dict[str, tuple[Question, Forecast]] = {}
    for row in connection.execute(query):
        asked = pack.unpacked(row.asked, Question)
        last[asked.id] = asked, pack.unpacked(row.said, Forecast)
    return [
        Expected(asked.key, asked.start, asked.end, _above(said))
        for asked, said in last.values()
        if asked.key is not None and said.parts
    ]


def _above(said: Forecast) -> Callable[[int], float]:
    """Return the chance of so many or more under a forecast as it was issued."""

    def chance(observed: int) -> float:
        of, curves = distribution([said])
        below = shape.cdf(of, np.array([observed - 1.0]))
        return float(1 - conformal.bend(np.clip(below, 0, 1), curves)[0, 0, 0])

    return chance


@dataclass(frozen=True, slots=True)
class Replay:
    """What a rule would have fired on, day by day: the days looked at, the signals of each."""

    rule: Rule
    days: int
    fired: Mapping[date, tuple[Signal, ...]]

    @property
    def number(self) -> int:
        """How many signals there were."""
        return sum(map(len, self.fired.values()))


def ruled(connection: Connection, written: Sequence[Rule], on: date) -> list[Signal]:
    """Return what rules fire on a day, out of nothing that was reported after it."""
    span = timedelta(days=2 * max((rule.within for rule in written), default=1) + 1)
    held = list(_events(connection, on - span, on))
    return [one for rule in written for one in rules.fired(rule, _marks(rule, held), on, _spoken)]


def replayed(
    connection: Connection, written: Sequence[Rule], since: date, until: date
) -> Iterator[Replay]:
    """Yield what each rule would have fired on each day, both included, as of that day."""
    span = timedelta(days=2 * max((rule.within for rule in written), default=1) + 1)
    held = list(_events(connection, since - span, until))
    days = [since + timedelta(days=at) for at in range((until - since).days + 1)]
    for rule in written:
        marked = _marks(rule, held)
        made = {day: tuple(rules.fired(rule, marked, day, _spoken)) for day in days}
        yield Replay(rule, len(days), {day: some for day, some in made.items() if some})


@lru_cache(maxsize=4_096)
def _spoken(name: str) -> str:
    """Return how what a rule looks at is called in sentences; "A~B" is a dyad whichever way."""
    unit = Unit("dyad" if ">" in name or "~" in name else "country", name.replace("~", ">"))
    found = called([unit], spoken=True)[unit.name]
    return found.replace(">", "~") if "~" in name else found


def _marks(rule: Rule, held: Sequence[Event]) -> list[Mark]:
    return rules.marks(rule, (version for one in held for version in versions(one)))


def _events(connection: Connection, since: date, until: date) -> Iterator[Event]:
    """Yield the events that may count on some days: what was reported, and not over, by then."""
    query = sa.select(event.c.id).where(
        event.c.first_reported <= until,
        sa.or_(event.c.last_reported >= since, event.c.end >= since, event.c.start >= since),
    )
    for some in few(sorted(connection.execute(query).scalars())):
        yield from events.load(connection, some).values()
