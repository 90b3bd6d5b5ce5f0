"""What days a whole time expression means, with those in which others are nested.

The first rule that matches and can tell wins; where none can, there is no date, and the anchor is
never one by default.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tocsin.coding import dates, periods
from tocsin.coding.counts import either, numerals
from tocsin.coding.days import DAY, Open, View, year_of
from tocsin.coding.patterns import FRAGMENTS, WORDS, Rule, rule

_CLOCK = re.compile(
    rf"(?:\b(?:in|at|on|during)? ?\b(?:the )?"
    rf"(?:(?:early |late )?{either(WORDS.hours)}(?: hours)?|(?:early|small) hours)(?: of)?\b)"
    r"|\b(?:at )?\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|gmt|local time)\b"
)
_LEAD = re.compile(
    r"(?:(?:only|just|even|also|as (?:early|late|recently) as|about|around|roughly|nearly|back) )*"
    r"(?:(?:on|at|in|during|over|throughout|within|as of|of|dated) )?"
)
_EDGE = re.compile(
    r"(?:early|late|later|earlier)(?: on)? (?=(?:on )?{WEEKDAY}\b)".format(**FRAGMENTS)
)
_ONE = re.compile("[12]\\d{3}")


def simplified(text: str) -> str:
    """Return an expression in small letters without commas, genitives and spelled numbers."""
    text = re.sub("[–—‑]", "-", text.casefold()).replace("’", "'")
    text = re.sub(r" ?'s?(?= |$)", "", text)
    text = re.sub(r"\b([ap])\.m\.?", r"\1m", text)
    text = re.sub(r"[,()]|(?<=[a-z])\.", " ", text)
    text = re.sub(r"\b(?:a )?couple of\b", "2", re.sub(r"\ba few\b", "few", text))
    text = numerals(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text))
    return " ".join(re.sub(r"\s*-\s*", "-", text).replace("mid-", "mid ").split())


def resolved(plain: str, view: View) -> Open | None:
    """Return what an expression means as it stands, else without the words that do not matter."""
    core = _EDGE.sub("", " ".join(_CLOCK.sub(" ", plain).split()))
    for form in dict.fromkeys((plain, _led(plain), _led(core))):
        days = _apply(form, view)
        if days is not None:
            return days
    return None


def _led(plain: str) -> str:
    """Return an expression without the prepositions and particles before it."""
    return _LEAD.sub("", plain, count=1)


def _apply(plain: str, view: View) -> Open | None:
    """Return what the first rule that can tell makes of a plain expression."""
    found = (each.days(plain, view) for each in RULES)
    return next((days for days in found if days is not None), None)


@rule(r"(?:ever )?since (.+)")
def _since(match: re.Match[str], view: View) -> Open | None:
    days = resolved(match[1], replace(view, tense="past"))
    if days is None or days[0] is None or (view.anchor and days[0] > view.anchor):
        return None
    return days[0], view.anchor


@rule(r"(?:on )?(?:the )?eve of (.+)")
def _eve(match: re.Match[str], view: View) -> Open | None:
    days = resolved(match[1], view)
    if days is None or days[0] is None or days[0] != days[1]:
        return None
    return days[0] - DAY, days[0] - DAY


@rule(r"(by|until|till|before|ahead of|(?:no|not) later than) (.+)")
def _term(match: re.Match[str], view: View) -> Open | None:
    """Return the days up to a term; one that is not yet over begins at the anchor."""
    past = match[1] in ("until", "till") and view.tense == "past"
    days = resolved(match[2], view if past else replace(view, tense="future"))
    if days is None or days[0] is None:
        return None
    end = days[0] - DAY if match[1] in ("before", "ahead of") else days[1]
    running = not past and view.anchor is not None and end is not None and end >= view.anchor
    return (view.anchor if running else None), end


@rule(r"(?:from |between )?(\d\d?)(?:-| to | and | or )(\d\d?) (?:of )?(MONTH(?: YEAR)?)")
def _days_month(match: re.Match[str], view: View) -> Open | None:
    return _spanned(f"{match[1]} {match[3]}", f"{match[2]} {match[3]}", view)


@rule(r"(?:from |between )?(MONTH) (\d\d?)(?:-| to | and | or )(\d\d?)((?: YEAR)?)")
def _month_days(match: re.Match[str], view: View) -> Open | None:
    month, year = match[1], match[4]
    return _spanned(f"{month} {match[2]}{year}", f"{month} {match[3]}{year}", view)


@rule(r"(?:from |between )?([12]\d)(\d\d)(?:-| to | until | and )(?:([12]\d))?(\d\d)")
def _years(match: re.Match[str], _view: View) -> Open | None:
    first, last = int(match[1] + match[2]), int((match[3] or match[1]) + match[4])
    return (year_of(first)[0], year_of(last)[1]) if first < last else None


@rule(r"(?:from|between) (.+?) (?:to|until|till|through|and) (.+)")
def _between(match: re.Match[str], view: View) -> Open | None:
    return _spanned(match[1], match[2], view)


@rule(
    r"((?:.* )?(?:WEEKDAY|MONTH|PART YEAR)\b.*?)(?: to | through | and |-)"
    r"((?:.* )?(?:WEEKDAY|MONTH|PART YEAR)\b.*)"
)
def _joined(match: re.Match[str], view: View) -> Open | None:
    return _spanned(match[1], match[2], view)


def _spanned(first: str, last: str, view: View) -> Open | None:
    """Return the days from one expression to another; a year on the last serves both."""
    shared = bool(_ONE.search(last)) and not _ONE.search(first)
    if view.tense == "future" and not shared:
        start = resolved(first, view)
        end = resolved(last, replace(view, anchor=start[1])) if start else None
    else:
        end = resolved(last, view)
        start = resolved(first, View(end[0], "past")) if end else None
    if not start or not end or not start[0] or not end[1] or start[0] > end[1]:
        return None
    return start[0], end[1]


RULES: tuple[Rule, ...] = (
    *dates.RULES,
    *periods.RULES,
    _since,
    _eve,
    _term,
    _days_month,
    _month_days,
    _years,
    _between,
    _joined,
)
