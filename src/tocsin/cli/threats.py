"""`tocsin threats`: the ledger of threats, warnings and deadlines, as it stood on a day."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from tocsin.cli import lines, options
from tocsin.explain import threat as told
from tocsin.explain.lines import Line, Part, counted
from tocsin.fusion.lifecycle import due
from tocsin.fusion.rates import Share, Step, rates
from tocsin.fusion.threats import Rules
from tocsin.fusion.told import Told
from tocsin.pipeline import threats
from tocsin.pipeline.threats import Ledger
from tocsin.records import wire
from tocsin.records.threat import Threat
from tocsin.store import called
from tocsin.store.open import open_store

_LENGTH = re.compile(r"(\d{1,4})([dw]?)")


class Standing(StrEnum):
    """How a threat stands."""

    open = "open"
    due = "due"
    grace = "grace"
    extended = "extended"
    withdrawn = "withdrawn"
    resolved = "resolved"
    lapsed = "lapsed"
    void = "void"


def command(
    name: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="One threat, by its id or a unique beginning."),
    ] = None,
    store: options.Stored = options.STORE,
    within: Annotated[
        str | None, typer.Option("--due", metavar="14d", help="Those that fall due within so long.")
    ] = None,
    status: Annotated[Standing | None, typer.Option(help="Only those that stand so.")] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today by default.")
    ] = None,
    auto: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Take outcomes from this score on without a person."),
    ] = None,
    numbers: Annotated[
        bool, typer.Option("--rates", help="How many are open, carried out, extended, by whom.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="A record a line.")] = False,
) -> None:
    """List who threatens or warns whom of what, until when, and what came of it; or show one.

    Nothing published after the day counts.
    """
    today = options.day(on) or datetime.now(UTC).date()
    console = Console(highlight=False, soft_wrap=True)
    with open_store(store, create=False) as opened, opened.read() as connection:
        held = threats.ledger(connection, today, Rules(auto=auto))
        shown = _chosen(held, name, status, _days(within), today)
        if json:
            for one in shown:
                sys.stdout.write(wire.dump(one).decode() + "\n")
        elif name is not None:
            lines.show(_parts(held, shown[0]), Console(highlight=False))
        elif numbers:
            lines.show(_rates(shown, today), Console(highlight=False))
        else:
            for one in shown:
                console.print(one.title, markup=False, style="bold")
                console.print(f"    {told.short(one)}  {one.id}", markup=False)
    if name is None:
        whole = counted(len(held.threats), "threat")
        sys.stderr.write(f"{len(shown):,} of {whole} as of {today}\n")
        if undated := {row.byline.article for row in held.told.values() if _undated(row)}:
            sys.stderr.write(
                f"{counted(len(undated), 'article')} without a day left out: "
                "`tocsin add FILE --published DAY` gives one\n"
            )


def _undated(row: Told) -> bool:
    return row.day is None and row.claim.type == "THREATEN"


def _chosen(
    held: Ledger, name: str | None, status: Standing | None, within: int | None, today: date
) -> list[Threat]:
    """Return the threats that are asked for, the newest first; those due by what comes first."""
    if name is not None:
        chosen = called.threat(name, [one.id for one in held.threats])
        return [one for one in held.threats if one.id == chosen]
    found = [
        one
        for one in reversed(held.threats)
        if (status is None or one.status == status.value)
        and (within is None or due(one, today, within=within))
    ]
    if within is not None:
        found.sort(key=lambda one: (one.deadline.start if one.deadline else date.max, one.id))
    return found


def _days(length: str | None) -> int | None:
    """Return how many days a length is: "14d", "14", "2w"."""
    if length is None:
        return None
    match = _LENGTH.fullmatch(length)
    if match is None:
        raise typer.BadParameter(f"--due: found {length!r}; expected days or weeks: 14d, 2w")
    return int(match[1]) * (7 if match[2] == "w" else 1)


def _parts(held: Ledger, one: Threat) -> tuple[Part, ...]:
    rows = [held.told[said.claim] for said in one.utterances if said.claim in held.told]
    claims = {row.claim.id: row.claim for row in rows}
    return told.parts(one, claims, {row.byline.article: row.byline for row in rows}, held.titles)


def _rates(shown: Sequence[Threat], today: date) -> tuple[Part, ...]:
    """Return the statistics of threats, a part for each."""
    made = rates(shown, today)
    open_ = [
        Line(f"{one.open:,} open, {one.due:,} due within a week", one.issuer) for one in made.loads
    ]
    kept = [Line(_share(made.followed), "all")]
    kept += [Line(_share(one), name) for name, one in made.followed_by.items()]
    moved = [Line(_share(made.extended), "deadlines moved")]
    if made.slippage is not None:
        moved.append(Line(f"{made.slippage:g} days, the median", "moved by"))
    moved.append(Line(_share(made.single), "one origin alone"))
    found = (
        Part("Open threats by issuer", tuple(open_)),
        Part("Carried out, of those settled", tuple(kept)),
        Part("Not carried out after so many days", tuple(_waiting(made.waiting))),
        Part("Deadlines and origins", tuple(moved)),
    )
    return tuple(part for part in found if part.lines)


def _waiting(steps: Sequence[Step]) -> Iterator[Line]:
    for step in steps:
        yield Line(f"{step.waiting:.0%} of {step.at_risk:,}", counted(step.days, "day"))


def _share(one: Share) -> str:
    if one.value is None:
        return f"{one.count} of {one.n}; {one.note}"
    return (
        f"{one.count} of {one.n}: {one.value:.0%} (95 % between {one.low:.0%} and {one.high:.0%})"
    )
