"""Claims at a glance: a line each, and beside them the links between them as arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tocsin.export.markup import Markup, element, inside
from tocsin.records.claim import Claim, Participant

LINKS = {"content_of": "content of", "response_to": "response to", "same_as": "same event as"}
# Of the drawing, in sixteenths of the letter size: a line's height, the room between arrows.
ROW = 32
LANE = 9
TIP = 7


class Arc(NamedTuple):
    """A link drawn from one line to another, so many lanes out."""

    kind: str
    start: int
    end: int
    lane: int


def glance(claims: Sequence[Claim], numbers: Mapping[str, int]) -> Markup:
    """Return the claims in one line each, with arrows for the links between them."""
    drawn = arcs(claims, numbers)
    lines = [
        element("li", element("a", _line(c, numbers[c.id]), href=f"#c{numbers[c.id]}"))
        for c in claims
    ]
    return element("div", _drawing(drawn, len(claims)), element("ol", *lines), class_="glance")


def arcs(claims: Sequence[Claim], numbers: Mapping[str, int]) -> list[Arc]:
    """Return the links between claims, those that would cross or touch in lanes of their own."""
    found = [
        (kind, numbers[claim.id], numbers[other])
        for claim in claims
        for kind in LINKS
        if (other := getattr(claim, kind)) in numbers
    ]
    out: list[Arc] = []
    for kind, start, end in sorted(found, key=lambda link: abs(link[1] - link[2])):
        taken = {arc.lane for arc in out if _meet(arc, start, end)}
        lane = next(k for k in range(len(out) + 1) if k not in taken)
        out.append(Arc(kind, start, end, lane))
    return out


def _meet(arc: Arc, start: int, end: int) -> bool:
    return max(min(arc[1:3]), min(start, end)) <= min(max(arc[1:3]), max(start, end))


def _line(claim: Claim, number: int) -> Markup:
    name = " ".join([claim.type, *claim.modes])
    who = f"{_names(claim.actors)} → {_names(claim.recipients)}"
    told = claim.attribution
    by = f", says {told.chain[-1].name}" if told and told.chain else ""
    mood = "" if claim.modality == "actual" else f" {claim.modality}"
    return inside(
        element("b", f"{number} {name}"), element("i", mood), " ", element("span", f"{who}{by}")
    )


def _names(people: Sequence[Participant]) -> str:
    return ", ".join(who.name for who in people) or "?"


def _drawing(drawn: Sequence[Arc], rows: int) -> Markup:
    """Return the arrows; their height and that of the lines beside them go by the letter size."""
    if not drawn:
        return Markup()
    width = TIP * 2 + LANE * (1 + max(arc.lane for arc in drawn))
    height = ROW * rows
    told = "; ".join(f"{arc.start} is {LINKS[arc.kind]} {arc.end}" for arc in drawn)
    return element(
        "svg",
        *(_arrow(arc, width) for arc in drawn),
        role="img",
        aria_label=f"Links between claims: {told}",
        viewBox=f"0 0 {width} {height}",
        width=f"{width / 16}em",
        height=f"{height / 16}em",
    )


def _arrow(arc: Arc, width: int) -> Markup:
    start, end = (ROW * row - ROW // 2 for row in (arc.start, arc.end))
    # An arrow leaves a line a little lower than others come in.
    start += 5 if end < start else -5
    out = width - TIP * 2 - LANE * arc.lane
    line = element("path", d=f"M{width} {start}H{out}V{end}H{width - TIP}", class_="line")
    tip = element("path", d=f"M{width} {end}l-{TIP} -4v8z", class_="tip")
    title = element("title", f"{arc.start} is {LINKS[arc.kind]} {arc.end}")
    return element("g", title, line, tip, class_=arc.kind)
