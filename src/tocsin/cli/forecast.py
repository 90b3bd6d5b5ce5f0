"""`tocsin forecast`: how many events are to be expected, of whom, and how sure that is."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import msgspec
import typer

from tocsin.cli import options
from tocsin.cli.series import Every, Kind
from tocsin.explain.lines import counted as number
from tocsin.ontology.units import called
from tocsin.pipeline import carrying, forecasting
from tocsin.pipeline.forecasting import WAIT, Issued
from tocsin.records.forecast import Forecast, Question, Rule
from tocsin.store.open import open_store

Pair = tuple[Question, Forecast]
WORDS: dict[Rule, str] = {"some": "one or more", "surge": "surge", "high": "new high"}


class About(StrEnum):
    """What is foretold."""

    series = "series"
    threats = "threats"


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="UNIT", help="One unit: SYR, ISR>LBN, a GeoNames id.")
    ] = None,
    store: options.Stored = options.STORE,
    about: Annotated[About, typer.Option(help="Counts of events, or open threats.")] = About.series,
    step: Annotated[Every, typer.Option(help="Four weeks ahead, or fourteen days.")] = Every.week,
    kind: Annotated[Kind, typer.Option(help="Which units, where none is named.")] = Kind.country,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="By what was known on this day; today by default."),
    ] = None,
    wait: Annotated[
        int, typer.Option(min=0, help="Days after which what is known then settles a question.")
    ] = WAIT,
    limit: Annotated[int, typer.Option(min=1, help="Series or threats that are shown.")] = 20,
    issue: Annotated[
        bool, typer.Option("--issue", help="Keep them, to be scored; do it every night.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="A question with its answer a line.")
    ] = False,
) -> None:
    """Foretell the events of each series, or whether open threats are carried out in time.

    Counts are medians with the bounds of 80 %, by the first day of the week or the day.
    Nothing first reported after the day counts. What is issued is kept as it was made.
    """
    day, today = options.past(on)
    with open_store(store, create=False) as opened:
        with opened.read() as connection:
            if about is About.threats:
                made = carrying.carried(connection, day, wait)
            else:
                made = forecasting.foretold(
                    connection, day, today, name=name, kind=kind.value, step=step.value, wait=wait
                )
        new = None
        if issue:
            with opened.write() as connection:
                new = forecasting.issue(connection, made)
    _show(made, limit, json=json)
    sys.stderr.write(_said(made, day, new) + "\n")


def _show(made: Issued, limit: int, *, json: bool) -> None:
    pairs = list(zip(made.questions, made.forecasts, strict=True))
    if json:
        for asked, said in pairs:
            line = {"question": asked, "forecast": said}
            sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
        return
    groups: dict[str, list[Pair]] = defaultdict(list)
    for asked, said in pairs:
        groups[asked.key.id if asked.key else asked.id].append((asked, said))
    names = called(asked.key.unit for asked, _ in pairs if asked.key)
    for some in sorted(groups.values(), key=_height)[:limit]:
        key = some[0][0].key
        if key is None:
            print(f"{_told(*some[0]):>24}  {some[0][0].text}")
            continue
        print(f"{names[key.unit.name]} ({key.unit.name})  {key.family}")
        steps: dict[date, list[str]] = defaultdict(list)
        for asked, said in some:
            steps[asked.start].append(_told(asked, said))
        for start, told in steps.items():
            print(f"  {start}  {'  '.join(told)}")


def _height(some: list[Pair]) -> float:
    """Return what groups are ordered by: the highest count or chance first."""
    first = some[0][1]
    return -(first.median or 0.0 if first.chance is None else first.chance)


def _told(asked: Question, said: Forecast) -> str:
    if said.chance is None:
        wide = said.intervals[1]
        told = f"{said.median:g} ({wide.low:g} to {wide.high:g})"
        return f"{told:>16}"
    if asked.rule == "carried":
        one = said.intervals[0]
        return f"{said.chance:.0%} ({one.low:.0%} to {one.high:.0%})"
    return f"{WORDS[asked.rule]} {said.chance:>4.0%}"


def _said(made: Issued, day: date, new: int | None) -> str:
    """Return how much was foretold and issued, and why the rest was not."""
    text = f"{number(len(made.forecasts), 'forecast')} as of {day}"
    if new is not None:
        text += f", {new:,} issued now, {len(made.forecasts) - new:,} before"
    why = Counter(one.because for one in made.refusals)
    for reason, count in why.items():
        text += f"; {count:,} series refused: {reason}"
    return text
