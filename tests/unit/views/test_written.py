"""A field is written so that its words put the same value back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tocsin.records.claim import Attribution, Count, Interval, Participant, Place
from tocsin.records.evidence import Span
from tocsin.views.written import words

AT = Span(0, 2, "it")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        ((), ""),
        ("THREATEN", "THREATEN"),
        (("aerial", "drones"), "aerial, drones"),
        (Count(12, 12, AT), "12"),
        (Count(12, 40, AT), "12-40"),
        (Count(12, None, AT), "12+"),
        (Count(41, 41, AT, cumulative=True), "41 total"),
        (Interval(date(2024, 11, 22), date(2024, 11, 22), AT, "day"), "2024-11-22"),
        (Interval(date(2024, 11, 22), None, AT, "days"), "2024-11-22/"),
        (Interval(None, date(2024, 11, 24), AT, "days"), "/2024-11-24"),
        (Place(span=AT, name="Baghdad"), "Baghdad"),
        ((Participant(span=AT, name="Israel", entity="ISR", country="ISR"),), "Israel"),
        (
            (
                Participant(span=AT, name="rebels", country="SYR", sectors=("REB", "MIL")),
                Participant(span=AT, name="somebody"),
            ),
            "rebels [SYR REB MIL]; somebody",
        ),
        ((Participant(span=AT, name="fighters", sectors=("REB",)),), "fighters [? REB]"),
        (
            Attribution(
                chain=(Participant(span=AT, name="Reuters"), Participant(span=AT, name="governor"))
            ),
            "governor < Reuters",
        ),
    ],
)
def test_words(value: Any, said: str) -> None:  # noqa: ANN401 - of any field
    """Every kind of value has its words."""
    assert words(value) == said
