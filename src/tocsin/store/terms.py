"""What stands behind a field's colon: codes, names, numbers, dyads and days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.base.errors import QueryError
from tocsin.records.query import FIELDS, Days, Dyad, Field, Form, Node, Op, either, every

FIRST, LAST = date(1000, 1, 1), date(2999, 12, 31)  # days that a search may name
QUOTED = r'"(?:\\.|[^"\\])*"|“[^”]*”'
_SHOWN = 30  # characters of a wrong value that an error repeats
_LISTED = 30  # values that an error lists; of more, it names the nearest only

_EITHER = re.compile(rf'({QUOTED}|[^~"“]+)~({QUOTED}|[^~"“]+)', re.DOTALL)
_DIRECTED = re.compile(rf'({QUOTED}|[^-"“]+)-({QUOTED}|[^-"“]+)', re.DOTALL)
_COMPARED = re.compile(r"(<=|>=|<|>)(.*)", re.DOTALL)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_SHARE = re.compile(r"[01]|[01]?\.\d{1,4}", re.ASCII)
_WHEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_AGO = re.compile(r"(\d{1,4})([dwm])", re.ASCII)
_OPS: Mapping[str, Op] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
_COUNT_HINT = "expected a number of people such as `10`, `>10`, `5..20`"
_SHARE_HINT = "expected a comparison such as `>=0.6` or a range such as `0.5..0.8`, from 0 to 1"
_DAY_HINT = "expected a day such as `2024-11-21`, `2024-11`, `2024`, `today`, `yesterday`, `7d`"

Known = Mapping[str, Collection[str]]
_Range = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a search is read against: the day it is, and the values that fields may take."""

    today: date | None
    known: Known


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field as it stands in the text, its quotes included."""

    field: str
    text: str
    at: int
    frame: Frame

    @property
    def words(self) -> str:
        """The value without quotes; QueryError where it is empty, half quoted or a pattern."""
        quoted = re.fullmatch(QUOTED, self.text, re.DOTALL)
        words = " ".join(unquoted(self.text).split()) if quoted else self.text
        if not words:
            raise fault(self.at, f"an empty value of `{self.field}`; expected one")
        if not quoted and re.search('["“]', words):
            raise fault(self.at, f"{shown(words)}: expected quotes around the whole value")
        if not quoted and "*" in words:
            message = f"{shown(words)}: `*` stands for endings of words of the text, not of values"
            raise fault(self.at, message)
        return words


def fault(at: int, message: str) -> QueryError:
    """Return the error at a character of the search."""
    return QueryError(f"at {at}: {message}", at)


def shown(value: str) -> str:
    """Return a piece of the search as errors print it."""
    return f"`{value if len(value) <= _SHOWN else value[:_SHOWN] + '...'}`"


def guess(value: str, among: Collection[str], end: str = "") -> str:
    """Return a question after the name that was meant, empty where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415

    spelt = {name.casefold(): name for name in among}
    near = get_close_matches(value.casefold()[:_SHOWN], spelt, n=1)
    return f"; did you mean `{spelt[near[0]]}{end}`?" if near else ""


def unquoted(text: str) -> str:
    """Return what stands between quotes; within straight ones a backslash keeps what follows."""
    inner = text[1:-1]
    return re.sub(r"\\(.)", r"\1", inner, flags=re.DOTALL) if text[0] == '"' else inner


def asked(name: str, values: list[Value]) -> Node:
    """Return what a field with these values asks for: that it holds one of them."""
    form = FIELDS[name]
    if form.kind in {"name", "code", "choice"}:
        return Field(name, "in", tuple(dict.fromkeys(_coded(value, form) for value in values)))
    readers: dict[str, Callable[[Value], Node]] = {
        "pair": _pair,
        "flag": _flag,
        "share": _number,
        "count": _number,
    }
    return either(*(readers.get(form.kind, _dated)(value) for value in values))


def _coded(value: Value, form: Form) -> str:
    """Return a value in the spelling that records have it in."""
    words, allowed = value.words, form.choices or value.frame.known.get(value.field)
    if allowed is not None:
        spelt = {name.casefold(): name for name in allowed}
        if words.casefold() in spelt:
            return spelt[words.casefold()]
        listed = f"; expected {', '.join(sorted(allowed))}" if len(allowed) <= _LISTED else ""
        near = guess(words, allowed)
        raise fault(value.at, f"{shown(words)} is no {value.field}{near or listed}")
    return {"upper": words.upper(), "lower": words.lower(), None: words}[form.case]


def _pair(value: Value) -> Node:
    match = _EITHER.fullmatch(value.text)
    directed = match is None
    match = match or _DIRECTED.fullmatch(value.text)
    if match is None:
        message = (
            f"{shown(value.text)} is no dyad; expected `ISR-IRQ` for who to whom, `ISR~IRQ` for "
            "either way, quotes around names with a hyphen or space"
        )
        raise fault(value.at, message)
    sides = (Value(value.field, side, value.at, value.frame).words for side in match.groups())
    first, second = sides if directed else sorted(sides)
    return Field(value.field, "pair", Dyad(first, second, directed))


