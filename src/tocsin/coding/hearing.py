"""Whether a cue tells what somebody says, and who says it, by vote of network, tree and lexicon.

Each cue and each word that may be its source has features; logistic models fitted on articles that
the network was not trained on weigh them. The weights travel with the network
(`training/votes.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.coding import frames
from tocsin.coding.quotes import Quote, holding
from tocsin.coding.said import Words
from tocsin.coding.scene import Scene
from tocsin.coding.speech import OWN
from tocsin.coding.syntax import Tree, trimmed
from tocsin.coding.votes import UNSEEN, path
from tocsin.coding.weights import Features, Weights, logit, weigh
from tocsin.ontology.lexicon import Cue
from tocsin.records.reading import Edge, Telling

# A source is believed from this chance, a cue from the other. PolNeAR marks fewer statements than
# our own articles: 0.45 for cues, best on those, told a third too many there.
SOURCE, CUE = 0.5, 0.75
# A network whose votes were never weighed is believed where a rule agrees, or where it is sure.
TRUST = {
    "source": {"network": 1.0, "by the tree": 4.0, "within the content": -3.0},
    "cue": {"network": 1.0, "by rule": 1.5},
}
# From this chance words are part of a content.
EDGE = 0.55
# Verbs whose subject speaks in the passive too: "she was quoted as saying".
QUOTING = frozenset({"quote", "cite"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Words that may say what a cue tells, with what speaks for and against them."""

    edge: Edge
    features: Features


def source(scene: Scene, telling: Telling, ruled: Edge | None, weights: Weights) -> Edge | None:
    """Return who says it, by the best vote, or None where nobody is likely enough."""
    chosen = weights.get("source", TRUST["source"])
    ranked = [(weigh(v.features, chosen), v.edge) for v in voices(scene, telling, ruled)]
    chance, best = max(ranked, key=lambda x: x[0], default=(0.0, None))
    return best if chance >= SOURCE else None


def voices(scene: Scene, telling: Telling, ruled: Edge | None) -> list[Voice]:
    """Return the candidates for a cue's source: the network's and the tree's."""
    tree = scene.trees[telling.sentence]
    word = tree.head(telling.start, telling.end)
    plain = ruled or _governor(tree, telling.sentence, word)
    spoken = None if plain is None else _head(scene, plain)
    found = [
        e for e in telling.edges if e.role == "source" and not _told_of(scene, telling, e, word)
    ]
    if plain is not None and spoken not in [_head(scene, e) for e in found]:
        found.append(plain)
    best = max((e.score for e in found), default=UNSEEN)
    contents = [e for e in telling.edges if e.role == "content" and e.score >= EDGE]
    out = []
    for edge in found:
        head, own = _head(scene, edge), scene.trees[edge.sentence]
        features = {
            "bias": 1.0,
            "network": logit(edge.score),
            "behind the best": logit(best) - logit(edge.score),
            "alone": float(len(found) == 1),
            "by the tree": float(head == spoken),
            "not by the tree": float(spoken is not None and head != spoken),
            "by rule": float(ruled is not None and head == _head(scene, ruled)),
            "within the content": float(
                any(c.sentence == head[0] and c.start <= head[1] < c.end for c in contents)
            ),
            f"tag {own.s.upos[head[1]]}": 1.0,
            f"cue {tree.s.upos[word]}": 1.0,
        }
        if edge.sentence == telling.sentence:
            side = "before" if edge.start < telling.start else "after"
            features[side] = 1.0
            features["distance"] = math.log1p(abs(head[1] - word))
            features[f"path {path(tree, word, head[1])}"] = 1.0
        else:
            features["sentence before" if edge.sentence < telling.sentence else "later"] = 1.0
        out.append(Voice(edge, features))
    return out


def _head(scene: Scene, edge: Edge) -> tuple[int, int]:
    return edge.sentence, scene.trees[edge.sentence].head(edge.start, edge.end)


def _told_of(scene: Scene, telling: Telling, edge: Edge, word: int) -> bool:
    """Return whether somebody is only spoken of by a passive cue: "militias accused of attacks"."""
    tree = scene.trees[telling.sentence]
    if edge.sentence != telling.sentence:
        return False
    return frames.passive(tree, word) and frames.patient(tree, word) == tree.head(
        edge.start, edge.end
    )


