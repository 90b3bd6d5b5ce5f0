"""Whether an act happened, by the words that govern it: modals, negation, plans, ifs."""

from __future__ import annotations

from typing import cast

from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.ontology.lexicon import ModalityCue
from tocsin.ontology.words import groups
from tocsin.records.claim import Modality

Found = tuple[Modality, str]


def by_rule(scene: Scene, number: int, start: int, end: int) -> Found | None:
    """Return the modality that a cue sets on a trigger, with the cue; None where none does."""
    tree = scene.trees[number]
    word = tree.head(start, end)
    found = _cued(scene, tree, word)
    if found is None and tree.s.upos[word] in ("NOUN", "PROPN"):
        verb = tree.s.heads[word]
        lent = tree.s.rels[word] in ("obj", "nsubj:pass")
        if verb >= 0 and lent and tree.s.lemmas[verb].lower() in groups()["light"]:
            found = _cued(scene, tree, verb)
    return found


def _cued(scene: Scene, tree: Tree, word: int) -> Found | None:
    """Return what the first cue that governs a word sets, nearest to the word first."""
    order = sorted(range(len(tree.s)), key=lambda i: (abs(i - word), i))
    for at in order:
        for cue, end in scene.lexicon.modality.at(tree.s.lemmas, tree.s.upos, at):
            if cue.sense == "sometimes" or at <= word < end:
                continue
            set_ = _sets(tree, cue, tree.head(at, end), word)
            if set_ is not None:
                return set_, cue.lemma
    return None


def _sets(tree: Tree, cue: ModalityCue, head: int, word: int) -> Modality | None:
    """Return the modality that a cue sets on a word, if the word stands where the cue looks."""
    for over in cue.over:
        if over == "main" and _main(tree, head) == word:
            return cast("Modality | None", cue.sets)
        if over == "clause" and _clause(tree, head) == word:
            return "possible" if cue.sets == "conditional" else cast("Modality | None", cue.sets)
        if _governs(tree, head, over, word):
            return cast("Modality | None", cue.sets)
    return None


def _governs(tree: Tree, head: int, over: str, word: int) -> bool:
    if over == "head":
        return tree.s.heads[head] == word
    if tree.s.heads[word] != head:
        joined = tree.s.rels[word] == "conj" and tree.s.heads[word] >= 0
        return joined and _governs(tree, head, over, tree.s.heads[word])
    relation, _, preposition = over.partition(":")
    own = tree.s.rels[word]
    if own.split(":")[0] != relation:
        return False
    if not preposition or own == over:
        return True
    return any(
        tree.lower[c] == preposition
        for c in tree.children[word]
        if tree.s.rels[c] in ("case", "mark")
    )


def _clause(tree: Tree, mark: int) -> int:
    """Return the verb of the clause that a conjunction opens."""
    return tree.s.heads[mark]


def _main(tree: Tree, mark: int) -> int:
    """Return the verb that a conditional clause belongs to."""
    clause = tree.s.heads[mark]
    return tree.s.heads[clause] if clause >= 0 else -1
