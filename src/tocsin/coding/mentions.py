"""Where time expressions stand among the words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from tocsin.coding.counts import numerals
from tocsin.coding.days import Period, Precision, View
from tocsin.coding.expressions import PATTERNS, resolved, simplified
from tocsin.coding.patterns import FEASTS, FRAGMENTS, WORDS
from tocsin.ontology import glosses
from tocsin.ontology.packs import spoken

_LENGTH = re.compile(r"(?:second|minute|hour|day|week|month|year|decade)s?")
_HINT = re.compile(
    rf"\d|(?:{FRAGMENTS['WEEKDAY']}|{FRAGMENTS['MONTH']}|{FRAGMENTS['SEASON']}|christmas|new"
    rf"|{'|'.join(sorted({w for name in FEASTS for w in name.split()} - {'day', 'of', 'all'}))}"
    r"|(?:hour|day|week|month|year|decade|quarter|century|weekend|half)s?|yesterday|today|tonight"
    rf"|tomorrow|overnight|then|{'|'.join(sorted({*WORDS.plain, *WORDS.hours}))}"
    r"|(?:mid|early|late)-\w+|mid)\.?"
)
_LAST = frozenset(
    {
        *WORDS.hours, *WORDS.zones, "ago", "time", "eve", "am", "pm", "a.m.", "p.m.", "later",
        "earlier", "before", "after", "hence", "ahead", "onwards",
    }
)  # fmt: skip
_PLAIN = WORDS.plain | {words for side in WORDS.vague.values() for words in side if " " in words}
LONGEST = 10  # words of a time expression
_ALONE = re.compile(
    rf"(?:about |around |nearly |over )?\d{{1,3}}|\d+|then|{'|'.join(WORDS.hours)}"
    r"|(?:the )?(?:year|month|week|day|quarter|half|period)|year ?end"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPOKEN = frozenset(re.findall(r"[a-z]+", " ".join([*PATTERNS, *WORDS.openings]))) | _LAST
SAMPLE = date(2098, 6, 16)  # a day after all that news dates
_KINDS: tuple[Precision, ...] = ("year", "quarter", "month", "day")


def find(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where time expressions stand among the words of a sentence, the longest first choice.

    What `resolve` can tell is yielded, alone or after another time; names that are other words
    too ("May", "Sun") need a number or a preposition beside them. Other languages than English have
    the expressions that their packs list.
    """
    if not spoken().english:
        yield from glosses.expressions(words)
        return
    at, before = 0, -1
    while at < len(words):
        end = _end(words, at) or _listed(words, before, at)
        if end:
            yield at, end
            before = end
        at = end or at + 1


def _listed(words: Sequence[str], before: int, at: int) -> int | None:
    """Return the end of a bare year that goes on a list of times: "in 2003, 2004 and 2006"."""
    joint = [w.casefold() for w in words[before:at]] if before > 0 else []
    year = bool(_YEAR.fullmatch(words[at])) and joint in ([","], ["and"], [",", "and"], ["or"])
    return at + 1 if year else None


def _end(words: Sequence[str], at: int) -> int | None:
    """Return where the longest expression that starts at a word ends."""
    first = words[at].casefold()
    if first not in WORDS.openings and not first[:1].isdigit() and not _HINT.fullmatch(first):
        return None
    stop = at
    while stop < min(at + LONGEST, len(words)) and _fits(words[stop].casefold()):
        stop += 1
    for end in range(stop, at, -1):
        held = words[at:end]
        if not any(_HINT.fullmatch(w.casefold()) or w[:1].isdigit() for w in held):
            return None
        if _compound(words[end : end + 2]) or _titled(words, at, end):
            continue
        if _open(held, words[end : end + 1]) or _broken(held):
            continue
        if _edge(held) and _certain(held) and _known(" ".join(held)):
            return end
    return None


def _broken(held: Sequence[str]) -> bool:
    """Return whether a length stands behind a comma: "last night, two days" are two."""
    return any(
        word == "," and len(held) > at + 2 and _LENGTH.fullmatch(held[at + 2].casefold())
        for at, word in enumerate(held)
    )


@lru_cache(maxsize=8192)
def _fits(word: str) -> bool:
    """Return whether a word, or what its hyphens join, is of those that the rules speak of."""
    parts = word.replace(".", "").split("-")
    return all(
        not part.isalnum()
        or not part.isalpha()
        or part in _SPOKEN
        or part.removesuffix("s") in _SPOKEN
        or numerals(part).isdigit()
        for part in parts
    )


def _compound(after: Sequence[str]) -> bool:
    """Return whether the words after an expression make it say how long or old: "week - long"."""
    return len(after) > 1 and after[0] == "-" and after[1].casefold() in ("long", "old")


def _titled(words: Sequence[str], at: int, end: int) -> bool:
    """Return whether a lone word is part of a name, as in "Russia Today"."""
    word = words[at]
    lone = end == at + 1 and word.istitle() and word.casefold() in ("today", "tomorrow", "now")
    return lone and at > 0 and words[at - 1][-1:].isalnum()


def _open(held: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether an expression hangs on what follows: "two days after they left"."""
    first, last = held[0].casefold(), held[-1].casefold()
    follows = bool(after) and after[0][:1].isalnum()
    if " ".join(held).casefold() in WORDS.plain | {"most recently", "more recently"} and follows:
        return last == "soon" and after[0].casefold() in ("after", "as", "enough")
    if last in ("after", "before"):
        return follows
    if last.endswith("s") and follows and after[0].casefold() == "of" and not _counted(held):
        return True  # "the last days of the war"
    if last == "fall":  # of a town, or of the year
        return first not in ("in", "last", "this", "next", "early", "late", "during") or (
            follows and after[0].casefold() == "of"
        )
    return False


def _counted(held: Sequence[str]) -> bool:
    """Return whether an expression has a number, or is a decade's."""
    return any(w[:1].isdigit() or numerals(w.casefold()).isdigit() for w in held)


def _edge(words: Sequence[str]) -> bool:
    """Return whether the first and last word can be those of a time: no mark, no genitive."""
    last = words[-1].casefold()
    ends = last[:1].isdigit() or _HINT.fullmatch(last) or last in _LAST
    doubled = [w.casefold() for w in words[:2]] == ["on", "for"]  # "the war raged on for years"
    return words[0][:1].isalnum() and bool(ends) and not doubled


def _certain(words: Sequence[str]) -> bool:
    """Return whether the words can hardly be anything but a time."""
    names = [
        w for w in words if w.casefold().strip(".") in (WORDS.weekdays.keys() | WORDS.months.keys())
    ]
    if any(name.islower() for name in names):
        return False
    if len(words) > 1:
        return words[0].casefold() != "of" and not _ALONE.fullmatch(simplified(" ".join(words)))
    plain = words[0].casefold().strip(".")
    return (
        plain not in WORDS.doubtful and plain not in WORDS.seasons and not _ALONE.fullmatch(plain)
    )


@lru_cache(maxsize=8192)
def _known(text: str) -> bool:
    """Return whether an expression means some day, whichever way it looks."""
    plain = simplified(text)
    told = samples(SAMPLE)
    found = [resolved(plain, View(SAMPLE, tense, told)) for tense in ("past", "future")]
    return any(p and (p.start or p.end) for p in found) or plain in _PLAIN


def samples(day: date) -> tuple[Period, ...]:
    """Return times as if told before, to try expressions that hang on one."""
    return tuple(Period(day, day, kind) for kind in _KINDS)
