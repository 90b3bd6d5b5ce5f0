"""`tocsin judge`: what analysts decide about claims, events and threats."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from sqlalchemy.engine import Connection

from tocsin.base.errors import JudgementError
from tocsin.cli import called, choices, options, values
from tocsin.explain.judgement import sentence
from tocsin.explain.lines import counted
from tocsin.fusion.told import Sources
from tocsin.fusion.told import registry as graded
from tocsin.ontology.load import load
from tocsin.ontology.model import Ontology
from tocsin.pipeline import fusing, judging
from tocsin.records import wire
from tocsin.records.judgement import Judgement, Verdict
from tocsin.records.threat import IssuerDid, TargetDid
from tocsin.sources import catalog
from tocsin.store import articles, codings, events, judgements, listing
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


@dataclass(frozen=True, slots=True)
class Hand:
    """Who decides why, in which store, and whether only to say what would change."""

    store: Store
    sources: Sources
    author: str
    reason: str
    dry: bool

    def decide(
        self,
        verdict: Verdict,
        target: str,
        *,
        other: str | None = None,
        field: str | None = None,
        after: Any = None,  # noqa: ANN401 - a value of any field
    ) -> None:
        """Make a judgement and say what it changes."""
        with self.store.read() as connection:
            made = judging.made(
                connection, verdict, target, self.author, datetime.now(UTC), other=other,
                field=field, after=after, reason=self.reason,
            )  # fmt: skip
        if self.dry:
            counts = judging.preview(self.store, made, self.sources)
            typer.echo(f"{sentence(made)}\n    would change {changes(counts)}")
            return
        counts = judging.keep(self.store, made, self.sources)
        typer.echo(f"{made.id}  {sentence(made)}")
        self.told(made, counts)

    def told(self, made: Judgement, counts: Counter[str]) -> None:
        """Say what a judgement changed, and which events its claims are in now."""
        typer.echo(f"    changed {changes(counts)}")
        names = [one.claim for one in (made.anchor, made.beside) if one is not None]
        with self.store.read() as connection:
            lines = listing.of_claims(connection, names)
        for line in {lines[name].id: lines[name] for name in names if name in lines}.values():
            typer.echo(f"    {line.id}  {line.title} ({line.level})")
        for name in names:
            if name not in lines:
                typer.echo(f"    {name} is in no event")


@contextmanager
def hand(
    store: str, sources: Path | None, author: str | None, reason: str, *, dry: bool
) -> Iterator[Hand]:
    """Yield a hand that decides in a store."""
    listed = graded(catalog.load(sources).sources if sources else ())
    with open_store(store, create=False) as opened:
        yield Hand(opened, listed, author or _user(), reason, dry)


def changes(counts: Counter[str]) -> str:
    """Return what a judgement changes: "3 events, 1 threat"."""
    said = [
        counted(number, noun)
        for noun in ("event", "threat")
        if (number := max(counts[f"{noun}s"], counts[f"{noun}s replaced"]))
    ]
    return ", ".join(said) or "no event"


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
        typer.Argument(metavar="FIELD=VALUE...", help="Such as actors=Israel or date=2024-11-22."),
    ],
    reason: Reason = "",
    author: Author = None,
    dry: Dry = False,
    store: options.Stored = options.STORE,
    sources: options.Registry = None,
    types: options.OntologyFolder = None,
) -> None:
    """Put other values into a claim, or choose between those that an event's claims give.

    Fields of a claim: type, modes, contexts, modality, actors, recipients, attribution, condition,
    deadline, outcome, date, place, killed, injured, arrested, displaced, crowd, denied_by.
    docs/fusion.md says how values are written. FIELD= alone empties a field.
    """
    pairs = [values.pair(one) for one in given]
    with hand(store, sources, author, reason, dry=dry) as one:
        with one.store.read() as connection:
            name, known = called.either(connection, target), load(types)
            if name.startswith("event-"):
                event = events.load(connection, [name])[name]
                made = [(slot, choices.chosen(event, slot, said, known)) for slot, said in pairs]
            else:
                made = _read(_scene(connection, name, known), pairs)
        for field, after in made:
            one.decide("correct", name, field=field, after=after)


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
            name, shown = called.threat(connection, threat), called.event(connection, event)
        one.decide("confirm", name, other=shown, field=axis.value, after=did)


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


def _scene(connection: Connection, name: str, types: Ontology) -> values.Scene:
    """Return a claim as it stands, with the day of its article."""
    coded = codings.claims(connection, [name])[name]
    claim = fusing.judges(connection).settled.claims.get(name, coded)
    (stored,) = articles.load(connection, [claim.article])
    published = stored.article.published
    return values.Scene(claim, published.day if published else date.max, types)


def _read(scene: values.Scene, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, Any]]:
    """Return corrections as fields with their values; modes of another type go with the type."""
    made = []
    for field, words in pairs:
        after = values.value(field, words, scene)
        made.append((field, after))
        if field == "type":
            claim = scene.claim
            scene = scene.typed(after)
            if scene.claim.modes != claim.modes and "modes" not in dict(pairs):
                made.append(("modes", scene.claim.modes))
    return made


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise typer.BadParameter("nobody is logged in; give --author NAME") from error
