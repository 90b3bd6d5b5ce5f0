"""Days that a time expression means, read against the day an article was published.

A rule is a pattern over the plain form of an expression (small letters, numbers in digits, no
commas) with a function that returns its first and last day. The first rule that matches and can
tell wins; where none can, there is no date, and the anchor is never one by default.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from msgspec import Struct, convert

from tocsin.coding.counts import either, numerals
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse

Tense = Literal["past", "future", "none"]
Days = tuple[date, date]
Open = tuple[date | None, date | None]


class _Words(Struct, frozen=True):
    weekdays: dict[str, int]
    months: dict[str, int]
    seasons: dict[str, int]
    feasts: dict[str, tuple[int, int]]
    recent: dict[str, int]
    few: tuple[int, int]
    hours: tuple[str, ...]
    doubtful: frozenset[str]


def _load() -> _Words:
    file = packaged("lexicon") / "en" / "times.yml"
    return convert(parse(file.read_text(encoding="utf-8")), _Words, strict=False)


@dataclass(frozen=True, slots=True)
class _View:
    """Where the writer stands, and which way the expression looks."""

    anchor: date | None
    tense: Tense

    @property
    def now(self) -> date:
        """Return the anchor; without one nothing relative can be told."""
        if self.anchor is None:
            raise ValueError("no anchor")
        return self.anchor

    def nearest(self, ahead: Days, back: Days) -> Days | None:
        """Return the occurrence on the side that the tense looks to, cut off at the anchor."""
        if self.tense == "past":
            return back[0], min(back[1], self.now)
        return (max(ahead[0], self.now), ahead[1]) if self.tense == "future" else None


Act = Callable[[re.Match[str], _View], "Open | None"]

_W = _load()
_DAY = timedelta(days=1)
_LEAST, _MOST = 1000, 2999  # years that news and its history speak of
_FRAGMENTS = {
    "WEEKDAY": either(_W.weekdays),
    "MONTH": either(_W.months),
    "SEASON": either(_W.seasons),
    "FEAST": either(_W.feasts),
    "YEAR": r"[12]\d{3}",
    "UNIT": "(?:hour|day|week|month|year|decade)",
    "N": r"(?:\d{1,4}|an?|few|several)",
    "PART": "(?:early|mid|late"
    "|(?:the )?(?:beginning|start|middle|end|(?:first|second) half)(?: of)?)",
}
_PLACES = re.compile(r"\b(?:" + "|".join(_FRAGMENTS) + r")\b")
_RULES: list[tuple[re.Pattern[str], Act]] = []

_CLOCK = re.compile(
    rf"(?:\b(?:in|at|on|during)? ?\b(?:the )?"
    rf"(?:(?:early |late )?{either(_W.hours)}(?: hours)?|(?:early|small) hours)(?: of)?\b)"
    r"|\b(?:at )?\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|gmt|local time)\b"
)
_LEAD = re.compile(
    r"(?:(?:only|just|even|also|as (?:early|late|recently) as|about|around|roughly|nearly|back) )*"
    r"(?:(?:on|at|in|during|over|throughout|within|as of|of|dated) )?"
)
_EDGE = re.compile(
    r"(?:early|late|later|earlier)(?: on)? (?=(?:on )?{WEEKDAY}\b)".format(**_FRAGMENTS)
)
_CUE = r"(?:by|until|till|before|no later than|not later than|ahead of|within|in|over)"
_DEADLINE = re.compile(rf"\b{_CUE} ")
_LIMIT = re.compile(
    r"\b(\d{1,4}|an?)[ -](hour|day|week|month)s?(?: (?:deadline|ultimatum|notice)| to )"
)
_HINT = re.compile(
    rf"\d|(?:{_FRAGMENTS['WEEKDAY']}|{_FRAGMENTS['MONTH']}|{_FRAGMENTS['SEASON']}|christmas|new"
    r"|(?:hour|day|week|month|year|decade|quarter|century|weekend)s?|yesterday|today|tonight"
    r"|tomorrow|overnight)\.?"
)
_LAST = frozenset({*_W.hours, "ago", "now", "time", "eve", "gmt", "am", "pm", "a.m.", "p.m."})
_LONGEST = 10  # words of a time expression
_ALONE = re.compile(r"now|\d+|(?:the )?(?:year|month|week|day)")


def resolve(text: str, anchor: date | None, *, tense: Tense = "past") -> Open | None:
    """Return the first and last day an expression means, or None if it cannot be told.

    An open end is None. Weekdays and months without a year are the latest up to the anchor in the
    past, the next after it in the future, and not told with tense none.
    """
    return _resolved(_plain(text), _View(anchor, tense))


def deadline(text: str, anchor: date | None) -> Open | None:
    """Return from when and until which day a text sets a term, or None if it sets none."""
    plain, view = _plain(text), _View(anchor, "future")
    for cue in _DEADLINE.finditer(plain):
        words = plain[cue.start() :].split()[: _LONGEST + 1]
        for size in range(len(words), 1, -1):
            days = _resolved(" ".join(words[:size]), view)
            if days and days[1] and (words[0] not in ("in", "over") or _ahead(days, anchor)):
                return days
    limit = _LIMIT.search(plain)
    if limit is None or anchor is None:
        return None
    return anchor, _shifted(anchor, limit[2], _count(limit[1])[1])


def find(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where time expressions stand among the words of a sentence, the longest first choice.

    Only what `resolve` can tell is yielded; names that are other words too ("May", "Sun") need a
    number or a preposition beside them.
    """
    at = 0
    while at < len(words):
        end = _end(words, at)
        if end:
            yield at, end
        at = end or at + 1


