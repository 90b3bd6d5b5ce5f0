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
# What a word sets on an act where the word is negated itself: "did not rule out", "do not plan".
OPPOSITES: dict[Modality | None, Modality] = {
    "negated": "possible", "future": "negated", "possible": "negated",
}  # fmt: skip


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


def by_rule(scene: Scene, number: int, start: int, end: int, own: range = range(0)) -> Found | None:
    """Return the modality that a cue sets on a trigger, with the cue; None where none does.

    Cues among its `own` words are left out: they say what it is, not whether it happened ("will
    not stand idly by").
    """
    tree = scene.trees[number]
    word = tree.head(start, end)
    found = _cued(scene, tree, word, own)
    if found is None and _lends(tree, word):
        return _cued(scene, tree, tree.s.heads[word], own)
    return found


def by_form(scene: Scene, number: int, start: int, end: int, *, threat: bool) -> Found:
    """Return the modality of a trigger that no network saw: by its cue, else by its form.

    A conditional form reports what is not confirmed, as it does in the press of Romance languages.
    A threat is made as it is said: what will be done, and if what, is its content.
    """
    tree = scene.trees[number]
    word = tree.head(start, end)
    ruled = by_rule(scene, number, start, end, range(start, end))
    if ruled is not None and not (ruled[0] == "conditional" and (threat or _past(tree, word))):
        return ruled
    for verb in (word, tree.s.heads[word]) if _lends(tree, word) else (word,):
        shown = [tree.s.feats[w] for w in (verb, *tree.children[verb]) if _finite(tree, w, verb)]
        if any("Mood=Cnd" in feats for feats in shown):
            return "possible", "the conditional form"
        if not threat and any("Tense=Fut" in feats for feats in shown):
            return "future", "the future form"
    return "actual", ""


def _past(tree: Tree, word: int) -> bool:
    """Return whether a verb tells what is done already, and under no condition."""
    return "Mood=Ind" in tree.s.feats[word] and "Tense=Past" in tree.s.feats[word]


def _finite(tree: Tree, word: int, verb: int) -> bool:
    return word == verb or tree.s.rels[word].split(":")[0] == "aux"


def _lends(tree: Tree, word: int) -> bool:
    """Return whether the verb above a noun lends it its mood: "lanzará un ataque".

    So do verbs that only say that it takes place, of what they are said: "if the attacks go on".
    """
    above, rel = tree.s.heads[word], tree.s.rels[word]
    if above < 0 or tree.s.upos[word] not in ("NOUN", "PROPN"):
        return False
    verb = tree.s.lemmas[above].lower()
    done = rel in ("obj", "nsubj:pass") and verb in groups()["light"]
    return done or (rel in ("nsubj", "nsubj:pass") and verb in groups()["occurring"])


def _cued(scene: Scene, tree: Tree, word: int, own: range) -> Found | None:
    """Return what a cue that governs a word sets, the nearest of those that say most.

    What a condition asks for is possible, whatever else is said of it ("if they do not leave");
    an article like "any" counts where nothing else says anything.
    """
    ranked: list[tuple[int, Found]] = []
    for at in sorted(range(len(tree.s)), key=lambda i: (abs(i - word), i)):
        for cue, end in scene.lexicon.modality.at(tree.s.lemmas, tree.s.upos, at):
            if cue.sense == "sometimes" or at in own or at <= word < end:
                continue
            head = tree.head(at, end)
            set_ = _sets(tree, cue, head, word)
            if set_ in OPPOSITES and _denied(scene, tree, head):
                set_ = None if _prevents(tree, head) else OPPOSITES[set_]
            if set_ is not None:
                asked = cue.pos == "SCONJ" and set_ == "possible"
                ranked.append((0 if asked else 2 if cue.pos == "DET" else 1, (set_, cue.lemma)))
    return min(ranked, key=lambda one: one[0])[1] if ranked else None


def _denied(scene: Scene, tree: Tree, head: int) -> bool:
    """Return whether a word is itself negated, or with it the verb that it completes.

    "Did not rule out", "sin descartar", "has no plans", and a modal before its verb: "no podrá".
    """
    above, rel = tree.s.heads[head], tree.s.rels[head]
    negated = list(tree.children[head])
    if above >= 0 and rel in ("obj", "aux"):
        negated += [c for c in tree.children[above] if rel == "obj" or c < head]
    return any(
        cue.sets == "negated" and "head" in cue.over
        for child in negated
        for cue, _ in scene.lexicon.modality.at(tree.s.lemmas, tree.s.upos, child)
    )


def _prevents(tree: Tree, head: int) -> bool:
    """Return whether a verb stops an act: where it did not, the act is nothing but actual."""
    return tree.s.lemmas[head].lower() in groups()["foiling"]


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
