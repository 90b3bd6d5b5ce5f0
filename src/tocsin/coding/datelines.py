"""What opens a report: "BAGHDAD, Oct 3 (Reuters) -", which gives a day and is nobody who acts."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tocsin.coding.days import DAY, Tense, View
from tocsin.coding.expressions import resolved, simplified
from tocsin.coding.patterns import FRAGMENTS
from tocsin.ontology.glosses import timed
from tocsin.ontology.packs import spoken

_MONTH = FRAGMENTS["MONTH"]
_NAMED = rf"(?:{_MONTH}\.? \d{{1,2}}|\d{{1,2}}\.? {_MONTH}\.?)"
_DATELINE = re.compile(
    rf"\s*(?:(?-i:[A-Z][A-Z .'’/-]{{2,}})[A-Za-z .,'’/()-]{{0,60}}?[,;:(] ?"
    rf"({_NAMED}(?:,? [12]\d{{3}})?)\b\)?[^\n]{{0,40}}?[-–—_:)]"
    rf"|[^\n.]{{0,60}}?({_NAMED},? [12]\d{{3}}|[0-3]?\d[-./][01]?\d[-./][12]\d{{3}})\b)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    rf"(?:\W|{FRAGMENTS['WEEKDAY']}\b|(?:date of )?publi\w+|posted|(?:last )?(?:updated|modified)"
    r"|print this page|on|at)*",
    re.IGNORECASE,
)
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?"
_LAND = r"(?:, [A-Z][\w.]{1,20}(?: [A-Z]\w{1,20})?)?"
# A place in capitals, or one with an agency; with its country, the day, the agency.
_OPENING = re.compile(
    rf"(?m)^(?:[A-Z][A-Z.'’]{{2,}}(?:[ /-][A-Z][A-Z.'’]*){{0,5}}{_LAND}"
    rf"(?:[,:]? {_DAY})?(?: ?\([^()\n]{{2,40}}\))?"
    rf"|[A-Z][\w.'’-]{{1,20}}(?:[ /][A-Z][\w.'’-]{{1,20}}){{0,2}}{_LAND}"
    rf"(?:, {_DAY})? \([A-Z][A-Za-z /.]{{1,25}}\))"
    r" ?(?:--|[-–—])\s(?=\s?[\"'“‘]?[A-Z])"
)
# How long before the publication a dateline may lie, and a full date that heads a text.
_NEWS = -DAY, 10 * DAY
_HEADS = -31 * DAY, 31 * DAY


def openings(text: str) -> list[tuple[int, int]]:
    """Return the characters of what stands before the first word of a report, dash included."""
    return [match.span() for match in _OPENING.finditer(text)]


def _opened(match: re.Match[str] | None, published: date | None) -> date | None:
    """Return the day in what opens a report in a language that says itself how reports open."""
    if match is None or match["day"] is None:
        return None
    return _day(timed(match["day"]), published, _NEWS)


def _day(words: str, published: date | None, within: tuple[timedelta, timedelta]) -> date | None:
    """Return the one day that words name, if it lies so long before the publication."""
    tense: Tense = "none" if published is None else "near"
    found = resolved(simplified(words), View(published, tense))
    if found is None or found.start is None or found.start != found.end:
        return None
    early, late = within
    if published and not early <= published - found.start <= late:
        return None
    return found.start


def dateline(text: str, published: date | None) -> date | None:
    """Return the day that an article's dateline gives, or None where it gives none.

    "BAGHDAD, Oct 3 (Reuters) -" is of the year that brings it closest before the publication; a
    day further away than a news day can be is no dateline.
    """
    own = spoken().dateline
    if own is not None:
        return _opened(own.match(text), published)
    match = _DATELINE.match(text)
    if match is None or not (match[1] or _HEADING.fullmatch(text[: match.start(2)])):
        return None
    return _day(match[1] or match[2], published, _NEWS if match[1] else _HEADS)
