"""What the tree alone tells of triggers that no network saw, and the network tells of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tocsin.coding import mentions, times
from tocsin.coding.dating import DATED
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree, span_at, trimmed
from tocsin.coding.triggers import Candidate
from tocsin.records.claim import Condition, Interval

# How a condition's clause hangs, and on what a verb it stands under hangs in turn.
CLAUSES = ("advcl", "acl")
# How far above a trigger a condition may hang.
REACH = 2


def condition(scene: Scene, found: Candidate) -> Condition | None:
    """Return the condition that the clause of a trigger states, if no network saw the trigger."""
    if found.proposal is not None:
        return None
    tree = scene.trees[found.sentence]
    word = tree.head(found.start, found.end)
    for verb in [word, *list(tree.up(word))[:REACH]]:
        for child in tree.children[verb]:
            kind = _conditional(scene, tree, child)
            if kind is None or found.start in tree.down(child):
                continue
            words = trimmed(tree, tree.down(child))
            if words is not None:
                span = span_at(scene.article.text, tree.s, *words)
                return Condition(span, "unless" if kind == "unless" else "if")
    return None


def _conditional(scene: Scene, tree: Tree, clause: int) -> str | None:
    """Return the kind of condition that a clause states: if, unless, or none."""
    if tree.s.rels[clause].split(":")[0] not in CLAUSES:
        return None
    for at in sorted(tree.children[clause]):
        if tree.s.rels[at] not in ("mark", "case", "advmod", "fixed"):
            continue
        for cue, _ in scene.lexicon.modality.at(tree.s.lemmas, tree.s.upos, at):
            if cue.condition is not None:
                return cue.condition
    return None


def deadline(scene: Scene, found: Candidate) -> Interval | None:
    """Return the term that the sentence of a threat or demand sets, if no network saw it."""
    if found.proposal is not None or found.type not in DATED:
        return None
    tree = scene.trees[found.sentence]
    for start, end in mentions.find(tree.s.forms):
        span = span_at(scene.article.text, tree.s, start, end)
        days = times.deadline(span.quote, scene.anchor)
        if days is not None:
            return Interval(days[0], days[1], span)
    return None


def contents(scene: Scene, found: Sequence[Candidate]) -> Mapping[int, int]:
    """Return for the places of triggers that no network saw the places of what they belong to."""
    out: dict[int, int] = {}
    for k, candidate in enumerate(found):
        if candidate.proposal is None:
            parent = next(_above(scene, candidate, found), None)
            if parent is not None:
                out[k] = parent
    return out


def _above(scene: Scene, inner: Candidate, found: Sequence[Candidate]) -> Iterator[int]:
    """Yield the triggers, nearest first, whose frame takes what a trigger stands in as content."""
    tree = scene.trees[inner.sentence]
    word = tree.head(inner.start, inner.end)
    heads = {
        tree.head(c.start, c.end): k
        for k, c in enumerate(found)
        if c.sentence == inner.sentence and c is not inner and c.entry is not None
    }
    below = word
    for above in tree.up(word):
        if above in heads:
            entry = found[heads[above]].entry
            if entry is not None and _stands(tree, below, entry.frame.content):
                yield heads[above]
            return
        below = above


def _stands(tree: Tree, word: int, places: Sequence[str]) -> bool:
    """Return whether a word stands at one of a frame's places for content."""
    for place in places:
        relation, _, preposition = place.partition(":")
        if tree.s.rels[word].split(":")[0] != relation:
            continue
        cases = {tree.lower[c] for c in tree.children[word] if tree.s.rels[c] in ("case", "mark")}
        if not preposition or preposition in cases:
            return True
    return False
