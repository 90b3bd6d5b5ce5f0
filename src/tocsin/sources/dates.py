"""Days of publication, as outlets and headers print them.

A day is never guessed: `05/06/2024` means two days, so it means none here.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from tocsin.records.article import Moment

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"
_REST = r"(?:,?\s+(?:at\s+)?(?P<time>\d.*))?"
_NUMERIC = re.compile(r"(?P<year>[12]\d{3})([-/.])(?P<month>\d{1,2})(?:\2(?P<day>\d{1,2}))?")
_NAMED = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE)
    for form in (
        rf"{_DAY}[ -]{_MONTH},?[ -]{_YEAR}{_REST}",  # 21 November 2024; Thu, 21 Nov 2024 10:00 GMT
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}{_REST}",  # Nov. 21, 2024, 10:00 a.m.
        rf"{_MONTH},?\s+{_YEAR}",  # November 2024
    )
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?(?:\s*(?P<half>[ap])\.?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[A-Z]{2,5}|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\s*(Z|UTC|GMT)$|\s+(?=[+-]\d{2}:?\d{2}$)", re.IGNORECASE)


def moment(value: str) -> Moment | None:
    """Return the day that a printed date names, as precisely as it does; None if it names none."""
    value = " ".join(value.split())
    try:
        return _numeric(value) or _iso(value) or _named(value)
    except ValueError:  # a thirteenth month, a thirtieth of February
        return None


def timed(when: datetime) -> Moment:
    """Return a time to the minute, with its shift from UTC where it has one."""
    clock = when.isoformat(timespec="minutes").partition("T")[2]
    return Moment(when.date(), "minute", clock[:11])  # some old shifts have seconds


def _numeric(value: str) -> Moment | None:
    if re.fullmatch(r"[12]\d{3}", value):
        return Moment(date(int(value), 1, 1), "year")
    match = _NUMERIC.fullmatch(value)
    if match is None:
        return None
    year, month, day = int(match["year"]), int(match["month"]), match["day"]
    if day is None:
        return Moment(date(year, month, 1), "month")
    return Moment(date(year, month, int(day)))


def _iso(value: str) -> Moment | None:
    if not re.match(r"[12]\d{3}[-\d]", value):
        return None
    try:
        when = datetime.fromisoformat(_ZONE.sub(lambda m: "+00:00" if m[1] else "", value))
    except ValueError:
        return None
    # Midnight sharp is how machines write a day without a time.
    if (when.hour, when.minute, when.second) == (0, 0, 0):
        return Moment(when.date())
    return timed(when)


def _named(value: str) -> Moment | None:
    match = next((m for form in _NAMED if (m := form.fullmatch(value))), None)
    if match is None:
        return None
    parts = match.groupdict()
    year, month = int(parts["year"]), _month(parts["month"])
    if not month:
        return None
    if parts.get("day") is None:
        return Moment(date(year, month, 1), "month")
    day = date(year, month, int(parts["day"]))
    clock = _clock(parts["time"]) if parts.get("time") else ""
    if clock is None:
        return None
    return Moment(day, "minute", clock) if clock else Moment(day)


def _month(name: str) -> int:
    """Return the number of a month from its name or the beginning of its name, 0 for no month."""
    name = name.lower()
    return next((n for n, full in enumerate(_MONTHS, 1) if full.startswith(name)), 0)


def _clock(time: str) -> str | None:
    """Return a time as HH:MM and its shift, empty for midnight sharp, None if it is no time."""
    match = _TIME.fullmatch(time)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    return f"{hour:02}:{minute:02}{_shift(match['zone'])}" if hour or minute else ""


def _shift(zone: str | None) -> str:
    """Return a shift from UTC; the letters of other zones mean several, so they mean none here."""
    if zone is None or not zone:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "+00:00"
    return f"{zone[:3]}:{zone[-2:]}" if zone[0] in "+-" else ""
