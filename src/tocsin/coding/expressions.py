"""What period a whole time expression means, with those in which others are nested.

The first rule that matches and can tell wins; where none can, there is no date, and the anchor is
never one by default.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from tocsin.coding import dates, periods, relative
from tocsin.coding.counts import either, numerals
from tocsin.coding.days import (
    DAY,
    Period,
    View,
    coarser,
    one,
    period,
    share,
    shifted,
    unit_of,
    year_of,
)
from tocsin.coding.patterns import FRAGMENTS, WORDS, Rule, count, rule

_SPAN = re.compile(rf"\b{either(WORDS.spans)}\b")
_ZONE = either(WORDS.zones)
_FIGURES = rf"\d{{1,2}}(?:[:.]\d\d)? ?(?:am|pm|o'clock)(?: {_ZONE})?|\d{{1,2}}:\d\d(?: {_ZONE})?"
_CLOCK = re.compile(
    rf"\b(?:at |around |about |by |shortly |before |after |until |from )*(?:{_FIGURES}"
    rf"|\d{{3,4}} ?(?:{_ZONE}|hours|hrs)|\d{{1,2}} (?:{_ZONE})"
    rf"|\d{{1,2}} in the {either(WORDS.hours)})\b"
    rf"|(?:\b(?:in|at|on|during|around|before|after|by) )?\b(?:the )?"
    rf"(?:(?:early |late |mid |later )?{either(WORDS.hours)}(?: hours)?|(?:early|small) hours)"
    rf"(?: of)?\b(?: {_ZONE})?"
)
_LEAD = re.compile(
    r"(?:(?:only|just|even|also|as (?:early|late|recently|soon) as|about|around|roughly|back"
    r"|approximately|some|sometime|some time|exactly|not until|starting|beginning|effective"
    r"|post|pre|shortly|a good part of|much of|most of|all of|all|through"
    r"|(?:nearly|almost|more than|less than|fewer than|at least|over|well over|up to|close to)"
    r"(?! \d+$)) )*"
    r"(?:(?:on|at|in|during|over(?! \d+$)|throughout|within|as of|of|dated|for|through) )?"
)
_OWNED = re.compile(
    rf"^(?:(?:its|their|our|his|her|my|your|a|an) [a-z]+ (?={FRAGMENTS['NTH']} (?:quarter|half)\b)"
    r"|(?:its|their|our|his|her|my|your) (?=(?:\w+ ){0,2}(?:quarter|half|period)\b)"
    rf"|an? (?={FRAGMENTS['NTH']} (?:quarter|half)\b))"
)
_EDGE = re.compile(
    r"(?:early|late|later|earlier|shortly)(?: on)? "
    rf"(?=(?:on )?(?:{FRAGMENTS['WEEKDAY']}|yesterday|today)\b)"
)
_MOST = 24  # words of the longest expression
_ONE = re.compile("[12]\\d{3}")
_SPELLED = re.compile(
    r"\b([a-z]+teen|twenty)[ -](?:(hundred)\b|oh?[ -]([a-z]+)|([a-z]+)((?:[ -][a-z]+)?))"
)
_NUMBERED = re.compile(
    rf"\b(?:({FRAGMENTS['MONTH']}) (?:the )?({either(WORDS.ordinals)})"
    rf"|({either(WORDS.ordinals)}) (?:day )?of ({FRAGMENTS['MONTH']})"
    rf"|({either(WORDS.ordinals)}) (?=century|anniversary))\b"
)
_NAME = rf"(?:{FRAGMENTS['MONTH']}|{FRAGMENTS['WEEKDAY']})"
_HYPHEN = re.compile(
    rf"(?<![a-z])(?!{_NAME}-{_NAME}\b)([a-z]+)-(?=[a-z])|(?<=\d)-(?=year|day|week|month|hour)"
    r"|(?:(?<=post)|(?<=mid)|(?<=pre))-(?=\d)"
)


def simplified(text: str) -> str:
    """Return an expression in small letters without commas, genitives and spelled numbers."""
    text = re.sub("[–—‑]", "-", text.casefold()).replace("’", "'").strip(' .,;:!?"“”`')
    text = re.sub(r" *- *", "-", text)
    text = re.sub(r"(?<![a-z0-9])'(\d\d)(?![\ds])", _century, text)
    text = re.sub(r" ?'s?(?= |$|-)", "", text)
    text = re.sub(r"\b([ap])\. ?m\b\.?", r"\1m", text)
    text = re.sub(r"[,()]|(?<=[a-z])\.(?!\d)|(?<=\d)\.(?= |$)", " ", text)
    text = re.sub(r"\b(?:a )?couple(?: of)?\b", "2", re.sub(r"\ba few\b", "few", text))
    text = _SPAN.sub(lambda m: WORDS.spans[m[0]], text)
    text = _HYPHEN.sub(lambda m: (m[1] or "") + " ", _SPELLED.sub(_spelled, text))
    text = numerals(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text))
    text = re.sub(
        r"\b(\d{1,2})(?:\.5| and a half| 1/2) years?",
        lambda m: f"{12 * int(m[1]) + 6} months",
        text,
    )
    text = _NUMBERED.sub(_numbered, " ".join(text.split()))
    return " ".join(text.split())


def _century(match: re.Match[str]) -> str:
    """Return the year that its last two figures after an apostrophe stand for."""
    return ("20" if int(match[1]) < 40 else "19") + match[1]


def _spelled(match: re.Match[str]) -> str:
    """Return a year in figures that is spelled as two numbers: "nineteen ninety-six"."""
    first, hundred, single, word, more = match.groups()
    century = 100 * _figure(first)
    if hundred:
        return str(century)
    if single:
        return str(century + _figure(single)) if _figure(single) else match[0]
    both, alone = _figure(word + more), _figure(word)
    if 10 < both < 100:
        return str(century + both)
    return f"{century + alone}{more}" if 9 < alone < 100 else match[0]


def _figure(words: str) -> int:
    """Return the number that words spell, or 0."""
    figures = numerals(words.replace("-", " "))
    return int(figures) if figures.isdigit() else 0


def _numbered(match: re.Match[str]) -> str:
    """Return a day of the month, or a century, with its number in figures."""
    if match[5]:
        return f"{WORDS.ordinals[match[5]]} "
    month, number = match[1] or match[4], match[2] or match[3]
    return f"{month} {WORDS.ordinals[number]}"


@lru_cache(maxsize=8192)  # expressions nest, so that each part would be read again and again
def resolved(plain: str, view: View) -> Period | None:
    """Return what an expression means as it stands, else without the words that do not matter."""
    if plain.count(" ") >= _MOST:
        return None
    bare = " ".join(_CLOCK.sub(" ", plain).split())
    core = _EDGE.sub("", bare)
    owned = _OWNED.sub("the ", _led(plain))
    for form in dict.fromkeys((plain, _led(plain), _led(core), owned)):
        found = _apply(form, view)
        if found is not None:
            return found
    if _led(core + " ").strip() in ("", "today") and bare != plain:
        return _clock(view)
    return None


def _clock(view: View) -> Period | None:
    """Return the day told last, for a time of the day alone."""
    try:
        return replace(view.last("day"), rules=("clock",))
    except ValueError:
        return None


def _led(plain: str) -> str:
    """Return an expression without the prepositions and particles before it."""
    return re.sub(r" (?:or so|as a whole|alone)$", "", _LEAD.sub("", plain, count=1))


def _apply(plain: str, view: View) -> Period | None:
    """Return what the first rule that can tell makes of a plain expression."""
    found = (each.period(plain, view) for each in RULES)
    return next((period for period in found if period is not None), None)


@rule(r"(?:ever )?since (.+)")
def _since(match: re.Match[str], view: View) -> Period | None:
    found = resolved(match[1], replace(view, tense="past", firm=True))
    if found is None or found.start is None or (view.anchor and found.start > view.anchor):
        return None
    return replace(found, end=view.anchor)


@rule(r"(?:on )?(?:the )?eve of (.+)")
def _eve(match: re.Match[str], view: View) -> Period | None:
    found = resolved(match[1], view)
    if found is None or found.start is None or found.precision not in ("day", "days"):
        return None
    return one(found.start - DAY)


@rule(r"(?:the )?(day|night|evening|week|month|year) (before|after) (.+)")
def _beside(match: re.Match[str], view: View) -> Period | None:
    """Return the unit just before or after a time that is named with it."""
    found = resolved(match[3], view)
    if found is None or found.start is None or found.end is None:
        return None
    unit = match[1] if match[1] in ("week", "month", "year") else "day"
    before = match[2] == "before"
    days = unit_of(unit, found.start if before else found.end, -1 if before else 1)
    return period(days, relative.KINDS[unit])


@rule(r"(N) (UNIT)s? (before|after|from) (.+)")
def _counted(match: re.Match[str], view: View) -> Period | None:
    """Return the time so many units before or after one that is named with it."""
    found = resolved(match[4], view)
    if found is None or found.start is None or match[2] == "hour":
        return None
    step = -1 if match[3] == "before" else 1
    least, most = (step * n for n in count(match[1]))
    first, last = sorted(
        (shifted(found.start, match[2], least), shifted(found.start, match[2], most))
    )
    if match[2] in ("day", "week"):
        return Period(first, last, "day" if first == last else "days")
    return period((unit_of(match[2], first, 0)[0], unit_of(match[2], last, 0)[1]),
                  relative.KINDS[match[2]])  # fmt: skip


@rule(r"(by|until|till|before|ahead of|(?:no|not) later than|prior to|up to|through) (.+)")
def _term(match: re.Match[str], view: View) -> Period | None:
    """Return the days up to a term; one that is not yet over begins at the anchor."""
    if _CLOCK.fullmatch(match[2]):
        return None
    past = match[1] in ("until", "till", "up to", "through") and view.tense in ("past", "near")
    found = resolved(match[2], view if past else replace(view, tense="future"))
    if found is None or found.start is None:
        return None
    early = match[1] in ("before", "ahead of", "prior to")
    end = found.start - DAY if early else found.end
    running = not past and view.anchor is not None and end is not None and end >= view.anchor
    return Period(view.anchor if running else None, end, found.precision)


@rule(r"(?:from |between )?(\d\d?)(?:-| to | and | or )(\d\d?) (?:of )?(MONTH(?: YEAR)?)")
def _days_of_month(match: re.Match[str], view: View) -> Period | None:
    return _spanned(f"{match[1]} {match[3]}", f"{match[2]} {match[3]}", view)


@rule(r"(?:from |between )?(MONTH) (\d\d?)(?:-| to | and | or | through )(\d\d?)((?: YEAR)?)")
def _month_with_days(match: re.Match[str], view: View) -> Period | None:
    month, year = match[1], match[4]
    return _spanned(f"{month} {match[2]}{year}", f"{month} {match[3]}{year}", view)


@rule(r"(?:from |between )?([12]\d)(\d\d)(?:-|/| to | until | and )(?:([12]\d))?(\d\d)")
def _years(match: re.Match[str], _view: View) -> Period | None:
    first, last = int(match[1] + match[2]), int((match[3] or match[1]) + match[4])
    if " and " in match[0] and not match[0].startswith("b") and last != first + 1:
        return None
    return Period(year_of(first)[0], year_of(last)[1], "year") if first < last else None


@rule(r"(?:from|between) (.+?) (?:to|until|till|through|and) (.+)")
def _between(match: re.Match[str], view: View) -> Period | None:
    return _spanned(match[1], match[2], view)


@rule(
    r"((?:.* )?(?:WEEKDAY|MONTH|PART YEAR)\b.*?)"
    r"(?: to | through | and (?:(?:1|another|again|also|then|others) )?| or |-)"
    r"((?:.* )?(?:WEEKDAY|MONTH|PART YEAR)\b.*)"
)
def _joined(match: re.Match[str], view: View) -> Period | None:
    return _spanned(match[1], match[2], view)


def _spanned(first: str, last: str, view: View) -> Period | None:
    """Return the days from one expression to another; a year on the last serves both."""
    shared = bool(_ONE.search(last)) and not _ONE.search(first)
    if view.tense == "future" and not shared:
        start = resolved(first, view)
        end = resolved(last, replace(view, anchor=start.end)) if start else None
    else:
        end = resolved(last, view)
        start = resolved(first, View(end.start, "past")) if end else None
    if not start or not end or not start.start or not end.end or start.start > end.end:
        return None
    both = coarser(start.precision, end.precision)
    return Period(start.start, end.end, "days" if both == "day" else both)


@rule(r"(?:the )?(?P<n>first|last|final) (?P<k>N) (?P<unit>UNIT)s (?:of|in) (?P<of>.+)")
def _stretch(match: re.Match[str], view: View) -> Period | None:
    """Return the first or last days, weeks or months of a period."""
    whole = resolved(
        match["of"], replace(view, tense="past" if view.tense == "none" else view.tense)
    )
    if whole is None or whole.start is None or whole.end is None:
        return None
    number = count(match["k"])[1]
    if match["n"] == "first":
        return Period(whole.start, shifted(whole.start, match["unit"], number) - DAY, "days")
    return Period(shifted(whole.end + DAY, match["unit"], -number), whole.end, "days")


@rule(r"(?:the )?(?P<n>first|last|final|second|third|\d\d?) day of (?P<of>.+)")
def _nth_day(match: re.Match[str], view: View) -> Period | None:
    """Return one day of a period, by its number."""
    whole = resolved(match["of"], view)
    if whole is None or whole.start is None or whole.end is None:
        return None
    if match["n"] in ("last", "final"):
        return one(whole.end)
    number = WORDS.ordinals.get(match["n"]) or int(match["n"])
    day = whole.start + (number - 1) * DAY
    return one(day) if day <= whole.end else None


@rule(r"from (.+)")
def _from(match: re.Match[str], view: View) -> Period | None:
    found = resolved(match[1], view)
    return replace(found, end=None) if found and found.start else None


@rule(r"(?P<part>PART)(?: in| of)? (?P<of>(?!(?:after|before|by|since|until|within) ).+)")
def _part(match: re.Match[str], view: View) -> Period | None:
    """Return a part of a period that some other rule tells."""
    found = resolved(match["of"], view)
    if found is None or found.start is None or found.end is None:
        return None
    start, end = share(match["part"], found.days)
    return replace(found, start=start, end=end)


@rule(r"(?:earlier|later|late|early|sometime|as early as)(?: in| on)? (?P<of>.+)")
def _loosely(match: re.Match[str], view: View) -> Period | None:
    return resolved(match["of"], view)


@rule(r"this (?:[a-z]+ )?(?:moment|stage|juncture)")
def _moment(_match: re.Match[str], _view: View) -> Period:
    return Period(None, None, "present")


@rule("|".join(f"(?P<{side}>{either(words)})" for side, words in WORDS.vague.items()))
def _vague(match: re.Match[str], _view: View) -> Period | None:
    side = match.lastgroup
    return Period(
        None, None, "past" if side == "past" else "future" if side == "future" else "present"
    )


RULES: tuple[Rule, ...] = (
    *dates.RULES,
    *relative.RULES,
    *periods.RULES,
    _since,
    _eve,
    _counted,
    _beside,
    _term,
    _days_of_month,
    _month_with_days,
    _years,
    _between,
    _joined,
    _stretch,
    _nth_day,
    _part,
    _from,
    _loosely,
    _moment,
    _vague,
)
# What expressions are made of: the patterns of all rules and of what they leave out.
PATTERNS = (
    *(each.pattern.pattern for each in RULES),
    _CLOCK.pattern,
    _LEAD.pattern,
    *WORDS.ordinals,
)
