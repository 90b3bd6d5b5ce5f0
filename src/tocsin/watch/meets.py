"""Whether an event is one that a search of claims asks for, as far as events have what it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import eq, ge, gt, le, lt

from tocsin.base.text import fold
from tocsin.records import query as q
from tocsin.records.event import Event, Held

_OPS: Mapping[str, Callable[[float, float], bool]] = {
    "=": eq, "<": lt, "<=": le, ">": gt, ">=": ge
}  # fmt: skip


def unknown(node: q.Node) -> tuple[str, ...]:
    """Return what a search asks for that events do not have: names of fields, or "words"."""
    found = [
        leaf.name if isinstance(leaf, q.Field) else "words"
        for leaf in q.leaves(node)
        if not isinstance(leaf, q.Field) or leaf.name not in FIELDS
    ]
    return tuple(dict.fromkeys(found))


def meets(node: q.Node, one: Event) -> bool:
    """Return whether an event is asked for; ValueError for what `unknown` returns."""
    if isinstance(node, q.All):
        return all(meets(part, one) for part in node.parts)
    if isinstance(node, q.Any):
        return any(meets(part, one) for part in node.parts)
    if isinstance(node, q.Not):
        return not meets(node.part, one)
    if isinstance(node, q.Field) and node.name in FIELDS:
        return FIELDS[node.name](node, one)
    raise ValueError(f"events are not found by {', '.join(unknown(node))}")


def _texts(node: q.Field) -> tuple[str, ...]:
    return node.value if isinstance(node.value, tuple) else (str(node.value),)


def _called(held: Held, values: Sequence[str]) -> bool:
    """Return whether somebody is meant: by an entity's id, a country's code, words of the name."""
    if held.value in values or held.country in values:
        return True
    return _worded(held.name, values)


def _worded(name: str, values: Iterable[str]) -> bool:
    spaced = f" {fold(name)} "
    return any(words and f" {words} " in spaced for words in map(fold, values))


def _party(*sides: str) -> Callable[[q.Field, Event], bool]:
    def test(node: q.Field, one: Event) -> bool:
        values = _texts(node)
        return any(_called(held, values) for side in sides for held in getattr(one, side))

    return test


def _dyad(node: q.Field, one: Event) -> bool:
    pair = node.value
    assert isinstance(pair, q.Dyad)  # noqa: S101 - the parser gives nothing else

    def way(first: str, second: str) -> bool:
        acts = any(_called(held, (first,)) for held in one.actors)
        return acts and any(_called(held, (second,)) for held in one.recipients)

    there = way(pair.first, pair.second)
    return there or (not pair.directed and way(pair.second, pair.first))


def _sector(node: q.Field, one: Event) -> bool:
    codes = {code.upper() for code in _texts(node)}
    return any(codes.intersection(held.sectors) for held in (*one.actors, *one.recipients))


def _country(node: q.Field, one: Event) -> bool:
    values = _texts(node)
    people = (held.country for held in (*one.actors, *one.recipients))
    return any(code in values for code in (*people, *(spot.country for spot in one.places)))


def _place(node: q.Field, one: Event) -> bool:
    values = _texts(node)
    return any(
        spot.country in values or str(spot.geonames) in values or _worded(spot.name, values)
        for spot in one.places
    )


def _outlet(node: q.Field, one: Event) -> bool:
    names = {fold(value) for value in _texts(node)}
    return any(fold(report.outlet or "") in names for report in one.reports)


def _number(kind: str) -> Callable[[q.Field, Event], bool]:
    def test(node: q.Field, one: Event) -> bool:
        low = next((tally.low for tally in one.tallies if tally.kind == kind), None)
        assert isinstance(node.value, int | float)  # noqa: S101 - the parser gives nothing else
        return low is not None and _OPS[node.op](low, node.value)

    return test


def _denied(node: q.Field, one: Event) -> bool:
    return any(report.stance == "denies" for report in one.reports) == node.value


FIELDS: Mapping[str, Callable[[q.Field, Event], bool]] = {
    "type": lambda node, one: one.type in _texts(node),
    "mode": lambda node, one: not set(_texts(node)).isdisjoint(one.modes),
    "context": lambda node, one: not set(_texts(node)).isdisjoint(one.contexts),
    "modality": lambda node, one: one.modality in _texts(node),
    "outcome": lambda node, one: any(held.value in _texts(node) for held in one.outcomes),
    "actor": _party("actors"),
    "recipient": _party("recipients"),
    "about": _party("actors", "recipients"),
    "dyad": _dyad,
    "sector": _sector,
    "country": _country,
    "place": _place,
    "outlet": _outlet,
    "killed": _number("killed"),
    "injured": _number("injured"),
    "denied": _denied,
}
