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
from tocsin.export.heard import Heard
from tocsin.export.known import Party
from tocsin.export.pairs import Pair, pairs, shown
from tocsin.export.table import known
from tocsin.records.event import Event

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


def nodes(stock: Stock, said: Heard) -> list[Node]:
    """Return the parties that edges end at, by their ids."""
    found: dict[str, Node] = {}
    for one in stock.events():
        for pair in _whole(one, said):
            ends = [node for node in map(_node, pair[:2]) if node is not None]
            if len(ends) == 2:
                found |= {node.id: node for node in ends if node.id not in found}
    return [found[name] for name in sorted(found)]


def edges(stock: Stock, said: Heard, left: Wrote) -> Iterator[Edge]:
    """Yield who acted on whom, events that were reported first first; count what is left out."""
    for one in stock.events():
        whole = _whole(one, said)
        if not whole:
            left[ALONE] += 1
        for number, pair in enumerate(whole, 1):
            source, target = map(_node, pair[:2])
            if source is None or target is None:
                left[NOBODY] += 1
            else:
                bears = _bears(one, pair, said)
                yield Edge(f"{one.id}-{number}", source.id, target.id, bears)


def clean(value: object) -> str:
    """Return a value as text that XML can hold."""
    return _BARRED.sub("\ufffd", str(value))


def _whole(one: Event, said: Heard) -> list[Pair]:
    """Return the pairs of an event with nobody missing."""
    return [pair for pair in pairs(one, said) if pair.actor and pair.recipient]


def _node(party: Party) -> Node | None:
    if party is None:
        return None
    name = known(party)
    sectors = " ".join(party.sectors)
    if name is not None:
        bears: dict[str, Cell] = {"country": party.country, "sectors": sectors, "named": "yes"}
        return Node(name, party.name, bears)
    if party.country is None or not sectors:
        return None
    code = f"{party.country} {sectors}"
    return Node(code, code, {"country": party.country, "sectors": sectors, "named": "no"})


def _bears(one: Event, pair: Pair, said: Heard) -> dict[str, Cell]:
    """Return what an edge bears: what its own claims say, and when, where and how real it was."""
    place = one.place
    asserted = {report.origin for report in pair.reports if report.stance == "asserts"}
    return {
        "event": one.id, "type": one.type, "modes": " ".join(shown(one, pair.reports, said)),
        "modality": one.modality, "level": one.level, "mutual": "yes" if pair.mutual else "no",
        "start": one.start.isoformat() if one.start else None,
        "end": one.end.isoformat() if one.end else None,
        "first_reported": one.first_reported.isoformat() if one.first_reported else None,
        "place": place.name if place else None, "country": place.country if place else None,
        "actor": pair.actor.name if pair.actor else None,
        "recipient": pair.recipient.name if pair.recipient else None,
        "independent": min(one.independent, len(asserted)), "reports": len(pair.reports),
        "killed": _killed(one, pair),
    }  # fmt: skip


def _killed(one: Event, pair: Pair) -> int | None:
    """Return the number that counts for the event where a claim of the pair bears it out."""
    told = {report.claim for report in pair.reports}
    for tally in one.tallies:
        tolls = [toll for toll in tally.given if toll.claim in told and not toll.cumulative]
        if tally.kind == "killed" and tolls:
            held = any(toll.low <= tally.best <= (toll.high or tally.best) for toll in tolls)
            return tally.best if held else tolls[-1].low
    return None
