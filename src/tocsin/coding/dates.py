"""Rules for days, months, years and longer that are called by a name or a number."""

from __future__ import annotations

import calendar
import re
from datetime import date

from tocsin.coding.days import (
    AHEAD,
    DAY,
    STEPS,
    Days,
    Open,
    View,
    month_of,
    recurring,
    share,
    stepped,
    unit_of,
    weekday_from,
    year_of,
)
from tocsin.coding.patterns import WORDS, rule


@rule(r"([12]\d{3})-(\d\d?)-(\d\d?)")
def _iso(match: re.Match[str], _view: View) -> Open | None:
    day = date(int(match[1]), int(match[2]), int(match[3]))
    return day, day


@rule(r"(\d\d?)[/.](\d\d?)[/.]([12]\d{3})")
def _slashed(match: re.Match[str], _view: View) -> Open | None:
    """Return a day in figures where only one order of day and month is possible."""
    first, second = int(match[1]), int(match[2])
    if (first > 12) == (second > 12) and first != second:
        return None
    day = date(int(match[3]), min(first, second), max(first, second))
    return day, day


@rule(
    r"(?:(?:early |late |later |earlier )?(?:today|tonight)|(?:right )?now|at present"
    r"|this (?:morning|afternoon|evening)|(?:N) minutes? ago)"
)
def _today(_match: re.Match[str], view: View) -> Open | None:
    return view.now, view.now


@rule(
    r"(?:late |early |earlier )?(last night|yesterday|tomorrow|overnight"
    r"|the day before yesterday|the day after tomorrow)"
)
def _beside(match: re.Match[str], view: View) -> Open | None:
    if match[1] == "overnight":
        return (view.now - DAY, view.now) if view.tense == "past" else None
    step = 1 if "tomorrow" in match[1] else -1
    day = view.now + step * (2 if match[1].startswith("the ") else 1) * DAY
    return day, day


@rule(r"(?:(last|past|this|next|coming) )?(WEEKDAY)")
def _on_weekday(match: re.Match[str], view: View) -> Open | None:
    weekday = WORDS.weekdays[match[2]]
    if match[1] in AHEAD or (match[1] not in ("last", "past") and view.tense == "future"):
        day = weekday_from(view.now, weekday, 1)
    elif match[1] in ("last", "past"):
        day = weekday_from(view.now, weekday, -1)
    elif view.tense == "past":
        day = weekday_from(view.now + DAY, weekday, -1)
    else:
        return None
    return day, day


@rule(r"(?:(?P<a>WEEKDAY)(?: of)? )?(?P<step>last|this|next) week(?: on)?(?: (?P<b>WEEKDAY))?")
def _in_week(match: re.Match[str], view: View) -> Open | None:
    """Return a weekday of the last, this or the next week."""
    name = match["a"] or match["b"]
    if not name:
        return None
    day = unit_of("week", view.now, STEPS[match["step"]])[0] + WORDS.weekdays[name] * DAY
    return day, day


@rule(
    r"(?:WEEKDAY )?(?:the )?"
    r"(?:(?P<d>\d\d?) (?:of )?(?P<m>MONTH)|(?P<n>MONTH) (?:the )?(?P<e>\d\d?))"
    r"(?: (?:of )?(?P<y>YEAR|last year|this year|next year))?"
)
def _dated(match: re.Match[str], view: View) -> Open | None:
    month, number = WORDS.months[match["m"] or match["n"]], int(match["d"] or match["e"])
    if match["y"]:
        day = date(_named_year(match["y"], view), month, number)
        return day, day
    return _yearly(view, month, number)


@rule(r"(?:(?:last|this|next) )?(FEAST)(?: (?:of )?(YEAR))?")
def _feast(match: re.Match[str], view: View) -> Open | None:
    month, number = WORDS.feasts[match[1]]
    if match[2]:
        day = date(int(match[2]), month, number)
        return day, day
    return _yearly(view, month, number)


