"""Each part of a search as a condition in SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Literal

import sqlalchemy as sa

from tocsin.base.text import fold
from tocsin.records import query as q
from tocsin.store.match import Leaf, matches
from tocsin.store.tables import article, claim, judgement, label, party, sentence, version, who

Condition = sa.ColumnElement[bool]
# What an analyst's verdicts make of a claim.
REVIEWS = {"accepted": "accept", "rejected": "reject", "corrected": "correct"}
# Fields that have an index in the order of pages.
ORDERED = frozenset({"reported", "type"})
# The roles of those between whom something happens.
SIDES = ("actor", "recipient")
# Fields of the article; all others are of the claim.
OF_ARTICLE = frozenset(
    {"reported", "since", "source", "outlet", "language", "version", "article", "chain"}
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is searched for, in which database, and which words are common in a table there.

    Where so `many` records are found, SQLite is kept from fetching and sorting all of them: it
    finds a page sooner by going through the table in the page's order.
    """

    kind: Literal["claims", "articles"]
    dialect: str
    common: Callable[[Leaf, sa.Table], bool] = lambda _node, _table: False
    many: bool = False


def clause(node: q.Node, scope: Scope) -> Condition:
    """Return the condition of a part of a search.

    Where articles are searched for, parts about claims that stand together hold of one claim.
    """
    if isinstance(node, q.All):
        if scope.kind == "articles":
            return _together(node, scope)
        return sa.and_(sa.true(), *(clause(part, scope) for part in node.parts))
    if isinstance(node, q.Any):
        return _plain(sa.or_(sa.false(), *(clause(part, scope) for part in node.parts)), scope)
    if isinstance(node, q.Not):
        # An empty field makes a condition neither true nor false; every other record is meant.
        return clause(node.part, scope).is_not(sa.true())
    return _field(node, scope) if isinstance(node, q.Field) else _text(node, scope)


def _field(node: q.Field, scope: Scope) -> Condition:
    if node.name == "reported":
        return _reported(node, claim if scope.kind == "claims" else article)
    if scope.kind == "claims" or node.name in OF_ARTICLE:
        found = FIELDS[node.name](node)
        return found if node.name in ORDERED else _plain(found, scope)
    return article.c.id.in_(_texts(node)) if node.name == "id" else _claimed([node], scope)


def _plain(found: Condition, scope: Scope) -> Condition:
    """Return a condition that no index is asked for, where many records are found."""
    return found.is_(sa.true()) if scope.many and scope.dialect == "sqlite" else found


def _text(node: Leaf, scope: Scope) -> Condition:
    table = sentence if scope.kind == "claims" else article
    own = claim.c.sentence if scope.kind == "claims" else article.c.key
    return matches(node, table, own, scope.dialect, common=scope.common(node, table))


def _together(node: q.All, scope: Scope) -> Condition:
    ours = [part for part in node.parts if _of_claim(part)]
    # Articles without such claims are meant, whatever else the search says of articles.
    if all(isinstance(part, q.Not) for part in ours):
        ours = []
    others = [clause(part, scope) for part in node.parts if part not in ours]
    if ours:
        others.append(_claimed(ours, scope))
    return sa.and_(sa.true(), *others)


def _of_claim(node: q.Node) -> bool:
    """Return whether a part of a search speaks of claims alone."""
    named = q.names(node)
    bare = any(not isinstance(leaf, q.Field) for leaf in q.leaves(node))
    return bool(named) and not bare and not named & (OF_ARTICLE | {"id"})


def _claimed(parts: list[q.Node] | list[q.Field], scope: Scope) -> Condition:
    within = replace(scope, kind="claims")
    # Asked once: asked of each article, SQLite may go through all claims of a type every time.
    holds = [clause(part, within) for part in parts]
    return article.c.key.in_(sa.select(claim.c.article).where(*holds))


def _texts(node: q.Field) -> tuple[str, ...]:
    return node.value if isinstance(node.value, tuple) else (str(node.value),)


def _column(column: sa.ColumnElement[Any]) -> Callable[[q.Field], Condition]:
    return lambda node: column.in_(_texts(node))


def _folded(column: sa.ColumnElement[Any]) -> Callable[[q.Field], Condition]:
    return lambda node: column.in_([fold(value) for value in _texts(node)])


def _number(column: sa.ColumnElement[Any]) -> Callable[[q.Field], Condition]:
    def test(node: q.Field) -> Condition:
        found: Condition = column.op(node.op)(node.value)
        return sa.and_(column.is_not(None), found)

    return test


def _flag(condition: Condition) -> Callable[[q.Field], Condition]:
    return lambda node: condition if node.value else sa.not_(condition)


def _labelled(kind: str) -> Callable[[q.Field], Condition]:
    def test(node: q.Field) -> Condition:
        named = sa.select(label.c.claim).where(
            label.c.value.in_(_texts(node)), label.c.kind == kind
        )
        return claim.c.key.in_(named)

    return test


def _called(values: tuple[str, ...]) -> Condition:
    """Return the condition that somebody is meant by one of some values.

    A value is an entity's id, a country's code, or words of a name.
    """
    tests: list[Condition] = [who.c.entity.in_(values), who.c.country.in_(values)]
    for value in values:
        words = fold(value)
        if words:
            spaced = sa.literal(" ") + who.c.folded + sa.literal(" ")
            tests.append(spaced.like(f"% {words} %"))
    return sa.or_(*tests)


