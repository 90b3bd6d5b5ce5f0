"""Whose somebody is: a nationality, a possessor, a group or leader named before the noun."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from tocsin.coding import coreference
from tocsin.coding.named import entity
from tocsin.coding.scene import Known, Scene
from tocsin.coding.syntax import Tree, is_pronoun, span_at
from tocsin.ontology.actors import BEYOND
from tocsin.ontology.nearby import country_near
from tocsin.ontology.words import groups
from tocsin.records.claim import Participant

# "Pro-Iranian" and "anti-Assad" name no owner.
SIDES = re.compile("(?:pro|anti)(?:-|$)")
AWAY = frozenset({"against", "to", "toward", "towards", "with"})
# What one power leads of several, and goes to war: "the US-led coalition".
ALLIED = frozenset({"alliance", "coalition"})
UNNAMED = "of somebody whom the text has not named before"
# Words of a phrase that is still "the US-led coalition" and no clause.
LED = 6


def owner_of(scene: Scene, number: int, start: int, end: int, head: int) -> Participant | None:
    """Return whom somebody belongs to: a nationality, a possessor, a group before the noun."""
    tree = scene.trees[number]
    below = set(tree.down(head)) | set(range(start, end))
    beside = [c for c in tree.children[head] if _apart(tree, c)]
    cut = {w for c in beside for w in tree.down(c)}
    others = backers(tree, head)
    kept = [
        k
        for k in scene.known[number]
        # An article may be a part of a name, "the US", and hang elsewhere.
        if k.end - 1 in below and (k.end - 1 not in cut or start < k.end <= end)
        # A force may be a part of the group that it is linked to, never of a country.
        if k.match.kind == "actor" or k.end - 1 not in others
    ]
    near = sorted(kept, key=lambda k: (not start <= k.start < end, abs(k.start - head)))
    for known in near:
        if known.start <= head < known.end or _opposed(tree, known) or _aside(scene, tree, known):
            continue
        return entity(scene, tree, known)
    led = next((k for k in near if _leads(tree, k) and start < k.end and end - start <= LED), None)
    if led is not None:
        leader = entity(scene, tree, led)
        allied = tree.s.lemmas[head].lower() in ALLIED
        return replace(leader, sectors=("MIL",)) if allied else leader
    if (slip := _misspelt(scene, number, range(start, end))) is not None:
        return slip
    for word in sorted(below - cut):
        if tree.s.rels[word] == "nmod:poss":
            possessor = _possessor(scene, number, word)
            if possessor is not None:
                return possessor
    return None


def _possessor(scene: Scene, number: int, word: int) -> Participant | None:
    """Return whom a pronoun or a noun like "the regime" before its 's takes up."""
    tree = scene.trees[number]
    span = span_at(scene.article.text, tree.s, word, word + 1)
    own = Participant(span=span, name=tree.s.forms[word])
    if is_pronoun(tree, word):
        return coreference.pronoun(scene, number, word, own)
    first, last = min(tree.down(word)), word + 1
    met = coreference.taken_up(scene, number, word, (first, last), None)
    if met is None and tree.s.lemmas[word].lower() in groups()["states"] | groups()["bands"]:
        return replace(own, unknown=UNNAMED)
    return met


def _misspelt(scene: Scene, number: int, words: Iterable[int]) -> Participant | None:
    """Return the country whose name a word of a phrase has with a slip in it."""
    tree = scene.trees[number]
    long = [n for n in tree.s.names if n.kind == "PER" and n.end - n.start > 1]
    people = {i for n in long for i in range(n.start, n.end)}
    for word in words:
        form = tree.s.forms[word]
        if form[0].isupper() and tree.s.upos[word] in ("PROPN", "ADJ") and word not in people:
            country = country_near(scene.knowledge, form)
            if country is not None:
                span = span_at(scene.article.text, tree.s, word, word + 1)
                return Participant(
                    span=span, name=country.name, country=country.code, sectors=("GOV",)
                )
    return None


def _opposed(tree: Tree, known: Known) -> bool:
    """Return whether a name only tells what somebody is for or against: "pro-Iran militias"."""
    before = [tree.lower[i] for i in range(max(0, known.start - 2), known.start)]
    after = [tree.lower[i] for i in range(known.end, min(len(tree.s), known.end + 2))]
    first = tree.lower[known.start]
    joined = after[:1] == ["-"] or (bool(after) and after[0] in ("aligned", "backed", "led"))
    return joined or any(SIDES.match(word) for word in (first, *before))


def _aside(scene: Scene, tree: Tree, known: Known) -> bool:
    """Return whether an international body is only what an office is about: "Caricom Affairs"."""
    top = tree.head(known.start, known.end)
    above = tree.s.heads[top]
    return (
        known.match.kind == "actor"
        and scene.country(known.match) in BEYOND
        and tree.s.rels[top] in ("compound", "conj")
        and above >= 0
        and tree.s.lemmas[above].lower() in groups()["matters"]
    )


def backers(tree: Tree, head: int) -> frozenset[int]:
    """Return the words for who backs somebody or is linked with him, and does not own him.

    They stand behind a participle after the noun: "forces backed by Moscow and Tehran".
    """
    for tie in range(head + 1, len(tree.s)):
        if not groups()["backing"].isdisjoint((tree.lower[tie], tree.s.lemmas[tie])):
            return frozenset(w for w in tree.down(head) if w > tie)
        if tree.s.upos[tie] != "ADJ":
            break
    return frozenset()


def _apart(tree: Tree, word: int) -> bool:
    """Return whether a phrase below a noun is about others than whom the noun names."""
    return tree.s.rels[word].startswith(("acl", "conj", "appos")) or away(tree, word)


def away(tree: Tree, word: int) -> bool:
    """Return whether a phrase tells whom one is sent to or stands against, not whose one is."""
    return tree.s.rels[word].split(":")[0] in ("nmod", "obl") and any(
        tree.lower[c] in AWAY for c in tree.children[word] if c < word
    )


def _leads(tree: Tree, known: Known) -> bool:
    """Return whether a name leads what follows: "a US-led strike" is a strike of the US."""
    return "led" in [f.lower() for f in tree.s.forms[known.end : known.end + 2]]
