"""Which words tell of an event, and of which type: the network and the lexicon weighed together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from tocsin.base.settings import Coding
from tocsin.coding.frames import arguments
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.coding.weights import Features, Weights, logit, sigmoid, weigh
from tocsin.ontology.lexicon import Phrase, Trigger
from tocsin.ontology.words import groups
from tocsin.records.evidence import Hand
from tocsin.records.reading import Proposal

# How near 0 and 1 the chances that are set against the lexicon's bonuses may come.
SURE = 1e-9
# How words hang on a trigger that they only describe.
PARTS = frozenset({"advmod", "amod", "case", "compound", "det", "fixed"})

# How many words a phrase for people may have before a trigger in it: "combat aircraft".
AROUND = 3
# What leads to a noun of another event than the verb's.
REASONS = frozenset({"after", "by", "for", "against", "until", "without"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words taken for a trigger, with the hands that took them.

    `contents` are the proposals that stand in what the words say, where a rule took them.
    """

    sentence: int
    start: int
    end: int
    type: str
    score: float
    hand: Hand
    because: str
    proposal: Proposal | None = None
    entry: Trigger | None = None
    contents: tuple[Proposal, ...] = ()

    @property
    def listed(self) -> str | None:
        """What the lexicon says of these words, where it lists them under the candidate's type."""
        return _listed(self.entry) if self.entry and self.entry.type == self.type else None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate, whether it is plain by the network and lexicon alone, and its features."""

    candidate: Candidate
    plain: bool
    features: Features


def find(
    scene: Scene, learned: frozenset[str], settings: Coding, weights: Weights
) -> list[Candidate]:
    """Return the triggers of an article in text order; `learned` are the network's types."""
    listed = [list(entries(scene, k)) for k in range(len(scene.trees))]
    read = [best(scene, p, listed[p.sentence], settings) for p in scene.reading.proposals]
    likely = map(partial(_voted, settings, weights), read)
    voted = [c for c in likely if c is not None and not _danger(scene, c)]
    rows: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in voted:
        rows[candidate.sentence].append(candidate)
    found = [c for c in voted if not any(_lost(scene, c, o) for o in rows[c.sentence])]
    said = (
        [
            _by_lexicon(number, entry, start, end, settings)
            for entry, start, end in row
            if entry.type not in learned and entry.sense != "sometimes"
        ]
        for number, row in enumerate(listed)
    )
    own = [c for row in said for c in _longest(row) if not _named(scene, c)]
    own = _single(scene, own)
    # Whoever adds a type knows what its words mean; the network never saw it.
    found = [c for c in found if not any(_overlap(c, o) for o in own)] + _apart(own, found)
    return sorted(found, key=lambda c: (c.sentence, c.start))


def _named(scene: Scene, found: Candidate) -> bool:
    """Return whether words are a part of what they do not tell of: a name, a word for people.

    "Amnesty International" is known, "Council for Peace Talks" may only be read as a name, and
    "attack helicopter" is the lexicon's.
    """
    tree = scene.trees[found.sentence]
    known = ((k.start, k.end) for k in scene.known[found.sentence] if k.match.kind == "actor")
    read = ((n.start, n.end) for n in tree.s.names if _bears(tree, n.start, n.end, found))
    around = chain(known, read, _compounds(scene, found))
    return any(a <= found.start and found.end <= b for a, b in around)


def _bears(tree: Tree, start: int, end: int, found: Candidate) -> bool:
    """Return whether a name that a reader sees is one by its letters, beyond its trigger's."""
    capitals = {at for at in range(start, end) if tree.s.forms[at][:1].isupper()}
    inside = set(range(found.start, found.end))
    return 0 not in inside and inside < capitals


def _compounds(scene: Scene, found: Candidate) -> Iterator[tuple[int, int]]:
    """Yield the phrases around a trigger that it is a word of: for people, for "according to"."""
    tree, longest = scene.trees[found.sentence], found.end - found.start
    for at in range(max(0, found.start - AROUND), found.start + 1):
        words = (tree.s.lemmas, tree.s.upos, at)
        led = [match for match in scene.lexicon.cues.at(*words) if match[0].pos == "ADP"]
        around: list[tuple[Phrase, int]] = [*scene.lexicon.agents.at(*words), *led]
        for entry, end in around:
            if end - at > longest and len(entry.words) > 1:
                yield at, end


