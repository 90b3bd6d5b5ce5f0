"""The days that words of a text name: "Friday", "the end of March", "12 March 2025"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_DAY = timedelta(days=1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTH = "(?:" + "|".join(f"{m[:3]}(?:{m[3:]})?" if m != "may" else m for m in MONTHS) + r")\.?"
# Words that name a day, a month or a year, as a group of a pattern whose spaces stand for hyphens
# too.
WHEN = (
    r"(?P<when>(?:(?:the )?(?:end|middle) of )?(?:the |this |next |last )?(?:early |late )?(?:"
    rf"(?:{'|'.join(_WEEKDAYS)})\b(?!,? (?:{MONTH}) \d)|"
    rf"(?:\w+day,? )?{MONTH} \d{{1,2}}\b(?:,? \d{{4}})?|"
    rf"(?:\w+day,? )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}(?:,? \d{{4}})?|"
    r"\d{4}-\d\d-\d\d|tomorrow|tonight|today|midnight|nightfall|sunset|"
    rf"(?:week|month|year)\b|{MONTH}\b(?: \d{{4}})?))"
)


def named(words: str, spoken: tuple[date, date], *, over: bool) -> tuple[date, date] | None:
    """Return the days that words name: those to come, or with `over` the last that passed.

    `spoken` are the days between which the words were spoken.
    """
    text = " ".join(words.lower().replace(".", "").replace("-", " ").split())
    day = spoken[1]
    iso = re.search(r"(\d{4}) (\d\d) (\d\d)", text)
    if iso:
        return _single(_made(*map(int, iso.groups())))
    if (found := re.search("|".join(_WEEKDAYS), text)) and not re.search(r"\d", text):
        return _weekday(_WEEKDAYS.index(found[0]), day, text, over=over)
    if "tomorrow" in text:
        return _single(day + _DAY)
    if re.search(r"tonight|today|midnight|nightfall|sunset", text):
        return spoken[0] if over else day, day
    if month := re.search(rf"\b{MONTH}", text):
        return _month(month[0], text, day, over=over)
    return _unit(text, day)


def _weekday(number: int, day: date, text: str, *, over: bool) -> tuple[date, date] | None:
    ahead = (number - day.weekday()) % 7
    if over or text.startswith("last"):
        behind = (day.weekday() - number) % 7
        return _single(day - timedelta(behind))
    if text.startswith("next") and ahead == 0:
        ahead = 7
    return _single(day + timedelta(ahead))


def _month(name: str, text: str, day: date, *, over: bool) -> tuple[date, date] | None:
    month = next(k for k, m in enumerate(MONTHS, 1) if m.startswith(name[:3]))
    year = re.search(r"\b(\d{4})\b", text)
    number = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", text)
    chosen = int(year[1]) if year else _year(month, day, over=over)
    if number:
        return _single(_made(chosen, month, int(number[1])))
    last = monthrange(chosen, month)[1]
    if text.startswith(("end of", "the end of")):
        return _single(date(chosen, month, last))
    if "middle of" in text:
        return date(chosen, month, 11), date(chosen, month, 20)
    return date(chosen, month, 1), date(chosen, month, last)


def _year(month: int, day: date, *, over: bool) -> int:
    if over:
        return day.year if month <= day.month else day.year - 1
    return day.year if month >= day.month else day.year + 1


def _unit(text: str, day: date) -> tuple[date, date] | None:
    """Return the days of "the end of the week", "next month", "the end of the year"."""
    following = "next" in text
    if "week" in text:
        end = day + timedelta(6 - day.weekday() + (7 if following else 0))
        start = end - _DAY if "end" in text else end - timedelta(6)
    elif "month" in text:
        whole = (day.month % 12) + 1 if following else day.month
        year = day.year + (1 if following and whole == 1 else 0)
        end = date(year, whole, monthrange(year, whole)[1])
        start = end if "end" in text else end.replace(day=1)
    elif "year" in text:
        end = date(day.year + (1 if following else 0), 12, 31)
        start = end if "end" in text else end.replace(month=1, day=1)
    else:
        return None
    return max(start, day), max(end, day)


def _single(day: date | None) -> tuple[date, date] | None:
    return None if day is None else (day, day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
