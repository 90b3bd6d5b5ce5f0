"""Which countries somebody unnamed cannot be of: those across a verb from him, and his backers."""

from __future__ import annotations

from tocsin.coding.owners import away, backers
from tocsin.coding.scene import Known, Scene
from tocsin.coding.syntax import Tree

# What stands at a verb by its own right, without a preposition.
CORE = frozenset({"nsubj", "obj", "iobj"})


def countries(scene: Scene, number: int, head: int) -> frozenset[str | None]:
    """Return the countries that a phrase accuses, meets or shells, or is backed by.

    A government does none of it to its own country, whichever the article speaks of, and forces
    that another country backs are not that country's.
    """
    tree = scene.trees[number]
    across = backers(tree, head) | _across(tree, head)
    return frozenset(
        scene.country(known.match)
        for known in scene.known[number]
        if tree.head(known.start, known.end) in across
        and _state(tree, known)
        and not _opening(scene, tree, known)
    )


def _across(tree: Tree, head: int) -> frozenset[int]:
    """Return the words that stand across the verb of a subject or object, and what is with them."""
    verb = tree.s.heads[head]
    if verb < 0 or tree.s.rels[head].split(":")[0] not in CORE:
        return frozenset()
    verbs = (verb, *(c for c in tree.children[verb] if tree.s.rels[c] == "xcomp"))
    ends = [c for v in verbs for c in tree.children[v] if c != head and _end(tree, c)]
    return frozenset((*ends, *(c for end in ends for c in tree.children[end] if away(tree, c))))


def _end(tree: Tree, word: int) -> bool:
    return tree.s.rels[word].split(":")[0] in CORE or away(tree, word)


def _opening(scene: Scene, tree: Tree, known: Known) -> bool:
    """Return whether a name is a dateline's: "NIAMEY - Police" is at home in Niamey."""
    at = tree.s.offsets[known.start][0]
    return any(start <= at < end for start, end in scene.openings)


def _state(tree: Tree, known: Known) -> bool:
    """Return whether a name stands for a state: a capital with "to" is where one goes."""
    word = tree.head(known.start, known.end)
    acts = tree.s.rels[word].split(":")[0] in CORE or tree.s.rels[word] in ("obl:agent", "conj")
    return known.match.kind == "country" or (known.match.kind == "capital" and acts)
