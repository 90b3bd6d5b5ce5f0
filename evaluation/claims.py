"""Coded claims beside gold ones, class by class: types, modality, modes, roles, chains, hedges."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.align import Mark, Tally, loosely, places
from evaluation.texts import spans

Row = Mapping[str, Any]
# The roles of a claim, under the name that its edges have, and the field that holds them.
ROLES = {
    "actor": "actors",
    "recipient": "recipients",
    "speaker": "attribution",
    "place": "place",
    "date": "date",
    "condition": "condition",
}
# Words by which reporters keep clear of what they report.
HEDGES = (
    "may", "might", "could", "would", "reportedly", "allegedly", "alleged", "suspected", "likely",
    "believed", "apparently", "appeared", "possible", "possibly", "unconfirmed", "claimed", "if",
)  # fmt: skip
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold claim and a coded one whose triggers share a word; either may be missing.

    `sentence` holds the words that the gold claim stands in.
    """

    gold: Row | None
    said: Row | None
    sentence: str = ""

    @property
    def typed(self) -> bool:
        """Whether both are there and of one type."""
        return bool(self.gold and self.said and self.gold["type"] == self.said["type"])


def paired(gold: Row, said: Row) -> list[Pair]:
    """Return the claims of an article in pairs, then those that nothing was found for."""
    theirs, ours = gold["claims"], said["claims"]
    found = places([_mark(c) for c in theirs], [_mark(c) for c in ours])
    left, right = {i for i, _ in found}, {j for _, j in found}
    words = [_sentence(gold, claim) for claim in theirs]
    met = [Pair(theirs[i], ours[j], words[i]) for i, j in found]
    missed = [Pair(claim, None, words[i]) for i, claim in enumerate(theirs) if i not in left]
    added = [Pair(None, claim) for j, claim in enumerate(ours) if j not in right]
    return met + missed + added


def _sentence(article: Row, claim: Row) -> str:
    start, end = (claim.get("sentence") or (0, 0))[:2]
    return str(article.get("text", ""))[start:end]


def _mark(claim: Row) -> Mark:
    start, end = claim["trigger"][:2]
    return Mark(0, start, end, claim["type"], claim["modality"])


def tables(pairs: Iterable[Pair]) -> dict[str, dict[str, Tally]]:
    """Return what was true, said and right, by table and class."""
    out: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for one in pairs:
        for side, other in ((one.gold, "gold"), (one.said, "said")):
            if side is not None:
                _count(out["type"][side["type"]], other, one.typed)
        if one.typed and one.gold and one.said:
            _fields(out, one.gold, one.said)
        if one.gold is not None:
            _hedged(out["hedge: claim found and typed"], one)
    return {name: dict(sorted(rows.items())) for name, rows in out.items()}


def _count(tally: Tally, side: str, right: bool) -> None:  # noqa: FBT001
    tally.add(side == "gold", side == "said", right and side == "gold")


def _fields(out: dict[str, dict[str, Tally]], gold: Row, said: Row) -> None:
    """Count the fields of a claim that was found and typed."""
    for side, claim in (("gold", gold), ("said", said)):
        right = gold["modality"] == said["modality"]
        _count(out["modality"][claim["modality"]], side, right)
        for mode in claim.get("modes") or ():
            both = mode in (gold.get("modes") or ()) and mode in (said.get("modes") or ())
            _count(out["mode"][f"{claim['type']} {mode}"], side, both)
    for role, field in ROLES.items():
        true, ours = spans(gold, field), spans(said, field)
        out["role"][role].add(len(true), len(ours), loosely(true, ours))
    chain, told = gold.get("attribution") or [], said.get("attribution") or []
    right = len(chain) == len(told) and all(map(_same, chain, told))
    out["speakers in the chain"][str(len(chain))].add(1, 1, right)


def _same(one: Row, other: Row) -> bool:
    a, b = one.get("span"), other.get("span")
    if a and b and a[0] < b[1] and b[0] < a[1]:
        return True
    return str(one["name"]).casefold() == str(other["name"]).casefold()


def _hedged(rows: dict[str, Tally], one: Pair) -> None:
    found = set(re.findall(r"[a-z]+", one.sentence.lower())) & set(HEDGES)
    for word in found or {NOTHING}:
        rows[word].add(1, 1, one.typed)


def confusion(pairs: Iterable[Pair]) -> dict[str, Counter[str]]:
    """Return for each type, or none, how often each was said for it."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for one in pairs:
        gold = one.gold["type"] if one.gold else NOTHING
        out[gold][one.said["type"] if one.said else NOTHING] += 1
    return dict(out)


def confused(table: Mapping[str, Counter[str]]) -> Iterator[tuple[int, str, str]]:
    """Yield the types taken for others, or missed, the commonest first."""
    rows = [(n, gold, said) for gold, row in table.items() for said, n in row.items()]
    yield from sorted((r for r in rows if r[1] != r[2]), reverse=True)
