"""Rules for days, months, years and longer that are called by a name or a number."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tocsin.coding import feasts
from tocsin.coding.days import (
    AHEAD,
    DAY,
    STEPS,
    Days,
    Period,
    Precision,
    View,
    among,
    half_of,
    month_of,
    one,
    period,
    quarter_of,
    recurring,
    share,
    stepped,
    unit_of,
    weekday_from,
    year_of,
)
from tocsin.coding.patterns import WORDS, rule

_CLOSE = 31 * DAY  # within which a day in figures is that of the publication
_NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1}


@rule(r"([12]\d{3})-(\d\d?)-(\d\d?)(?:t[\d:.]+z?)?")
def _iso(match: re.Match[str], _view: View) -> Period:
    return one(date(int(match[1]), int(match[2]), int(match[3])))


@rule(r"([12]\d{3})(0\d|1[0-2])([0-3]\d)")
def _packed(match: re.Match[str], _view: View) -> Period:
    return one(date(int(match[1]), int(match[2]), int(match[3])))


@rule(r"(\d\d?)([/.-])(\d\d?)\2([12]\d{3}|\d\d)")
def _slashed(match: re.Match[str], view: View) -> Period | None:
    """Return a day in figures where one order of day and month is possible, or far closer."""
    first, second = int(match[1]), int(match[3])
    year = int(match[4]) if len(match[4]) == 4 else _near_century(int(match[4]), view)
    days = {*_days_in(year, first, second), *_days_in(year, second, first)}
    if len(days) == 2 and view.anchor:
        days = {day for day in days if abs(day - view.anchor) <= _CLOSE}
    return one(days.pop()) if len(days) == 1 else None


def _near_century(number: int, view: View) -> int:
    """Return the year with these last two figures that is nearest the anchor."""
    here = view.now.year
    return min((number + 100 * c for c in range(here // 100 - 1, here // 100 + 2)),
               key=lambda year: abs(year - here))  # fmt: skip


@rule(
    r"(?:(?:early |late |later |earlier )?(?:today|tonight)|(?:right )?now"
    r"|(?:early |late |later |earlier )?this (?:morning|afternoon|evening)|(?:N) minutes? ago)"
)
def _today(match: re.Match[str], view: View) -> Period:
    vague = match[0].endswith("now")
    return Period(view.now, view.now, "present" if vague else "day")


@rule(
    r"(?:late |early |earlier |later )?(last night|yesterday|tomorrow|overnight"
    r"|the day before yesterday|the day after tomorrow)"
)
def _beside(match: re.Match[str], view: View) -> Period:
    if match[1] == "overnight":
        days = (view.now, view.now + DAY) if view.tense == "future" else (view.now - DAY, view.now)
        return Period(*days, "days")
    step = 1 if "tomorrow" in match[1] else -1
    return one(view.now + step * (2 if match[1].startswith("the ") else 1) * DAY)


@rule(r"(?:(?:the |this )?(last|past|this|next|coming) )?(WEEKDAY)(?: (last|next))?")
def _weekday(match: re.Match[str], view: View) -> Period | None:
    """Return the nearest such day; what is told of no side has mostly happened."""
    weekday, step = WORDS.weekdays[match[2]], match[1] or match[3]
    if step in AHEAD or (step not in ("last", "past") and view.tense == "future"):
        return one(weekday_from(view.now if step else view.now - DAY, weekday, 1))
    if step in ("last", "past"):
        return one(weekday_from(view.now, weekday, -1))
    if view.tense == "none":
        return None
    return one(weekday_from(view.now + DAY, weekday, -1))


@rule(r"(?:(?P<a>WEEKDAY)(?: of)? )?(?P<step>last|this|next) week(?: on)?(?: (?P<b>WEEKDAY))?")
def _weekday_of_week(match: re.Match[str], view: View) -> Period | None:
    """Return a weekday of the last, this or the next week."""
    name = match["a"] or match["b"]
    if not name:
        return None
    return one(unit_of("week", view.now, STEPS[match["step"]])[0] + WORDS.weekdays[name] * DAY)


@rule(
    r"(?:(?:this |last |next )?(?:coming )?WEEKDAY )?(?:the )?"
    r"(?:(?P<d>\d\d?) (?:of )?(?P<m>MONTH)|(?P<n>MONTH) (?:the )?(?P<e>\d\d?))"
    r"(?: (?:of |in )?(?P<y>YEAR|last year|this year|next year))?(?: WEEKDAY)?"
)
def _day_of_month(match: re.Match[str], view: View) -> Period | None:
    month, number = WORDS.months[match["m"] or match["n"]], int(match["d"] or match["e"])
    if match["y"]:
        return one(date(_named_year(match["y"], view), month, number))
    years = range(view.now.year - 8, view.now.year + 9)
    days = [day for year in years for day in _days_in(year, month, number)]
    return _nearest(view, [(day, day) for day in days], "day")


def _days_in(year: int, month: int, number: int) -> list[date]:
    """Return the day with such a number in a year, if the year has it."""
    try:
        return [date(year, month, number)]
    except ValueError:
        return []


@rule(
    r"(?:the )?(?:(?P<step>last|this|next) )?(?P<name>FEAST)(?P<kind> week| weekend| holidays?)?"
    r"(?: (?:of |in )?(?P<y>YEAR|last year|this year|next year))?"
)
def _feast(match: re.Match[str], view: View) -> Period | None:
    name = match["name"]
    if match["y"]:
        return _feasting(feasts.in_year(name, _named_year(match["y"], view))[0], match["kind"])
    every = [
        days
        for year in range(view.now.year - 2, view.now.year + 3)
        for days in feasts.in_year(name, year)
    ]
    if match["step"] in ("last", "next"):
        days = stepped(match["step"], None, every, view)
    elif match["step"] == "this":
        days = min(every, key=lambda days: abs(days[0] - view.now))
    else:
        found = _nearest(view, every, "days")
        days = found.days if found else None
    return _feasting(days, match["kind"]) if days else None


def _feasting(days: Days, kind: str | None) -> Period:
    """Return the days of a feast, or the week or weekend that it falls in."""
    if kind in (" week", " weekend"):
        unit: Precision = "week" if kind == " week" else "weekend"
        return Period(*unit_of(unit, days[0], 0), unit)
    return Period(*days, "day" if days[0] == days[1] else "days")


def _nearest(view: View, every: list[Days], precision: Precision) -> Period | None:
    """Return the nearest of several like days, the anchor itself included on either side.

    News gives a day of another year with its year, so one far away gives way to a close one.
    """
    if view.tense == "none":
        return None
    back = max(days for days in every if days[0] <= view.now)
    ahead = min(days for days in every if days[1] >= view.now)
    return Period(
        *(ahead if view.side(ahead[0], back[0], sure=False) == "future" else back), precision
    )


def _named_year(words: str, view: View) -> int:
    """Return the year that figures, or a step from this year, name."""
    return int(words) if words.isdigit() else view.now.year + STEPS[words.partition(" ")[0]]


# Weeks, months, years and longer


@rule(r"(?:the )?week (?:of|beginning|starting|ending) (?P<m>MONTH) (?P<d>\d\d?)")
def _week_of(match: re.Match[str], view: View) -> Period | None:
    day = _day_of_month.period(f"{match['m']} {match['d']}", view)
    return period(unit_of("week", day.days[0], 0), "week") if day else None


@rule(
    r"(?:the )?(?P<n>NTH) (?P<unit>week|weekend|WEEKDAY) (?:of|in) "
    r"(?P<m>MONTH(?: (?:of )?YEAR)?|this month|last month|next month|the month)"
)
def _nth_of_month(match: re.Match[str], view: View) -> Period | None:
    """Return a numbered week, weekend or weekday of a month; a week is seven days from the 1st."""
    named = _month.period(match["m"], view)
    first = (named.days if named else unit_of("month", view.now, _step(match["m"])))[0]
    last, number = unit_of("month", first, 0)[1], _NTHS[match["n"]]
    if match["unit"] == "week":
        start = last - 6 * DAY if number < 0 else first + 7 * (number - 1) * DAY
        return Period(start, min(start + 6 * DAY, last), "week")
    weekend = match["unit"] == "weekend"
    weekday = 5 if weekend else WORDS.weekdays[match["unit"]]
    begin = last - 6 * DAY if number < 0 else first + 7 * (number - 1) * DAY
    day = begin + (weekday - begin.weekday()) % 7 * DAY
    return Period(day, day + timedelta(days=int(weekend)), "weekend" if weekend else "day")


def _step(words: str) -> int:
    return STEPS.get(words.partition(" ")[0], 0)


@rule(
    r"(?:(?P<part>PART)(?: in)? )?"
    r"(?:(?:the )?(?P<step>last|past|this|this past|next|this coming) )?(?:the month of )?"
    r"(?P<m>MONTH)(?:(?: of| in)? (?P<y>YEAR|last year|this year|next year))?"
)
def _month(match: re.Match[str], view: View) -> Period | None:
    month, part = WORDS.months[match["m"]], match["part"]
    step = (match["step"] or "").replace("this past", "last").replace("this coming", "next")
    if match["y"]:
        days: Days | None = share(part, month_of(_named_year(match["y"], view), month))
    elif step == "this":
        days = share(part, month_of(view.now.year, month))
    elif step:
        step = "last" if step == "past" else step
        days = stepped(step, part, [month_of(view.now.year + n, month) for n in (-1, 0, 1)], view)
    else:
        days = recurring(view, part, lambda year: month_of(year, month))
    return period(days, "month")


@rule(
    r"(?:the )?(?:(?P<part>PART)(?: in)? )?(?:the )?(?:(?:fiscal )?year |fiscal |calendar )?"
    r"(?P<y>YEAR)(?: (?:fiscal |calendar )?year| season)?(?P<on> and beyond| or later| onwards?)?"
)
def _year(match: re.Match[str], _view: View) -> Period | None:
    """Return a year; a fiscal one is read as the calendar year of its name."""
    days = share(match["part"], year_of(int(match["y"])))
    precision: Precision = "half" if "half" in (match["part"] or "") else "year"
    return Period(days[0], None if match["on"] else days[1], precision)


@rule(
    r"(?:the )?(?:(?P<part>PART) )?(?:the )?"
    r"(?:(?P<d>1[0-9]\d0|20\d0|'?[2-9]0)s|(?P<w>eighties|fifties|forties|nineties|seventies"
    r"|sixties|thirties|twenties))"
)
def _decade(match: re.Match[str], _view: View) -> Period:
    first = WORDS.decades[match["w"]] if match["w"] else int(match["d"].strip("'"))
    first += 1900 if first < 100 else 0
    return Period(*share(match["part"], (date(first, 1, 1), date(first + 9, 12, 31))), "decade")


@rule(r"(?:the )?(?:(?P<part>PART) )?(?:the )?(?P<c>\d|1\d|2[01]) century")
def _century(match: re.Match[str], _view: View) -> Period:
    last = int(match["c"]) * 100
    return Period(*share(match["part"], (date(last - 99, 1, 1), date(last, 12, 31))), "century")


@rule(r"(?:the )?(?:WEEKDAY )?(?:the )?(\d\d?) of (this|last|next) month")
def _day_of_named(match: re.Match[str], view: View) -> Period:
    first = unit_of("month", view.now, STEPS[match[2]])[0]
    return one(first.replace(day=int(match[1])))


@rule(r"(?:the )?(?:(?P<part>PART) )?(?:the )?winter (?:of )?(?P<y>YEAR)[-/](?:YEAR|\d\d)")
def _winter(match: re.Match[str], _view: View) -> Period | None:
    days = month_of(int(match["y"]), 12)[0], month_of(int(match["y"]), 14)[1]
    return period(share(match["part"], days), "season")


@rule(
    r"(?:the )?(?:(?P<part>PART) )?(?:the )?(?:(?P<step>last|past|this past|this|next|coming) )?"
    r"(?P<s>SEASON)(?:(?: of| in)? (?P<y>YEAR|last year|this year|next year))?"
)
def _season(match: re.Match[str], view: View) -> Period | None:
    """Return a northern season; the winter "of 2012" may be either of two."""
    month = WORDS.seasons[match["s"]]

    def season(year: int) -> Days:
        return month_of(year, month)[0], month_of(year, month + 2)[1]

    if match["y"]:
        named = season(_named_year(match["y"], view))
        return None if month == 12 else period(share(match["part"], named), "season")
    if match["step"] in ("last", "past", "this past", "next"):
        periods = [season(view.now.year + n) for n in (-2, -1, 0, 1)]
        step = "next" if match["step"] == "next" else "last"
        return period(stepped(step, match["part"], periods, view), "season")
    return period(recurring(view, match["part"], season), "season")


_NAMED = r"YEAR|(?:last|this|next|the|the current|the fiscal) year|fiscal YEAR"


@rule(
    rf"(?:the )?(?:(?P<x>{_NAMED}) )?(?:fiscal )?"
    r"(?:(?P<n>first|second|third|fourth|final|[1-4]) (?:fiscal )?quarter|q(?P<q>[1-4]))(?: of)?"
    rf"(?: (?P<y>{_NAMED}))?"
)
def _quarter(match: re.Match[str], view: View) -> Period | None:
    """Return a quarter of a year; one of a fiscal year is read as the calendar's."""
    name = match["q"] or match["n"]
    number = int(name) if name.isdigit() else (_NTHS[name] % 5)
    words = (match["x"] or match["y"] or "").replace("fiscal ", "")
    if words:
        year = _named_year(words.replace("the current ", "this ").replace("the ", "this "), view)
        return period(quarter_of(year, number), "quarter")
    if view.tense == "future":  # "expects to report third-quarter earnings"
        view = replace(view, tense="near")
    return period(recurring(view, None, lambda year: quarter_of(year, number)), "quarter")


