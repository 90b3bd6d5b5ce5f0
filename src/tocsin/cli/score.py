"""`tocsin score`: what came of all that was foretold, losses and voids included."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
import typer

from tocsin.cli import options
from tocsin.pipeline import resolving, scoreboard, watching
from tocsin.pipeline.scoreboard import Board
from tocsin.records.forecast import Score
from tocsin.store import forecasts
from tocsin.store.open import open_store

# What each kind of question asks.
TITLES = {
    "count": "How many",
    "some": "One or more",
    "surge": "A surge",
    "high": "A new high of 52 weeks",
    "carried": "A threat carried out in time",
}


class Grouped(StrEnum):
    """What scores are given by."""

    all = "all"
    stratum = "stratum"
    lead = "lead"
    family = "family"
    unit = "unit"
    issued = "issued"
    start = "start"


def command(
    store: options.Stored = options.STORE,
    by: Annotated[Grouped, typer.Option(help="What scores are given by.")] = Grouped.stratum,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Settle what is due by this day; today by default."
        ),
    ] = None,
    misses: Annotated[int, typer.Option(min=0, help="How many of the dearest to show.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Settle the questions that are due by their rules, and hold every answer against what came."""
    day, today = options.past(on)
    with open_store(store, create=False) as opened:
        with opened.write() as connection:
            due = forecasts.due(connection, day)
            if due:
                of = watching.seen(connection, today)
                forecasts.settle(connection, resolving.settled(connection, of, due, today))
        with opened.read() as connection:
            made = scoreboard.board(forecasts.answered(connection), by.value, misses)
            held = forecasts.tally(connection)
    if json:
        whole = {
            "questions": held, "scores": made.scores, "reliability": made.reliability,
            "misses": made.misses, "voids": made.voids,
        }  # fmt: skip
        sys.stdout.write(msgspec.json.encode(whole).decode() + "\n")
    else:
        print("\n".join(_lines(made)))
    closed = held.get("resolved", 0) + held.get("void", 0)
    share = held.get("void", 0) / closed if closed else 0.0
    sys.stderr.write(
        f"{len(due):,} settled now; {held.get('open', 0):,} questions open, "
        f"{held.get('resolved', 0):,} resolved, {held.get('void', 0):,} void ({share:.1%})\n"
    )


def _lines(made: Board) -> Iterator[str]:
    """Yield the board: scores by question, reliability, misses, voids."""
    for rule in dict.fromkeys(one.rule for one in made.scores):
        yield TITLES[rule]
        for one in made.scores:
            if one.rule == rule:
                yield f"  {one.group or 'all':<24} {_scored(one)}"
        for band in made.reliability.get(rule, ()):
            yield (
                f"    said {band.low:.0%} to {band.high:.0%}: {band.number:,} times, "
                f"{band.said:.1%} on average; came {band.came:.1%}"
            )
    if made.misses:
        yield "Dearest misses"
        for miss in made.misses:
            yield f"  {miss.text} Said on {miss.issued}: {miss.said}; came {miss.came:g}"
    if made.voids:
        yield "Void"
        for why, number in made.voids.items():
            yield f"  {number:,} {why}"


def _scored(one: Score) -> str:
    if not one.number:
        return f"none, {one.void:,} void"
    told = [f"{one.number:,} answers" + (f", {one.void:,} void" if one.void else "")]
    if one.crps is not None:
        told.append(f"CRPS {one.crps:.3f}")
    if one.brier is not None:
        told.append(f"Brier {one.brier:.4f}")
    if one.skill is not None:
        than = "conflictology" if one.rule == "count" else "its own share"
        word = "better" if one.skill >= 0 else "WORSE"
        told.append(f"{abs(one.skill):.0%} {word} than {than}")
    if one.log is not None:
        told.append(f"log {one.log:.3f}")
    if one.covered:
        told.append("50/80/95 % hold " + "/".join(f"{share:.0%}" for share in one.covered))
    if one.brier is not None and one.said is not None and one.came is not None:
        told.append(f"said {one.said:.1%}, came {one.came:.1%}")
    if one.precision is not None:
        told.append(f"average precision {one.precision:.2f}")
    return ", ".join(told)
