"""Where a claim happens, as far as known names settle it; coordinates await a gazetteer."""

from __future__ import annotations

from tocsin.coding.scene import Known, Scene
from tocsin.coding.syntax import Tree, span_at
from tocsin.ontology.actors import Match
from tocsin.records.claim import Place, PlacePrecision

# How a nationality or country hangs on a noun: "the Iraqi town", "Iraq's capital".
OWNING = frozenset({"amod", "compound", "nmod", "nmod:poss"})
NAMING = frozenset({"appos", "compound", "flat", "nmod"})


def resolve(scene: Scene, number: int, start: int, end: int) -> Place:
    """Return the place that words name; its country only where a name in or beside them says it."""
    tree = scene.trees[number]
    span = span_at(scene.article.text, tree.s, start, end)
    lands = [k for k in scene.known[number] if k.match.kind != "actor"]
    inside = [k for k in lands if k.start < end and start < k.end]
    head = tree.head(start, end)
    exact = next((k for k in inside if k.start <= head < k.end), None)
    named = exact or next(iter(inside[::-1]), None)
    named = named or next((k for k in lands if _beside(tree, k, head, end)), None)
    name = called(scene, number, exact) if exact else span.quote
    if named is None and scene.setting is None:
        unknown = "no known name in it, and the article is of several countries"
        return Place(span=span, name=name, unknown=unknown)
    country = scene.country(named.match) if named else scene.setting
    precision = _precision(scene, exact.match) if exact else None
    return Place(span=span, name=name, country=country, precision=precision)


def called(scene: Scene, number: int, known: Known) -> str:
    """Return what a known name names: a capital is itself, not its country."""
    if known.match.kind != "capital":
        return known.match.name
    return span_at(scene.article.text, scene.trees[number].s, known.start, known.end).quote


def _precision(scene: Scene, match: Match) -> PlacePrecision:
    if match.kind in ("capital", "metonym"):
        return "place"
    return "country" if match.name == scene.knowledge.countries[match.id].name else "region"


def _beside(tree: Tree, known: Known, head: int, end: int) -> bool:
    """Return whether a name tells where a place lies: "the Iraqi town of Tarvos"."""
    top = tree.head(known.start, known.end)
    above, relation = tree.s.heads[head], tree.s.rels[head]
    if tree.s.rels[top] in OWNING and tree.s.heads[top] in (
        head,
        above if relation in NAMING else head,
    ):
        return True
    between = tree.s.forms[end : known.start]
    joined = bool(between) and set(between) <= {",", "in"}
    return joined and not tree.s.rels[top].startswith("nsubj")
