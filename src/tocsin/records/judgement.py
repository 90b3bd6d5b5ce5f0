"""An analyst's decision, which outranks every score; undone by marking, never by deleting."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from tocsin.base.ids import digest
from tocsin.records.evidence import Span

Verdict = Literal["accept", "reject", "correct", "same", "different", "confirm"]


class Anchor(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """The claim that a judgement is about, by what coding again does not change.

    `span` is the trigger that it had, `type` the type.
    """

    claim: str
    article: str
    type: str
    span: Span


class Reversal(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """That a judgement was taken back, and made again if it was: when, and by whom if known."""

    undone: datetime
    undone_by: str = ""
    redone: datetime | None = None
    redone_by: str = ""


class Judgement(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One decision: what was judged, how, by whom, when, why.

    `target` is the record's id as it was judged: a claim, an event or a threat. `anchor` is the
    claim itself, or the one that first reported the event or the threat, so that the judgement
    holds after the article is coded again; `other` and `beside` are the same of the second record
    of `same` and `different`, and of the event that `confirm` takes for a threat's outcome.
    `field`, `before` and `after` are of corrections and of what is confirmed. `undone` is set while
    it does not hold; `reversals` keep every time that it was taken back, the first one first.
    """

    id: str
    verdict: Verdict
    target: str
    author: str
    time: datetime
    reason: str = ""
    anchor: Anchor | None = None
    field: str | None = None
    before: Any = None
    after: Any = None
    other: str | None = None
    beside: Anchor | None = None
    undone: datetime | None = None
    reversals: tuple[Reversal, ...] = ()

    @property
    def article(self) -> str | None:
        """The article whose claim was judged."""
        return self.anchor.article if self.anchor else None


def judgement_id(verdict: str, target: str, author: str, time: datetime, detail: str) -> str:
    """Return the name of a judgement: what, by whom and when."""
    return digest("judgement", verdict, target, author, time.isoformat(), detail)