def _taking_part(meant: Condition, *roles: str) -> Condition:
    """Return the condition that one of those meant has one of some roles in a claim."""
    people = sa.select(who.c.key).where(meant)
    claims = sa.select(party.c.claim).where(party.c.who.in_(people), party.c.role.in_(roles))
    return claim.c.key.in_(claims)


def _party(*roles: str) -> Callable[[q.Field], Condition]:
    return lambda node: _taking_part(_called(_texts(node)), *roles)


def _dyad(node: q.Field) -> Condition:
    pair = node.value
    assert isinstance(pair, q.Dyad)  # noqa: S101 - the parser gives nothing else

    def way(actor: str, recipient: str) -> Condition:
        acts = _taking_part(_called((actor,)), "actor")
        return sa.and_(acts, _taking_part(_called((recipient,)), "recipient"))

    there = way(pair.first, pair.second)
    return there if pair.directed else sa.or_(there, way(pair.second, pair.first))


def _sector(node: q.Field) -> Condition:
    spaced = sa.literal(" ") + who.c.sectors
    tests = [spaced.contains(f" {code.upper()} ", autoescape=True) for code in _texts(node)]
    return _taking_part(sa.or_(*tests), *SIDES)


def _country(node: q.Field) -> Condition:
    values = _texts(node)
    taking_part = _taking_part(who.c.country.in_(values), *SIDES)
    return sa.or_(claim.c.country.in_(values), taking_part)


def _place(node: q.Field) -> Condition:
    tests: list[Condition] = [claim.c.country.in_(_texts(node))]
    for value in _texts(node):
        spaced = sa.literal(" ") + claim.c.place_folded + sa.literal(" ")
        tests.append(spaced.like(f"% {fold(value)} %"))
        if _NUMBER.fullmatch(value):
            tests.append(claim.c.geonames == int(value))
    return sa.and_(claim.c.place.is_not(None), sa.or_(*tests))


def _within(
    first: sa.ColumnElement[Any], last: sa.ColumnElement[Any]
) -> Callable[[q.Field], Condition]:
    """Return the test that one of the days from a first to a last lies within those asked for."""

    def test(node: q.Field) -> Condition:
        days = _sought(node)
        tests: list[Condition] = [first.is_not(None)]
        if days.end is not None:
            tests.append(first <= days.end)
        if days.start is not None:
            tests.append(last >= days.start)
        return sa.and_(*tests)

    return test


def _reported(node: q.Field, table: sa.Table) -> Condition:
    # The day that lists go by has an index with them; its first is of what has none.
    day = table.c.reported
    return sa.and_(day > date.min, _within(day, day)(node))


def _since(node: q.Field) -> Condition:
    days = _sought(node)
    tests: list[Condition] = [sa.true()]
    if days.start is not None:
        tests.append(article.c.added >= datetime.combine(days.start, time.min, UTC))
    if days.end is not None:
        tests.append(article.c.added <= datetime.combine(days.end, time.max, UTC))
    return sa.and_(*tests)


def _sought(node: q.Field) -> q.Days:
    assert isinstance(node.value, q.Days)  # noqa: S101 - the parser gives nothing else
    return node.value


def _review(node: q.Field) -> Condition:
    judged = sa.select(judgement.c.target).where(judgement.c.undone.is_(None))
    tests: list[Condition] = []
    for value in _texts(node):
        if value == "none":
            tests.append(claim.c.id.not_in(judged))
        else:
            tests.append(claim.c.id.in_(judged.where(judgement.c.verdict == REVIEWS[value])))
    return sa.or_(*tests)


def _version(node: q.Field) -> Condition:
    values = _texts(node)
    return sa.true() if "all" in values else article.c.state.in_(values)


def _chain(node: q.Field) -> Condition:
    # One text under two addresses is in two chains.
    named = sa.select(version.c.article).where(version.c.chain.in_(_texts(node)))
    return article.c.id.in_(named)


_NUMBER = re.compile(r"\d{1,18}", re.ASCII)  # what a column of numbers can hold
DENIED = claim.c.key.in_(sa.select(party.c.claim).where(party.c.role == "denier"))
FIELDS: Mapping[str, Callable[[q.Field], Condition]] = {
    "type": _column(claim.c.type),
    "mode": _labelled("mode"),
    "context": _labelled("context"),
    "modality": _column(claim.c.modality),
    "outcome": _column(claim.c.outcome),
    "actor": _party("actor"),
    "recipient": _party("recipient"),
    "about": _party(*SIDES),
    "said_by": _party("speaker"),
    "country": _country,
    "place": _place,
    "dyad": _dyad,
    "sector": _sector,
    "date": _within(
        sa.func.coalesce(claim.c.first_day, claim.c.last_day),
        sa.func.coalesce(claim.c.last_day, claim.c.first_day),
    ),
    "since": _since,
    "source": _column(article.c.source),
    "outlet": _folded(article.c.outlet_folded),
    "language": _column(article.c.language),
    "confidence": _number(claim.c.confidence),
    "killed": _number(claim.c.killed),
    "injured": _number(claim.c.injured),
    "condition": _flag(claim.c.conditional),
    "deadline": _flag(sa.or_(claim.c.due_from.is_not(None), claim.c.due_to.is_not(None))),
    "denied": _flag(DENIED),
    "review": _review,
    "version": _version,
    "id": lambda node: sa.or_(claim.c.id.in_(_texts(node)), article.c.id.in_(_texts(node))),
    "article": _column(article.c.id),
    "chain": _chain,
}
