"""Feasts: days that move from year to year."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.coding.feasts import easter, in_year, new_year, orthodox

FIRST = [
    ("christmas", 2014, date(2014, 12, 25)),
    ("good friday", 2023, date(2023, 4, 7)),
    ("pentecost", 2023, date(2023, 5, 28)),
    ("thanksgiving", 1999, date(1999, 11, 25)),
    ("election day", 2016, date(2016, 11, 8)),
    ("labor day", 2014, date(2014, 9, 1)),
    ("memorial day", 2014, date(2014, 5, 26)),
    ("ramadan", 2023, date(2023, 3, 23)),
    ("passover", 2023, date(2023, 4, 6)),
    ("yom kippur", 2023, date(2023, 9, 25)),
]


@pytest.mark.parametrize(("name", "year", "day"), FIRST)
def test_first_day(name: str, year: int, day: date) -> None:
    """A feast begins on the day of its calendar."""
    assert in_year(name, year)[0][0] == day


@pytest.mark.parametrize(
    ("year", "west", "east"),
    [
        (2000, date(2000, 4, 23), date(2000, 4, 30)),
        (2011, date(2011, 4, 24), date(2011, 4, 24)),
        (2024, date(2024, 3, 31), date(2024, 5, 5)),
    ],
)
def test_easter(year: int, west: date, east: date) -> None:
    """The two Easters fall together in some years and weeks apart in others."""
    assert (easter(year), orthodox(year)) == (west, east)


@pytest.mark.parametrize(
    "day", [date(2005, 10, 4), date(2013, 9, 5), date(2022, 9, 26), date(2024, 10, 3)]
)
def test_hebrew_new_year(day: date) -> None:
    """Rosh Hashanah is put off by the rules of its calendar."""
    assert new_year(day.year) == day


def test_islamic_feasts_can_come_twice_a_year() -> None:
    """The Islamic year is eleven days shorter, so the year 2000 had two Eids al-Fitr."""
    assert len(in_year("eid al fitr", 2000)) == 2
