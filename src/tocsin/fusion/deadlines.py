"""When a threat falls due: days that words set, as an interval with what it rests on.

A span of time runs from the day of the utterance. Where only the day of the report is known, the
words were spoken on it or on the day before, so that the interval has two days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from tocsin.fusion.days import MONTHS, WHEN, named
from tocsin.fusion.told import Told
from tocsin.records.claim import Claim
from tocsin.records.evidence import Span
from tocsin.records.threat import Basis

_DAY = timedelta(days=1)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a one an", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve", "thirteen", "fourteen", "fifteen")
    )
    for word in words.split()
} | {"twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}  # fmt: skip
_UNITS = {"hour": 0, "day": 1, "week": 7, "month": 30}
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>hour|day|week|month)s?"
# Somebody is given time, or has it; not "it took them a week to", which ends.
_GIVES = (
    r"\b(?:(?:giv(?:es?|en|ing)|gave)\b(?:(?!\bneed|\bt[ao]ok\b)[^.;,]){0,80}?"
    r"|(?:ha[sd]|have|gets?|got|another)\b"
    r"(?: (?:only|just|about|now|still|then|another|less than))*) "
)
_ENDING = r"(?:deadline|ultimatum|truce|cease fire|ceasefire|mandate|agreement|moratorium|period)"
_ENDS = (
    r"(?:(?:expir(?:es?|ed|ing)|end(?:s|ed)?|lapse[sd]?|r[au]ns? out|falls?|was to expire)"
    r"(?: on| at| in)?|set for|moved to|extended (?:to|until|till)|until|till)"
)
_CLOCK = r"(?:(?:noon|midday|midnight|dawn|\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\.?) (?:on )?)"
# These set a limit by themselves ...
_SETS = (
    rf"\b{_NUMBER} {_UNIT} (?:ultimatum|deadline|notice|grace|(?:period|window) (?:to|for))\b",
    rf"\b(?:deadline|ultimatum) of {_NUMBER} {_UNIT}\b",
    rf"{_GIVES}{_NUMBER} {_UNIT} (?:in which )?to (?!come\b|day\b|night\b)\w+",
    rf"{_GIVES}until {WHEN}",
    rf"\b{_ENDING}\b[^.;]{{0,60}}? {_ENDS} {WHEN}",
    rf"\b{WHEN} deadline\b",
    rf"\bdeadline (?:on|of) {WHEN}",
)
# ... and these where something is asked for or threatened.
_BOUNDS = (
    rf"\bwithin (?:the next |the space of )?{_NUMBER} {_UNIT}\b",
    rf"\b(?:by|before|until|till|no later than|not later than) {_CLOCK}?{WHEN}",
)
_PATTERNS = tuple(
    (re.compile(pattern.replace(" ", r"[\s-]+"), re.IGNORECASE), pattern in _SETS)
    for pattern in (*_SETS, *_BOUNDS)
)
# Every pattern needs one of these: a unit of time, or a part of the name of a day or a month.
_HINTS = (
    "hour", "day", "week", "month", "year", "tomorrow", "night", "sunset", "-0", "-1",
    *(name[:3] for name in MONTHS),
)  # fmt: skip
# When words were spoken, as the sentence has it.
_SPOKEN = re.compile(rf"\bon {WHEN}".replace(" ", r"[\s-]+"), re.IGNORECASE)
_YESTERDAY = re.compile(r"\b(?:yesterday|last night)\b", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|this (?:morning|evening|afternoon))\b", re.IGNORECASE)
_IMPLICIT = re.compile(
    r"\b(?:days,\s+not\s+weeks|(?:in|within)\s+(?:the\s+)?(?:coming|next\s+few)\s+days|within\s+days)\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:expired|lapsed|passed|ran out|had run out|ended|last|ago)\b", re.IGNORECASE
)
_ENDED = re.compile(
    r"\b(?:expir(?:ed|y)|lapsed|passed|r[au]n out|ended|ignored|unheeded)\b", re.IGNORECASE
)
_LEADING = re.compile(
    r"\b(?:by|before|until|till|within|no later than|not later than|deadline|expires?|ends?)\b",
    re.IGNORECASE,
)
_LED = re.compile(_LEADING.pattern + r"\W+(?:the\W+)?$", re.IGNORECASE)
_FINAL = re.compile(
    r"(?:(?<!hour )(?<!day )(?<!week )\bdeadline|\b(?:expir\w+|end(?:s|ed)?|out|falls?)"
    r"|\b(?:noon|midday|midnight|dawn)|\b[ap]\.?m\.?)\W+$",
    re.IGNORECASE,
)
# A deadline further off than this is a date that something else happens on.
_FARTHEST = timedelta(days=400)
# An utterance that is older is looked back upon, and its date may be of something else.
_RECENT = timedelta(days=30)


class Due(NamedTuple):
    """The days something falls due on, both included; `length` is the days its words count.

    `sets` says that its words set a limit whatever stands around them.
    """

    start: date
    end: date
    basis: Basis
    quote: Span
    length: int | None = None
    sets: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.start == self.end


def uttered(told: Told) -> tuple[date, date] | None:
    """Return the days between which words were spoken: as the claim has it, else by its report.

    A day that the sentence names by "on" and that is past counts before the day of the report.
    """
    day, given = told.day, told.claim.date
    if day is None:
        return None
    if given is not None and given.end is not None and day - _RECENT <= given.end <= day:
        return max(given.start or given.end, day - _RECENT), given.end
    text = told.claim.sentence.quote
    for match in _SPOKEN.finditer(text):
        if _FINAL.search(text[max(0, match.start() - 14) : match.start()]) is None:
            found = named(match["when"], (day, day), over=True)
            if found is not None and found[1] <= day:
                return found
    if _YESTERDAY.search(text):
        return day - _DAY, day - _DAY
    return (day if _TODAY.search(text) else day - _DAY), day


def find(told: Told) -> Due | None:
    """Return when the words of a claim's sentence set a limit, or what its coder took for one.

    Of several the one nearest to the trigger counts, and a day that is named before a length.
    """
    spoken = uttered(told)
    if spoken is None:
        return None
    claim = told.claim
    middle = (claim.trigger.start + claim.trigger.end) / 2
    found = sorted(
        _sentence(claim, spoken),
        key=lambda due: (abs((due.quote.start + due.quote.end) / 2 - middle), due.quote.start),
    )
    spans = [due.quote for due in found if due.length is not None]
    fixed = [
        due for due in found
        if due.length is None and not any(due.quote.overlaps(span) for span in spans)
    ]  # fmt: skip
    return next(iter(fixed or found), None) or _coded(claim, spoken[1]) or _implied(claim, spoken)


def _sentence(claim: Claim, spoken: tuple[date, date]) -> Iterator[Due]:
    """Yield every limit that the words of a claim's sentence set."""
    text, start = claim.sentence.quote, claim.sentence.start
    for match, sets in matches(text):
        groups = match.groupdict()
        quote = Span(start + match.start(), start + match.end(), match[0])
        if groups.get("when"):
            over = _OVER.search(text[: match.end()]) is not None
            days = named(groups["when"], spoken, over=over)
            if days and days[1] - spoken[1] <= _FARTHEST:
                yield Due(*days, "explicit", quote, sets=sets)
        elif _ENDED.search(text) is None:
            yield _counted(groups["number"], groups["unit"], spoken, quote, sets=sets)


