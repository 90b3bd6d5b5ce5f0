"""Days of publication: every form that is understood, and those that are refused."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.records.article import Moment
from tocsin.sources.dates import moment

DAY = date(2024, 11, 21)


@pytest.mark.parametrize(
    "printed",
    [
        "2024-11-21",
        "2024/11/21",
        "2024.11.21",
        "20241121",
        "2024-11-21T00:00:00Z",
        "21 November 2024",
        "21 Nov 2024",
        "21st November, 2024",
        "Thursday, November 21, 2024",
        "Nov. 21, 2024",
        "Thu, 21 Nov 2024 00:00:00 +0000",
    ],
)
def test_a_day_is_read(printed: str) -> None:
    """A day is read in ISO form and in the forms that outlets print."""
    assert moment(printed) == Moment(DAY)


@pytest.mark.parametrize(
    ("printed", "clock"),
    [
        ("2024-11-21T16:45:00+02:00", "16:45+02:00"),
        ("2024-11-21T16:45:00Z", "16:45+00:00"),
        ("2024-11-21 16:45", "16:45"),
        ("2024-11-21 16:45:10 +0200", "16:45+02:00"),
        ("2024-11-21 16:45 UTC", "16:45+00:00"),
        ("Thu, 21 Nov 2024 16:45:00 GMT", "16:45+00:00"),
        ("Thu, 21 Nov 2024 16:45:00 -0500", "16:45-05:00"),
        ("November 21, 2024, 4:45 p.m.", "16:45"),
        ("Nov 21, 2024 at 12:05 am EST", "00:05"),
    ],
)
def test_a_time_of_day_is_kept(printed: str, clock: str) -> None:
    """A time of day is kept as printed, on the outlet's own day, with its shift if it is sure."""
    assert moment(printed) == Moment(DAY, "minute", clock)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2024-11", Moment(date(2024, 11, 1), "month")),
        ("November 2024", Moment(date(2024, 11, 1), "month")),
        ("2024", Moment(date(2024, 1, 1), "year")),
    ],
)
def test_what_is_unknown_stays_unknown(printed: str, expected: Moment) -> None:
    """A month or a year is kept as no more than that."""
    assert moment(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "yesterday",
        "2023-13-45",
        "2023-02-30",
        "30 February 2023",
        "21 Nonsense 2024",
        "05/06/2024",
        "1732147200",
        "2024-11-21T25:00",
        "November 21, 2024, 13:00 p.m.",
        "Nov 21",
        "٢٠٢٤-١١-٢١x",
    ],
)
def test_no_day_is_guessed(printed: str) -> None:
    """What is no day, or may be two, gives none."""
    assert moment(printed) is None
