"""Arithmetic of days: calendar periods, their parts, and which of them a writer looks to."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from tocsin.records.claim import TimePrecision

Precision = TimePrecision
Tense = Literal["past", "future", "near", "none"]
Days = tuple[date, date]
Open = tuple[date | None, date | None]

DAY = timedelta(days=1)
STEPS = {"last": -1, "this": 0, "next": 1, "previous": -1, "past": -1, "coming": 1, "current": 0}
AHEAD = frozenset({"next", "coming"})
VAGUE = frozenset({"past", "present", "future"})
# Days further than which an unsure tense does not lead where a day on the other side is close.
_BACK, _FORTH = 300, 150
_LEAST, _MOST = 1000, 2999  # years that news and its history speak of
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_SIZES: tuple[Precision, ...] = (
    "day", "days", "weekend", "week", "month", "season", "quarter", "half", "year", "decade",
    "century",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day an expression means, how exact it is, and the rules that told.

    An open end is None. The precision past, present or future is that of expressions which only
    say on which side of the writer they lie.
    """

    start: date | None
    end: date | None
    precision: Precision
    rules: tuple[str, ...] = ()

    @property
    def days(self) -> Days:
        """Return the first and last day; where an end is open they cannot be told."""
        if self.start is None or self.end is None:
            raise ValueError("an open end")
        return self.start, self.end

    def under(self, rule: str) -> Period:
        """Return the period with the name of an outer rule before those that told it."""
        return replace(self, rules=(rule, *self.rules))


@dataclass(frozen=True, slots=True)
class View:
    """Where the writer stands, which way the expression looks, and what times were told before.

    A tense that is not sure gives way where it leads far away and the other side is close; one
    that is firm, as after "since", never does.
    """

    anchor: date | None
    tense: Tense
    told: tuple[Period, ...] = ()
    sure: bool = True
    firm: bool = False

    @property
    def now(self) -> date:
        """Return the anchor; without one nothing relative can be told."""
        if self.anchor is None:
            raise ValueError("no anchor")
        return self.anchor

    def nearest(self, ahead: Days, back: Days) -> Days | None:
        """Return the occurrence on the side that the tense looks to, cut off at the anchor."""
        side = self.side(ahead[0], back[1])
        if side == "past":
            return back[0], min(back[1], self.now)
        return (max(ahead[0], self.now), ahead[1]) if side == "future" else None

    def side(self, ahead: date, back: date, *, sure: bool | None = None) -> Tense:
        """Return the side to look to; near is that of the closer day, back where both are."""
        if self.tense == "none":
            return "none"
        forth, past = max((ahead - self.now).days, 0), max((self.now - back).days, 0)
        if self.tense == "near":
            return "future" if forth < past else "past"
        far, other = (past, forth) if self.tense == "past" else (forth, past)
        doubted = not (self.firm or (self.sure if sure is None else sure))
        limit = _BACK if self.tense == "past" else _FORTH
        if doubted and far > limit and other * 3 < far:
            return "future" if self.tense == "past" else "past"
        return self.tense

    def last(self, *precisions: Precision) -> Period:
        """Return the time told last, of those precisions if any are named."""
        for period in reversed(self.told):
            if period.start and period.end and (period.precision in (precisions or _SIZES)):
                return period
        raise ValueError("no such time told before")


def one(day: date) -> Period:
    """Return the period of a single day."""
    return Period(day, day, "day")


def period(days: Open | None, precision: Precision) -> Period | None:
    """Return a period of some precision, or None where there are no days."""
    return Period(days[0], days[1], precision) if days else None


def coarser(first: Precision, second: Precision) -> Precision:
    """Return the less exact of two precisions."""
    for each in (first, second):
        if each in VAGUE:
            return each
    return first if _SIZES.index(first) > _SIZES.index(second) else second


