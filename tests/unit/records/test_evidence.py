"""Spans: a quote is what stands at its offsets."""

from __future__ import annotations

import pytest

from tocsin.base.errors import RecordError
from tocsin.records.evidence import Span, span_of

TEXT = "Tarn 🕊 fell"


def test_offsets_count_characters() -> None:
    """A span after an emoji counts it as one character."""
    assert span_of(TEXT, 7, 11) == Span(7, 11, "fell")


@pytest.mark.parametrize(
    ("start", "end", "quote"), [(0, 3, "fell"), (3, 0, ""), (-1, 0, "x"), (5, 9, "")]
)
def test_misfit_is_refused(start: int, end: int, quote: str) -> None:
    """A quote that is longer or shorter than its offsets is refused, as is a span from nowhere."""
    with pytest.raises(RecordError, match="does not fit"):
        Span(start, end, quote)


def test_cut_past_the_end_is_refused() -> None:
    """A span that reaches past its text is refused when it is cut."""
    with pytest.raises(RecordError, match="span_of"):
        span_of(TEXT, 7, 12)


@pytest.mark.parametrize(
    ("other", "overlaps", "covers"),
    [
        ((2, 6), True, True),
        ((3, 5), True, True),
        ((0, 2), False, False),
        ((6, 8), False, False),
        ((5, 8), True, False),
        ((0, 9), True, False),
    ],
)
def test_overlap_and_cover(other: tuple[int, int], overlaps: bool, covers: bool) -> None:  # noqa: FBT001
    """Touching ends are no overlap; a span covers itself and what lies inside it."""
    span, that = span_of(TEXT, 2, 6), span_of(TEXT, *other)
    assert (span.overlaps(that), span.covers(that)) == (overlaps, covers)
    assert that.overlaps(span) == overlaps


def test_order() -> None:
    """Spans sort by where they stand."""
    spans = [span_of(TEXT, 5, 6), span_of(TEXT, 0, 4), span_of(TEXT, 0, 2)]
    assert [(s.start, s.end) for s in sorted(spans)] == [(0, 2), (0, 4), (5, 6)]