@lru_cache(maxsize=4096)
def matches(text: str) -> tuple[tuple[re.Match[str], bool], ...]:
    """Return where words may set a limit, and whether they do so whatever stands around them."""
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return ()
    return tuple((match, sets) for pattern, sets in _PATTERNS for match in pattern.finditer(text))


def _counted(
    number: str, unit: str, spoken: tuple[date, date], quote: Span, *, sets: bool
) -> Due:  # fmt: skip
    """Return the interval that a length of time ends in; hours end on a day or the next."""
    count = int(number) if number.isdigit() else _NUMBERS[number.lower()]
    if unit.lower() == "hour":
        low, high = count // 24, -(-count // 24)
    else:
        low = high = count * _UNITS[unit.lower()]
    start, end = spoken[0] + timedelta(low), spoken[1] + timedelta(high)
    return Due(start, end, "relative", quote, max(high, 1), sets)


def _coded(claim: Claim, day: date) -> Due | None:
    """Return the deadline that the coder or an analyst found, if its words set a limit."""
    given = claim.deadline
    if given is None or given.end is None or given.end < day:
        return None
    sentence = claim.sentence
    before = sentence.quote[: max(0, given.span.start - sentence.start)]
    if not (_LED.search(before) or _LEADING.search(given.span.quote)):
        return None
    return Due(max(given.start or given.end, day), given.end, "explicit", given.span)


def _implied(claim: Claim, spoken: tuple[date, date]) -> Due | None:
    match = _IMPLICIT.search(claim.sentence.quote)
    if match is None:
        return None
    quote = _span(claim.sentence, match)
    return Due(spoken[0], spoken[1] + timedelta(7), "implicit", quote, 7)


def _span(sentence: Span, match: re.Match[str]) -> Span:
    return Span(sentence.start + match.start(), sentence.start + match.end(), match[0])
