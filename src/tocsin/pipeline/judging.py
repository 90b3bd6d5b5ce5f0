"""Judging: finds the words that a judgement is about, says what it would change, and keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from tocsin.base.errors import JudgementError
from tocsin.fusion.judgements import Settled, corrected
from tocsin.fusion.told import Sources
from tocsin.pipeline import fusing
from tocsin.records.claim import Claim
from tocsin.records.event import EVENT_SLOTS
from tocsin.records.judgement import Anchor, Judgement, Verdict, judgement_id
from tocsin.store import codings, events, judgements
from tocsin.store.open import Store


def made(
    connection: Connection,
    verdict: Verdict,
    target: str,
    author: str,
    time: datetime,
    *,
    other: str | None = None,
    field: str | None = None,
    after: Any = None,  # noqa: ANN401 - a value of whichever field
    reason: str = "",
) -> Judgement:
    """Return a judgement of records of a store; raise JudgementError where it cannot be one.

    `target` is a claim, an event or a threat, `other` the second one of `same` and `different` and
    the event of `confirm`.
    """
    one = known(connection, target)
    two = known(connection, other) if other is not None else None
    if verdict in ("same", "different", "confirm") and two is None:
        raise JudgementError(f"{verdict!r} is about two records; give the second one as well")
    if two is not None and two.id == one.id:
        raise JudgementError(f"{target} and {other} are one and the same")
    before = None
    if verdict == "correct":
        before, after = _correction(one, target, field, after)
    return Judgement(
        id=judgement_id(verdict, target, author, time, f"{other} {field} {after}"),
        verdict=verdict, target=target, author=author, time=time, reason=reason,
        anchor=anchor(one), field=field, before=before, after=after, other=other,
        beside=anchor(two) if two else None,
    )  # fmt: skip


def anchor(claim: Claim) -> Anchor:
    """Return what ties a judgement to a claim's words."""
    return Anchor(claim=claim.id, article=claim.article, type=claim.type, span=claim.trigger)


def known(connection: Connection, name: str) -> Claim:
    """Return a claim by its id, or the one that first reported an event.

    Raises JudgementError where there is none.
    """
    claim = name
    if name.startswith("event-"):
        found = events.load(connection, [name]).get(name)
        if found is None:
            raise JudgementError(f"{name}: there is no such event; `tocsin events` lists them")
        claim = found.reports[0].claim
    one = codings.claims(connection, [claim]).get(claim)
    if one is None:
        raise JudgementError(f"{claim}: there is no such claim; `tocsin search` finds claims")
    return one


def keep(store: Store, judgement: Judgement, sources: Sources) -> Counter[str]:
    """Keep a judgement and bring the events up to it; return how much changed."""
    with store.write() as connection:
        judgements.add(connection, judgement)
        return _settled(connection, [judgement], sources)


def undo(store: Store, name: str, now: datetime, sources: Sources) -> Counter[str]:
    """Mark a judgement as undone and bring the events up to that; return how much changed."""
    with store.write() as connection:
        undone = judgements.undo(connection, name, now)
        return _settled(connection, [undone], sources)


def preview(store: Store, judgement: Judgement, sources: Sources) -> Counter[str]:
    """Return how much a judgement would change; nothing is kept."""
    with store.write() as connection:
        trial = connection.begin_nested()
        judgements.add(connection, judgement)
        counts = _settled(connection, [judgement], sources)
        trial.rollback()
    return counts


def _settled(
    connection: Connection, judged: Sequence[Judgement], sources: Sources
) -> Counter[str]:  # fmt: skip
    """Fuse again the articles that judgements are about, where they are fused at all."""
    about = {
        anchor.article for one in judged for anchor in (one.anchor, one.beside) if anchor
    }  # fmt: skip
    return fusing.again(connection, about, sources)


def _correction(
    claim: Claim,
    target: str,
    field: str | None,
    after: Any,  # noqa: ANN401 - as above
) -> tuple[Any, Any]:
    """Return what a correction replaces, and what it puts in its place."""
    if field is None:
        raise JudgementError("a correction names a field and its value, such as modality=negated")
    if target.startswith("event-"):
        if field not in EVENT_SLOTS:
            raise JudgementError(f"an event has no {field!r}; it has {', '.join(EVENT_SLOTS)}")
        return None, after
    return getattr(claim, field, None), getattr(corrected(claim, field, after), field)


def bears(settled: Settled, judgement: Judgement) -> str | None:
    """Return why a judgement bears on nothing now; None where it does."""
    return next((why for one, why in settled.loose if one.id == judgement.id), None)
