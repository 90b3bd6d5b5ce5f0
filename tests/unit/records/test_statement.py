"""Statements: named by what is said and the cue that says it."""

from __future__ import annotations

from tests.build import TEXT, a_span
from tocsin.records.statement import statement_id


def test_id() -> None:
    """The same content under another cue, or under none, is another statement."""
    content = a_span(TEXT, "Rebels attacked Northfield on Monday")
    cues = [a_span(TEXT, "said"), a_span(TEXT, "named"), None]
    assert len({statement_id("a", content, cue) for cue in cues}) == 3