def _yearly(view: View, month: int, number: int) -> Days | None:
    """Return the nearest such day of a year, the anchor itself included."""
    if view.tense == "none":
        return None
    step = 1 if view.tense == "future" else -1
    for year in range(view.now.year, view.now.year + 9 * step, step):
        if number <= calendar.monthrange(year, month)[1]:
            day = date(year, month, number)
            if (day - view.now).days * step >= 0:
                return day, day
    return None


def _named_year(words: str, view: View) -> int:
    """Return the year that figures, or a step from this year, name."""
    return int(words) if words.isdigit() else view.now.year + STEPS[words.partition(" ")[0]]


# Months, years and longer


@rule(
    r"(?:(?P<part>PART)(?: in)? )?(?:(?P<step>last|this|next) )?(?P<m>MONTH)"
    r"(?:(?: of| in)? (?P<y>YEAR|last year|this year|next year))?"
)
def _in_month(match: re.Match[str], view: View) -> Open | None:
    month, part = WORDS.months[match["m"]], match["part"]
    if match["y"]:
        return share(part, month_of(_named_year(match["y"], view), month))
    if match["step"] == "this":
        return share(part, month_of(view.now.year, month))
    if match["step"]:
        return stepped(
            match["step"], part, [month_of(view.now.year + n, month) for n in (-1, 0, 1)], view
        )
    return recurring(view, part, lambda year: month_of(year, month))


@rule(r"(?:the )?(?:(?P<part>PART)(?: in)? )?(?:the year )?(?P<y>YEAR)")
def _in_year(match: re.Match[str], _view: View) -> Open | None:
    return share(match["part"], year_of(int(match["y"])))


@rule(r"(?:the )?(?:(?P<part>PART) )?(?:the )?(?P<d>1[5-9]\d0|20\d0|'?[2-9]0)s")
def _in_decade(match: re.Match[str], _view: View) -> Open | None:
    first = int(match["d"].strip("'"))
    first += 1900 if first < 100 else 0
    return share(match["part"], (date(first, 1, 1), date(first + 9, 12, 31)))


@rule(r"(?:the )?(?:(?P<part>PART) )?(?:the )?(?P<c>1\d|2[01]) century")
def _in_century(match: re.Match[str], _view: View) -> Open | None:
    last = int(match["c"]) * 100
    return share(match["part"], (date(last - 99, 1, 1), date(last, 12, 31)))


@rule(
    r"(?:the )?(?:(?P<part>PART) )?(?:the )?(?:(?P<step>last|past|this|next) )?(?P<s>SEASON)"
    r"(?:(?: of)? (?P<y>YEAR))?"
)
def _in_season(match: re.Match[str], view: View) -> Open | None:
    """Return a northern season; the winter "of 2012" may be either of two."""
    month = WORDS.seasons[match["s"]]

    def season(year: int) -> Days:
        return month_of(year, month)[0], month_of(year, month + 2)[1]

    if match["y"]:
        return None if month == 12 else share(match["part"], season(int(match["y"])))
    if match["step"] in ("last", "past", "next"):
        periods = [season(view.now.year + n) for n in (-2, -1, 0, 1)]
        return stepped(match["step"], match["part"], periods, view)
    return recurring(view, match["part"], season)


@rule(
    r"(?:the )?(?:(?P<n>first|second|third|fourth|last) quarter(?: of)?|q(?P<q>[1-4])(?: of)?)"
    r"(?: (?P<y>YEAR|(?:last|this|next|the) year))?"
)
def _quarter(match: re.Match[str], view: View) -> Open | None:
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    month = 3 * (int(match["q"] or 0) or names[match["n"]]) - 2

    def quarter(year: int) -> Days:
        return month_of(year, month)[0], month_of(year, month + 2)[1]

    if match["y"]:
        return quarter(_named_year(match["y"].replace("the ", "this "), view))
    return recurring(view, None, quarter)


RULES = (
    _iso,
    _slashed,
    _today,
    _beside,
    _on_weekday,
    _in_week,
    _dated,
    _feast,
    _in_month,
    _in_year,
    _in_decade,
    _in_century,
    _in_season,
    _quarter,
)