@rule(
    rf"(?:the )?(?:(?P<n>first|second|last) half|(?P<q>first|last) (?:2|two) quarters|h(?P<h>[12]))"
    rf"(?: of)?(?: (?P<y>{_NAMED}))?"
)
def _half(match: re.Match[str], view: View) -> Period | None:
    name = match["n"] or match["q"] or ("first" if match["h"] == "1" else "second")
    number = 1 if name == "first" else 2
    words = (match["y"] or "").replace("fiscal ", "").replace("the ", "this ")
    if words:
        return period(half_of(_named_year(words, view), number), "half")
    return period(recurring(view, None, lambda year: half_of(year, number)), "half")


@rule(r"(?:the )?year ?end(?: YEAR)?|(?:the )?end (?:of )?year")
def _year_end(match: re.Match[str], view: View) -> Period | None:
    ends = [(date(view.now.year + n, 12, 31),) * 2 for n in (-1, 0, 1)]
    if re.search(r"\d{4}$", match[0]):
        return one(date(int(match[0][-4:]), 12, 31))
    found = among(view, ends)
    return one(found[0]) if found else None


RULES = (
    _iso,
    _packed,
    _slashed,
    _today,
    _beside,
    _weekday,
    _weekday_of_week,
    _day_of_month,
    _day_of_named,
    _feast,
    _week_of,
    _nth_of_month,
    _half,
    _month,
    _year,
    _decade,
    _century,
    _season,
    _winter,
    _quarter,
    _year_end,
)
