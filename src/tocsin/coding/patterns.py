"""Words that tell time, and rules written with them.

A rule is a pattern over the plain form of an expression (small letters, numbers in digits, no
commas) with a function that returns its first and last day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Struct, convert

from tocsin.coding.counts import either
from tocsin.coding.days import Open, View
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse

Act = Callable[[re.Match[str], View], "Open | None"]


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


WORDS = _load()
FRAGMENTS = {
    "WEEKDAY": either(WORDS.weekdays),
    "MONTH": either(WORDS.months),
    "SEASON": either(WORDS.seasons),
    "FEAST": either(WORDS.feasts),
    "YEAR": r"[12]\d{3}",
    "UNIT": "(?:hour|day|week|month|year|decade)",
    "N": r"(?:\d{1,4}|an?|few|several)",
    "PART": "(?:early|mid|late"
    "|(?:the )?(?:beginning|start|middle|end|(?:first|second) half)(?: of)?)",
}
_PLACES = re.compile(r"\b(?:" + "|".join(FRAGMENTS) + r")\b")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and what days an expression means that it matches."""

    pattern: re.Pattern[str]
    act: Act

    def days(self, plain: str, view: View) -> Open | None:
        """Return the days of a plain expression, or None where the rule cannot tell."""
        match = self.pattern.fullmatch(plain)
        if match is None:
            return None
        try:
            return self.act(match, view)
        except (ValueError, OverflowError):  # 30 February, the year 0, or no anchor
            return None


def rule(pattern: str) -> Callable[[Act], Rule]:
    """Return a decorator that makes a rule; capitals in its pattern name fragments."""
    compiled = re.compile(_PLACES.sub(lambda m: FRAGMENTS[m[0]], pattern))
    return lambda act: Rule(compiled, act)


def count(words: str) -> tuple[int, int]:
    """Return the least and most that a count means: "a" is one, "few" is two to five."""
    if words in ("few", "several"):
        return WORDS.few
    return (1, 1) if words in ("a", "an") else (int(words), int(words))
