"""Arcs: links between claims as arrows in lanes."""

from __future__ import annotations

from msgspec.structs import replace

from tests.build import a_claim
from tests.page import Page
from tocsin.export.arcs import arcs, glance
from tocsin.records.claim import Claim

NAMES = ("Rebels", "attacked", "Northfield", "Monday", "said", "named")


def row(**links: tuple[str, int]) -> tuple[list[Claim], dict[str, int]]:
    """Return six claims and their numbers; links are given as claim, kind and number."""
    claims = [a_claim(trigger=words) for words in NAMES]
    for key, (kind, other) in links.items():
        own = int(key.removeprefix("c")) - 1
        claims[own] = replace(claims[own], **{kind: claims[other - 1].id})
    return claims, {claim.id: k for k, claim in enumerate(claims, 1)}


def test_lanes() -> None:
    """Arrows whose rows meet have lanes of their own, shorter ones further in."""
    claims, numbers = row(c1=("content_of", 6), c3=("content_of", 2), c5=("same_as", 4))
    found = {(arc.start, arc.end): arc.lane for arc in arcs(claims, numbers)}
    assert found == {(3, 2): 0, (5, 4): 0, (1, 6): 1}


def test_link_to_nothing_is_not_drawn() -> None:
    """A link to a claim that is not shown is no arrow."""
    claims, numbers = row(c1=("content_of", 2))
    assert arcs(claims[:1], {claims[0].id: 1}) == []
    assert "svg" not in glance(claims[2:], numbers)


def test_drawing() -> None:
    """Every arrow is drawn with its kind and told in words; every claim has its line."""
    claims, numbers = row(c2=("content_of", 1), c4=("response_to", 3), c6=("same_as", 5))
    page = Page(glance(claims, numbers))
    kinds = [group.classes for group in page.found("g")]
    assert kinds == [["content_of"], ["response_to"], ["same_as"]]
    assert [title.text for title in page.found("title")] == [
        "2 is content of 1",
        "4 is response to 3",
        "6 is same event as 5",
    ]
    assert [line.attributes["href"] for line in page.found("a")] == [f"#c{k}" for k in range(1, 7)]
