"""Which words tell of an event, and of which type: the network and the lexicon weighed together."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tocsin.base.settings import Coding
from tocsin.coding.scene import Scene
from tocsin.ontology.lexicon import Trigger
from tocsin.records.evidence import Hand
from tocsin.records.reading import Proposal


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words taken for a trigger, with the hands that took them."""

    sentence: int
    start: int
    end: int
    type: str
    score: float
    hand: Hand
    because: str
    proposal: Proposal | None = None
    entry: Trigger | None = None

    @property
    def listed(self) -> str | None:
        """What the lexicon says of these words, where it lists them under the candidate's type."""
        return _listed(self.entry) if self.entry and self.entry.type == self.type else None


def find(scene: Scene, learned: frozenset[str], settings: Coding) -> list[Candidate]:
    """Return the triggers of an article in text order; `learned` are the network's types."""
    entries = [list(_entries(scene, k)) for k in range(len(scene.trees))]
    found = [c for p in scene.reading.proposals if (c := _weigh(p, entries[p.sentence], settings))]
    own = [
        _by_lexicon(number, entry, start, end, settings)
        for number, row in enumerate(entries)
        for entry, start, end in row
        if entry.type not in learned and entry.sense != "sometimes"
    ]
    # Whoever adds a type knows what its words mean; the network never saw it.
    found = [c for c in found if not any(_overlap(c, o) for o in own)] + _apart(own, found)
    return sorted(found, key=lambda c: (c.sentence, c.start))


def _overlap(one: Candidate, other: Candidate) -> bool:
    same = one.sentence == other.sentence
    return same and one.start < other.end and other.start < one.end


def _apart(own: list[Candidate], found: list[Candidate]) -> list[Candidate]:
    """Return candidates of types of one's own, the longest where they overlap, with their edges."""
    kept: list[Candidate] = []
    for one in sorted(own, key=lambda c: (c.sentence, c.start, c.start - c.end)):
        if not any(_overlap(one, k) for k in kept):
            near = next((c.proposal for c in found if _overlap(one, c)), None)
            kept.append(replace(one, proposal=near))
    return kept


def _entries(scene: Scene, number: int) -> Iterator[tuple[Trigger, int, int]]:
    """Yield the lexicon's triggers in a sentence whose company allows their sense."""
    tree = scene.trees[number]
    for at in range(len(tree.s)):
        for entry, end in scene.lexicon.triggers_at(tree.s.lemmas, tree.s.upos, at):
            near = [tree.s.lemmas[i] for i in tree.down(tree.head(at, end))]
            if entry.fits(near) and not entry.light:
                yield entry, at, end


def _weigh(
    proposal: Proposal, entries: list[tuple[Trigger, int, int]], settings: Coding
) -> Candidate | None:
    """Return the best reading of a proposal, or nothing where none is likely enough."""
    near = [e for e, a, b in entries if a < proposal.end and proposal.start < b]
    support: dict[str, tuple[float, Trigger | None]] = {}
    for entry in near:
        bonus = _bonus(entry, settings)
        if bonus > support.get(entry.type, (-1.0, None))[0]:
            support[entry.type] = (bonus, entry)
    unknown = (0.0 if near else settings.unlisted, None)
    total = sum(p for _, p in proposal.types)
    kind, p = max(proposal.types, key=lambda x: _logit(x[1]) + support.get(x[0], unknown)[0])
    bonus, backing = support.get(kind, unknown)
    score = _logit(p) + bonus
    # The chance that there is a claim at all counts beside the chance of the type.
    whole = _logit(total) + bonus
    if whole < _logit(settings.claim) or score < _logit(settings.type):
        return None
    because = f"network {p:.2f} for {kind}, {total:.2f} for any claim"
    return Candidate(
        proposal.sentence, proposal.start, proposal.end, kind,
        _chance(score), "model", because, proposal, backing,
    )  # fmt: skip


def _bonus(entry: Trigger, settings: Coding) -> float:
    """Return what an entry adds to the log odds of its type, by how often its word means it."""
    senses = {"always": settings.always, "often": settings.often}
    return senses.get(entry.sense, settings.sometimes)


def _by_lexicon(number: int, entry: Trigger, start: int, end: int, settings: Coding) -> Candidate:
    """Return a candidate of a type that only the lexicon knows."""
    chance = settings.lexicon_always if entry.sense == "always" else settings.lexicon_often
    because = _listed(entry)
    return Candidate(number, start, end, entry.type, chance, "lexicon", because, None, entry)


def _listed(entry: Trigger) -> str:
    return f"“{entry.lemma}” is {entry.sense} {entry.type}"


def _logit(p: float) -> float:
    p = min(max(p, 1e-9), 1 - 1e-9)
    return math.log(p / (1 - p))


def _chance(x: float) -> float:
    return 1 / (1 + math.exp(-x))
