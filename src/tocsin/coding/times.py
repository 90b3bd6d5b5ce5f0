"""Days that a time expression means, read against the day an article was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.coding.days import VAGUE, Open, Period, Precision, Tense, View, shifted
from tocsin.coding.expressions import resolved, simplified
from tocsin.coding.mentions import LONGEST, SAMPLE, find, samples
from tocsin.coding.patterns import count
from tocsin.coding.tense import nearby
from tocsin.ontology import glosses

_CUE = r"(?:by|until|till|before|no later than|not later than|ahead of|within|in|over)"
_DEADLINE = re.compile(rf"\b{_CUE} ")
_LIMIT = re.compile(
    r"\b(\d{1,4}|an?)[ -](hour|day|week|month)s?(?: (?:deadline|ultimatum|notice)| to )"
)
_LEADING = frozenset({"until", "till", "effective"})
KEPT = 12  # times told before that an expression may hang on


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means: its days and precision, or no days and the reason for none."""

    start: date | None
    end: date | None
    precision: Precision | None
    because: str
    bound: bool = False

    @property
    def period(self) -> Period | None:
        """Return the period to read the next expressions against, if it has days.

        A term ("by Friday", "since May") only bounds a time; nothing is counted from it.
        """
        if self.bound or self.start is None or self.precision is None or self.precision in VAGUE:
            return None
        return Period(self.start, self.end, self.precision)


def resolve(text: str, anchor: date | None, *, tense: Tense = "past") -> Open | None:
    """Return the first and last day an expression means, or None if it cannot be told.

    An open end is None. Weekdays and months without a year are the latest up to the anchor in the
    past, the next after it in the future, the closer with tense near, and not told with tense none.
    """
    found = resolved(simplified(glosses.timed(text)), View(anchor, tense))
    return (found.start, found.end) if found and (found.start or found.end) else None


def read(
    text: str,
    anchor: date | None,
    *,
    tense: Tense = "past",
    told: Sequence[Period] = (),
    sure: bool = True,
) -> Meaning:
    """Return what an expression means, and why; `told` are the times of the text before it.

    A tense that is not sure, since no verb was seen, gives way where the other side is far closer.
    """
    plain = simplified(glosses.timed(text))
    found = resolved(plain, View(anchor, tense, tuple(told), sure))
    if found is None:
        return Meaning(None, None, None, _why_not(plain, anchor, tense))
    if found.precision in VAGUE and found.start is None:
        return Meaning(None, None, found.precision, f"{found.precision}, but it names no days")
    rules = " of ".join(found.rules)
    return Meaning(
        found.start,
        found.end,
        found.precision,
        f"rule “{rules}”, {_basis(plain, found, anchor, tense)}",
        bound=found.rules[0] in ("term", "since", "from", "within", "lasting"),
    )


def scan(
    sentences: Iterable[Sequence[str]], anchor: date | None, *, tense: Tense | None = None
) -> Iterator[tuple[int, int, int, Meaning]]:
    """Yield each expression of a text: its sentence, where it starts and ends, what it means.

    Without a tense, that of the words about each expression is taken.
    """
    told: tuple[Period, ...] = ()
    for number, words in enumerate(sentences):
        for start, end in find(words):
            led = words[start].casefold() in _LEADING
            side = tense or nearby(words[: start + led], words[end:])
            meaning = read(
                joined(words[start:end]), anchor, tense=side, told=told, sure=tense is not None
            )
            told = (*told, *([meaning.period] if meaning.period else []))[-KEPT:]
            yield number, start, end, meaning


def joined(words: Sequence[str]) -> str:
    """Return words in one string; a genitive or a full stop stands against the word before it."""
    return re.sub(r" (?=['’]s?\b|[.,])", "", " ".join(words))


def _basis(plain: str, found: Period, anchor: date | None, tense: Tense) -> str:
    """Return in words what an expression was read against."""
    if resolved(plain, View(None, tense)) == found:
        return "by itself"
    here = {resolved(plain, View(anchor, side)) for side in ("past", "near", "future", "none")}
    if found not in here:
        return "from a time told before"
    if len(here) == 1 or anchor is None or found.start in (None, anchor):
        return f"from {anchor}"
    ahead = found.start is not None and found.start > anchor
    return f"from {anchor}, looking {'ahead' if ahead else 'back'}"


def _why_not(plain: str, anchor: date | None, tense: Tense) -> str:
    """Return why an expression means no days."""
    sample = anchor or SAMPLE
    if anchor is None and resolved(plain, View(sample, tense)):
        return "it hangs on the day of publication, which is not known"
    if resolved(plain, View(sample, "past")):
        return "it could lie before the day of publication or after it"
    if resolved(plain, View(sample, "future")):
        return "it looks ahead of a time that the text does not name"
    if resolved(plain, View(sample, "past", samples(shifted(sample, "year", -1)))):
        return "it hangs on another time, and the text has told none before"
    if re.fullmatch(r"\d\d?([/.-])\d\d?\1\d{2,4}", plain):
        return "day and month could stand in either order"
    return "no rule reads it as days"


def deadline(text: str, anchor: date | None) -> Open | None:
    """Return from when and until which day a text sets a term, or None if it sets none."""
    plain, view = simplified(glosses.timed(text)), View(anchor, "future")
    for cue in _DEADLINE.finditer(plain):
        words = plain[cue.start() :].split()[: LONGEST + 1]
        for size in range(len(words), 1, -1):
            found = resolved(" ".join(words[:size]), view)
            if (
                found
                and found.end
                and (words[0] not in ("in", "over") or _ahead(found.start, anchor))
            ):
                return found.start, found.end
    limit = _LIMIT.search(plain)
    if limit is None or anchor is None:
        return None
    return anchor, shifted(anchor, limit[2], count(limit[1])[1])


def _ahead(start: date | None, anchor: date | None) -> bool:
    """Return whether a day is the anchor or after it."""
    return anchor is not None and start is not None and start >= anchor
