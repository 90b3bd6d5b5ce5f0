"""Who says what in an article, claim or not."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tocsin.base.ids import digest
from tocsin.records.claim import Participant, Style
from tocsin.records.evidence import Span

Polarity = Literal["asserts", "denies", "questions"]


class Statement(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One attribution: source, cue and content, in the terms of PARC 3 and PolNeAR.

    `within` names the statement in whose content this one stands.
    """

    id: str
    article: str
    content: Span
    cue: Span | None = None
    source: Span | None = None
    speaker: Participant | None = None
    style: Style = "indirect"
    polarity: Polarity = "asserts"
    within: str | None = None


def statement_id(article: str, content: Span, cue: Span | None) -> str:
    """Return the name of a statement: its article, its content and its cue."""
    at = f"{cue.start}:{cue.end}" if cue else ""
    return digest("statement", article, f"{content.start}:{content.end}", at)
