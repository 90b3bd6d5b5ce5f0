"""Whether an act happened, by the words that govern it: modals, negation, plans, ifs."""

from __future__ import annotations

from typing import cast

from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.coding.triggers import Candidate
from tocsin.coding.weights import Features, Weights, logit, weigh
from tocsin.ontology.lexicon import ModalityCue
from tocsin.ontology.words import groups
from tocsin.records.claim import Modality

Found = tuple[Modality, str]
MODALITIES: tuple[Modality, ...] = (
    "actual", "negated", "future", "possible", "conditional", "requested",
)  # fmt: skip
# How far above a trigger a word still governs it.
GOVERNORS = 2
# A network that was never weighed is believed as it stands.
TRUST = {"network": 1.0}


def vote(
    scene: Scene, found: Candidate, ruled: Found | None, weights: Weights
) -> tuple[Modality, float]:
    """Return the likeliest modality of a trigger and its chance; without weights the network's.

    `ruled` is what a cue says.
    """
    chances = {
        name: weigh(features, weights.get(f"modality {name}", TRUST))
        for name, features in ballots(scene, found, ruled).items()
    }
    best = max(MODALITIES, key=lambda m: chances[m])
    return best, chances[best]


def ballots(scene: Scene, found: Candidate, ruled: Found | None) -> dict[Modality, Features]:
    """Return for each modality what speaks for and against it."""
    seen = dict(found.proposal.modality) if found.proposal else {"actual": 1.0}
    shared = _features(scene, found, ruled)
    return {name: {**shared, "network": logit(seen.get(name, 0.0))} for name in MODALITIES}


def _features(scene: Scene, found: Candidate, ruled: Found | None) -> dict[str, float]:
    """Return what in a trigger's sentence speaks for or against a modality."""
    tree = scene.trees[found.sentence]
    word = tree.head(found.start, found.end)
    out = {"bias": 1.0, f"type {found.type}": 1.0, f"tag {tree.s.upos[word]}": 1.0}
    out |= {f"cue {m}": float(ruled is not None and ruled[0] == m) for m in MODALITIES}
    for child in tree.children[word]:
        if tree.s.rels[child].split(":")[0] in ("aux", "mark", "advmod", "det"):
            out[f"has {tree.lower[child]}"] = 1.0
    for step, above in enumerate(tree.up(word)):
        if step == GOVERNORS:
            break
        out[f"under {tree.s.lemmas[above].lower()}"] = 1.0
        marks = (c for c in tree.children[above] if tree.s.rels[c].split(":")[0] in ("aux", "mark"))
        out |= {f"above has {tree.lower[c]}": 1.0 for c in marks}
    out["infinitive"] = float("VerbForm=Inf" in tree.s.feats[word])
    out["question"] = float(tree.s.forms[-1] == "?")
    return out


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


def by_form(scene: Scene, number: int, start: int, end: int) -> Found:
    """Return the modality of a trigger that no network saw: by its cue, else by its form.

    A conditional form reports what is not confirmed, as it does in the press of Romance languages.
    """
    ruled = by_rule(scene, number, start, end)
    if ruled is not None:
        return ruled
    tree = scene.trees[number]
    word = tree.head(start, end)
    verbs = [word, *(a for a in (tree.s.heads[word],) if a >= 0 and _lends(tree, word))]
    for verb in verbs:
        shown = [tree.s.feats[w] for w in (verb, *tree.children[verb]) if _finite(tree, w, verb)]
        if any("Mood=Cnd" in feats for feats in shown):
            return "possible", "the conditional form"
        if any("Tense=Fut" in feats for feats in shown):
            return "future", "the future form"
    return "actual", ""


def _finite(tree: Tree, word: int, verb: int) -> bool:
    return word == verb or tree.s.rels[word].split(":")[0] == "aux"


def _lends(tree: Tree, word: int) -> bool:
    """Return whether the verb above a noun lends it its mood: "lanzará un ataque"."""
    noun = tree.s.upos[word] in ("NOUN", "PROPN")
    above = tree.s.heads[word]
    light = above >= 0 and tree.s.lemmas[above].lower() in groups()["light"]
    return noun and light and tree.s.rels[word] in ("obj", "nsubj:pass", "nsubj")


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
