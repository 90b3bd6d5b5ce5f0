"""Words that tell time, and rules written with them.

A rule is a pattern over the plain form of an expression (small letters, numbers in digits, no
commas) with a function that returns the period it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Struct, convert

from tocsin.coding.counts import either
from tocsin.coding.days import Period, View
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse

Act = Callable[[re.Match[str], View], "Period | None"]


class _Words(Struct, frozen=True):
    weekdays: dict[str, int]
    months: dict[str, int]
    seasons: dict[str, int]
    feasts: dict[str, tuple[int, int]]
    floating: dict[str, tuple[int, int, int]]
    easter: dict[str, int]
    orthodox: dict[str, int]
    islamic: dict[str, tuple[tuple[int, int, int], ...]]
    hebrew: dict[str, tuple[int, int]]
    ordinals: dict[str, int]
    decades: dict[str, int]
    spans: dict[str, str]
    recent: dict[str, int]
    few: tuple[int, int]
    hours: tuple[str, ...]
    zones: tuple[str, ...]
    vague: dict[str, tuple[str, ...]]
    plain: frozenset[str]
    openings: frozenset[str]
    doubtful: frozenset[str]
    forward: frozenset[str]
    backward: frozenset[str]
    moving: frozenset[str]
    goals: frozenset[str]


def _load() -> _Words:
    file = packaged("lexicon") / "en" / "times.yml"
    return convert(parse(file.read_text(encoding="utf-8")), _Words, strict=False)


WORDS = _load()
FEASTS = frozenset(
    {
        *WORDS.feasts,
        *WORDS.floating,
        *WORDS.easter,
        *WORDS.orthodox,
        *WORDS.islamic,
        *WORDS.hebrew,
    }
)
FRAGMENTS = {
    "WEEKDAY": either(WORDS.weekdays),
    "MONTH": either(WORDS.months),
    "SEASON": either(WORDS.seasons),
    "FEAST": either(FEASTS),
    "YEAR": r"[12]\d{3}",
    "UNIT": "(?:hour|day|week|weekend|month|quarter|year|decade)",
    "N": r"(?:\d{1,4}|an?|few|several|many)",
    "NTH": r"(?:first|second|third|fourth|fifth|last|final)",
    "PART": "(?:early|mid|late"
    "|(?:the )?(?:very )?(?:beginning|start|middle|end|close|(?:first|second|last) half"
    "|early part|latter part)(?: of)?)",
}
_PLACES = re.compile(r"\b(?:" + "|".join(FRAGMENTS) + r")\b")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and what period an expression means that it matches."""

    name: str
    pattern: re.Pattern[str]
    act: Act

    def period(self, plain: str, view: View) -> Period | None:
        """Return the period of a plain expression, or None where the rule cannot tell."""
        match = self.pattern.fullmatch(plain)
        if match is None:
            return None
        try:
            found = self.act(match, view)
        except (ValueError, OverflowError):  # 30 February, the year 0, no anchor, nothing told
            return None
        return found.under(self.name) if found else None


def rule(pattern: str) -> Callable[[Act], Rule]:
    """Return a decorator that makes a rule; capitals in its pattern name fragments."""
    compiled = re.compile(_PLACES.sub(lambda m: FRAGMENTS[m[0]], pattern))
    return lambda act: Rule(act.__name__.strip("_").replace("_", " "), compiled, act)


def count(words: str) -> tuple[int, int]:
    """Return the least and most that a count means: "a" is one, "few" is two to five."""
    if words in ("few", "several", "many"):
        return WORDS.few
    return (1, 1) if words in ("a", "an") else (int(words), int(words))
