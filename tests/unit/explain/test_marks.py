"""Marks: which characters bear out which field."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from tests.build import TEXT, a_claim, a_participant, a_span
from tocsin.explain.marks import counts, marks
from tocsin.records.claim import Attribution, Condition, Count, Interval, Place

REBELS, MONDAY, SAID = (a_span(TEXT, words) for words in ("Rebels", "Monday", "said"))
MINISTRY, NORTHFIELD = a_span(TEXT, "the ministry"), a_span(TEXT, "Northfield")


def test_trigger_alone() -> None:
    """A bare claim has the mark of its trigger."""
    assert marks(a_claim()) == [(a_span(TEXT, "attacked"), "trigger")]


def test_every_field_has_its_mark() -> None:
    """Every span of a claim is marked with its role, wider ones first."""
    claim = replace(
        a_claim(
            actors=(a_participant(REBELS),),
            recipients=(a_participant(NORTHFIELD),),
            condition=Condition(a_span(TEXT, "Rebels attacked Northfield"), "if"),
            when=Interval(date(2024, 3, 4), None, MONDAY),
            place=Place(span=NORTHFIELD, name="Northfield"),
        ),
        attribution=Attribution(chain=(a_participant(MINISTRY),), cue=SAID),
        denied_by=(a_participant(MINISTRY),),
        deadline=Interval(None, date(2024, 3, 4), MONDAY),
        killed=Count(1, 1, NORTHFIELD, group=MONDAY),
    )
    found = marks(claim)
    assert {role for _, role in found} == {
        "trigger", "actor", "recipient", "speaker", "cue", "denier",
        "condition", "deadline", "date", "place", "count", "counted",
    }  # fmt: skip
    assert found[0].role == "condition"
    lengths = [mark.span.end - mark.span.start for mark in found]
    assert lengths == sorted(lengths, reverse=True)


def test_a_mark_is_told_once() -> None:
    """Two numbers with the same words have one mark."""
    claim = replace(a_claim(), killed=Count(1, 1, MONDAY), injured=Count(1, 1, MONDAY))
    assert [mark.role for mark in marks(claim)].count("count") == 1
    assert [field for field, _ in counts(claim)] == ["killed", "injured"]
