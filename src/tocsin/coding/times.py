"""Days that a time expression means, read against the day an article was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from tocsin.coding.days import Open, Tense, View, shifted
from tocsin.coding.expressions import resolved, simplified
from tocsin.coding.patterns import FRAGMENTS, WORDS, count

_CUE = r"(?:by|until|till|before|no later than|not later than|ahead of|within|in|over)"
_DEADLINE = re.compile(rf"\b{_CUE} ")
_LIMIT = re.compile(
    r"\b(\d{1,4}|an?)[ -](hour|day|week|month)s?(?: (?:deadline|ultimatum|notice)| to )"
)
_HINT = re.compile(
    rf"\d|(?:{FRAGMENTS['WEEKDAY']}|{FRAGMENTS['MONTH']}|{FRAGMENTS['SEASON']}|christmas|new"
    r"|(?:hour|day|week|month|year|decade|quarter|century|weekend)s?|yesterday|today|tonight"
    r"|tomorrow|overnight)\.?"
)
_LAST = frozenset({*WORDS.hours, "ago", "now", "time", "eve", "gmt", "am", "pm", "a.m.", "p.m."})
_LONGEST = 10  # words of a time expression
_ALONE = re.compile(r"now|\d+|(?:the )?(?:year|month|week|day)")


def resolve(text: str, anchor: date | None, *, tense: Tense = "past") -> Open | None:
    """Return the first and last day an expression means, or None if it cannot be told.

    An open end is None. Weekdays and months without a year are the latest up to the anchor in the
    past, the next after it in the future, and not told with tense none.
    """
    return resolved(simplified(text), View(anchor, tense))


def deadline(text: str, anchor: date | None) -> Open | None:
    """Return from when and until which day a text sets a term, or None if it sets none."""
    plain, view = simplified(text), View(anchor, "future")
    for cue in _DEADLINE.finditer(plain):
        words = plain[cue.start() :].split()[: _LONGEST + 1]
        for size in range(len(words), 1, -1):
            days = resolved(" ".join(words[:size]), view)
            if days and days[1] and (words[0] not in ("in", "over") or _ahead(days, anchor)):
                return days
    limit = _LIMIT.search(plain)
    if limit is None or anchor is None:
        return None
    return anchor, shifted(anchor, limit[2], count(limit[1])[1])


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
    names = [
        w for w in words if w.casefold().strip(".") in (WORDS.weekdays.keys() | WORDS.months.keys())
    ]
    if any(name.islower() for name in names):
        return False
    if len(words) > 1:
        return words[0].casefold() != "of"
    plain = words[0].casefold().strip(".")
    return (
        plain not in WORDS.doubtful and plain not in WORDS.seasons and not _ALONE.fullmatch(plain)
    )


@lru_cache(maxsize=8192)
def _known(text: str) -> bool:
    """Return whether an expression means some day, whichever way it looks."""
    sample = date(2010, 6, 16)
    return any(resolve(text, sample, tense=tense) for tense in ("past", "future"))


def _ahead(days: Open, anchor: date | None) -> bool:
    """Return whether an interval begins at the anchor or after it."""
    return anchor is not None and days[0] is not None and days[0] >= anchor
