"""Who decides: makes a judgement, keeps it, and says what it changes."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from tocsin.explain.judgement import sentence
from tocsin.explain.lines import counted
from tocsin.fusion.told import Sources
from tocsin.pipeline import judging, project
from tocsin.records.judgement import Judgement, Verdict
from tocsin.store import listing
from tocsin.store.open import Store, open_store


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
        """Make a judgement of records and settle it."""
        with self.store.read() as connection:
            made = judging.made(
                connection, verdict, target, self.author, datetime.now(UTC), other=other,
                field=field, after=after, reason=self.reason,
            )  # fmt: skip
        self.settle(made)

    def settle(self, made: Judgement) -> None:
        """Keep a judgement and say what it changes."""
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
    with open_store(store, create=False) as opened:
        yield Hand(opened, project.letters(opened, sources), author or user(), reason, dry)


def changes(counts: Counter[str]) -> str:
    """Return what a judgement changes: "3 events, 1 threat"."""
    said = [
        counted(number, noun)
        for noun in ("event", "threat")
        if (number := max(counts[f"{noun}s"], counts[f"{noun}s replaced"]))
    ]
    return ", ".join(said) or "no event"


def user() -> str:
    """Return who is logged in; raise an error that says what to do where nobody is."""
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise typer.BadParameter("nobody is logged in; give --author NAME") from error