def _end(words: Sequence[str], at: int) -> int | None:
    """Return where the longest expression that starts at a word ends."""
    for end in range(min(at + _LONGEST, len(words)), at, -1):
        held = words[at:end]
        if not any(_HINT.fullmatch(w.casefold()) or w[:1].isdigit() for w in held):
            return None
        if _edge(held) and _certain(held) and _known(" ".join(held)):
            return end
    return None


def _edge(words: Sequence[str]) -> bool:
    """Return whether the first and last word can be those of a time: no mark, no genitive."""
    last = words[-1].casefold()
    ends = last[:1].isdigit() or _HINT.fullmatch(last) or last in _LAST
    return words[0][:1].isalnum() and bool(ends)


def _certain(words: Sequence[str]) -> bool:
    """Return whether the words can hardly be anything but a time."""
    names = [w for w in words if w.casefold().strip(".") in (_W.weekdays.keys() | _W.months.keys())]
    if any(name.islower() for name in names):
        return False
    if len(words) > 1:
        return words[0].casefold() != "of"
    plain = words[0].casefold().strip(".")
    return plain not in _W.doubtful and plain not in _W.seasons and not _ALONE.fullmatch(plain)


@lru_cache(maxsize=8192)
def _known(text: str) -> bool:
    """Return whether an expression means some day, whichever way it looks."""
    sample = date(2010, 6, 16)
    return any(resolve(text, sample, tense=tense) for tense in ("past", "future"))


def _plain(text: str) -> str:
    """Return an expression in small letters without commas, genitives and spelled numbers."""
    text = re.sub("[–—‑]", "-", text.casefold()).replace("’", "'")
    text = re.sub(r" ?'s?(?= |$)", "", text)
    text = re.sub(r"\b([ap])\.m\.?", r"\1m", text)
    text = re.sub(r"[,()]|(?<=[a-z])\.", " ", text)
    text = re.sub(r"\b(?:a )?couple of\b", "2", re.sub(r"\ba few\b", "few", text))
    text = numerals(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text))
    return " ".join(re.sub(r"\s*-\s*", "-", text).replace("mid-", "mid ").split())


def _resolved(plain: str, view: _View) -> Open | None:
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


