"""Events as a graph: who takes part are nodes, who acted on whom an edge with days.

Parties that Tocsin knows are nodes of their own. Others ("the troops", "he") are not the same from
event to event, so they are one node for each country and its sectors ("SDN CVL"); a party without
either is nobody in particular, and its edges are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tocsin.export.forms import Stock, Wrote
from tocsin.export.known import pairs
from tocsin.export.table import known
from tocsin.records.event import Event, Held

ALONE = "left out: nobody is acted on, or met"
NOBODY = "left out: a side is nobody that can be told from others"
# What XML cannot hold, whatever stands for it.
_BARRED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Cell = str | int | None
# What nodes and edges bear, and of which kind: text or number.
NODES = {"country": "text", "sectors": "text", "named": "text"}
EDGES = {
    "event": "text", "type": "text", "modes": "text", "modality": "text", "level": "text",
    "mutual": "text", "start": "text", "end": "text", "first_reported": "text",
    "place": "text", "country": "text", "actor": "text", "recipient": "text",
    "independent": "number", "reports": "number", "killed": "number",
}  # fmt: skip


class Node(NamedTuple):
    """A party: its id, what it is called, and what it bears."""

    id: str
    label: str
    bears: dict[str, Cell]


class Edge(NamedTuple):
    """That one acted on another: its id, both ends, and what it bears.

    `mutual` is "yes" where neither acts on the other alone: a meeting, a clash.
    """

    id: str
    source: str
    target: str
    bears: dict[str, Cell]


def nodes(stock: Stock) -> list[Node]:
    """Return the parties that edges end at, by their ids."""
    found: dict[str, Node] = {}
    for one in stock.events():
        for first, second in _ends(one):
            ends = [node for node in (_node(first), _node(second)) if node is not None]
            if len(ends) == 2:
                found |= {node.id: node for node in ends if node.id not in found}
    return [found[name] for name in sorted(found)]


def edges(stock: Stock, left: Wrote) -> Iterator[Edge]:
    """Yield who acted on whom, events that were reported first first; count what is left out."""
    for one in stock.events():
        ends = list(_ends(one))
        if not ends:
            left[ALONE] += 1
        for number, (first, second) in enumerate(ends, 1):
            made = _node(first), _node(second)
            if made[0] is None or made[1] is None:
                left[NOBODY] += 1
            else:
                name = f"{one.id}-{number}"
                bears = _bears(one, first, second)
                yield Edge(name, made[0].id, made[1].id, bears)


def clean(value: object) -> str:
    """Return a value as text that XML can hold."""
    return _BARRED.sub("\ufffd", str(value))


def _ends(one: Event) -> Iterator[tuple[Held, Held]]:
    for first, second in pairs(one):
        if first is not None and second is not None:
            yield first, second


def _node(party: Held) -> Node | None:
    name = known(party)
    sectors = " ".join(party.sectors)
    if name is not None:
        bears: dict[str, Cell] = {"country": party.country, "sectors": sectors, "named": "yes"}
        return Node(name, party.name, bears)
    if party.country is None or not sectors:
        return None
    code = f"{party.country} {sectors}"
    return Node(code, code, {"country": party.country, "sectors": sectors, "named": "no"})


def _bears(one: Event, first: Held, second: Held) -> dict[str, Cell]:
    killed = next((tally.best for tally in one.tallies if tally.kind == "killed"), None)
    place = one.place
    return {
        "event": one.id, "type": one.type, "modes": " ".join(one.modes), "modality": one.modality,
        "level": one.level, "mutual": "no" if one.recipients else "yes",
        "start": one.start.isoformat() if one.start else None,
        "end": one.end.isoformat() if one.end else None,
        "first_reported": one.first_reported.isoformat() if one.first_reported else None,
        "place": place.name if place else None, "country": place.country if place else None,
        "actor": first.name, "recipient": second.name,
        "independent": one.independent, "reports": len(one.reports), "killed": killed,
    }  # fmt: skip
