"""`tocsin watch`: what an analyst should look at, why, and to whom it goes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from tocsin.base import settings
from tocsin.base.errors import SettingsError
from tocsin.cli import options
from tocsin.cli.foresight import rules_of
from tocsin.deliver.run import Round
from tocsin.deliver.words import headline, why
from tocsin.explain.lines import counted
from tocsin.pipeline import signals
from tocsin.pipeline.signals import Replay
from tocsin.records import wire
from tocsin.records.delivery import Delivery
from tocsin.records.signal import Signal
from tocsin.store import deliveries
from tocsin.store import signals as kept
from tocsin.store.open import Store, open_store
from tocsin.watch.scene import ordered


class Kind(StrEnum):
    """What a signal is."""

    surge = "surge"
    rising = "rising"
    change_of_class = "class"
    exceedance = "exceedance"
    change = "change"
    silence = "silence"
    ladder = "ladder"
    deadline = "deadline"
    rule = "rule"


def command(
    unit: Annotated[
        str | None,
        typer.Argument(metavar="UNIT", help="Only of one: LBN, ISR>LBN, an area's id, a source."),
    ] = None,
    store: options.Stored = options.STORE,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="As of the evening of this day; today by default."),
    ] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="Only of this kind; several go.")] = None,
    family: Annotated[
        str | None, typer.Option(help='Only of this family, such as "material conflict".')
    ] = None,
    rules: options.Rules = None,
    test: Annotated[
        bool, typer.Option("--test", help="Replay days and show when each of your rules fires.")
    ] = False,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The first day of --test; 90 days by default."),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the signals in the store.")] = False,
    deliver: Annotated[
        bool, typer.Option("--deliver", help="Keep them and send what is due, as --config says.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="With --deliver: what failed or is unsure goes too.")
    ] = False,
    ledger: Annotated[
        bool, typer.Option("--deliveries", help="List what waits, failed or is unsure.")
    ] = False,
    config: options.Config = None,
    json: Annotated[bool, typer.Option("--json", help="A record a line.")] = False,
) -> None:
    """Say what stands out as of a day, with the numbers and events behind it.

    Nothing that was reported after the day counts.
    """
    today = datetime.now(UTC).date()
    day = options.day(on) or today
    chosen = settings.load(config)
    own = rules_of(rules, day)
    with open_store(store, create=False) as opened:
        if ledger:
            _list(opened, chosen, json=json)
            return
        if test:
            first = options.day(since) or date.fromordinal(day.toordinal() - 89)
            with opened.read() as connection:
                for one in signals.replayed(connection, own, first, day):
                    _replay(one, json=json)
            return
        with opened.read() as connection:
            found = signals.signals(connection, day, today, chosen.signals)
            found = ordered([*found, *signals.ruled(connection, own, day)])
        shown = [one for one in found if _asked(one, unit, kind, family)]
        _show(shown, json=json)
        sys.stderr.write(_said(shown, found, day) + "\n")
        if keep or deliver:
            with opened.write() as connection:
                new = kept.keep(connection, found, datetime.now(UTC))
            sys.stderr.write(f"{counted(len(new), 'signal')} new in the store\n")
        if deliver:
            if not chosen.deliver.channels:
                raise SettingsError(
                    "no channel is set up; expected [deliver.channels.NAME] in --config"
                )
            sys.stderr.write(_sent(Round(opened, chosen.deliver, again=again).work()) + "\n")


def _asked(one: Signal, unit: str | None, kind: Sequence[Kind] | None, family: str | None) -> bool:
    return (
        (unit is None or one.unit.casefold() == unit.casefold())
        and (not kind or one.kind in {each.value for each in kind})
        and (family is None or one.family == family)
    )


def _show(shown: Iterable[Signal], *, json: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for one in shown:
        if json:
            sys.stdout.write(wire.dump(one).decode() + "\n")
            continue
        console.print(headline(one), markup=False, style="bold")
        console.print(f"    {one.because}", markup=False)
        events = counted(len(one.events), "event")
        console.print(f"    {why(one)}; {events}  {one.unit}  {one.id}", markup=False, style="dim")


def _replay(one: Replay, *, json: bool) -> None:
    """Print when a rule would have fired, or its signals."""
    if json:
        for some in one.fired.values():
            _show(some, json=True)
        return
    console = Console(highlight=False, soft_wrap=True)
    days = counted(len(one.fired), "day")
    told = f"{one.rule.id}: {counted(one.number, 'signal')} on {days} of {one.days:,}"
    console.print(told, markup=False, style="bold")
    for day, some in one.fired.items():
        for signal in some:
            console.print(f"    {day}  {signal.unit}  {signal.because}", markup=False)
            console.print(f"                {' '.join(signal.events)}", markup=False, style="dim")


def _list(store: Store, chosen: settings.Settings, *, json: bool) -> None:
    with store.read() as connection:
        rows: list[Delivery] = []
        for name in sorted(chosen.deliver.channels):
            rows += deliveries.listed(connection, name, "waiting", "sending", "failed", "unsure")
    console = Console(highlight=False, soft_wrap=True)
    for row in rows:
        if json:
            sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
            continue
        reason = f"  {row.reason}" if row.reason else ""
        console.print(
            f"{row.channel}  {row.state}  due {row.due:%Y-%m-%d %H:%M}  {row.signal}{reason}",
            markup=False,
        )


def _said(shown: Sequence[Signal], found: Sequence[Signal], day: date) -> str:
    kinds = Counter(one.kind for one in found)
    parts = ", ".join(f"{number:,} {name}" for name, number in sorted(kinds.items()))
    of = f" ({parts})" if parts else ""
    return f"{len(shown):,} of {counted(len(found), 'signal')} as of {day}{of}"


def _sent(counts: Counter[str]) -> str:
    parts = [f"{counts[name]:,} {name}" for name in ("sent", "waiting", "failed", "unsure")]
    left = f", {counts['repeated']:,} left out as repeated" if counts["repeated"] else ""
    stuck = counts["unsure"] + counts["failed"]
    hint = "; `--again` sends what failed or is unsure too" if stuck else ""
    return "deliveries: " + ", ".join(parts) + left + hint
