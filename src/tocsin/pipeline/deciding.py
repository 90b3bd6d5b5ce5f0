"""Several judgements as one decision: what they would change, kept, taken back and made again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.engine import Connection

from tocsin.fusion.told import Sources
from tocsin.pipeline import fusing
from tocsin.records.event import Event
from tocsin.records.judgement import Judgement
from tocsin.store import decisions, events, judgements
from tocsin.store.open import Store


class Turn(NamedTuple):
    """An event before a decision and after it; None where it was not, or is no more."""

    before: Event | None
    after: Event | None


def effect(store: Store, made: Sequence[Judgement], sources: Sources) -> tuple[Turn, ...]:
    """Return the events that judgements would change; nothing is kept."""
    with store.write() as connection:
        trial = connection.begin_nested()
        before = _hanging(connection, made)
        for one in made:
            judgements.add(connection, one)
        _settle(connection, made, sources)
        after = _hanging(connection, made, {name for one in before.values() for name in one.claims})
        trial.rollback()
    return tuple(
        Turn(before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    )


def keep(store: Store, made: Sequence[Judgement], sources: Sources) -> None:
    """Keep judgements and bring the events up to them."""
    with store.write() as connection:
        for one in made:
            judgements.add(connection, one)
        _settle(connection, made, sources)


def undo(
    store: Store, names: Sequence[str], now: datetime, sources: Sources, by: str = ""
) -> None:  # fmt: skip
    """Mark judgements as undone by somebody and bring the events up to that."""
    with store.write() as connection:
        made = [judgements.undo(connection, name, now, by) for name in names]
        _settle(connection, made, sources)


def redo(
    store: Store, names: Sequence[str], now: datetime, sources: Sources, by: str = ""
) -> None:  # fmt: skip
    """Let judgements hold again, which keep that they were undone; bring the events up to them."""
    with store.write() as connection:
        made = [decisions.redo(connection, name, now, by) for name in names]
        _settle(connection, made, sources)


def _articles(made: Sequence[Judgement]) -> set[str]:
    return {anchor.article for one in made for anchor in (one.anchor, one.beside) if anchor}


def _settle(connection: Connection, made: Sequence[Judgement], sources: Sources) -> None:
    fusing.again(connection, _articles(made), sources)


def _hanging(
    connection: Connection, made: Sequence[Judgement], claims: Collection[str] = ()
) -> dict[str, Event]:
    """Return the events that claims of some articles hang together with, and those of claims."""
    own = events.members(connection, "article", _articles(made))
    hung = events.members(connection, "component", {one.component for one in own})
    more = events.members(connection, "claim", claims)
    return events.load(connection, {one.event for one in (*own, *hung, *more)})
