"""Where a claim happens, as far as known names settle it; coordinates await a gazetteer."""

from __future__ import annotations

from tocsin.coding.scene import Scene
from tocsin.coding.syntax import span_at
from tocsin.records.claim import Place, PlacePrecision


def resolve(scene: Scene, number: int, start: int, end: int) -> Place:
    """Return the place that words name; its country only where a name in or beside them says it."""
    tree = scene.trees[number]
    span = span_at(scene.article.text, tree.s, start, end)
    inside = [k for k in scene.known[number] if k.start < end and start < k.end and k.match.kind != "actor"]
    beside = [k for k in scene.known[number] if k.match.kind != "actor" and end <= k.start <= end + 2]
    head = tree.head(start, end)
    exact = next((k for k in inside if k.start <= head < k.end), None)
    near = inside or beside
    named = exact or (near[-1] if near else None)
    name = span.quote if exact is None else exact.match.name
    if named is None:
        if scene.focus is None:
            return Place(span=span, name=name, unknown="no known name in it, and the article is of several countries")
        return Place(span=span, name=name, country=scene.focus)
    precision: PlacePrecision | None = "country" if exact is not None and exact.match.kind in ("country", "adjective") else None
    return Place(span=span, name=name, country=scene.country(named.match), precision=precision)
