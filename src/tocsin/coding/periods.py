"""Rules for periods that are counted from the day on which an article was published."""

from __future__ import annotations

import re

from tocsin.coding.days import DAY, STEPS, Days, Open, View, share, shifted, stepped, unit_of
from tocsin.coding.patterns import WORDS, count, rule


@rule(r"(?:(?P<step>the|this|last|past|next|coming) )?weekend")
def _weekend(match: re.Match[str], view: View) -> Open | None:
    saturday = unit_of("week", view.now, 0)[0] + 5 * DAY
    weekends = [(saturday + 7 * n * DAY, saturday + (7 * n + 1) * DAY) for n in (-2, -1, 0, 1)]
    if match["step"] in ("last", "next"):
        return stepped(match["step"], None, weekends, view)
    back = max(days for days in weekends if days[0] <= view.now)
    return view.nearest(min(days for days in weekends if days[1] > view.now), back)


@rule(
    r"(?:(?P<part>PART|earlier|later)(?: in)? )?(?P<step>last|this|next|previous) "
    r"(?P<unit>week|month|year|decade)"
)
def _calendar(match: re.Match[str], view: View) -> Open | None:
    days = unit_of(match["unit"], view.now, STEPS[match["step"]])
    part = match["part"]
    if match["step"] == "this":
        return _current(part, days, view)
    whole = match["unit"] == "week" or part in ("earlier", "later")
    return days if whole else share(part, days)


@rule(r"(?P<part>PART|earlier|later)(?: in)? the (?P<unit>day|week|month|year|decade)")
def _calendar_now(match: re.Match[str], view: View) -> Open | None:
    return _current(match["part"], unit_of(match["unit"], view.now, 0), view)


def _current(part: str | None, days: Days, view: View) -> Days:
    """Return the running period up to the anchor, or from it on when the text looks ahead."""
    if part and part not in ("earlier", "later"):
        return days if (days[1] - days[0]).days < 7 else share(part, days)
    later = part == "later" or (view.tense == "future" and part is None)
    return (view.now, days[1]) if later else (days[0], view.now)


@rule(
    r"(?:(?:the|this) (?:past|last|previous|preceding)(?: (?P<n>N))?"
    r"|(?:past|last) (?P<k>\d{1,4}|few|several))"
    r" (?P<unit>UNIT)(?P<s>s?)"
)
def _past(match: re.Match[str], view: View) -> Open | None:
    return shifted(view.now, match["unit"], -_reach(match)), view.now


@rule(r"(?:the )?(?:next|coming)(?: (?P<n>N))?(?P<k>) (?P<unit>UNIT)(?P<s>s?)")
def _coming(match: re.Match[str], view: View) -> Open | None:
    return view.now, shifted(view.now, match["unit"], _reach(match))


@rule(r"(?:the )?(?:most )?recent (?P<n>)(?P<k>)(?P<unit>UNIT)(?P<s>s)")
def _recent(match: re.Match[str], view: View) -> Open | None:
    return shifted(view.now, match["unit"], -_reach(match)), view.now


def _reach(match: re.Match[str]) -> int:
    """Return how many units a period takes: as stated, one, or as many as "recent" does."""
    number = match["n"] or match["k"]
    if number:
        return count(number)[1]
    return WORDS.recent[match["unit"]] if match["s"] else 1


@rule(r"(N) (UNIT)s? ago")
def _ago(match: re.Match[str], view: View) -> Open | None:
    """Return the day, or the calendar week, month or year, so long ago."""
    least, most = count(match[1])
    if match[2] == "hour":
        return shifted(view.now, "hour", -most), view.now - least // 24 * DAY
    return unit_of(match[2], view.now, -most)[0], unit_of(match[2], view.now, -least)[1]


@rule(r"(?:within|in (?:less|under|no more) than) (?:the )?(?:next )?(N) (UNIT)s?")
def _within(match: re.Match[str], view: View) -> Open | None:
    return view.now, shifted(view.now, match[2], count(match[1])[1])


@rule(r"in (N) (UNIT)s?(?: time)?|(N) (UNIT)s? from now")
def _hence(match: re.Match[str], view: View) -> Open | None:
    if view.tense != "future":
        return None
    least, most = count(match[1] or match[3])
    unit = match[2] or match[4]
    return shifted(view.now, unit, least), shifted(view.now, unit, most)


@rule(
    r"for (?:(?:at least|more than|over|nearly|about|almost|up to) )?"
    r"(?:the )?(?:past |last |next )?"
    r"(?:(?P<n>N) )?(?P<k>)(?P<unit>UNIT)(?P<s>s?)"
)
def _lasting(match: re.Match[str], view: View) -> Open | None:
    if view.tense == "none" or not (match["n"] or match["s"] or " the " in match[0]):
        return None
    if view.tense == "future":
        return view.now, shifted(view.now, match["unit"], _reach(match))
    return shifted(view.now, match["unit"], -_reach(match)), view.now


RULES = (
    _weekend,
    _calendar,
    _calendar_now,
    _past,
    _coming,
    _recent,
    _ago,
    _within,
    _hence,
    _lasting,
)
