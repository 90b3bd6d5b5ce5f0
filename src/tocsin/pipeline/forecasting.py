"""Forecasts of a store's series, issued as of a day and kept as they were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

import tocsin
from tocsin.base.errors import InputError
from tocsin.base.ids import digest
from tocsin.ontology.units import called
from tocsin.pipeline import answering, measuring, watching
from tocsin.pipeline.answering import Terms
from tocsin.records.forecast import Forecast, Question, Refusal
from tocsin.records.series import DAYS, Key, Step, Unit, UnitKind
from tocsin.store import documents, forecasts, snapshots
from tocsin.watch import forecast, refusal, triangle
from tocsin.watch.columns import Columns
from tocsin.watch.forecast import DAILY, WEEKLY
from tocsin.watch.panels import Document
from tocsin.watch.series import Counts, counted
from tocsin.watch.shape import Floats

# Counts are held against what is known of their days so many days later (WATCH, 5).
WAIT = 60
# Steps of history that are fitted, the latest: three years of weeks, one of days.
LONGEST: dict[Step, int] = {"week": 156, "day": 365}


@dataclass(frozen=True, slots=True)
class Issued:
    """What a night foretells, and of what it does not."""

    questions: tuple[Question, ...]
    forecasts: tuple[Forecast, ...]
    refusals: tuple[Refusal, ...]


def issue(connection: Connection, made: Issued) -> int:
    """Keep questions and forecasts; return how many forecasts were new."""
    forecasts.ask(connection, made.questions)
    return forecasts.issue(connection, made.forecasts)


def foretold(
    connection: Connection,
    on: date,
    today: date,
    *,
    name: str | None = None,
    kind: UnitKind = "country",
    step: Step = "week",
    wait: int = WAIT,
) -> Issued:
    """Return the forecasts of a store's series of a kind, or those of one unit among its like.

    Raises InputError where no event is of the unit.
    """
    of = watching.seen(connection, today)
    unit = next((one for one in of.units if one.name == name), None)
    if name is not None and unit is None:
        raise InputError(f"found no event of unit {name!r}; `tocsin series` lists those there are")
    published = tuple(Document(*row) for row in documents.published(connection))
    panel = measuring.panels(published, watching.members(connection), on).get("")
    taken = [one.id for one in snapshots.listed(connection) if one.day <= on]
    made = series(
        of, on, step=step, kinds=(unit.kind if unit else kind,), wait=wait,
        breaks=None if panel is None else panel.breaks,
        source=taken[-1] if taken else "no snapshot",
    )  # fmt: skip
    if unit is None:
        return made
    pairs = zip(made.questions, made.forecasts, strict=True)
    own = [(asked, said) for asked, said in pairs if asked.key and asked.key.unit == unit]
    return Issued(
        tuple(asked for asked, _ in own), tuple(said for _, said in own),
        tuple(one for one in made.refusals if one.key.unit == unit),
    )  # fmt: skip


def series(
    of: Columns,
    on: date,
    *,
    step: Step = "week",
    kinds: tuple[UnitKind, ...] = ("country", "area", "dyad"),
    breaks: NDArray[np.bool_] | None = None,
    wait: int = WAIT,
    source: str = "no snapshot",
) -> Issued:
    """Return the forecasts of every series that has an event, by what was known on a day.

    `breaks` are the weeks up to the day in which the panel of sources broke, `source` the snapshot
    that events come from.
    """
    held = counted(of, on, step=step, kinds=kinds)
    complete = completeness(of, on)
    weeks = held.counts.shape[1] * DAYS[step] // 7
    last = None if complete is None else float(complete[:7].mean())
    because = refusal.refused(weeks, last, breaks)
    if because is not None or not held.keys:
        return Issued((), (), tuple(Refusal(key=key, because=because or "") for key in held.keys))
    design = WEEKLY if step == "week" else DAILY
    spare = max(0, held.counts.shape[1] - LONGEST[step])
    start = held.start + timedelta(days=DAYS[step] * spare)
    held = replace(held, start=start, counts=held.counts[:, spare:])
    # Days were not measured with the other direction, so weeks alone have it.
    others = reverse(held.keys) if step == "week" else None
    made = forecast.forecast(held.counts, design, _seen(held, complete), others)
    every = " ".join(key.id for key in held.keys)
    counts = digest("counts", on.isoformat(), step, every, held.counts.tobytes().hex())
    way = digest("design", repr(design), *(() if others is None else ("answered",)))
    stamp = f"tocsin {tocsin.__version__} {way}"
    names = called((key.unit for key in held.keys), spoken=True)
    terms = Terms(data=f"{counts} of {source}", stamp=stamp, wait=wait, names=names)
    pairs = list(answering.answers(held, made, terms))
    return Issued(tuple(asked for asked, _ in pairs), tuple(said for _, said in pairs), ())


def reverse(keys: Sequence[Key]) -> NDArray[np.intp] | None:
    """Return the row of each dyad's other direction and same family, -1 where there is none.

    None where no dyad has one.
    """
    rows = {key: at for at, key in enumerate(keys)}
    out = np.full(len(keys), -1, np.intp)
    for at, key in enumerate(keys):
        issuer, _, target = key.unit.name.partition(">")
        if key.unit.kind == "dyad":
            other = Key(Unit("dyad", f"{target}>{issuer}"), key.family)
            out[at] = rows.get(other, -1)
    return out if (out >= 0).any() else None


def completeness(of: Columns, on: date) -> Floats | None:
    """Return the share of a day's final count that stands, by age in days; None: cannot be told.

    It is over one where merges will take more away than late reports bring.
    """
    return triangle.completeness(triangle.triangle(of, on))


def _seen(held: Counts, complete: Floats | None) -> Floats:
    """Return the share of each step's events that is in."""
    seen = np.ones(held.counts.shape)
    if complete is None:
        return seen
    width, steps = DAYS[held.step], held.counts.shape[1]
    first = (held.on - held.start).days - width * steps + 1
    for back in range(min(steps, len(complete) // width)):
        ages = np.arange(width * back, width * (back + 1)) + first
        seen[:, steps - 1 - back] = complete[np.minimum(ages, len(complete) - 1)].mean()
    return seen
