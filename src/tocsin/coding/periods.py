"""Rules for periods that are counted from the day on which an article was published."""

from __future__ import annotations

import re

from tocsin.coding.days import (
    DAY,
    STEPS,
    Days,
    Period,
    Precision,
    View,
    among,
    period,
    share,
    shifted,
    stepped,
    unit_of,
)
from tocsin.coding.patterns import WORDS, count, rule

_PRECISIONS: dict[str, Precision] = {
    "hour": "days", "day": "day", "week": "week", "weekend": "weekend", "month": "month",
    "quarter": "quarter", "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip
_LOOSE = ("few", "several", "many")


@rule(r"(?:(?P<step>the|this|last|past|this past|the past|next|coming) )?weekend")
def _weekend(match: re.Match[str], view: View) -> Period | None:
    weekends = [unit_of("weekend", view.now, n) for n in (-2, -1, 0, 1)]
    if match["step"] in ("last", "next"):
        return period(stepped(match["step"], None, weekends, view), "weekend")
    return period(among(view, weekends), "weekend")


@rule(
    r"(?:(?P<part>PART|earlier|later|sometime)(?: in)? )?"
    r"(?:the )?(?P<step>last|this|next|previous|current|coming) "
    r"(?:fiscal |calendar |financial )?(?P<unit>week|month|quarter|year|decade|century)"
)
def _calendar(match: re.Match[str], view: View) -> Period | None:
    if "the " in match[0].partition(match["step"])[0] and match["step"] in ("last", "coming"):
        return None  # "the last week" is counted back from the day
    days = unit_of(match["unit"], view.now, STEPS[match["step"]])
    part = match["part"]
    if match["step"] in ("this", "current"):
        days = _current(part, days, view)
    elif part not in ("earlier", "later", "sometime"):
        days = share(part, days)
    return Period(*days, _PRECISIONS[match["unit"]])


@rule(
    r"(?:(?P<part>PART|earlier|later)(?: in)? )?the (?:full |whole |entire )?"
    r"(?:fiscal |calendar |financial )?(?P<unit>week|month|year|decade|century)"
)
def _calendar_now(match: re.Match[str], view: View) -> Period | None:
    if match["part"] is None and match["unit"] != "year":
        return None
    days = _current(match["part"], unit_of(match["unit"], view.now, 0), view)
    return Period(*days, _PRECISIONS[match["unit"]])


def _current(part: str | None, days: Days, view: View) -> Days:
    """Return the running period up to the anchor, or from it on when the text looks ahead."""
    if part and part not in ("earlier", "later", "sometime"):
        return share(part, days)
    later = part == "later" or (view.tense == "future" and part is None)
    return (view.now, days[1]) if later else (days[0], view.now)


@rule(
    r"(?:(?:the|this|these) (?:past|last|previous|preceding)(?: (?P<n>N))?"
    r"|(?:past|last) (?P<k>\d{1,4}|few|several|many))"
    r" (?P<unit>UNIT)(?P<s>s?)"
)
def _past(match: re.Match[str], view: View) -> Period:
    start = shifted(view.now, match["unit"], -_reach(match))
    return Period(start, view.now, _exact(match["n"] or match["k"], match["unit"], "past"))


@rule(r"(?:the )?(?:next|coming)(?: (?P<n>N))?(?P<k>) (?P<unit>UNIT)(?P<s>s?)")
def _coming(match: re.Match[str], view: View) -> Period:
    end = shifted(view.now, match["unit"], _reach(match))
    vague = "few" if match["s"] and not match["n"] else match["n"]
    return Period(view.now, end, _exact(vague, match["unit"], "future"))


def _exact(number: str | None, unit: str, side: Precision) -> Precision:
    """Return the precision of a stretch of time: vague where its number is."""
    return side if number in _LOOSE else _PRECISIONS[unit]


@rule(
    r"(?:the |these )?(?:(?:most |more )?recent|past) (?P<n>)(?P<k>)"
    r"(?P<unit>UNIT)(?P<s>s)(?: (?:and|or) (?:UNIT)s)?"
)
def _recent(match: re.Match[str], view: View) -> Period:
    return Period(shifted(view.now, match["unit"], -_reach(match)), view.now, "past")


@rule(r"(?:the )?future (?P<unit>UNIT)s|the (?P<u>UNIT)s (?:ahead|to come)")
def _future(match: re.Match[str], view: View) -> Period:
    unit = match["unit"] or match["u"]
    return Period(view.now, shifted(view.now, unit, WORDS.recent[unit]), "future")


def _reach(match: re.Match[str]) -> int:
    """Return how many units a period takes: as stated, one, or as many as "recent" does."""
    number = match["n"] or match["k"]
    if number:
        return count(number)[1]
    return WORDS.recent[match["unit"]] if match["s"] else 1


@rule(r"(N)(?:(?: or |-| to )(\d\d?))? (UNIT)s? (?:or (2) )?(?:or so )?ago(?: (?:today|now))?")
def _ago(match: re.Match[str], view: View) -> Period:
    """Return the day, or the calendar week, month or year, so long ago."""
    least, most = count(match[1])[0], count(match[4] or match[2] or match[1])[1]
    unit = match[3]
    if unit == "hour":
        start, end = shifted(view.now, "hour", -most), view.now - least // 24 * DAY
        return Period(start, end, "days" if start != end else "day")
    step, unit = (10, "year") if unit == "decade" else (1, unit)
    days = unit_of(unit, view.now, -most * step)[0], unit_of(unit, view.now, -least * step)[1]
    return Period(*days, _exact(match[1], unit, "past"))


@rule(r"(N) (UNIT)s? ago (today|yesterday|tomorrow|WEEKDAY)|(?:this|that) time last (year|week)")
def _ago_exactly(match: re.Match[str], view: View) -> Period | None:
    """Return the week or day so long before a named day."""
    if match[4]:
        return period(unit_of("month" if match[4] == "year" else "week",
                              shifted(view.now, match[4], -1), 0),
                      "month" if match[4] == "year" else "week")  # fmt: skip
    weekday = WORDS.weekdays.get(match[3])
    day = view.now + {"tomorrow": DAY, "yesterday": -DAY}.get(match[3], 0 * DAY)
    if weekday is not None:
        day = view.now - (view.now.weekday() - weekday) % 7 * DAY
    day = shifted(day, match[2], -count(match[1])[1])
    return Period(day, day, "day")


@rule(
    r"(?:within|in (?:less|under|no more|fewer) than|inside|over|during|in|for) "
    r"(?:the )?(?:next|coming) (N) (UNIT)s?"
    r"|(?:within|in (?:less|under|no more|fewer) than|inside) (?:the )?(N) (UNIT)s?"
)
def _within(match: re.Match[str], view: View) -> Period | None:
    number, unit = match[1] or match[3], match[2] or match[4]
    if view.tense == "past" and match[3]:  # "within a week they had left": of what, is not said
        back = shifted(view.now, unit, -count(number)[1])
        return Period(back, view.now, "days") if match[0].startswith("in ") else None
    return Period(view.now, shifted(view.now, unit, count(number)[1]), "days")


@rule(
    r"in (N)(?:(?: or |-| to )(\d\d?))? (UNIT)s?(?: time)?"
    r"|(N)(?:(?: or |-| to )(\d\d?))? (UNIT)s? (?:from now|hence|away)"
)
def _hence(match: re.Match[str], view: View) -> Period | None:
    if view.tense != "future" and not re.search("now|hence|time", match[0]):
        return None
    least = count(match[1] or match[4])[0]
    most = count(match[2] or match[5] or match[1] or match[4])[1]
    unit = match[3] or match[6]
    start, end = shifted(view.now, unit, least), shifted(view.now, unit, most)
    return Period(start, end, "day" if unit == "day" and start == end else "days")


@rule(
    r"for (?:(?:at least|more than|over|nearly|about|almost|up to) )?"
    r"(?:(?P<k>)(?:the )?(?:past |last |next )?)"
    r"(?:(?P<n>N) )?(?P<unit>UNIT)(?P<s>s?)(?: now)?"
)
def _lasting(match: re.Match[str], view: View) -> Period | None:
    if view.tense == "none" or not (match["n"] or match["s"] or " the " in match[0]):
        return None
    if match["n"] == "many" or not (match["n"] or " the " in match[0]):
        return Period(None, None, "past")  # "for years"
    exact = _exact(match["n"] or ("few" if match["s"] else None), match["unit"], "past")
    if view.tense == "future":
        end = shifted(view.now, match["unit"], _reach(match))
        return Period(view.now, end, "future" if exact == "past" else exact)
    return Period(shifted(view.now, match["unit"], -_reach(match)), view.now, exact)


RULES = (
    _weekend,
    _calendar,
    _calendar_now,
    _past,
    _coming,
    _recent,
    _future,
    _ago,
    _ago_exactly,
    _within,
    _hence,
    _lasting,
)