def _flag(value: Value) -> Node:
    answer = {"yes": True, "no": False}.get(value.words.lower())
    if answer is None:
        message = f"{shown(value.words)} behind `{value.field}:`; expected `yes` or `no`"
        raise fault(value.at, message)
    return Field(value.field, "is", answer)


def _number(value: Value) -> Node:
    compared = _COMPARED.fullmatch(value.words)
    if compared:
        return Field(value.field, _OPS[compared[1]], _figure(compared[2], value))
    low, dots, high = value.words.partition("..")
    if not dots and FIELDS[value.field].kind == "share":  # hardly any claim has just that one
        raise fault(value.at, f"{shown(value.words)} behind `{value.field}:`; {_SHARE_HINT}")
    if not dots:
        return Field(value.field, "=", _figure(low, value))
    limits: list[Field] = []
    if low or not high:
        limits.append(Field(value.field, ">=", _figure(low, value)))
    if high:
        limits.append(Field(value.field, "<=", _figure(high, value)))
    if low and high and _figure(low, value) > _figure(high, value):
        raise fault(value.at, f"{shown(value.words)} ends before it begins; turn it round")
    return every(*limits)


def _figure(text: str, value: Value) -> float:
    share = FIELDS[value.field].kind == "share"
    number = float(text) if (_SHARE if share else _COUNT).fullmatch(text) else -1.0
    if number < 0 or (share and number > 1):
        hint = _SHARE_HINT if share else _COUNT_HINT
        raise fault(value.at, f"{shown(value.words)} behind `{value.field}:`; {hint}")
    return number if share else int(number)


def _dated(value: Value) -> Node:
    """Return the limits of days that a value sets."""
    form = FIELDS[value.field]
    try:
        start, end = _days(form, value)
    except (OverflowError, ValueError):  # a thirteenth month, the day before the first
        raise fault(value.at, f"{shown(value.words)} is no day; {_DAY_HINT}") from None
    for day in (start, end):
        if day and not FIRST <= day <= LAST:
            message = f"{shown(value.words)}: expected days from {FIRST} to {LAST}"
            raise fault(value.at, message)
    if start and end and start > end:
        raise fault(value.at, f"{shown(value.words)} ends before it begins; turn it round")
    return Field(form.of or value.field, "within", Days(start, end))


def _days(form: Form, value: Value) -> _Range:
    words = value.words
    if form.kind == "since":
        return _when(words, value)[0], None
    if form.kind != "days":
        return _limited({"after": ">", "before": "<"}[form.kind], _when(words, value))
    compared = _COMPARED.fullmatch(words)
    if compared:
        return _limited(compared[1], _when(compared[2], value))
    low, dots, high = words.partition("..")
    if dots:
        start = _when(low, value)[0] if low or not high else None
        return start, _when(high, value)[1] if high else None
    # People mean the last seven days by it as often as the one day.
    if _AGO.fullmatch(words.lower()) and value.field != "on":
        message = f"{shown(words)} alone is one day; write `{value.field}:{words}..` for all since"
        raise fault(value.at, message)
    return _when(words, value)


def _limited(sign: str, days: tuple[date, date]) -> _Range:
    """Return the days before, up to, from or after some days."""
    start, end = days
    one = timedelta(1)
    limits: dict[str, Callable[[], _Range]] = {
        "<": lambda: (None, start - one),
        "<=": lambda: (None, end),
        ">": lambda: (end + one, None),
        ">=": lambda: (start, None),
    }
    return limits[sign]()


def _when(words: str, value: Value) -> tuple[date, date]:
    """Return the first and the last day that a day, a month or a year names."""
    match = _WHEN.fullmatch(words)
    if match:
        year, month, day = match.groups()
        start = date(int(year), int(month or 1), int(day or 1))
        if day:
            return start, start
        last = int(month or 12)
        return start, date(start.year, last, monthrange(start.year, last)[1])
    ago = _AGO.fullmatch(words.lower())
    if ago is None and words.lower() not in {"today", "yesterday"}:
        raise ValueError(words)
    today = value.frame.today
    if today is None:
        raise fault(value.at, f"{shown(words)} counts from today, and no day is given as today")
    if ago is None:
        found = today - timedelta(words.lower() == "yesterday")
    elif ago[2] == "m":
        found = _months(today, int(ago[1]))
    else:
        found = today - timedelta(int(ago[1]) * {"d": 1, "w": 7}[ago[2]])
    return found, found


def _months(today: date, back: int) -> date:
    """Return the same day so many months ago, or the last of a month that is too short."""
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
