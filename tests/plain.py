"""What a search finds, by going through all records one by one: slow, short and easy to check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from tests.shelves import Shelved
from tocsin.base import text
from tocsin.records import query as q
from tocsin.records.claim import Claim, Participant

VERDICTS = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
fold = cache(text.fold)


@cache
def _words(words: str) -> tuple[str, ...]:
    return tuple(fold(words).split())


Finding = Callable[[Shelved, Claim | None], bool]


def found(shelf: Sequence[Shelved], query: q.Query) -> list[str]:
    """Return the ids of all that a search finds, in its order."""
    rows: list[tuple[date, int, str]] = []
    living = "version" not in q.names(query.where)
    for of in shelf:
        if living and of.state != "live":
            continue
        day = of.article.published.day if of.article.published else date.min
        kept = [one.id for one in of.claims if _holds(query.where, of, one)]
        if query.kind == "articles":
            kept = [of.article.id] if _article(query.where, of) else []
        rows += [(day, len(rows) + number, name) for number, name in enumerate(kept)]
    rows.sort(key=lambda row: row[1:] if query.order == "added" else row)
    names = [row[2] for row in rows]
    return names if query.order == "oldest" else names[::-1]


def _article(node: q.Node, of: Shelved) -> bool:  # noqa: PLR0911 - one a kind of part
    """Return whether an article is found: parts about claims that stand together mean one claim."""
    match node:
        case q.All(parts):
            ours = [part for part in parts if _of_claims(part)]
            if all(isinstance(part, q.Not) for part in ours):
                ours = []
            others = all(_article(part, of) for part in parts if part not in ours)
            return others and (not ours or _some(of, ours))
        case q.Any(parts):
            return any(_article(part, of) for part in parts)
        case q.Not(part):
            return not _article(part, of)
        case q.Field(name, _, value) if name == "id":
            return isinstance(value, tuple) and of.article.id in value
        case q.Field(name) if name not in OF_ARTICLES:
            return _some(of, [node])
        case q.Field():
            return FIELDS[node.name](node)(of, None)
        case _:
            return _said(node, [of.article.title, of.article.text])


def _some(of: Shelved, parts: Iterable[q.Node]) -> bool:
    return any(all(_holds(part, of, one) for part in parts) for one in of.claims)


def _of_claims(node: q.Node) -> bool:
    leaves = list(q.leaves(node))
    return bool(leaves) and all(
        isinstance(leaf, q.Field) and leaf.name not in OF_ARTICLES | {"id"} for leaf in leaves
    )


def _holds(node: q.Node, of: Shelved, claim: Claim) -> bool:
    match node:
        case q.All(parts):
            return all(_holds(part, of, claim) for part in parts)
        case q.Any(parts):
            return any(_holds(part, of, claim) for part in parts)
        case q.Not(part):
            return not _holds(part, of, claim)
        case q.Field():
            return FIELDS[node.name](node)(of, claim)
        case _:
            return _said(node, [claim.sentence.quote])


def _said(node: q.Words | q.Phrase | q.Prefix, texts: Sequence[str]) -> bool:
    all_ = [_words(text) for text in texts]
    match node:
        case q.Words(words):
            return all(any(_follow(fold(w).split(), text) for text in all_) for w in words)
        case q.Prefix(start):
            return any(f" {fold(start)}" in f" {' '.join(text)}" for text in all_)
        case q.Phrase(words, slop):
            terms = fold(" ".join(words)).split()
            loose = list(dict.fromkeys(terms))
            if slop and len(loose) > 1:
                span = slop + len(loose)
                return any(
                    set(loose) <= set(text[at : at + span])
                    for text in all_
                    for at in range(len(text))
                )
            return any(_follow(terms, text) for text in all_)


def _follow(terms: Sequence[str], text: Sequence[str]) -> bool:
    return f" {' '.join(terms)} " in f" {' '.join(text)} " if terms else True


def _named(people: Iterable[Participant], values: Iterable[str]) -> bool:
    return any(
        value in (one.entity, one.country)
        or (fold(value) != "" and f" {fold(value)} " in f" {fold(one.name)} ")
        for one in people
        for value in values
    )


def _speakers(claim: Claim) -> tuple[Participant, ...]:
    return claim.attribution.chain if claim.attribution else ()


def _one_of(get: Callable[[Claim], Iterable[str | None]]) -> Callable[[q.Field], Finding]:
    def test(node: q.Field) -> Finding:
        return lambda _, claim: not {*_values(node)}.isdisjoint(get(_sure(claim)))

    return test


def _people(get: Callable[[Claim], Iterable[Participant]]) -> Callable[[q.Field], Finding]:
    return lambda node: lambda _, claim: _named(get(_sure(claim)), _values(node))


def _number(get: Callable[[Claim], float | None]) -> Callable[[q.Field], Finding]:
    def test(node: q.Field) -> Finding:
        limit: Any = node.value
        ways: dict[str, Callable[[float], bool]] = {
            "=": lambda n: n == limit,
            "<": lambda n: n < limit,
            "<=": lambda n: n <= limit,
            ">": lambda n: n > limit,
            ">=": lambda n: n >= limit,
        }

        def holds(_: Shelved, claim: Claim | None) -> bool:
            number = get(_sure(claim))
            return number is not None and ways[node.op](number)

        return holds

    return test


def _flag(get: Callable[[Claim], bool]) -> Callable[[q.Field], Finding]:
    return lambda node: lambda _, claim: get(_sure(claim)) == node.value


def _about(get: Callable[[Shelved], Iterable[str | None]]) -> Callable[[q.Field], Finding]:
    return lambda node: lambda of, _: not {*_values(node)}.isdisjoint(get(of))


def _sure(claim: Claim | None) -> Claim:
    assert claim is not None
    return claim


def _values(node: q.Field) -> tuple[str, ...]:
    assert isinstance(node.value, tuple)
    return node.value


def _within(start: date | None, end: date | None, node: q.Field) -> bool:
    days = node.value
    assert isinstance(days, q.Days)
    first, last = start or end, end or start
    if first is None or last is None:
        return False
    return (days.end is None or first <= days.end) and (days.start is None or last >= days.start)


def _date(node: q.Field) -> Finding:
    def holds(_: Shelved, claim: Claim | None) -> bool:
        when = _sure(claim).date
        return when is not None and _within(when.start, when.end, node)

    return holds


def _reported(node: q.Field) -> Finding:
    def holds(of: Shelved, _: Claim | None) -> bool:
        day = of.article.published.day if of.article.published else None
        return _within(day, day, node)

    return holds


def _dyad(node: q.Field) -> Finding:
    pair = node.value
    assert isinstance(pair, q.Dyad)
    ways = [(pair.first, pair.second)]
    ways += [] if pair.directed else [(pair.second, pair.first)]

    def holds(_: Shelved, claim: Claim | None) -> bool:
        sides = _sure(claim).actors, _sure(claim).recipients
        return any(_named(sides[0], [a]) and _named(sides[1], [b]) for a, b in ways)

    return holds


def _place(node: q.Field) -> Finding:
    def holds(_: Shelved, claim: Claim | None) -> bool:
        where = _sure(claim).place
        return where is not None and any(
            value in (where.country, str(where.geonames))
            or (fold(value) != "" and f" {fold(value)} " in f" {fold(where.name)} ")
            for value in _values(node)
        )

    return holds


def _parties(claim: Claim) -> tuple[Participant, ...]:
    return claim.actors + claim.recipients


def _countries(claim: Claim) -> set[str | None]:
    where = claim.place.country if claim.place else None
    return {where, *(one.country for one in _parties(claim))}


def _review(node: q.Field) -> Finding:
    def holds(of: Shelved, claim: Claim | None) -> bool:
        made = of.verdicts.get(_sure(claim).id, frozenset())
        return not {*_values(node)}.isdisjoint({VERDICTS[v] for v in made} or {"none"})

    return holds


def _version(node: q.Field) -> Finding:
    return lambda of, _: "all" in _values(node) or of.state in _values(node)


def _outlet(node: q.Field) -> Finding:
    return lambda of, _: fold(of.article.outlet or "") in {fold(v) for v in _values(node)}


FIELDS: dict[str, Callable[[q.Field], Finding]] = {
    "type": _one_of(lambda c: [c.type]),
    "mode": _one_of(lambda c: c.modes),
    "context": _one_of(lambda c: c.contexts),
    "modality": _one_of(lambda c: [c.modality]),
    "outcome": _one_of(lambda c: [c.outcome]),
    "actor": _people(lambda c: c.actors),
    "recipient": _people(lambda c: c.recipients),
    "about": _people(_parties),
    "said_by": _people(_speakers),
    "country": _one_of(_countries),
    "place": _place,
    "dyad": _dyad,
    "sector": _one_of(lambda c: [code for one in _parties(c) for code in one.sectors]),
    "date": _date,
    "reported": _reported,
    "since": lambda node: lambda of, _: _within(of.added.date(), of.added.date(), node),
    "source": _about(lambda of: [of.source]),
    "outlet": _outlet,
    "language": _about(lambda of: [of.article.language]),
    "confidence": _number(lambda c: c.confidence),
    "killed": _number(lambda c: c.killed.low if c.killed else None),
    "injured": _number(lambda c: c.injured.low if c.injured else None),
    "condition": _flag(lambda c: c.condition is not None),
    "deadline": _flag(lambda c: bool(c.deadline and (c.deadline.start or c.deadline.end))),
    "denied": _flag(lambda c: bool(c.denied_by)),
    "review": _review,
    "version": _version,
    "id": lambda node: lambda of, c: bool({_sure(c).id, of.article.id} & {*_values(node)}),
    "article": _about(lambda of: [of.article.id]),
    "chain": _about(lambda of: of.chains),
}
OF_ARTICLES = frozenset(
    {"reported", "since", "source", "outlet", "language", "version", "article", "chain"}
)
