"""`tocsin judge`: what analysts decide about claims, events and threats."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args

import typer

from tocsin.base.errors import JudgementError
from tocsin.cli import corrections, options, values
from tocsin.cli.hand import hand
from tocsin.explain.judgement import sentence
from tocsin.explain.lines import counted
from tocsin.ontology.load import load
from tocsin.pipeline import fusing, judging, threats
from tocsin.records import wire
from tocsin.records.judgement import Verdict
from tocsin.records.threat import IssuerDid, TargetDid
from tocsin.store import called, judgements
from tocsin.store.open import Store, open_store

app = typer.Typer(
    help="Say what is right and what is not; a decision outranks every score.",
    no_args_is_help=True,
)
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="Its id, or a unique beginning.")]
Either = Annotated[str, typer.Argument(metavar="CLAIM|EVENT", help="A claim's or event's id.")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why, for whoever reads it later.")]
Author = Annotated[
    str | None, typer.Option("--author", help="Who decides; you, where nothing is said.")
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")]


class Axis(StrEnum):
    """Whose act an outcome is."""

    issuer = "issuer"
    target = "target"


@app.command("accept", epilog="Example: tocsin judge accept claim-59ac --store iraq.db")
def accept(
    claim: ClaimId,
    reason: Reason = "",
    author: Author = None,
    dry: Dry = False,
    store: options.Stored = options.STORE,
    sources: options.Registry = None,
) -> None:
    """Say that a claim is coded right."""
    with hand(store, sources, author, reason, dry=dry) as one:
        one.decide("accept", _claim(one.store, claim))


@app.command("reject", epilog='Example: tocsin judge reject claim-59ac --reason "a drill"')
def reject(
    claim: ClaimId,
    reason: Reason = "",
    author: Author = None,
    dry: Dry = False,
    store: options.Stored = options.STORE,
    sources: options.Registry = None,
) -> None:
    """Say that a claim is none: it leaves its event and counts for nothing."""
    with hand(store, sources, author, reason, dry=dry) as one:
        one.decide("reject", _claim(one.store, claim))


@app.command(
    "correct", epilog="Example: tocsin judge correct claim-59ac killed=12-40 actors=Israel"
)
def correct(
    target: Either,
    given: Annotated[
        list[str],
        typer.Argument(metavar="FIELD=VALUE", help="Such as actors=Israel or date=2024-11-22."),
    ],
    reason: Reason = "",
    author: Author = None,
    dry: Dry = False,
    store: options.Stored = options.STORE,
    sources: options.Registry = None,
    types: options.OntologyFolder = None,
) -> None:
    """Put other values into a claim, or choose between those that an event's claims give.

    An event may have any type, and any number of people where some claim gives one. docs/fusion.md
    names the fields of both and says how values are written. FIELD= alone empties a claim's field.
    """
    pairs = [values.pair(one) for one in given]
    with hand(store, sources, author, reason, dry=dry) as one:
        with one.store.read() as connection:
            name = called.either(connection, target)
        made = corrections.read(one.store, name, pairs, load(types))
        for field, after in made:
            one.decide("correct", name, field=field, after=after)
            for words in values.unknown(after):
                typer.echo(f"    {words}", err=True)


@app.command("same", epilog="Example: tocsin judge same claim-59ac event-1948 --dry-run")
def same(
    first: Either,
    second: Either,
    reason: Reason = "",
    author: Author = None,
    dry: Dry = False,
    store: options.Stored = options.STORE,
    sources: options.Registry = None,
) -> None:
    """Say that two claims, or the first reports of two events, tell of one event."""
    _both("same", first, second, reason, author, store, sources, dry=dry)


@app.command("different", epilog="Example: tocsin judge different claim-59ac claim-246a")
def different(
    first: Either,
    second: Either,
    reason: Reason = "",
    author: Author = None,
    dry: Dry = False,
    store: options.Stored = options.STORE,
    sources: options.Registry = None,
) -> None:
    """Say that two claims, or the first reports of two events, tell of two events."""
    _both("different", first, second, reason, author, store, sources, dry=dry)


@app.command(
    "confirm",
    epilog="Example: tocsin judge confirm threat-0a1b event-8a44 --axis issuer --did "
    '"carried out as stated"',
)
def confirm(
    threat: Annotated[str, typer.Argument(metavar="THREAT", help="A threat's id.")],
    event: Annotated[str, typer.Argument(metavar="EVENT", help="What came of it.")],
    axis: Annotated[Axis, typer.Option(help="Whose act the event is.")],
    did: Annotated[str, typer.Option(help="What was done, as `tocsin threats` names it.")],
    reason: Reason = "",
    author: Author = None,
    dry: Dry = False,
    store: options.Stored = options.STORE,
    sources: options.Registry = None,
) -> None:
    """Say that an event is what came of a threat: what its issuer did, or its target."""
    known = get_args(IssuerDid if axis is Axis.issuer else TargetDid)
    if did not in known:
        raise JudgementError(f"--did: found {did!r}; the {axis.value} may have: {', '.join(known)}")
    with hand(store, sources, author, reason, dry=dry) as one:
        with one.store.read() as connection:
            held = threats.ledger(connection, datetime.now(UTC).date()).threats
            name = called.threat(threat, [row.id for row in held])
            made = threats.confirmed(
                connection, next(row for row in held if row.id == name),
                called.event(connection, event), one.author, datetime.now(UTC),
                axis=axis.value, did=did, reason=one.reason,
            )  # fmt: skip
        one.settle(made)


@app.command("undo", epilog="Example: tocsin judge undo judgement-77aa --store iraq.db")
def undo(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="Its id, from the list.")],
    store: options.Stored = options.STORE,
    sources: options.Registry = None,
) -> None:
    """Take a decision back; it stays in the store, marked, and everything is as it was before."""
    with hand(store, sources, "", "", dry=False) as one:
        with one.store.read() as connection:
            name = called.judgement(connection, judgement)
            made = next(m for m in judgements.standing(connection) if m.id == name)
        counts = judging.undo(one.store, name, datetime.now(UTC), one.sources)
        typer.echo(f"undone: {sentence(made)}")
        one.told(made, counts)


@app.command("list", epilog="Example: tocsin judge list --loose --store iraq.db")
def listed(
    store: options.Stored = options.STORE,
    loose: Annotated[
        bool, typer.Option("--loose", help="Only those that bear on nothing now, with the reason.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="A record a line.")] = False,
) -> None:
    """List the decisions that stand, oldest first: what, who, when, why."""
    with open_store(store, create=False) as opened, opened.read() as connection:
        standing = judgements.standing(connection)
        settled = fusing.judges(connection).settled
    why = {made.id: judging.bears(settled, made) for made in standing}
    shown = [made for made in standing if why[made.id] or not loose]
    for made in shown:
        if json:
            typer.echo(wire.dump(made).decode())
            continue
        typer.echo(f"{made.id}  {made.time:%Y-%m-%d %H:%M}  {made.author}: {sentence(made)}")
        if made.reason:
            typer.echo(f"    because: {made.reason}")
        if why[made.id]:
            typer.echo(f"    bears on nothing now: {why[made.id]}")
    typer.echo(counted(len(shown), "judgement"), err=True)


def _both(
    verdict: Verdict, first: str, second: str, reason: str, author: str | None, store: str,
    sources: Path | None, *, dry: bool,
) -> None:  # fmt: skip
    with hand(store, sources, author, reason, dry=dry) as one:
        with one.store.read() as connection:
            names = [called.either(connection, name) for name in (first, second)]
        one.decide(verdict, names[0], other=names[1])


def _claim(store: Store, name: str) -> str:
    with store.read() as connection:
        return called.claim(connection, name)