def _apply(plain: str, view: _View) -> Open | None:
    """Return what the first rule that can tell makes of a plain expression."""
    for pattern, act in _RULES:
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        try:
            days = act(match, view)
        except (ValueError, OverflowError):  # 30 February, the year 0, or no anchor
            continue
        if days is not None:
            return days
    return None


def _rule(pattern: str) -> Callable[[Act], Act]:
    """Return a decorator that adds a rule; capitals in its pattern name fragments."""
    compiled = re.compile(_PLACES.sub(lambda m: _FRAGMENTS[m[0]], pattern))

    def add(act: Act) -> Act:
        _RULES.append((compiled, act))
        return act

    return add


# Arithmetic of days


def _ahead(days: Open, anchor: date | None) -> bool:
    """Return whether an interval begins at the anchor or after it."""
    return anchor is not None and days[0] is not None and days[0] >= anchor


def _month(year: int, month: int) -> Days:
    """Return the first and last day of a month; month 0 and 13 are in the years beside."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _year(year: int) -> Days:
    if not _LEAST <= year <= _MOST:
        raise ValueError("not a year of history")
    return date(year, 1, 1), date(year, 12, 31)


def _unit(unit: str, day: date, offset: int) -> Days:
    """Return the calendar day, week, month or year so many before or after that of a day."""
    if unit == "day":
        return day + offset * _DAY, day + offset * _DAY
    if unit == "week":
        monday = day + (7 * offset - day.weekday()) * _DAY
        return monday, monday + 6 * _DAY
    if unit == "month":
        return _month(day.year, day.month + offset)
    if unit == "decade":
        first = day.year // 10 * 10 + 10 * offset
        return date(first, 1, 1), date(first + 9, 12, 31)
    return _year(day.year + offset)


def _shifted(day: date, unit: str, number: int) -> date:
    """Return the day so many units later, or earlier; hours count as begun days."""
    if unit == "hour":
        return day + (number // 24 if number < 0 else -(-number // 24)) * _DAY
    if unit in ("day", "week"):
        return day + number * (7 if unit == "week" else 1) * _DAY
    months = number * {"month": 1, "year": 12, "decade": 120}[unit]
    first, last = _month(day.year, day.month + months)
    return min(first + (day.day - 1) * _DAY, last)


def _count(words: str) -> tuple[int, int]:
    """Return the least and most that a count means: "a" is one, "few" is two to five."""
    if words in ("few", "several"):
        return _W.few
    return (1, 1) if words in ("a", "an") else (int(words), int(words))


def _share(part: str | None, days: Days) -> Days:
    """Return the part of a period: thirds when early, mid or late, or halves."""
    if not part:
        return days
    half = "half" in part
    months = (days[1].year - days[0].year) * 12 + days[1].month - days[0].month + 1
    size = months // (2 if half else 3) if months > 1 else (15 if half else 10)

    def cut(number: int) -> date:
        first = days[0]
        whole = months > 1
        return _month(first.year, first.month + number)[0] if whole else first + number * _DAY

    if part.startswith("mid") or "middle" in part:
        return cut(size), cut(2 * size) - _DAY
    if part.startswith("late") or "end" in part.split():
        return cut(2 * size), days[1]
    return (cut(size), days[1]) if "second half" in part else (days[0], cut(size) - _DAY)


def _weekday(day: date, weekday: int, step: int) -> date:
    """Return the nearest such weekday strictly after a day (step 1) or before it (step -1)."""
    return day + step * ((step * (weekday - day.weekday()) - 1) % 7 + 1) * _DAY


def _periods(view: _View, part: str | None, make: Callable[[int], Days]) -> Days | None:
    """Return the yearly period that is nearest the way the tense looks."""
    years = [_share(part, make(view.now.year + step)) for step in (-2, -1, 0, 1, 2)]
    back = max(days for days in years if days[0] <= view.now)
    ahead = min(days for days in years if days[1] > view.now)
    return view.nearest(ahead, back)


_STEPS = {"last": -1, "this": 0, "next": 1, "previous": -1, "past": -1, "coming": 1}
_AHEAD = frozenset({"next", "coming"})
_ONE = re.compile("[12]\\d{3}")


# Days named as such


@_rule(r"([12]\d{3})-(\d\d?)-(\d\d?)")
def _iso(match: re.Match[str], _view: _View) -> Open | None:
    day = date(int(match[1]), int(match[2]), int(match[3]))
    return day, day


@_rule(r"(\d\d?)[/.](\d\d?)[/.]([12]\d{3})")
def _slashed(match: re.Match[str], _view: _View) -> Open | None:
    """Return a day in figures where only one order of day and month is possible."""
    first, second = int(match[1]), int(match[2])
    if (first > 12) == (second > 12) and first != second:
        return None
    day = date(int(match[3]), min(first, second), max(first, second))
    return day, day


@_rule(
    r"(?:(?:early |late |later |earlier )?(?:today|tonight)|(?:right )?now|at present"
    r"|this (?:morning|afternoon|evening)|(?:N) minutes? ago)"
)
def _today(_match: re.Match[str], view: _View) -> Open | None:
    return view.now, view.now


@_rule(
    r"(?:late |early |earlier )?(last night|yesterday|tomorrow|overnight"
    r"|the day before yesterday|the day after tomorrow)"
)
def _beside(match: re.Match[str], view: _View) -> Open | None:
    if match[1] == "overnight":
        return (view.now - _DAY, view.now) if view.tense == "past" else None
    step = 1 if "tomorrow" in match[1] else -1
    day = view.now + step * (2 if match[1].startswith("the ") else 1) * _DAY
    return day, day


@_rule(r"(?:(last|past|this|next|coming) )?(WEEKDAY)")
def _on_weekday(match: re.Match[str], view: _View) -> Open | None:
    weekday = _W.weekdays[match[2]]
    if match[1] in _AHEAD or (match[1] not in ("last", "past") and view.tense == "future"):
        day = _weekday(view.now, weekday, 1)
    elif match[1] in ("last", "past"):
        day = _weekday(view.now, weekday, -1)
    elif view.tense == "past":
        day = _weekday(view.now + _DAY, weekday, -1)
    else:
        return None
    return day, day


@_rule(r"(?:(?P<a>WEEKDAY)(?: of)? )?(?P<step>last|this|next) week(?: on)?(?: (?P<b>WEEKDAY))?")
def _in_week(match: re.Match[str], view: _View) -> Open | None:
    """Return a weekday of the last, this or the next week."""
    name = match["a"] or match["b"]
    if not name:
        return None
    day = _unit("week", view.now, _STEPS[match["step"]])[0] + _W.weekdays[name] * _DAY
    return day, day


@_rule(
    r"(?:WEEKDAY )?(?:the )?"
    r"(?:(?P<d>\d\d?) (?:of )?(?P<m>MONTH)|(?P<n>MONTH) (?:the )?(?P<e>\d\d?))"
    r"(?: (?:of )?(?P<y>YEAR|last year|this year|next year))?"
)
def _dated(match: re.Match[str], view: _View) -> Open | None:
    month, number = _W.months[match["m"] or match["n"]], int(match["d"] or match["e"])
    if match["y"]:
        day = date(_named_year(match["y"], view), month, number)
        return day, day
    return _yearly(view, month, number)


@_rule(r"(?:(?:last|this|next) )?(FEAST)(?: (?:of )?(YEAR))?")
def _feast(match: re.Match[str], view: _View) -> Open | None:
    month, number = _W.feasts[match[1]]
    if match[2]:
        day = date(int(match[2]), month, number)
        return day, day
    return _yearly(view, month, number)


def _yearly(view: _View, month: int, number: int) -> Days | None:
    """Return the nearest such day of a year, the anchor itself included."""
    if view.tense == "none":
        return None
    step = 1 if view.tense == "future" else -1
    for year in range(view.now.year, view.now.year + 9 * step, step):
        if number <= calendar.monthrange(year, month)[1]:
            day = date(year, month, number)
            if (day - view.now).days * step >= 0:
                return day, day
    return None


def _named_year(words: str, view: _View) -> int:
    """Return the year that figures, or a step from this year, name."""
    return int(words) if words.isdigit() else view.now.year + _STEPS[words.partition(" ")[0]]


# Months, years and longer


@_rule(
    r"(?:(?P<part>PART)(?: in)? )?(?:(?P<step>last|this|next) )?(?P<m>MONTH)"
    r"(?:(?: of| in)? (?P<y>YEAR|last year|this year|next year))?"
)
def _in_month(match: re.Match[str], view: _View) -> Open | None:
    month, part = _W.months[match["m"]], match["part"]
    if match["y"]:
        return _share(part, _month(_named_year(match["y"], view), month))
    if match["step"] == "this":
        return _share(part, _month(view.now.year, month))
    if match["step"]:
        return _stepped(
            match["step"], part, [_month(view.now.year + n, month) for n in (-1, 0, 1)], view
        )
    return _periods(view, part, lambda year: _month(year, month))


def _stepped(step: str, part: str | None, periods: list[Days], view: _View) -> Days | None:
    """Return the last period that is over, or the next that has not begun."""
    if step in _AHEAD:
        return next((_share(part, p) for p in periods if p[0] > view.now), None)
    return next((_share(part, p) for p in reversed(periods) if p[1] < view.now), None)


@_rule(r"(?:the )?(?:(?P<part>PART)(?: in)? )?(?:the year )?(?P<y>YEAR)")
def _in_year(match: re.Match[str], _view: _View) -> Open | None:
    return _share(match["part"], _year(int(match["y"])))


@_rule(r"(?:the )?(?:(?P<part>PART) )?(?:the )?(?P<d>1[5-9]\d0|20\d0|'?[2-9]0)s")
def _in_decade(match: re.Match[str], _view: _View) -> Open | None:
    first = int(match["d"].strip("'"))
    first += 1900 if first < 100 else 0
    return _share(match["part"], (date(first, 1, 1), date(first + 9, 12, 31)))


@_rule(r"(?:the )?(?:(?P<part>PART) )?(?:the )?(?P<c>1\d|2[01]) century")
def _in_century(match: re.Match[str], _view: _View) -> Open | None:
    last = int(match["c"]) * 100
    return _share(match["part"], (date(last - 99, 1, 1), date(last, 12, 31)))


@_rule(
    r"(?:the )?(?:(?P<part>PART) )?(?:the )?(?:(?P<step>last|past|this|next) )?(?P<s>SEASON)"
    r"(?:(?: of)? (?P<y>YEAR))?"
)
def _in_season(match: re.Match[str], view: _View) -> Open | None:
    """Return a northern season; the winter "of 2012" may be either of two."""
    month = _W.seasons[match["s"]]

    def season(year: int) -> Days:
        return _month(year, month)[0], _month(year, month + 2)[1]

    if match["y"]:
        return None if month == 12 else _share(match["part"], season(int(match["y"])))
    if match["step"] in ("last", "past", "next"):
        periods = [season(view.now.year + n) for n in (-2, -1, 0, 1)]
        return _stepped(match["step"], match["part"], periods, view)
    return _periods(view, match["part"], season)


@_rule(
    r"(?:the )?(?:(?P<n>first|second|third|fourth|last) quarter(?: of)?|q(?P<q>[1-4])(?: of)?)"
    r"(?: (?P<y>YEAR|(?:last|this|next|the) year))?"
)
def _quarter(match: re.Match[str], view: _View) -> Open | None:
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    month = 3 * (int(match["q"] or 0) or names[match["n"]]) - 2

    def quarter(year: int) -> Days:
        return _month(year, month)[0], _month(year, month + 2)[1]

    if match["y"]:
        return quarter(_named_year(match["y"].replace("the ", "this "), view))
    return _periods(view, None, quarter)


# Periods counted from the anchor


@_rule(r"(?:(?P<step>the|this|last|past|next|coming) )?weekend")
def _weekend(match: re.Match[str], view: _View) -> Open | None:
    saturday = _unit("week", view.now, 0)[0] + 5 * _DAY
    weekends = [(saturday + 7 * n * _DAY, saturday + (7 * n + 1) * _DAY) for n in (-2, -1, 0, 1)]
    if match["step"] in ("last", "next"):
        return _stepped(match["step"], None, weekends, view)
    back = max(days for days in weekends if days[0] <= view.now)
    return view.nearest(min(days for days in weekends if days[1] > view.now), back)


@_rule(
    r"(?:(?P<part>PART|earlier|later)(?: in)? )?(?P<step>last|this|next|previous) "
    r"(?P<unit>week|month|year|decade)"
)
def _calendar(match: re.Match[str], view: _View) -> Open | None:
    days = _unit(match["unit"], view.now, _STEPS[match["step"]])
    part = match["part"]
    if match["step"] == "this":
        return _current(part, days, view)
    whole = match["unit"] == "week" or part in ("earlier", "later")
    return days if whole else _share(part, days)


@_rule(r"(?P<part>PART|earlier|later)(?: in)? the (?P<unit>day|week|month|year|decade)")
def _calendar_now(match: re.Match[str], view: _View) -> Open | None:
    return _current(match["part"], _unit(match["unit"], view.now, 0), view)


def _current(part: str | None, days: Days, view: _View) -> Days:
    """Return the running period up to the anchor, or from it on when the text looks ahead."""
    if part and part not in ("earlier", "later"):
        return days if (days[1] - days[0]).days < 7 else _share(part, days)
    later = part == "later" or (view.tense == "future" and part is None)
    return (view.now, days[1]) if later else (days[0], view.now)


@_rule(
    r"(?:(?:the|this) (?:past|last|previous|preceding)(?: (?P<n>N))?"
    r"|(?:past|last) (?P<k>\d{1,4}|few|several))"
    r" (?P<unit>UNIT)(?P<s>s?)"
)
def _past(match: re.Match[str], view: _View) -> Open | None:
    return _shifted(view.now, match["unit"], -_reach(match)), view.now


@_rule(r"(?:the )?(?:next|coming)(?: (?P<n>N))?(?P<k>) (?P<unit>UNIT)(?P<s>s?)")
def _coming(match: re.Match[str], view: _View) -> Open | None:
    return view.now, _shifted(view.now, match["unit"], _reach(match))


@_rule(r"(?:the )?(?:most )?recent (?P<n>)(?P<k>)(?P<unit>UNIT)(?P<s>s)")
def _recent(match: re.Match[str], view: _View) -> Open | None:
    return _shifted(view.now, match["unit"], -_reach(match)), view.now


def _reach(match: re.Match[str]) -> int:
    """Return how many units a period takes: as stated, one, or as many as "recent" does."""
    number = match["n"] or match["k"]
    if number:
        return _count(number)[1]
    return _W.recent[match["unit"]] if match["s"] else 1


@_rule(r"(N) (UNIT)s? ago")
def _ago(match: re.Match[str], view: _View) -> Open | None:
    """Return the day, or the calendar week, month or year, so long ago."""
    least, most = _count(match[1])
    if match[2] == "hour":
        return _shifted(view.now, "hour", -most), view.now - least // 24 * _DAY
    return _unit(match[2], view.now, -most)[0], _unit(match[2], view.now, -least)[1]


@_rule(r"(?:within|in (?:less|under|no more) than) (?:the )?(?:next )?(N) (UNIT)s?")
def _within(match: re.Match[str], view: _View) -> Open | None:
    return view.now, _shifted(view.now, match[2], _count(match[1])[1])


@_rule(r"in (N) (UNIT)s?(?: time)?|(N) (UNIT)s? from now")
def _hence(match: re.Match[str], view: _View) -> Open | None:
    if view.tense != "future":
        return None
    least, most = _count(match[1] or match[3])
    unit = match[2] or match[4]
    return _shifted(view.now, unit, least), _shifted(view.now, unit, most)


@_rule(
    r"for (?:(?:at least|more than|over|nearly|about|almost|up to) )?"
    r"(?:the )?(?:past |last |next )?"
    r"(?:(?P<n>N) )?(?P<k>)(?P<unit>UNIT)(?P<s>s?)"
)
def _lasting(match: re.Match[str], view: _View) -> Open | None:
    if view.tense == "none" or not (match["n"] or match["s"] or " the " in match[0]):
        return None
    if view.tense == "future":
        return view.now, _shifted(view.now, match["unit"], _reach(match))
    return _shifted(view.now, match["unit"], -_reach(match)), view.now


# One expression within another


@_rule(r"(?:ever )?since (.+)")
def _since(match: re.Match[str], view: _View) -> Open | None:
    days = _resolved(match[1], replace(view, tense="past"))
    if days is None or days[0] is None or (view.anchor and days[0] > view.anchor):
        return None
    return days[0], view.anchor


@_rule(r"(?:on )?(?:the )?eve of (.+)")
def _eve(match: re.Match[str], view: _View) -> Open | None:
    days = _resolved(match[1], view)
    if days is None or days[0] is None or days[0] != days[1]:
        return None
    return days[0] - _DAY, days[0] - _DAY


@_rule(r"(by|until|till|before|ahead of|(?:no|not) later than) (.+)")
def _term(match: re.Match[str], view: _View) -> Open | None:
    """Return the days up to a term; one that is not yet over begins at the anchor."""
    past = match[1] in ("until", "till") and view.tense == "past"
    days = _resolved(match[2], view if past else replace(view, tense="future"))
    if days is None or days[0] is None:
        return None
    end = days[0] - _DAY if match[1] in ("before", "ahead of") else days[1]
    running = not past and view.anchor is not None and end is not None and end >= view.anchor
    return (view.anchor if running else None), end


@_rule(r"(?:from |between )?(\d\d?)(?:-| to | and | or )(\d\d?) (?:of )?(MONTH(?: YEAR)?)")
def _days_month(match: re.Match[str], view: _View) -> Open | None:
    return _spanned(f"{match[1]} {match[3]}", f"{match[2]} {match[3]}", view)


@_rule(r"(?:from |between )?(MONTH) (\d\d?)(?:-| to | and | or )(\d\d?)((?: YEAR)?)")
def _month_days(match: re.Match[str], view: _View) -> Open | None:
    month, year = match[1], match[4]
    return _spanned(f"{month} {match[2]}{year}", f"{month} {match[3]}{year}", view)


@_rule(r"(?:from |between )?([12]\d)(\d\d)(?:-| to | until | and )(?:([12]\d))?(\d\d)")
def _years(match: re.Match[str], _view: _View) -> Open | None:
    first, last = int(match[1] + match[2]), int((match[3] or match[1]) + match[4])
    return (_year(first)[0], _year(last)[1]) if first < last else None


@_rule(r"(?:from|between) (.+?) (?:to|until|till|through|and) (.+)")
def _between(match: re.Match[str], view: _View) -> Open | None:
    return _spanned(match[1], match[2], view)


@_rule(
    r"((?:.* )?(?:WEEKDAY|MONTH|PART YEAR)\b.*?)(?: to | through | and |-)"
    r"((?:.* )?(?:WEEKDAY|MONTH|PART YEAR)\b.*)"
)
def _joined(match: re.Match[str], view: _View) -> Open | None:
    return _spanned(match[1], match[2], view)


def _spanned(first: str, last: str, view: _View) -> Open | None:
    """Return the days from one expression to another; a year on the last serves both."""
    shared = bool(_ONE.search(last)) and not _ONE.search(first)
    if view.tense == "future" and not shared:
        start = _resolved(first, view)
        end = _resolved(last, replace(view, anchor=start[1])) if start else None
    else:
        end = _resolved(last, view)
        start = _resolved(first, _View(end[0], "past")) if end else None
    if not start or not end or not start[0] or not end[1] or start[0] > end[1]:
        return None
    return start[0], end[1]