def month_of(year: int, month: int) -> Days:
    """Return the first and last day of a month; month 0 and 13 are in the years beside."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def quarter_of(year: int, number: int) -> Days:
    """Return the first and last day of a quarter; quarter 0 and 5 are in the years beside."""
    return month_of(year, 3 * number - 2)[0], month_of(year, 3 * number)[1]


def half_of(year: int, number: int) -> Days:
    """Return the first and last day of one half of a year."""
    return month_of(year, 6 * number - 5)[0], month_of(year, 6 * number)[1]


def year_of(year: int) -> Days:
    """Return the first and last day of a year that news may speak of."""
    if not _LEAST <= year <= _MOST:
        raise ValueError("not a year of history")
    return date(year, 1, 1), date(year, 12, 31)


def unit_of(unit: str, day: date, offset: int) -> Days:
    """Return the calendar day, week, month or year so many before or after that of a day."""
    monday = day + (7 * offset - day.weekday()) * DAY
    match unit:
        case "day":
            days = day + offset * DAY, day + offset * DAY
        case "week":
            days = monday, monday + 6 * DAY
        case "weekend":
            days = monday + 5 * DAY, monday + 6 * DAY
        case "month":
            days = month_of(day.year, day.month + offset)
        case "quarter":
            days = quarter_of(day.year, (day.month + 2) // 3 + offset)
        case "decade":
            days = _years(day.year // 10 * 10 + 10 * offset, 10)
        case "century":
            days = _years((day.year - 1) // 100 * 100 + 100 * offset + 1, 100)
        case _:
            days = year_of(day.year + offset)
    return days


def _years(first: int, number: int) -> Days:
    """Return the first and last day of so many years."""
    return date(first, 1, 1), date(first + number - 1, 12, 31)


def shifted(day: date, unit: str, number: int) -> date:
    """Return the day so many units later, or earlier; hours count as begun days."""
    if unit == "hour":
        return day + (number // 24 if number < 0 else -(-number // 24)) * DAY
    if unit in ("day", "week", "weekend"):
        return day + number * (1 if unit == "day" else 7) * DAY
    months = number * _MONTHS[unit]
    first, last = month_of(day.year, day.month + months)
    return min(first + (day.day - 1) * DAY, last)


def share(part: str | None, days: Days) -> Days:
    """Return the part of a period: thirds or halves; weeks stay whole."""
    if not part or (days[1] - days[0]).days < 27:
        return days
    half = "half" in part
    if days[0].day != 1:
        return _stretch(part, days)
    months = (days[1].year - days[0].year) * 12 + days[1].month - days[0].month + 1
    size = months // (2 if half else 3) if months > 1 else (15 if half else 10)

    def cut(number: int) -> date:
        first = days[0]
        whole = months > 1
        return month_of(first.year, first.month + number)[0] if whole else first + number * DAY

    if part.startswith("mid") or "middle" in part:
        return cut(size), cut(2 * size) - DAY
    if part.startswith("late") or {"end", "close"} & set(part.split()):
        return cut(2 * size), days[1]
    second = half and ("second" in part or "last" in part)
    return (cut(size), days[1]) if second else (days[0], cut(size) - DAY)


def _stretch(part: str, days: Days) -> Days:
    """Return the early, middle or late third of days that are no calendar months."""
    third = ((days[1] - days[0]).days + 1) // 3 * DAY
    if part.startswith("mid") or "middle" in part:
        return days[0] + third, days[1] - third
    if part.startswith("late") or {"end", "close"} & set(part.split()):
        return days[1] - third + DAY, days[1]
    return days[0], days[0] + third - DAY


def weekday_from(day: date, weekday: int, step: int) -> date:
    """Return the nearest such weekday strictly after a day (step 1) or before it (step -1)."""
    return day + step * ((step * (weekday - day.weekday()) - 1) % 7 + 1) * DAY


def recurring(view: View, part: str | None, make: Callable[[int], Days]) -> Days | None:
    """Return the yearly period that is nearest the way the tense looks."""
    return among(view, [share(part, make(view.now.year + step)) for step in (-2, -1, 0, 1, 2)])


def among(view: View, periods: Iterable[Days]) -> Days | None:
    """Return that of several like periods which is nearest the way the tense looks."""
    periods = sorted(periods)
    back = max(days for days in periods if days[0] <= view.now)
    ahead = min(days for days in periods if days[1] > view.now)
    return view.nearest(ahead, back)


def stepped(step: str, part: str | None, periods: Iterable[Days], view: View) -> Days | None:
    """Return the last period that is over, or the next that has not begun."""
    periods = sorted(periods)
    if step in AHEAD:
        return next((share(part, p) for p in periods if p[0] > view.now), None)
    return next((share(part, p) for p in reversed(periods) if p[1] < view.now), None)