def _governor(tree: Tree, number: int, word: int) -> Edge | None:
    """Return the subject of a cue, or whose a noun is."""
    if tree.s.upos[word] in ("NOUN", "PROPN"):
        owner = tree.child(word, "nmod:poss")
        words = speaker(tree, owner) if owner is not None else None
    else:
        words = subject(tree, word)
    return Edge("source", number, *words, UNSEEN, "subject of its cue") if words else None


def subject(tree: Tree, word: int) -> Words | None:
    """Return the words of a verb's speaker: its subject, or the agent of a passive."""
    if (quoted := _quoted_as(tree, word)) is not None:
        return speaker(tree, quoted)
    if tree.child(word, "aux:pass", "nsubj:pass") is not None:
        agent = tree.child(word, "obl:agent")
        return speaker(tree, agent) if agent is not None else None
    for verb in (word, *tree.up(word)):
        subject = next((c for c in tree.children[verb] if tree.s.rels[c] == "nsubj"), None)
        if subject is not None:
            return speaker(tree, subject)
        if tree.s.rels[verb] not in ("conj", "xcomp"):
            return None
    return None


def _quoted_as(tree: Tree, word: int) -> int | None:
    """Return the subject of "was quoted as saying", for the word "saying"."""
    above, mark = tree.s.heads[word], tree.child(word, "mark", "case")
    if above < 0 or mark is None or tree.lower[mark] != "as":
        return None
    return tree.child(above, "nsubj:pass") if tree.s.lemmas[above] in QUOTING else None


def speaker(tree: Tree, word: int) -> Words | None:
    """Return the words of a speaker without "by" and without relative clauses."""
    first, last = tree.reach(word)
    first += tree.s.rels[word] == "obl:agent" and tree.lower[first] == "by"
    kept = set(tree.down(word)) - set(_asides(tree, word))
    return trimmed(tree, [i for i in range(first, last) if i in kept])


def _asides(tree: Tree, word: int) -> Iterator[int]:
    """Yield the words of relative clauses under a word; they are no part of a speaker's name."""
    for child in tree.children[word]:
        if tree.s.rels[child] in ("acl:relcl", "parataxis"):
            yield from tree.down(child)


def likely(features: Features, weights: Weights) -> float:
    """Return the chance that a cue tells what somebody says."""
    return weigh(features, weights.get("cue", TRUST["cue"]))


def features(
    scene: Scene, telling: Telling, listed: Cue | None, stretches: Sequence[Quote], *, ruled: bool
) -> dict[str, float]:
    """Return what speaks for and against a cue: network, lexicon, rule, and where it stands."""
    tree = scene.trees[telling.sentence]
    word = tree.head(telling.start, telling.end)
    contents = [e.score for e in telling.edges if e.role == "content"]
    sources = [e.score for e in telling.edges if e.role == "source"]
    at = tree.s.offsets[telling.start][0]
    out = {
        "bias": 1.0,
        "network": logit(telling.score),
        "by rule": float(ruled),
        "content": logit(max(contents, default=UNSEEN)),
        "source": logit(max(sources, default=UNSEEN)),
        "in a quote": float(holding(stretches, at) is not None),
        "words": math.log(telling.end - telling.start),
        f"tag {tree.s.upos[word]}": 1.0,
        f"word {tree.s.lemmas[word].lower()}": 1.0,
        "unlisted": float(listed is None),
    }
    if listed is not None:
        out[f"listed {listed.sense}"] = 1.0
        out["an act"] = float(listed.event)
    out |= {f"with {name}": 1.0 for name in _traits(tree, word)}
    return out


def _traits(tree: Tree, word: int) -> Iterator[str]:
    """Yield what stands around a cue that tells sayings from doings."""
    for child in tree.children[word]:
        relation = tree.s.rels[child]
        if relation in ("ccomp", "xcomp", "parataxis", "obj", "nsubj:pass", "aux:pass"):
            yield relation
        if relation == "nsubj" and tree.lower[child] in OWN:
            yield "own voice"
    if tree.s.rels[word].split(":")[0] in ("parataxis", "acl", "advcl", "amod"):
        yield f"as {tree.s.rels[word].split(':')[0]}"
