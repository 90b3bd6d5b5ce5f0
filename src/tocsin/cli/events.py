"""`tocsin events`: the events of a store, all of them or those that a search finds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from tocsin.cli import options
from tocsin.explain.event import tally
from tocsin.explain.lines import counted, days
from tocsin.records import wire
from tocsin.records.query import Order, Query
from tocsin.store import events, listing, syntax
from tocsin.store.listing import Line, Lines
from tocsin.store.open import open_store


class Sort(StrEnum):
    """In which order events come."""

    newest = "newest"
    oldest = "oldest"
    reports = "reports"
    killed = "killed"


class Level(StrEnum):
    """How well an event is borne out."""

    single = "single origin"
    relayed = "relayed"
    independent = "independent"
    corroborated = "corroborated"
    disputed = "disputed"
    retracted = "retracted"


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="Events with a claim that this finds, such as: type:ASSAULT place:Goma"
        ),
    ] = None,
    store: options.Stored = options.STORE,
    order: Annotated[
        Sort, typer.Option(help="By the last report, or the most reports or killed first.")
    ] = Sort.newest,
    level: Annotated[Level | None, typer.Option(help="Only those so well borne out.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="Events a page.")] = 20,
    after: Annotated[str | None, typer.Option(help="The cursor that a page ended with.")] = None,
    json: Annotated[bool, typer.Option("--json", help="A record a line.")] = False,
) -> None:
    """List events: what happened by all reports of it, and how well it is borne out.

    Words are in the language of `tocsin search` (docs/search.md), and find events by their claims.
    """
    only = level.value if level else None
    query = _query(" ".join(words), order, after, limit) if words else None
    with open_store(store, create=False) as opened, opened.read() as connection:
        if query is not None:
            page = listing.found(connection, query, level=only)
        else:
            page = listing.lines(connection, by=order.value, level=only, after=after, limit=limit)
        if json:
            held = events.load(connection, [line.id for line in page.lines])
            for line in page.lines:
                sys.stdout.write(wire.dump(held[line.id]).decode() + "\n")
        else:
            show(page.lines, Console(highlight=False, soft_wrap=True))
        whole = listing.count(connection, by=order.value, level=only)
        every = listing.count(connection)
    sys.stderr.write(_said(page, whole, every, searched=bool(words)) + "\n")


def show(lines: Sequence[Line], console: Console) -> None:
    """Print events, two lines each."""
    for line in lines:
        console.print(line.title, markup=False, style="bold")
        told = tally(line.reports, line.copies, line.independent)
        killed = "" if line.killed is None else f", {line.killed:,} killed"
        seen = days(line.first_reported, line.last_reported) if line.first_reported else "undated"
        words = f"    {line.level}: {told}{killed}, reported {seen}  {line.id}"
        console.print(words, markup=False)


def _query(words: str, order: Sort, after: str | None, limit: int) -> Query:
    """Return the search for the claims of the events that are asked for."""
    if order not in (Sort.newest, Sort.oldest):
        raise typer.BadParameter(
            f"--order {order.value} is of all events; with words they come newest or oldest first"
        )
    node = syntax.parse(words, today=datetime.now(UTC).date())
    by: Order = "newest" if order is Sort.newest else "oldest"
    return Query(where=node, kind="claims", order=by, limit=limit, after=after)


def _said(page: Lines, whole: int, every: int, *, searched: bool) -> str:
    """Return how many events are shown out of how many, and how to see more."""
    if not every:
        return "no events; `tocsin fuse` makes them of what is coded"
    shown = len(page.lines)
    number = counted(shown, "event")
    number = number if searched else f"{shown:,} of {counted(whole, 'event')}"
    return number + (f"; the next page: --after {page.next}" if page.next else "")
