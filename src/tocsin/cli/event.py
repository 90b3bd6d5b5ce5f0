"""`tocsin event`: one event with its values, quarrels, origins and claims."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy.engine import Connection

from tocsin.cli import called, lines, options
from tocsin.explain import event as told
from tocsin.explain import why as reasons
from tocsin.explain.lines import Part
from tocsin.explain.origins import Bylines
from tocsin.pipeline import fusing, why
from tocsin.records import wire
from tocsin.records.claim import Claim
from tocsin.records.event import Event
from tocsin.store import codings, events, listing
from tocsin.store import fusing as kept
from tocsin.store.open import open_store


def command(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="An event or a claim; a unique beginning will do.")
    ],
    store: options.Stored = options.STORE,
    because: Annotated[
        bool, typer.Option("--why", help="Say why its claims are one event, and what was left out.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="The event and its claims, a record a line.")
    ] = False,
) -> None:
    """Show an event: who, whom, where, when, how many, on whose word, and who says otherwise.

    Behind every value stand the claims that give it, by their numbers.
    """
    with open_store(store, create=False) as opened, opened.read() as connection:
        one = events.load(connection, [called.event(connection, name)]).popitem()[1]
        claims = _claims(connection, one)
        if json:
            for record in (one, *(claims[name] for name in one.claims if name in claims)):
                sys.stdout.write(wire.dump(record).decode() + "\n")
            return
        parts = told.parts(one, claims, _bylines(connection, one), _elsewhere(connection, one))
        if because:
            parts += _why(connection, one)
    lines.show(parts, Console(highlight=False))


def _claims(connection: Connection, one: Event) -> Mapping[str, Claim]:
    """Return an event's claims as they were corrected."""
    held = codings.claims(connection, one.claims)
    corrected = fusing.judges(connection).settled.claims
    return {name: corrected.get(name, claim) for name, claim in held.items()}


def _bylines(connection: Connection, one: Event) -> Bylines:
    """Return the articles of an event's reports, and those that they were copied from."""
    names = {report.article for report in one.reports}
    names |= {report.copy_of for report in one.reports if report.copy_of is not None}
    return kept.bylines(connection, names)


def _elsewhere(connection: Connection, one: Event) -> dict[str, str]:
    """Return what the claims of other events are that an event's claims point to."""
    outside = {edge.other for edge in one.edges} - set(one.claims)
    return {
        name: f"{name} ({line.title}, {line.id})"
        for name, line in listing.of_claims(connection, outside).items()
    }


def _why(connection: Connection, one: Event) -> tuple[Part, ...]:
    found = why.why(connection, one)
    near = codings.claims(connection, [apart.nearest.claim for apart in found.apart])
    return reasons.parts(found.merged, found.apart, told.numbered(one), near)
