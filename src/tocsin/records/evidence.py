"""Where in an article something stands, and why Tocsin says what it says."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tocsin.base.errors import RecordError

Hand = Literal["model", "endpoint", "lexicon", "rule", "knowledge"]


class Span(Struct, frozen=True, forbid_unknown_fields=True, array_like=True, order=True):
    """Characters of an article's text, half open, with the characters themselves."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end or self.end - self.start != len(self.quote):
            raise RecordError(
                f"span [{self.start}, {self.end}) does not fit its quote of "
                f"{len(self.quote)} characters; cut it from the text with `span_of`"
            )

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Return whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


def span_of(text: str, start: int, end: int) -> Span:
    """Return the span of `text` from start to end."""
    return Span(start, end, text[start:end])


class Reason(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Why a field holds what it holds: the hand that filled it, the rule or score, the words."""

    field: str
    hand: Hand
    because: str
    span: Span | None = None
    score: float | None = None
