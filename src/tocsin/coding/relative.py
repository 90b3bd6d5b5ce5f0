"""Rules for times that hang on another time of the text: "two days later", "that year".

They are read against the time told last of the kind that they take up. Where none was told before,
they cannot be told, rather than be counted from the day of publication.
"""

from __future__ import annotations

import re

from tocsin.coding.counts import either
from tocsin.coding.days import (
    VAGUE,
    Days,
    Period,
    Precision,
    View,
    coarser,
    period,
    quarter_of,
    shifted,
    unit_of,
    weekday_from,
    year_of,
)
from tocsin.coding.patterns import WORDS, count, rule

_PARTS_OF_DAY = rf"(?:{either(WORDS.hours)})"
# What calendar units are called as precisions.
KINDS: dict[str, Precision] = {
    "day": "day", "week": "week", "weekend": "weekend", "month": "month", "quarter": "quarter",
    "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip
_KEPT = ("month", "season", "quarter", "half")  # what "a year earlier" compares like with like
_NEAR = 6  # times back within which an account of quarters goes on


def _holding(view: View, unit: str) -> Days:
    """Return the calendar unit that the last time told lies in, if that is no longer than it."""
    if unit not in KINDS:
        unit = "day"
    sizes = list(KINDS)
    finer = [KINDS[each] for each in sizes[: sizes.index(unit) + 1]]
    extra: list[Precision] = ["season", "half"] if unit in ("year", "decade", "century") else []
    if unit == "quarter":
        finer = ["quarter"]
    elif unit == "day":
        finer = ["day"]
    else:
        extra.append("days")
    return unit_of(unit, view.last(*finer, *extra).days[0], 0)


def _known(days: Days, precision: Precision, view: View) -> Period | None:
    """Return a period; none where it would be ahead of an article that tells what happened.

    Such an expression hangs on something else than the time told last.
    """
    ahead = view.tense == "past" and view.anchor is not None and days[0] > view.anchor
    return None if ahead else Period(*days, precision)


def _quarter_told(view: View) -> Period:
    """Return the latest of the quarters told shortly before, else the last that is over."""
    told = [
        p
        for p in view.told[-_NEAR:]
        if p.precision == "quarter" and (view.anchor is None or p.days[1] < view.anchor)
    ]
    if told:
        return max(told, key=lambda p: p.days)
    return Period(*unit_of("quarter", view.now, -1), "quarter")


@rule(
    r"(?:earlier |later |late |early )?(?:(?:on|in) )?"
    rf"(?:(?:the|that|this) (?:very )?same|that(?: very)?) (UNIT|time|period|date|{_PARTS_OF_DAY})"
)
def _same(match: re.Match[str], view: View) -> Period | None:
    if match[1] in ("time", "period"):
        return view.last()
    if match[1] in ("quarter", "hour"):
        return _quarter_told(view) if match[1] == "quarter" else view.last("day")
    return period(_holding(view, match[1]), KINDS.get(match[1], "day"))


@rule(r"then|(?:at )?the time")
def _then(_match: re.Match[str], view: View) -> Period:
    return view.last()


@rule(
    r"(?:the )?(?P<step>following|previous|preceding|subsequent|ensuing|next|very next) "
    rf"(?P<unit>UNIT|WEEKDAY|MONTH|SEASON|{_PARTS_OF_DAY})"
)
def _beside(match: re.Match[str], view: View) -> Period | None:
    """Return the unit before or after the one told last; a bare "next week" is no such thing."""
    unit, ahead = match["unit"], match["step"] not in ("previous", "preceding")
    plain = match["step"] == "next"
    if plain and not match[0].startswith("the ") and unit not in WORDS.hours:
        return None
    if plain and unit in KINDS and unit != "day":
        return None
    step = 1 if ahead else -1
    if unit in WORDS.weekdays:
        return period(
            (weekday_from(view.last("day").days[0], WORDS.weekdays[unit], step),) * 2, "day"
        )
    if unit in WORDS.months:
        first = view.last().days[0]
        years = [unit_of("month", first.replace(day=1, month=WORDS.months[unit]), 0)]
        years += [unit_of("month", shifted(years[0][0], "year", n), 0) for n in (-1, 1)]
        near = [d for d in years if (d[0] > first if ahead else d[1] < first)]
        return period(min(near) if ahead else max(near), "month")
    if unit in WORDS.seasons:
        return None
    kind = unit if unit in KINDS else "day"
    return _known(unit_of(kind, _holding(view, kind)[0], step), KINDS[kind], view)


@rule(
    r"(?:only |just |about |some |nearly |almost )?(?P<n>N)(?: or so)? (?P<unit>UNIT)s? "
    r"(?P<way>later|earlier|after|afterwards?|before|beforehand|previously|on)"
)
def _apart(match: re.Match[str], view: View) -> Period | None:
    """Return the time so many units before or after the one told last."""
    number, unit = count(match["n"]), match["unit"]
    step = -1 if match["way"] in ("earlier", "before", "beforehand", "previously") else 1
    if (unit, number, step) == ("year", (1, 1), -1):
        return _year_before(view)
    if unit == "hour":
        return view.last("day") if number[1] < 24 else None
    told = view.last()
    start = shifted(told.days[0], unit, step * number[0 if step > 0 else 1])
    end = shifted(told.days[0], unit, step * number[1 if step > 0 else 0])
    kind = KINDS[unit]
    if unit in ("day", "weekend"):
        return _known((start, end), "day" if start == end else "days", view)
    days = unit_of(unit, start, 0)[0], unit_of(unit, end, 0)[1]
    return _known(days, coarser(kind, "day" if unit == "week" else told.precision), view)


def _year_before(view: View) -> Period:
    """Return the same quarter, month or year a year before; of a day told, the year before."""
    recent = [p for p in view.told[-_NEAR:] if p.start and p.precision not in VAGUE]
    if any(p.precision == "quarter" for p in recent):
        return _back(_quarter_told(view))
    told = view.last()
    return _back(told) if told.precision in _KEPT else _whole_year(told)


def _whole_year(told: Period) -> Period:
    year = told.days[0].year - 1
    return Period(*year_of(year), "year")


def _back(told: Period) -> Period:
    """Return a period of a year before."""
    start, end = told.days
    first = shifted(start, "year", -1)
    last = unit_of("month", shifted(end, "year", -1), 0)[1]
    return Period(first, last, told.precision)


@rule(r"(?:a|the) year ago|year (?:ago|earlier)|the year (?:earlier|ago|before)")
def _year_ago(_match: re.Match[str], view: View) -> Period | None:
    """Return what figures of a quarter or a year are compared with."""
    if any(p.precision == "quarter" for p in view.told[-_NEAR:]):
        return _back(_quarter_told(view))
    return None if _match[0].startswith("a ") else _year_before(view)


_LIKE = r"(?:the |its |their |a )?(?:same |comparable |corresponding |like |similar )?"
_AGO = r"(?:year (?:ago|earlier|before)|previous year|prior year)"


@rule(
    rf"{_LIKE}(?:{_AGO} (?:(?P<n>first|second|third|fourth) )?(?:quarter|period)"
    rf"|(?:quarter|period) (?:of )?(?:a year (?:ago|earlier|before)|(?:the )?{_AGO}|last year"
    r"|the year before))|last year quarter"
)
def _year_ago_quarter(match: re.Match[str], view: View) -> Period:
    """Return the quarter, or other period told last, a year before."""
    now = _quarter_told(view)
    if match["n"]:
        number = ("first", "second", "third", "fourth").index(match["n"]) + 1
        return Period(*quarter_of(now.days[0].year - 1, number), "quarter")
    known = any(p.precision == "quarter" for p in view.told[-_NEAR:])
    if "quarter" in match[0] or known or not view.told:
        return _back(now)
    return _year_before(view)


@rule(
    rf"{_LIKE}(?P<y>YEAR) (?P<kind>quarter|period)"
    rf"|{_LIKE}(?:quarter|period) (?:of|in) (?P<z>YEAR)"
)
def _quarter_of_year(match: re.Match[str], view: View) -> Period:
    """Return the quarter told last in another year; without one, that year."""
    year = int(match["y"] or match["z"])
    known = any(p.precision == "quarter" for p in view.told[-_NEAR:])
    if not known and "period" in match[0]:
        return Period(*year_of(year), "year")
    number = (_quarter_told(view).days[0].month + 2) // 3
    return Period(*quarter_of(year, number), "quarter")


@rule(
    r"(?:the |its |their )?(?:latest |most recent |just ended |past |recent |reported )?"
    r"(?P<kind>quarter|period)"
)
def _quarter(match: re.Match[str], view: View) -> Period:
    """Return the quarter an account is about: that told last, else the last that is over."""
    if match["kind"] == "period" and "latest" not in match[0] and "recent" not in match[0]:
        return view.last()
    return _quarter_told(view)


@rule(
    r"(?:the )?(?:latest|most recent|just ended|prior) (?:fiscal |financial )?(?P<unit>year|month)"
)
def _latest(match: re.Match[str], view: View) -> Period:
    """Return the last such unit that is over; "the past year" is counted back elsewhere."""
    return Period(*unit_of(match["unit"], view.now, -1), KINDS[match["unit"]])


@rule(r"(?:the )?(day|night|evening|morning|week|weekend|month|year) (before|after|earlier|later)")
def _day_before(match: re.Match[str], view: View) -> Period | None:
    """Return the unit just before or after that of the time told last."""
    unit = match[1] if match[1] in KINDS else "day"
    step = -1 if match[2] in ("before", "earlier") else 1
    return _known(unit_of(unit, _holding(view, unit)[0], step), KINDS[unit], view)


@rule(rf"the (day|week|month)|the (?:early |late |mid )?{_PARTS_OF_DAY}")
def _the_day(match: re.Match[str], view: View) -> Period | None:
    unit = match[1] or "day"
    return period(_holding(view, unit), KINDS[unit])


@rule(r"(?:the )?(\d\d?)")
def _number(match: re.Match[str], view: View) -> Period | None:
    """Return a later day of the month of the day told just before: "April 24 and 25"."""
    last = view.told[-1].days[0] if view.told and view.told[-1].precision == "day" else None
    if last is None or int(match[1]) <= last.day:
        return None
    return period((last.replace(day=int(match[1])),) * 2, "day")


RULES = (
    _same,
    _then,
    _beside,
    _year_ago,
    _year_ago_quarter,
    _quarter_of_year,
    _apart,
    _quarter,
    _latest,
    _day_before,
    _the_day,
    _number,
)
