"""Arithmetic of days: calendar periods, their parts, and which of them a writer looks to."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Tense = Literal["past", "future", "none"]
Days = tuple[date, date]
Open = tuple[date | None, date | None]

DAY = timedelta(days=1)
STEPS = {"last": -1, "this": 0, "next": 1, "previous": -1, "past": -1, "coming": 1}
AHEAD = frozenset({"next", "coming"})
_LEAST, _MOST = 1000, 2999  # years that news and its history speak of


@dataclass(frozen=True, slots=True)
class View:
    """Where the writer stands, and which way the expression looks."""

    anchor: date | None
    tense: Tense

    @property
    def now(self) -> date:
        """Return the anchor; without one nothing relative can be told."""
        if self.anchor is None:
            raise ValueError("no anchor")
        return self.anchor

    def nearest(self, ahead: Days, back: Days) -> Days | None:
        """Return the occurrence on the side that the tense looks to, cut off at the anchor."""
        if self.tense == "past":
            return back[0], min(back[1], self.now)
        return (max(ahead[0], self.now), ahead[1]) if self.tense == "future" else None


def month_of(year: int, month: int) -> Days:
    """Return the first and last day of a month; month 0 and 13 are in the years beside."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def year_of(year: int) -> Days:
    """Return the first and last day of a year that news may speak of."""
    if not _LEAST <= year <= _MOST:
        raise ValueError("not a year of history")
    return date(year, 1, 1), date(year, 12, 31)


def unit_of(unit: str, day: date, offset: int) -> Days:
    """Return the calendar day, week, month or year so many before or after that of a day."""
    if unit == "day":
        return day + offset * DAY, day + offset * DAY
    if unit == "week":
        monday = day + (7 * offset - day.weekday()) * DAY
        return monday, monday + 6 * DAY
    if unit == "month":
        return month_of(day.year, day.month + offset)
    if unit == "decade":
        first = day.year // 10 * 10 + 10 * offset
        return date(first, 1, 1), date(first + 9, 12, 31)
    return year_of(day.year + offset)


def shifted(day: date, unit: str, number: int) -> date:
    """Return the day so many units later, or earlier; hours count as begun days."""
    if unit == "hour":
        return day + (number // 24 if number < 0 else -(-number // 24)) * DAY
    if unit in ("day", "week"):
        return day + number * (7 if unit == "week" else 1) * DAY
    months = number * {"month": 1, "year": 12, "decade": 120}[unit]
    first, last = month_of(day.year, day.month + months)
    return min(first + (day.day - 1) * DAY, last)


def share(part: str | None, days: Days) -> Days:
    """Return the part of a period: thirds when early, mid or late, or halves."""
    if not part:
        return days
    half = "half" in part
    months = (days[1].year - days[0].year) * 12 + days[1].month - days[0].month + 1
    size = months // (2 if half else 3) if months > 1 else (15 if half else 10)

    def cut(number: int) -> date:
        first = days[0]
        whole = months > 1
        return month_of(first.year, first.month + number)[0] if whole else first + number * DAY

    if part.startswith("mid") or "middle" in part:
        return cut(size), cut(2 * size) - DAY
    if part.startswith("late") or "end" in part.split():
        return cut(2 * size), days[1]
    return (cut(size), days[1]) if "second half" in part else (days[0], cut(size) - DAY)


def weekday_from(day: date, weekday: int, step: int) -> date:
    """Return the nearest such weekday strictly after a day (step 1) or before it (step -1)."""
    return day + step * ((step * (weekday - day.weekday()) - 1) % 7 + 1) * DAY


def recurring(view: View, part: str | None, make: Callable[[int], Days]) -> Days | None:
    """Return the yearly period that is nearest the way the tense looks."""
    years = [share(part, make(view.now.year + step)) for step in (-2, -1, 0, 1, 2)]
    back = max(days for days in years if days[0] <= view.now)
    ahead = min(days for days in years if days[1] > view.now)
    return view.nearest(ahead, back)


def stepped(step: str, part: str | None, periods: list[Days], view: View) -> Days | None:
    """Return the last period that is over, or the next that has not begun."""
    if step in AHEAD:
        return next((share(part, p) for p in periods if p[0] > view.now), None)
    return next((share(part, p) for p in reversed(periods) if p[1] < view.now), None)
