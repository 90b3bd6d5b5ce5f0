"""Where and when a trigger's own clause says it happens: "the Afrin siege", "hit on Friday"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tocsin.coding import mentions
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.ontology.packs import spoken
from tocsin.ontology.words import groups

# Types of events that have a scene; words, votes and laws have none of their own.
PHYSICAL = frozenset(
    {"AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "RETREAT"}
)
LOCATIVE = frozenset(
    {"across", "along", "around", "at", "in", "inside", "near", "off", "on", "outside"}
    | {"throughout", "within"}
)
NAMING = frozenset({"appos", "compound", "flat", "nmod"})
# Time expressions that date nothing.
VAGUE = frozenset({"current", "currently", "now", "recent", "recently", "still"})
# How a noun that is the event hangs on the verb whose clause tells where: "carried out raids in".
BELOW = frozenset({"conj", "nsubj", "nsubj:pass", "obj", "obl"})


def site(scene: Scene, number: int, start: int, end: int, kind: str) -> tuple[int, int] | None:
    """Return the words that say where a trigger happens, if a place name is among them."""
    tree = scene.trees[number]
    head = tree.head(start, end)
    if kind not in PHYSICAL:
        return None
    for word in _clause(tree, head):
        for child in sorted(tree.children[word]):
            if not start <= child < end and _tells(tree, child, own=word == head):
                found = _placed(scene, number, child)
                if found is not None and not (found[0] < end and start < found[1]):
                    return found
    return _antecedent(scene, number, head)


def _antecedent(scene: Scene, number: int, head: int) -> tuple[int, int] | None:
    """Return the place whose relative clause a trigger stands in: "Iraq, where it seized land"."""
    tree = scene.trees[number]
    for word in (head, *tree.up(head)):
        if tree.s.rels[word] == "acl:relcl":
            below = (tree.lower[i] for i in tree.down(word))
            return _placed(scene, number, tree.s.heads[word]) if "where" in below else None
    return None


def day(scene: Scene, number: int, start: int, end: int) -> tuple[int, int] | None:
    """Return the time expression that hangs on a trigger or on the verb that carries it."""
    tree = scene.trees[number]
    words = set(_clause(tree, tree.head(start, end)))
    for first, last in _expressions(tree.s.forms, spoken().code):
        head = tree.head(first, last)
        apart = last <= start or end <= first
        if apart and tree.s.heads[head] in words and not VAGUE.intersection(tree.lower[first:last]):
            return first, last
    return None


@lru_cache(maxsize=1024)
def _expressions(forms: tuple[str, ...], _language: str) -> tuple[tuple[int, int], ...]:
    """Return the time expressions of a sentence, which all of its triggers ask for."""
    return tuple(mentions.find(forms))


def _clause(tree: Tree, head: int) -> Iterator[int]:
    """Yield a trigger's head and, for a noun, the verb that only says that it took place."""
    yield head
    above = tree.s.heads[head]
    noun = above >= 0 and tree.s.upos[head] == "NOUN" and tree.s.rels[head] in BELOW
    if noun and tree.s.lemmas[above].lower() in groups()["light"] | groups()["occurring"]:
        yield above


def _tells(tree: Tree, child: int, *, own: bool) -> bool:
    """Return whether a word hangs as a place does: "in Homs", and at a noun "the Homs siege"."""
    relation = tree.s.rels[child].split(":")[0]
    if relation in ("obl", "nmod") and tree.s.rels[child] != "nmod:poss":
        case = tree.child(child, "case")
        return case is not None and tree.lower[case] in LOCATIVE
    return own and relation == "compound"


def _placed(scene: Scene, number: int, word: int) -> tuple[int, int] | None:
    """Return the words from one down to the place name in it: "the town of Hit"."""
    tree = scene.trees[number]
    for _, start, end in scene.named.get(number, ()):
        spot = scene.places[number, start, end].spot
        if spot is not None and _is_called(tree, word, start, end):
            if tree.s.rels[word] == "compound" and spot.precision == "country":
                continue  # "US strikes" are by the US
            return min(word, start), max(word + 1, end)
    return None


def _is_called(tree: Tree, word: int, start: int, end: int) -> bool:
    """Return whether a name is a word, or what a noun is called: "the town of Hit"."""
    top = tree.head(start, end)
    if start <= word < end:
        return True
    of = all(tree.lower[c] == "of" for c in tree.children[top] if tree.s.rels[c] == "case")
    return tree.s.heads[top] == word and tree.s.rels[top].split(":")[0] in NAMING and of
