"""Threats handed on: one tells another what it faces unless it acts.

"The US has informed Baghdad that Israeli strikes are imminent unless it checks the militias" is a
threat by whoever delivers it, though "inform" is no threatening word (the codebook's rule for
relayed warnings). A condition, an act of force in what is told, and a hearer whom it concerns make
it one. A warning between friends about a third has no condition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from tocsin.coding import frames, participants
from tocsin.coding.said import Said, Words
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.coding.triggers import Candidate
from tocsin.ontology.words import groups
from tocsin.records.claim import Claim
from tocsin.records.reading import Edge, Proposal

# What may be threatened, and the mode of the threat.
FORCE = {"ASSAULT": "violence", "COERCE": "restrict", "SANCTION": "restrict"}
# Conjunctions that open the condition of a threat.
CONDITIONS = frozenset({"if", "till", "unless", "until"})
# Where the one told stands by the verb: an object, or after "to".
HEARER = ("obj", "iobj", "obl:to")
# Bodies of many states, before whom one speaks, and who are not threatened by it.
BODIES = frozenset({"IGO", "NGO"})
# What such a reading is worth, and a place in it.
CHANCE = 0.6


@dataclass(frozen=True, slots=True)
class Relay:
    """Words that hand a threat on: the verb, who is told, the condition, the acts of force."""

    verb: int
    hearer: Words
    condition: Words
    acts: list[Candidate]


def find(scene: Scene, found: Sequence[Candidate], said: Sequence[Said]) -> list[Candidate]:
    """Return the threats that are handed on by words which no other hand took for a trigger."""
    out = []
    rows: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in found:
        rows[candidate.sentence].append(candidate)
    for statement in said:
        row = rows[statement.sentence]
        if any(statement.cued(c.sentence, c.start, c.end) for c in row):
            continue
        relay = _relay(scene, row, statement)
        if relay is not None:
            out.append(_candidate(scene, relay, statement))
    return out


def _relay(scene: Scene, row: Sequence[Candidate], told: Said) -> Relay | None:
    """Return what a statement hands on, `row` being the triggers of its cue's sentence."""
    if told.cue is None or told.source is None or told.source_sentence != told.sentence:
        return None
    tree = scene.trees[told.sentence]
    verb = tree.head(*told.cue)
    if tree.s.lemmas[verb].lower() not in groups()["telling"]:
        return None
    hearers = _hearers(tree, verb, told.source)
    condition = _condition(tree, told)
    inside = [c for c in row if _within(tree, told, c.start)]
    acts = [c for c in inside if c.type in FORCE]
    if len(hearers) != 1 or condition is None or not acts:
        return None
    speaking = _countries(scene, told.sentence, told.source)
    if not _countries(scene, told.sentence, hearers[0]) - speaking - BODIES:
        return None
    return Relay(verb, hearers[0], condition, acts)


def _hearers(tree: Tree, verb: int, source: Words) -> list[Words]:
    """Return who is told; a tree may take the one who tells for a second object."""
    found = frames.arguments(tree, verb, verb + 1, HEARER, lambda _: True)
    if any(_overlaps(words, source) for words in found):
        objects = (w for w in tree.children[verb] if tree.s.rels[w] in ("obj", "iobj"))
        found = [(word, word + 1) for word in objects]
    return [words for words in found if not _overlaps(words, source)]


def _overlaps(one: Words, other: Words) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(tree: Tree, told: Said, word: int) -> bool:
    return told.holds(tree.s.offsets[word][0])


def _condition(tree: Tree, told: Said) -> Words | None:
    """Return the clause of what is told that sets a condition."""
    for word, form in enumerate(tree.lower):
        if form in CONDITIONS and tree.s.rels[word] == "mark" and _within(tree, told, word):
            start, end = tree.reach(tree.s.heads[word])
            while end > word and tree.s.upos[end - 1] == "PUNCT":
                end -= 1
            return max(start, word), end
    return None


def _countries(scene: Scene, number: int, words: Words) -> set[str]:
    """Return the countries of the names in some words, outlets left out: they only pass it on."""
    inside = [k.match for k in scene.known[number] if k.start < words[1] and words[0] < k.end]
    outlets = [m for m in inside if m.kind == "actor" and m.id.startswith("outlet-")]
    return {c for m in inside if m not in outlets and (c := scene.country(m))}


def _candidate(scene: Scene, relay: Relay, told: Said) -> Candidate:
    """Return the threat with its participants, and with the acts that it threatens as contents."""
    number, verb, end = told.sentence, relay.verb, relay.verb + 1
    because = f"“{scene.trees[number].s.forms[verb]}” hands on what follows unless one acts"
    proposal = Proposal(
        sentence=number,
        start=verb,
        end=end,
        types=(("THREATEN", CHANCE),),
        modality=(("actual", 1.0),),
        modes=((f"THREATEN:{FORCE[relay.acts[0].type]}", 1.0),),
        edges=tuple(_edges(relay, told)),
        hand="rule",
    )
    contents = tuple(c.proposal for c in relay.acts if c.proposal is not None)
    return Candidate(
        number, verb, end, "THREATEN", CHANCE, "rule", because, proposal, contents=contents
    )


def _edges(relay: Relay, told: Said) -> Iterator[Edge]:
    number, because = told.sentence, "beside words that hand on a threat"
    if told.source is not None:
        yield Edge("actor", number, *told.source, CHANCE, because, "rule")
    yield Edge("recipient", number, *relay.hearer, CHANCE, because, "rule")
    yield Edge("condition", number, *relay.condition, 1.0, because, "rule")


def settle(told: Sequence[Claim], found: Sequence[Candidate]) -> list[Claim]:
    """Return the claims, each threat that is handed on with the speakers of what it threatens.

    Whoever delivers it is its actor and no speaker of it.
    """
    by_proposal = {id(c.proposal): claim for claim, c in zip(told, found, strict=True)}
    out = []
    for claim, candidate in zip(told, found, strict=True):
        acts = (by_proposal[id(p)] for p in candidate.contents if id(p) in by_proposal)
        heard = next((act.attribution for act in acts if act.attribution), None)
        chain = heard.chain if heard else ()
        chain = tuple(s for s in chain if not any(participants.same(s, a) for a in claim.actors))
        said = replace(heard, chain=chain, cue=None) if heard and chain else None
        out.append(replace(claim, attribution=said) if candidate.contents else claim)
    return out
