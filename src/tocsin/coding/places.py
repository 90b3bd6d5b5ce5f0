"""Where a claim happens: a place of the gazetteer, or no more than the country."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.ranking import Choice
from tocsin.coding.scene import Key, Known, Scene
from tocsin.coding.syntax import Tree, span_at
from tocsin.ontology.gazetteer import Spot
from tocsin.records.claim import Place
from tocsin.records.evidence import Span
from tocsin.records.reading import Edge

# How a nationality or country hangs on a noun: "the Iraqi town", "Iraq's capital".
OWNING = frozenset({"amod", "compound", "nmod", "nmod:poss"})
NAMING = frozenset({"appos", "compound", "flat", "nmod"})
# Nouns that take up a place named before, by the kinds of place that they can be.
ANAPHORS = {
    "area": ("PPL", "RGN", "ADM", "AREA"),
    "camp": ("CMP", "PPL"),
    "capital": ("PPLC",),
    "city": ("PPL",),
    "district": ("ADM2", "PPL", "RGN"),
    "enclave": ("PPL", "RGN", "ADM"),
    "governorate": ("ADM1",),
    "island": ("ISL",),
    "neighborhood": ("PPL",),
    "neighbourhood": ("PPL",),
    "port": ("PPL", "PRT"),
    "province": ("ADM1",),
    "region": ("ADM", "RGN"),
    "suburb": ("PPL",),
    "territory": ("ADM", "RGN"),
    "town": ("PPL",),
    "village": ("PPL",),
}
WIDTHS = ("point", "place", "region", "country")
# Nouns for which the article's country says nothing, and edges that two countries share.
WORLD = frozenset({"earth", "globe", "planet", "world"})
EDGES = frozenset({"border", "frontier"})
WAYS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}
)
COMPASS = WAYS | {f"{way}ern" for way in WAYS}
DEFINITE = frozenset({"the", "this", "that"})
BACK = 5  # how many sentences back a name may stand
# What makes a place near a name, not in it.
NEARBY = WAYS | {"near", "outside", "around", "off"}


def told(scene: Scene, number: int, trigger: range, edges: Sequence[Edge]) -> Place | None:
    """Return where a claim happens: the first words that the gazetteer settles, else the first."""
    named = [e for e in edges if e.role == "place" and not _nowhere(scene, number, trigger, e)]
    spots = [resolve(scene, e.sentence, e.start, e.end) for e in named]
    settled = (place for place in spots if place.precision is not None)
    return next(settled, next(iter(spots), None))


def _nowhere(scene: Scene, number: int, trigger: range, edge: Edge) -> bool:
    """Return whether words taken for a place are a person's name or the trigger's: "war crimes"."""
    tree = scene.trees[edge.sentence]
    head = tree.head(edge.start, edge.end)
    if edge.sentence == number and head in trigger and tree.s.upos[head] == "NOUN":
        return True
    actors = scene.knowledge.actors
    return any(
        known.start <= edge.start and edge.end <= known.end
        for known in scene.known[edge.sentence]
        if known.match.kind == "actor" and actors[known.match.id].kind == "person"
    )


def resolve(scene: Scene, number: int, start: int, end: int) -> Place:
    """Return the place that words name, with coordinates where the gazetteer has it.

    Words without a name take up one that stands before them ("the town"). Else only a country is
    given: that of a name in or beside them, or the one where the article is set.
    """
    span = span_at(scene.article.text, scene.trees[number].s, start, end)
    own = _named(scene, number, start, end)
    key = own or _taken_up(scene, number, start, end)
    choice = scene.places[key] if key else None
    if key is None or choice is None or choice.spot is None:
        return _unplaced(scene, number, start, end, choice)
    words = span_at(scene.article.text, scene.trees[key[0]].s, key[1], key[2])
    part = choice.part or (key == own and _part(scene.trees[number], start, key, choice.spot))
    return _placed(choice.spot, span, span.quote if part else words.quote, part=part)


def called(scene: Scene, number: int, known: Known) -> str:
    """Return what a known name names: a capital is itself, not its country."""
    if known.match.kind != "capital":
        return known.match.name
    read = scene.trees[number].s
    # "The Baghdad talks"; a name with an article of its own has a capital there.
    start = known.start + (read.forms[known.start] == "the")
    return span_at(scene.article.text, read, start, known.end).quote


def _named(scene: Scene, number: int, start: int, end: int) -> Key | None:
    """Return the place name within words: their head, else what it is called, else the narrowest.

    Another proper name at their head is a place of its own, which the gazetteer lacks.
    """
    tree = scene.trees[number]
    inside = [k for k in scene.named.get(number, ()) if k[1] < end and start < k[2]]
    head = tree.head(start, end)
    heading = next((k for k in inside if k[1] <= head < k[2]), None)
    if heading is not None or not inside:
        return heading
    if tree.s.upos[head] == "PROPN":
        return None

    def rank(key: Key) -> tuple[bool, bool, int, Key]:
        spot = scene.places[key].spot
        width = WIDTHS.index(spot.precision) if spot else 0
        return spot is None, not _names(tree, head, key), width, key

    return min(inside, key=rank)


def _names(tree: Tree, head: int, key: Key) -> bool:
    """Return whether a name tells what a noun is called: "the suburb of Harasta in Damascus"."""
    top = tree.head(key[1], key[2])
    case = tree.child(top, "case")
    of = case is None or tree.lower[case] == "of"
    return tree.s.heads[top] == head and of and tree.s.rels[top].split(":")[0] in NAMING


def _taken_up(scene: Scene, number: int, start: int, end: int) -> Key | None:
    """Return the name before words like "the town" that they may mean."""
    tree = scene.trees[number]
    head = tree.head(start, end)
    kinds = ANAPHORS.get(tree.s.lemmas[head].lower())
    if kinds is None or tree.lower[start] not in DEFINITE or _called(tree, head):
        return None
    near = (k for n in range(max(0, number - BACK), number + 1) for k in scene.named.get(n, ()))
    before = [
        key
        for key in near
        if (choice := scene.places[key]).spot is not None
        and (choice.spot.kind.startswith(kinds) or (choice.part and "RGN" in kinds))
        and (choice.spot.kind != "PPLC" or kinds[0] == "PPLC" or kinds == ("PPL",))
        and (scene.setting is None or choice.spot.country == scene.setting)
        and key[:2] < (number, start)
    ]
    return max(before, default=None)


def _called(tree: Tree, head: int) -> bool:
    """Return whether a noun has a name of its own: "the town of Tarvos"."""
    return any(
        tree.s.upos[child] == "PROPN" and tree.s.rels[child].split(":")[0] in NAMING
        for child in tree.children[head]
    )


def _part(tree: Tree, start: int, key: Key, spot: Spot) -> bool:
    """Return whether words name what is near a place, or a part of a wide one.

    "North of Hama", "northern Syria".
    """
    before = tree.lower[max(0, start - 1) : key[1]]
    wide = spot.precision in ("country", "region")
    return bool(NEARBY.intersection(before) or (wide and COMPASS.intersection(before[-1:])))


def _placed(spot: Spot, span: Span, name: str, *, part: bool) -> Place:
    """Return a place of the gazetteer; a part of it, or what lies near it, has no coordinates."""
    if part:
        return Place(span=span, name=name, country=spot.country, precision="region")
    return Place(
        span=span,
        name=name,
        country=spot.country,
        geonames=spot.id,
        latitude=round(spot.lat, 5),
        longitude=round(spot.lon, 5),
        precision=spot.precision,
    )


def _unplaced(scene: Scene, number: int, start: int, end: int, choice: Choice | None) -> Place:
    """Return a place without coordinates, and the country as far as names settle it."""
    tree = scene.trees[number]
    span = span_at(scene.article.text, tree.s, start, end)
    lands = [k for k in scene.known[number] if k.match.kind != "actor"]
    inside = [k for k in lands if k.start < end and start < k.end]
    head = tree.head(start, end)
    exact = next((k for k in inside if k.start <= head < k.end), None)
    named = exact or next(iter(inside[::-1]), None)
    named = named or next((k for k in lands if _beside(tree, k, head, end)), None)
    name = called(scene, number, exact) if exact else span.quote
    because = choice.because if choice else "no place name in it"
    lemma = tree.s.lemmas[head].lower()
    if lemma in WORLD or (lemma in EDGES and named is None):
        return Place(span=span, name=name, unknown=because)
    if lemma in EDGES and named and scene.setting not in (None, scene.country(named.match)):
        because += "; of the two sides of a border the one where the article is set"
        return Place(span=span, name=name, country=scene.setting, unknown=because)
    if named is not None:
        return Place(span=span, name=name, country=scene.country(named.match), unknown=because)
    if scene.setting is None:
        return Place(
            span=span, name=name, unknown=f"{because}; the article is of several countries"
        )
    because += "; the country is the one where the article is set"
    return Place(span=span, name=name, country=scene.setting, unknown=because)


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
