"""Decisions as an analyst sees them: what is to be decided, what it would change, what was."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.explain.judgement import sentence, shown
from tocsin.records.claim import Claim
from tocsin.records.judgement import Judgement, Reversal, Verdict
from tocsin.records.threat import Threat
from tocsin.store import decisions
from tocsin.views.written import words

# Decisions that stay at hand.
RECENT = 10
_KINDS = get_type_hints(Claim)


class Wish(Struct, frozen=True):
    """What somebody wants decided: of which record, with which others, which fields become what.

    `given` are fields with the words for them; `choice` is a field of an event with one of the
    values that its claims give. `along` go with the target where it is parted from others.
    """

    verdict: Verdict
    target: str
    others: tuple[str, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    choice: tuple[str, str] | None = None
    reason: str = ""
    along: tuple[str, ...] = ()


class Field(Struct, frozen=True):
    """A field before a decision and after it, in words; `words` put its value into a field."""

    field: str
    before: str
    after: str
    words: str = ""


class Turn(Struct, frozen=True):
    """An event that a decision changes: its title and level before and after, None for no event."""

    id: str
    before: str | None
    after: str | None
    was: str | None = None
    level: str | None = None


class Effect(Struct, frozen=True):
    """What a decision would change.

    `own` is the event that is decided about, `events` the others; `threats` are titles of threats
    that rest on any of them; `doubts` tell which names nobody knows.
    """

    fields: tuple[Field, ...]
    own: tuple[Turn, ...]
    events: tuple[Turn, ...]
    threats: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class Step(Struct, frozen=True):
    """One decision that was made, of one judgement or several; `fields` are of corrections.

    `reversals` are the times that it was taken back and made again.
    """

    ids: tuple[str, ...]
    verdict: Verdict
    target: str
    sentences: tuple[str, ...]
    author: str
    time: datetime
    reason: str = ""
    undone: datetime | None = None
    fields: tuple[Field, ...] = ()
    reversals: tuple[Reversal, ...] = ()


def resting(effect: Effect, threats: Iterable[Threat]) -> Effect:
    """Return an effect with the titles of those threats that rest on events which it changes."""
    changed = {turn.id for turn in (*effect.own, *effect.events)}
    titles = (
        one.title
        for one in threats
        if changed & ({said.event for said in one.utterances} | {*one.outcome.evidence})
    )
    return replace(effect, threats=tuple(titles))


def steps(made: Iterable[Judgement], limit: int | None = None) -> list[Step]:
    """Return judgements, given the latest first, as the decisions that they were made in."""
    out: dict[tuple[str, datetime], list[Judgement]] = {}
    for one in made:
        out.setdefault((one.author, one.time), []).append(one)
    return [_step(group[::-1]) for group in list(out.values())[:limit]]


def recent(connection: Connection) -> list[Step]:
    """Return the last decisions, the latest first, those taken back among them."""
    return steps(decisions.latest(connection, RECENT * 20), RECENT)


def undoable(connection: Connection, author: str) -> Step | None:
    """Return the last decision of somebody that stands."""
    return next((one for one in _own(connection, author) if one.undone is None), None)


def redoable(connection: Connection, author: str) -> Step | None:
    """Return the decision that somebody took back last, unless he decided something since."""
    own = _own(connection, author)
    gone = [one for one in own if one.undone is not None]
    if not gone:
        return None
    last = max(gone, key=lambda one: (one.undone or one.time, -one.time.timestamp()))
    return last if last.undone and all(one.time <= last.undone for one in own) else None


def repeatable(connection: Connection, author: str) -> Step | None:
    """Return the last correction of a claim that somebody made and that stands."""
    own = _own(connection, author)
    return next(
        (
            one
            for one in own
            if one.undone is None and one.verdict == "correct" and one.target.startswith("claim-")
        ),
        None,
    )


def history(
    connection: Connection, articles: Collection[str], names: Collection[str]
) -> list[Step]:
    """Return every decision about some records, the latest first, those taken back among them."""
    return steps(
        one
        for one in decisions.latest(connection, articles=articles)
        if {one.target, one.other} & {*names}
        or any(anchor.claim in names for anchor in (one.anchor, one.beside) if anchor)
    )


def _own(connection: Connection, author: str) -> list[Step]:
    return steps(one for one in decisions.latest(connection, RECENT * 20) if one.author == author)


def _step(group: list[Judgement]) -> Step:
    first = group[0]
    return Step(
        ids=tuple(one.id for one in group), verdict=first.verdict, target=first.target,
        sentences=tuple(map(sentence, group)), author=first.author, time=first.time,
        reason=first.reason, undone=max((one.undone for one in group if one.undone), default=None),
        fields=tuple(_field(one) for one in group if one.field), reversals=first.reversals,
    )  # fmt: skip


def _field(one: Judgement) -> Field:
    name = one.field or ""
    if not one.target.startswith("claim-"):
        return Field(name, _plain(one.before), _plain(one.after))
    return Field(name, _said(name, one.before), _said(name, one.after), _words(name, one.after))


def _plain(value: Any) -> str:  # noqa: ANN401 - of any field
    return "" if value is None else str(value)


def _words(name: str, value: Any) -> str:  # noqa: ANN401 - as below
    """Return a kept value as somebody would write it, to do the same elsewhere."""
    return words(msgspec.convert(msgspec.to_builtins(value), _KINDS[name]))


def _said(name: str, value: Any) -> str:  # noqa: ANN401 - as above
    return "" if value in (None, (), []) else shown(name, value)