def _single(scene: Scene, own: list[Candidate]) -> list[Candidate]:
    """Return the candidates of the lexicon without those that tell what another beside them tells.

    An attack's noun tells more than the casualties it hangs on ("died in an attack"), a verb more
    than the noun of its type that it carries ("imposed sanctions"). What a protest demands is
    inside it.
    """
    rows: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
    for one in own:
        rows[one.sentence, one.type].append(one)
    left = {id(one) for one in own if _inside(scene.trees[one.sentence], one, own)} | {
        id(_lesser(scene.trees[sentence], one, other))
        for (sentence, _), row in rows.items()
        for one in row
        for other in row
        if one is not other and _carried(scene.trees[sentence], one, other)
    }
    return [c for c in own if id(c) not in left]


def _inside(tree: Tree, one: Candidate, own: Sequence[Candidate]) -> bool:
    """Return whether words only tell what a protest is for: "marched to demand security"."""
    word = tree.head(one.start, one.end)
    heads = [
        tree.head(o.start, o.end) for o in own if o.sentence == one.sentence and o.type == "PROTEST"
    ]
    return one.type == "REQUEST" and tree.s.rels[word] == "advcl" and tree.s.heads[word] in heads


def _carried(tree: Tree, one: Candidate, other: Candidate) -> bool:
    """Return whether the first is a noun that hangs on the second."""
    noun, above = tree.head(one.start, one.end), tree.head(other.start, other.end)
    ways = ("obj", "obl", "nmod", "nsubj", "nsubj:pass")
    apart = one.end <= other.start or other.end <= one.start
    tagged = tree.s.upos[noun] in ("NOUN", "PROPN")
    hangs = apart and tagged and tree.s.heads[noun] == above and tree.s.rels[noun] in ways
    return hangs and not _otherwise(tree, noun, above)


def _otherwise(tree: Tree, noun: int, above: int) -> bool:
    """Return whether a noun tells why or after what a verb of no casualties was done."""
    if tree.s.rels[noun] not in ("obl", "nmod") or tree.s.lemmas[above].lower() in _casualties():
        return False
    cases = [tree.lower[c] for c in tree.children[noun] if tree.s.rels[c] == "case"]
    return bool(cases) and cases[0] in REASONS


def _lesser(tree: Tree, noun: Candidate, carrier: Candidate) -> Candidate:
    """Return which of a noun and what it hangs on tells less."""
    above = tree.head(carrier.start, carrier.end)
    fallen = tree.s.upos[above] == "VERB" and tree.s.lemmas[above].lower() in _casualties()
    return carrier if fallen else noun


def _casualties() -> frozenset[str]:
    return groups()["dying"] | groups()["killing"] | groups()["wounding"]


def basis(hand: Hand, score: float, what: str) -> str:
    """Return on whose word something is so, as reasons give it."""
    return f"network {score:.2f} for {what}" if hand == "model" else f"the {hand} gives {what}"


def _overlap(one: Candidate, other: Candidate) -> bool:
    same = one.sentence == other.sentence
    return same and one.start < other.end and other.start < one.end


def _longest(row: Sequence[Candidate]) -> list[Candidate]:
    """Return the triggers of a sentence that are no part of a longer one: “marcha | atrás”."""
    return [
        one
        for one in row
        if not any(
            _overlap(one, other) and other.end - other.start > one.end - one.start for other in row
        )
    ]


def _lost(scene: Scene, one: Candidate, other: Candidate) -> bool:
    """Return whether words tell of nothing that those beside or around them do not tell better."""
    if one is not other and one.type == other.type and _overlap(one, other):
        return (one.score, one.end - one.start) < (other.score, other.end - other.start)
    return _part(scene, one, other)


def _part(scene: Scene, one: Candidate, other: Candidate) -> bool:
    """Return whether words only belong to a trigger of their type beside them: "direct | talks"."""
    if one.type != other.type or (one.end != other.start and other.end != one.start):
        return False
    tree = scene.trees[one.sentence]
    word, noun = tree.head(one.start, one.end), tree.head(other.start, other.end)
    light = tree.s.upos[word] == "VERB" and tree.s.rels[noun] == "obj"
    if light and tree.s.heads[noun] == word:
        return tree.s.upos[noun] == "NOUN"
    return tree.s.heads[word] == noun and tree.s.rels[word].split(":")[0] in PARTS


def _apart(own: list[Candidate], found: list[Candidate]) -> list[Candidate]:
    """Return candidates of types of one's own, the longest where they overlap, with their edges.

    Of senses of the same words the surer counts, then one that names the company it keeps.
    """
    kept: list[Candidate] = []
    for one in sorted(own, key=_preference):
        if not any(_overlap(one, k) for k in kept):
            near = next((c.proposal for c in found if _overlap(one, c)), None)
            kept.append(replace(one, proposal=near))
    return kept


