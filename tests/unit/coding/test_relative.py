"""Times that hang on another time of the text."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.coding.days import Period
from tocsin.coding.times import read

ANCHOR = date(2014, 10, 15)  # a Wednesday


def day(text: str) -> date:
    """Return the day that ISO figures give."""
    return date.fromisoformat(text)


TOLD = [
    ("the same day", "2014-03-10", "2014-03-10"),
    ("that night", "2014-03-10", "2014-03-10"),
    ("at 5 p.m.", "2014-03-10", "2014-03-10"),
    ("the next morning", "2014-03-11", "2014-03-11"),
    ("the day before", "2014-03-09", "2014-03-09"),
    ("two days later", "2014-03-12", "2014-03-12"),
    ("a few days earlier", "2014-03-05", "2014-03-08"),
    ("the previous Friday", "2014-03-07", "2014-03-07"),
    ("the following week", "2014-03-17", "2014-03-23"),
    ("the following month", "2014-04-01", "2014-04-30"),
    ("that year", "2014-01-01", "2014-12-31"),
    ("later that year", "2014-01-01", "2014-12-31"),
    ("a year earlier", "2013-01-01", "2013-12-31"),
    ("three years earlier", "2011-01-01", "2011-12-31"),
    ("since then", "2014-03-10", "2014-10-15"),
    ("12", "2014-03-12", "2014-03-12"),
]

QUARTERS = [
    ("the quarter", "2014-04-01"),
    ("the latest quarter", "2014-04-01"),
    ("a year earlier", "2013-04-01"),
    ("a year ago", "2013-04-01"),
    ("the year-earlier period", "2013-04-01"),
    ("the 2012 quarter", "2012-04-01"),
    ("the same period last year", "2013-04-01"),
    ("the year-ago first quarter", "2013-01-01"),
]


@pytest.mark.parametrize(("text", "start", "end"), TOLD)
def test_told(text: str, start: str, end: str) -> None:
    """What hangs on another time is counted from that told last, never from the anchor."""
    monday = Period(date(2014, 3, 10), date(2014, 3, 10), "day")
    found = read(text, ANCHOR, told=[monday])
    assert (found.start, found.end) == (day(start), day(end))


@pytest.mark.parametrize(("text", "start"), QUARTERS)
def test_quarters(text: str, start: str) -> None:
    """An account of a quarter compares it with that of other years."""
    second = Period(date(2014, 4, 1), date(2014, 6, 30), "quarter")
    found = read(text, ANCHOR, told=[second])
    assert (found.start, found.precision) == (day(start), "quarter")


def test_what_follows_a_time_told_after_publication_is_not_told() -> None:
    """In the past nothing comes later than the article."""
    told = Period(date(2014, 10, 14), date(2014, 10, 14), "day")
    assert read("three weeks later", ANCHOR, told=[told]).start is None
