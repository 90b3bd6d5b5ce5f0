"""Days of feasts, year by year: fixed, by weekday, and of the Easter, Islamic and Hebrew calendars.

Islamic dates are those of the tabular calendar: the moon is sighted a day earlier or later.
"""

from __future__ import annotations

import calendar
from datetime import date

from tocsin.coding.days import DAY, Days
from tocsin.coding.patterns import WORDS


def in_year(name: str, year: int) -> list[Days]:
    """Return the first and last day of a feast each time that it begins in a year."""
    if name in WORDS.feasts:
        day = _day(year, *WORDS.feasts[name])
        return [(day, day)] if day else []
    if name in WORDS.floating:
        return [_same(_floating(year, *WORDS.floating[name]))]
    if name in WORDS.easter:
        return [_same(easter(year) + WORDS.easter[name] * DAY)]
    if name in WORDS.orthodox:
        return [_same(orthodox(year) + WORDS.orthodox[name] * DAY)]
    if name in WORDS.islamic:
        about = (year - 622) * 33 // 32
        return [
            (day, day + (length - 1) * DAY)
            for month, first, length in WORDS.islamic[name]
            for day in (islamic(each, month, first) for each in range(about - 1, about + 4))
            if day.year == year
        ]
    offset, length = WORDS.hebrew[name]
    day = new_year(year) + offset * DAY
    return [(day, day + (length - 1) * DAY)]


def _same(day: date) -> Days:
    return day, day


def _day(year: int, month: int, number: int) -> date | None:
    """Return a day of a year, or None where the year has none such."""
    return date(year, month, number) if number <= calendar.monthrange(year, month)[1] else None


def _floating(year: int, month: int, number: int, weekday: int) -> date:
    """Return the first such weekday from a day of the year on."""
    first = date(year, month, number)
    return first + (weekday - first.weekday()) % 7 * DAY


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches, after the Gregorian computus."""
    golden, century = year % 19, year // 100
    leap, skipped = century // 4, (century + 8) // 25
    epact = (19 * golden + century - leap - (century - skipped + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - epact - year % 100 % 4) % 7
    late = (golden + 11 * epact + 22 * week) // 451
    month, number = divmod(epact + week - 7 * late + 114, 31)
    return date(year, month, number + 1)


def orthodox(year: int) -> date:
    """Return Easter Sunday of the eastern churches, for the years 1900 to 2099."""
    moon = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, number = divmod(moon + week + 114, 31)
    return date(year, month, number + 1) + 13 * DAY


def islamic(year: int, month: int, number: int) -> date:
    """Return the day of a date of the tabular Islamic calendar."""
    months = 29 * (month - 1) + month // 2
    return date.fromordinal(227014 + 354 * (year - 1) + (3 + 11 * year) // 30 + months + number)


def new_year(year: int) -> date:
    """Return Rosh Hashanah, the day on which a Hebrew year begins in the autumn of a year."""
    number = year + 3761
    before, here, after = (_elapsed(each) for each in (number - 1, number, number + 1))
    delay = 2 if after - here == 356 else int(here - before == 382)
    return date.fromordinal(here + delay - 1373427)


def _elapsed(year: int) -> int:
    """Return the days from the Hebrew epoch to the mean new moon that begins a year."""
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day
