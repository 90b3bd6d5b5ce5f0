"""Who takes part in a claim, by the vote of every hand: the network, the tree, the lexicon.

Every word that any hand names for a role is a candidate with features; a logistic model per role,
fitted on sentences that the network was not trained on, weighs them into the chance that the words
fill the role. The weights travel with the network (`training/votes.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from tocsin.coding import frames, participants
from tocsin.coding.said import Said
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.coding.triggers import Candidate
from tocsin.coding.weights import Features, Weights, logit, weigh
from tocsin.ontology.entries import Frame
from tocsin.ontology.words import groups
from tocsin.records.reading import Edge

# Roles that are voted on; the network alone is asked for the others.
ROLES = ("actor", "recipient", "speaker", "relay")
# Where a participant stands if no entry of the lexicon says so, by the trigger's part of speech.
USUAL = {
    "VERB": Frame(actor=("nsubj",), recipient=("obj",)),
    "NOUN": Frame(
        actor=("nmod:by", "nmod:poss", "compound", "amod"),
        recipient=("nmod:on", "nmod:against"),
    ),
}
# What a verb lends the noun that it carries.
LENT = {"actor": ("nsubj",), "recipient": ("iobj", "obl:to", "obl:against", "obl:on")}
# Prepositions that tell roles apart; the others count as one.
TELLING = frozenset(
    {"against", "at", "between", "by", "for", "from", "in", "into", "of", "on", "to", "with"}
)
# What the network gives a word that it does not name.
UNSEEN = 0.02
# A network whose votes were never weighed is believed as it stands; where it cannot see or sees
# nobody, the frame of a word and the statement around it are.
TRUST = {"network": 1.0, "never seen": 4.0, "nobody else says so": 4.0}


@dataclass(frozen=True, slots=True)
class Ballot:
    """Words that may fill a role, with what speaks for and against them."""

    edge: Edge
    features: Features


def ballots(
    scene: Scene, found: Candidate, edges: Sequence[Edge], around: Sequence[Said]
) -> list[Ballot]:
    """Return the candidates for each voted role of a trigger with their features.

    `edges` are the network's, their words mended; those of other roles are left alone. `around`
    are the statements that the trigger stands in: who says them may be its speaker.
    """
    tree = scene.trees[found.sentence]
    framed = dict(_framed(scene, found))
    out = []
    for role in ROLES:
        own = [e for e in edges if e.role == role]
        places = [tree.head(start, end) for start, end in framed.get(role, ())]
        heads = {(e.sentence, scene.trees[e.sentence].head(e.start, e.end)) for e in own}
        for place, words in zip(places, framed.get(role, ()), strict=True):
            if (found.sentence, place) not in heads:
                own.append(Edge(role, found.sentence, *words, UNSEEN, "by its word's frame"))
        if role in ("speaker", "relay"):
            told = around if role == "speaker" else around[1:]
            own += _sources(role, told, edges)
        best = max((e.score for e in own), default=UNSEEN)
        for edge in own:
            features = _features(scene, found, edge, best, len(own))
            features |= _rivals(edge, edges)
            head = scene.trees[edge.sentence].head(edge.start, edge.end)
            if places:
                agrees = edge.sentence == found.sentence and head in places
                features["frame agrees" if agrees else "frame elsewhere"] = 1.0
            if role in ("speaker", "relay"):
                features |= _told(edge, around)
                alone = role == "speaker" and best <= UNSEEN and "innermost says so" in features
                features["nobody else says so"] = float(alone)
            out.append(Ballot(edge, features))
    return out


def chance(ballot: Ballot, weights: Weights) -> float:
    """Return the chance that a candidate fills its role; without weights, what its hand gives."""
    return weigh(ballot.features, weights.get(ballot.edge.role, TRUST))


def _framed(scene: Scene, found: Candidate) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield the words at the places that the trigger's frame gives actor and recipient."""
    tree = scene.trees[found.sentence]
    tag = tree.s.upos[tree.head(found.start, found.end)]
    usual = USUAL["NOUN" if tag in ("NOUN", "PROPN") else "VERB"]
    frame = found.entry.frame if found.entry is not None else usual

    def likely(word: int) -> bool:
        return participants.names_somebody(scene, found.sentence, word)

    for role, places in (("actor", frame.actor), ("recipient", frame.recipient)):
        # Where no network saw anybody, all who meet, agree or fight are in the frame's places.
        mutual = role == "actor" and found.proposal is None and not frame.recipient
        rows = [(place,) for place in places] if mutual else [tuple(places)]
        words = [frames.arguments(tree, found.start, found.end, row, likely) for row in rows]
        held = list(dict.fromkeys(chain.from_iterable(words)))
        if found.proposal is None:
            lent = _lent(tree, found, role)
            if role == "actor":
                held = [words for words in held if _acts(tree, words, likely)]
            held = list(dict.fromkeys([*lent, *held])) if mutual else held or lent
        yield role, held


def _acts(tree: Tree, words: tuple[int, int], likely: Callable[[int], bool]) -> bool:
    """Return whether words can be an actor: a subject, a name, or a word for people and bodies.

    A noun's complement need not act: "emergency talks", "an agreement of cooperation".
    """
    head = tree.head(*words)
    named = tree.s.rels[head].startswith("nsubj") or tree.s.upos[head] == "PROPN"
    return named or any(likely(word) for word in range(*words))


