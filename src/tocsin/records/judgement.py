"""An analyst's decision, which outranks every score; undone by marking, never by deleting."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from tocsin.records.evidence import Span

Verdict = Literal["accept", "reject", "correct", "same", "different", "confirm"]


class Judgement(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One decision: what was judged, how, by whom, when, why.

    `target` is a record's id. `article` and `anchor` tie a judgement of a claim to the words that
    it was about, so that it holds after the article is coded again. `field`, `before` and `after`
    are of corrections; `other` is the second record of `same` and `different`.
    """

    id: str
    verdict: Verdict
    target: str
    author: str
    time: datetime
    reason: str = ""
    article: str | None = None
    anchor: Span | None = None
    field: str | None = None
    before: Any = None
    after: Any = None
    other: str | None = None
    undone: datetime | None = None