def _preference(one: Candidate) -> tuple[int, int, int, float, bool]:
    """Return where a candidate stands among those that it may overlap with."""
    loose = one.entry is None or not one.entry.needs
    return one.sentence, one.start, one.start - one.end, -one.score, loose


def entries(scene: Scene, number: int) -> Iterator[tuple[Trigger, int, int]]:
    """Yield the lexicon's triggers in a sentence whose company allows their sense."""
    tree = scene.trees[number]
    for at in range(len(tree.s)):
        for entry, end in scene.lexicon.triggers_at(tree.s.lemmas, tree.s.upos, at):
            near = [tree.s.lemmas[i] for i in tree.down(tree.head(at, end))]
            if entry.fits(near) and not entry.light:
                yield entry, at, end


def best(
    scene: Scene, proposal: Proposal, listed: list[tuple[Trigger, int, int]], settings: Coding
) -> Weighed:
    """Return the best reading of a proposal, with what speaks for and against it."""
    near = [e for e, a, b in listed if a < proposal.end and proposal.start < b]
    support: dict[str, tuple[float, Trigger | None]] = {}
    for entry in near:
        bonus = _bonus(entry, settings)
        if bonus > support.get(entry.type, (-1.0, None))[0]:
            support[entry.type] = (bonus, entry)
    unknown = (0.0 if near else settings.unlisted, None)
    total = sum(p for _, p in proposal.types)
    kind, p = max(proposal.types, key=lambda x: logit(x[1], SURE) + support.get(x[0], unknown)[0])
    bonus, backing = support.get(kind, unknown)
    # The chance that there is a claim at all counts beside the chance of the type.
    plain = logit(total, SURE) + bonus >= logit(settings.claim, SURE)
    plain = plain and logit(p, SURE) + bonus >= logit(settings.type, SURE)
    because = basis(proposal.hand, p, kind)
    if proposal.hand == "model":
        because += f", {total:.2f} for any claim"
    candidate = Candidate(
        proposal.sentence, proposal.start, proposal.end, kind,
        sigmoid(logit(p, SURE) + bonus), proposal.hand, because, proposal, backing,
    )  # fmt: skip
    return Weighed(candidate, plain, _features(scene, candidate, total, p, near))


def _features(
    scene: Scene, found: Candidate, total: float, p: float, near: list[Trigger]
) -> dict[str, float]:
    tree = scene.trees[found.sentence]
    word = tree.head(found.start, found.end)
    second = (
        max((q for kind, q in found.proposal.types if kind != found.type), default=0.0)
        if found.proposal
        else 0.0
    )
    own = [e.sense for e in near if e.type == found.type]
    sense = next((s for s in ("always", "often", "sometimes") if s in own), "none")
    return {
        "bias": 1.0,
        "any claim": logit(total),
        "network": logit(p),
        "second type": logit(second),
        f"lexicon {sense}": 1.0,
        "another type in the lexicon": float(any(e.type != found.type for e in near)),
        "listed": float(bool(near)),
        f"type {found.type}": 1.0,
        f"tag {tree.s.upos[word]}": 1.0,
        "first sentence": float(found.sentence == 0),
        "long": float(found.end - found.start > 1),
        f"stands {tree.s.rels[word].split(':')[0]}": 1.0,
    }


def _voted(settings: Coding, weights: Weights, reading: Weighed) -> Candidate | None:
    """Return a reading's candidate if it is likely enough to be one."""
    known = weights.get("claim")
    found = reading.candidate
    if known is None or found.hand != "model":
        return found if reading.plain else None
    score = weigh(reading.features, known)
    return replace(found, score=score) if score >= settings.vote else None


def _danger(scene: Scene, found: Candidate) -> bool:
    """Return whether a thing is what threatens: "the collapse threatens to leave them without"."""
    if found.type != "THREATEN":
        return False
    tree = scene.trees[found.sentence]
    verb = tree.head(found.start, found.end)
    if tree.s.upos[verb] != "VERB" or tree.s.lemmas[verb].lower() not in groups()["threatening"]:
        return False
    things = groups()["dangers"] | groups()["strife"] | groups()["frames"]
    subjects = arguments(tree, found.start, found.end, ("nsubj",), lambda _: True)
    heads = [tree.head(*words) for words in subjects]
    return bool(heads) and all(
        tree.s.upos[head] == "NOUN" and tree.s.lemmas[head].lower() in things for head in heads
    )


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