def _lent(tree: Tree, found: Candidate, role: str) -> list[tuple[int, int]]:
    """Return whom the verb that carries a noun lends it: "responded with strikes against them"."""
    noun = tree.head(found.start, found.end)
    verb, carried = tree.s.heads[noun], tree.s.rels[noun] in ("obj", "obl")
    if verb < 0 or not carried or tree.s.upos[noun] != "NOUN":
        return []
    if tree.s.lemmas[verb].lower() not in groups()["light"]:
        return []
    return frames.arguments(tree, verb, verb + 1, LENT[role], lambda _: True)


def _features(
    scene: Scene, found: Candidate, edge: Edge, best: float, count: int
) -> dict[str, float]:
    tree, trigger = scene.trees[edge.sentence], scene.trees[found.sentence]
    head = tree.head(edge.start, edge.end)
    word = trigger.head(found.start, found.end)
    tag = "N" if trigger.s.upos[word] in ("NOUN", "PROPN") else "V"
    network = logit(edge.score)
    known = any(k.start < edge.end and edge.start < k.end for k in scene.known[edge.sentence])
    features = {
        "bias": 1.0,
        "network": network,
        "behind the best": logit(best) - network,
        "alone": float(count == 1),
        f"type {found.type}": 1.0,
        f"tag {tree.s.upos[head]}": 1.0,
        "known name": float(known),
        "trigger's confidence": logit(found.score),
        "unseen": float(edge.score <= UNSEEN),
        "never seen": float(found.proposal is None),
    }
    if edge.sentence != found.sentence:
        features["sentence before" if edge.sentence < found.sentence else "sentence after"] = 1.0
        return features
    features[f"path {tag} {path(tree, word, head)}"] = 1.0
    features["within the trigger"] = float(found.start <= head < found.end)
    features["distance"] = math.log1p(abs(head - word))
    return features


def telling(scene: Scene, found: Candidate, said: Iterable[Said]) -> list[Said]:
    """Return the statements with a source that a trigger stands in, the innermost first."""
    at = scene.trees[found.sentence].s.offsets[found.start][0]
    trigger = (found.sentence, found.start, found.end)
    # A trigger that is the very cue says; it is not said.
    holding = [s for s in said if s.source is not None and s.holds(at) and not s.cued(*trigger)]
    return sorted(holding, key=lambda s: s.content[1] - s.content[0])


def _sources(role: str, telling: Iterable[Said], edges: Iterable[Edge]) -> Iterator[Edge]:
    """Yield who says what a trigger stands in, where no hand has named them yet."""
    taken = [(e.sentence, e.start, e.end) for e in edges if e.role in ("speaker", "relay")]
    for said in telling:
        if said.source is None:
            continue
        start, end = said.source
        if not any(k == said.source_sentence and a < end and start < b for k, a, b in taken):
            taken.append((said.source_sentence, start, end))
            yield Edge(role, said.source_sentence, start, end, UNSEEN, "says what it is in")


def _told(edge: Edge, telling: Sequence[Said]) -> dict[str, float]:
    """Return how a speaker stands to the statements around a trigger."""
    out = {"in no statement": float(not telling)}
    for depth, said in enumerate(telling[:2]):
        place = "innermost" if depth == 0 else "next"
        source = said.source or (0, 0)
        same = said.source_sentence == edge.sentence
        same = same and source[0] < edge.end and edge.start < source[1]
        out[f"{place} says so" if same else f"{place} is another's"] = 1.0
        if same:
            out[f"{place} by an act"] = float(said.acts)
            out[f"{place} {said.style}"] = 1.0
            out[f"{place} {said.polarity}"] = 1.0
    return out


def _rivals(edge: Edge, edges: Iterable[Edge]) -> dict[str, float]:
    """Return for each other role how strongly the network gives it the same words."""
    out: dict[str, float] = {}
    for other in edges:
        same = other.sentence == edge.sentence
        if same and other.role != edge.role and other.start < edge.end and edge.start < other.end:
            name = f"also {other.role}"
            out[name] = max(out.get(name, 0.0), other.score)
    return out


def path(tree: Tree, trigger: int, word: int) -> str:
    """Return in a few words how a participant's head hangs on a trigger's head in the tree."""
    joined = ""
    while tree.s.rels[word] == "conj" and tree.s.heads[word] not in (trigger, -1):
        word, joined = tree.s.heads[word], " joined"
    heads, rels, above = tree.s.heads, tree.s.rels, list(tree.up(trigger))
    if word == trigger:
        way = "itself"
    elif heads[word] == trigger:
        way = _relation(tree, word)
    elif heads[trigger] == word:
        way = "above " + _relation(tree, trigger)
    elif heads[word] >= 0 and heads[word] == heads[trigger]:
        way = f"{_relation(tree, trigger)} beside {_relation(tree, word)}"
    elif word in above:
        way = "far above"
    elif heads[word] in above:
        way = f"up {above.index(heads[word])} {rels[word].split(':')[0]}"
    else:
        way = "far below" if trigger in tree.up(word) else "apart"
    return way + joined


def _relation(tree: Tree, word: int) -> str:
    """Return a word's relation with its voice and the preposition that tells most."""
    relation = tree.s.rels[word]
    base = relation.split(":")[0]
    if relation in ("nsubj:pass", "obl:agent", "nmod:poss", "acl:relcl"):
        return relation
    if base not in ("obl", "nmod"):
        return base
    case = next((tree.lower[c] for c in tree.children[word] if tree.s.rels[c] == "case"), "")
    return f"{base} {case if case in TELLING else 'other'}"
