"""Which of the numbers that claims give speak of the whole event, and which gainsay each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from math import inf

from tocsin.fusion.case import Case
from tocsin.fusion.told import Told
from tocsin.fusion.words import folded
from tocsin.records.claim import Count

# Groups that name nobody in particular, whom any number may count.
ANYBODY = frozenset({
    "person", "persons", "people", "other", "others", "victims", "dead", "death", "deaths",
    "bodies", "casualties", "more", "them",
})  # fmt: skip
# An open number with one of these words counts from below; without them it is some out of many.
BOUNDS = frozenset({"least", "more", "over", "than", "exceeded", "above", "upwards", "dozens"})
# What a number says where it says one: "up to 24" only gives its range that low bound.
_ONE = re.compile(r"(?<![\w.,])(?:1|an?|one|uno?|una)(?![\w,])")
Counted = tuple[Told, Count]


def count_of(row: Told, kind: str) -> Count | None:
    """Return the number of one kind that a claim gives."""
    found: Count | None = getattr(row.claim, kind)
    return found


def given(case: Case, kind: str) -> Sequence[Counted]:
    """Return all numbers of one kind, in order."""
    return case.counted.get(kind, ())


def wholes(case: Case, kind: str) -> list[Counted]:
    """Return the numbers that stand for the whole event, in order.

    Running totals hold more than the event, "one of its soldiers" less. Of several numbers that one
    article has from one origin the largest is the whole and the others are parts of it ("five in
    Haris and four in Talousa"). Numbers of another group ("100 attackers" beside 17 soldiers) and
    what was taken back do not count.
    """
    if not (every := given(case, kind)):
        return []
    most: dict[tuple[str, str], Counted] = {}
    for row, count in _scope(case, [pair for pair in every if _counts(case, *pair)]):
        where = (row.byline.article, case.report[row.claim.id].origin)
        if where not in most or stated(count) > stated(most[where][1]):
            most[where] = row, count
    place = {row.claim.id: at for at, row in enumerate(case.rows)}
    return sorted(most.values(), key=lambda pair: place[pair[0].claim.id])


def against(case: Case, kind: str) -> Iterator[tuple[Told, Told]]:
    """Yield pairs of claims whose numbers cannot both be right.

    Ranges are disjoint, and the later number is no growth of the earlier: it is of the same day, or
    lower. Only the last word of each origin counts.
    """
    last = {case.report[row.claim.id].origin: (row, count) for row, count in wholes(case, kind)}
    found = list(last.values())
    for at, (one, first) in enumerate(found):
        for other, second in found[at + 1 :]:
            grown = second.low > first.low and _after(one.day, other.day)
            if disjoint(first, second) and not grown:
                yield one, other


def updates(case: Case, kind: str) -> Iterator[tuple[Told, Told]]:
    """Yield a claim and the earlier one whose number it replaces: newer, and another number."""
    before: list[Counted] = []
    for row, count in wholes(case, kind):
        for other, theirs in reversed(before):
            own = case.apart([row], [other])
            grown = disjoint(theirs, count) and count.low > theirs.low
            changed = (theirs.low, theirs.high) != (count.low, count.high)
            if _after(other.day, row.day) and (grown or (not own and changed)):
                yield row, other
                break
        before.append((row, count))


def disjoint(one: Count, other: Count) -> bool:
    """Return whether no number fits both."""
    return top(one) < other.low or top(other) < one.low


def top(count: Count) -> float:
    """Return the high bound, infinity where there is none."""
    return inf if count.high is None else count.high


def capped(count: Count) -> bool:
    """Return whether a number only says how many at most: "up to 24", "fewer than 30"."""
    bounded = count.high is not None and count.low <= 1 < count.high
    return bounded and _ONE.search(count.span.quote.lower()) is None


def stated(count: Count) -> int:
    """Return the number that a text gives: the low bound, the high one if it has only that."""
    return count.high if capped(count) and count.high is not None else count.low


def shown(row: Told, kind: str) -> str:
    """Return the number that a claim gives, for people to read."""
    count = count_of(row, kind)
    if count is None:
        return "unknown"
    if count.high is None:
        return f"{count.low} or more"
    if capped(count):
        return f"up to {count.high}"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"


def _after(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def _counts(case: Case, row: Told, count: Count) -> bool:
    """Return whether a number is one of the event, still held, and no part of another."""
    if count.cumulative or case.report[row.claim.id].stance == "retracts":
        return False
    part = count.high is None and BOUNDS.isdisjoint(folded(count.span.quote).split())
    return not part and row.byline.article not in case.fallen


def _scope(case: Case, counted: Sequence[Counted]) -> list[Counted]:
    """Return the numbers without those of other groups that who counts the main one counts, too.

    The main group is the one that most origins count, or the first. What other origins call those
    they count ("patients" for "people") makes no other group of them.
    """
    groups: dict[str, set[str]] = {}
    for row, count in counted:
        groups.setdefault(_group(count), set()).add(case.report[row.claim.id].origin)
    named = [name for name in groups if name]
    if len(named) < 2:
        return list(counted)
    main = max(named, key=lambda name: (len(groups[name]), -named.index(name)))
    rest = {name for name in named if name != main and groups[name] & groups[main]}
    return [pair for pair in counted if _group(pair[1]) not in rest]


def _group(count: Count) -> str:
    """Return the noun for those who are counted, empty where it may be anybody."""
    found = folded(count.group.quote).split() if count.group else []
    head = next((word for word in found if word not in {"the", "of", "its", "a", "an"}), "")
    return "" if head in ANYBODY else head
