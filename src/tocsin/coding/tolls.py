"""Whose a number of people is: every toll of a sentence goes to the one claim that tells of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from tocsin.base.settings import Coding
from tocsin.coding import counts, crowds, fates, numbered, victims
from tocsin.coding.scene import Scene
from tocsin.coding.spread import Spread
from tocsin.coding.syntax import Tree, span_at
from tocsin.coding.triggers import Candidate, basis
from tocsin.coding.victims import Toll
from tocsin.ontology.words import groups
from tocsin.records.claim import Claim, Count, Participant
from tocsin.records.evidence import Reason, Span
from tocsin.records.reading import Edge

# The types whose claims a toll may belong to.
TYPES = {
    "killed": ("ASSAULT",),
    "injured": ("ASSAULT",),
    "arrested": ("COERCE",),
    "displaced": ("ASSAULT", "COERCE"),
}
# How many steps of the tree may lie between a toll and its trigger, and how many fewer they
# count where the network sees the toll there.
FAR = {"killed": 6.0, "injured": 6.0, "arrested": 4.0, "displaced": 4.0}
SEEN = 2.0
# Nearer than anything else: the trigger is the casualty word.
OWN = -100.0
# Verbs that share their people stand around one "and".
NEXT = 2
RELATIVE = frozenset({"that", "when", "where", "which", "who"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of a claim and why it is one."""

    count: Count
    reason: Reason


@dataclass(frozen=True, slots=True)
class Share:
    """An article's claims with their triggers, and the counts each has got so far.

    `rows` has the places of the claims by sentence, `taken` the words that count for one.
    """

    scene: Scene
    claims: Sequence[Claim]
    found: Sequence[Candidate]
    rows: Mapping[int, Sequence[int]]
    got: tuple[dict[str, Counted], ...]
    taken: Spread[Span]

    def open(self, field: str, sentence: int) -> list[int]:
        """Return the claims of a sentence that a field's toll may still belong to."""
        return [
            k
            for k in self.rows.get(sentence, ())
            if self.found[k].type in TYPES[field] and field not in self.got[k]
        ]

    def give(self, own: int, field: str, counted: Counted) -> None:
        """Give a claim a count."""
        self.got[own][field] = counted
        span = counted.count.span
        self.taken.add(span.start, span.end, span)


def settle(
    scene: Scene, claims: Sequence[Claim], found: Sequence[Candidate], settings: Coding
) -> list[Claim]:
    """Return the claims with the numbers of people that the text states of them."""
    rows: dict[int, list[int]] = defaultdict(list)
    for k, candidate in enumerate(found):
        rows[candidate.sentence].append(k)
    share = Share(scene, claims, found, rows, tuple({} for _ in claims), Spread())
    stated: list[tuple[int, Toll]] = []
    for number in sorted(rows):
        for toll in sorted(victims.tolls(scene.trees[number]), key=lambda t: t.cumulative):
            stated.append((number, toll))
            _give(share, number, toll)
    fields = {(number, toll.field) for number, toll in stated}
    for k, candidate in enumerate(found):
        if candidate.type == "ASSAULT":
            for field in ("killed", "injured"):
                if (candidate.sentence, field) not in fields:
                    _see(share, k, field, settings.detail)
        elif candidate.type == "PROTEST":
            _gather(share, k)
    return [_filled(claim, row) for claim, row in zip(claims, share.got, strict=True)]


def _filled(claim: Claim, row: dict[str, Counted]) -> Claim:
    """Return a claim with its counts, and no reason left for one that it does not have."""
    kept = tuple(r for r in claim.reasons if r.field not in ("killed", "injured"))
    values = {field: counted.count for field, counted in row.items()}
    return replace(claim, reasons=(*kept, *(c.reason for c in row.values())), **values)


def _give(share: Share, number: int, toll: Toll) -> None:
    """Give a toll to the claim that it belongs to, and to one that says the same of the same."""
    tree = share.scene.trees[number]
    able = share.open(toll.field, number)
    costs = {k: _cost(tree, toll, share.found[k]) for k in able}
    start = {k: abs(share.found[k].start - toll.word) for k in able}
    best = min(able, key=lambda k: (costs[k], start[k]), default=None)
    if best is None or costs[best] >= FAR[toll.field]:
        return
    row = _coordinated(tree, toll.word)
    if any(share.found[best].start <= word < share.found[best].end for word in row):
        best = next((k for k in able if _attack(tree, row, share.found[k])), best)
    if not _borne(toll, share.claims[best], share.found[best]):
        return
    for k in able:
        if k == best or _twin(tree, toll, share.found[k]):
            share.give(k, toll.field, _counted(share.scene, number, toll))


def _borne(toll: Toll, claim: Claim, candidate: Candidate) -> bool:
    """Return whether a toll is as real as its claim: "could kill hundreds" is no toll of a raid."""
    inside = candidate.start <= toll.word < candidate.end
    if toll.supposed and not inside and claim.modality == "actual":
        return False
    return (toll.low, toll.high) != (1, 1) or claim.modality == "actual"


def _coordinated(tree: Tree, word: int) -> set[int]:
    """Return a casualty word and those that it is coordinated with: "killed and wounded"."""
    first = tree.s.heads[word] if tree.s.rels[word] == "conj" else word
    row = {first, word, *(c for c in tree.children[first] if tree.s.rels[c] == "conj")}
    return {i for i in row if i == word or any(True for _ in fates.senses(tree, i))}


def _attack(tree: Tree, row: set[int], candidate: Candidate) -> bool:
    """Return whether a trigger is the attack noun in the clause of a row of casualty words."""
    head = tree.head(candidate.start, candidate.end)
    inside = any(candidate.start <= word < candidate.end for word in row)
    if inside or tree.s.upos[head] not in ("NOUN", "PROPN"):
        return False
    if tree.s.lemmas[head].lower() in groups()["frames"] | groups()["strife"]:
        return False
    if tree.s.rels[head] == "conj":
        head = tree.s.heads[head]
    over, relation = tree.s.heads[head], tree.s.rels[head].split(":")[0]
    if any(tree.s.heads[w] == head and _participle(tree, w) for w in row):
        return True
    subject = relation == "nsubj" or (relation == "obj" and head < over)
    beside = relation == "obl" and numbered.cased(tree, head, "by", "in")
    return over in row and (subject or beside)


def _participle(tree: Tree, word: int) -> bool:
    """Return whether a casualty word is in its noun's clause: "a raid killing ten"."""
    relative = any(tree.lower[c] in RELATIVE for c in tree.children[word])
    return tree.s.rels[word] == "acl" and not relative


def _twin(tree: Tree, toll: Toll, candidate: Candidate) -> bool:
    """Return whether a trigger says the same of the same people: "killed and crucified five"."""
    head = tree.head(candidate.start, candidate.end)
    joined = {tree.s.heads[toll.word], *tree.children[toll.word]}
    alike = any(field == toll.field for field, _ in fates.senses(tree, head))
    linked = "conj" in (tree.s.rels[head], tree.s.rels[toll.word])
    return head in joined and alike and linked and abs(head - toll.word) == NEXT


def _cost(tree: Tree, toll: Toll, candidate: Candidate) -> float:
    """Return how far a toll is from a trigger: steps of the tree, fewer if the network agrees."""
    if candidate.start <= toll.word < candidate.end:
        return OWN
    seen = [
        edge.score
        for edge in _edges(candidate, toll.field)
        if edge.sentence == candidate.sentence and edge.start < toll.end and toll.start < edge.end
    ]
    head = tree.head(candidate.start, candidate.end)
    if _befell(tree, toll, head):
        return len(tree.s)
    return _steps(tree, toll.word, head) - SEEN * max(seen, default=0.0)


def _befell(tree: Tree, toll: Toll, head: int) -> bool:
    """Return whether a trigger stands where the victims do: fighting does not die."""
    dying = ("killed", "subject") in fates.senses(tree, toll.word)
    return dying and tree.s.heads[head] == toll.word and tree.s.rels[head] == "nsubj"


def _edges(candidate: Candidate, field: str) -> Iterator[Edge]:
    edges = candidate.proposal.edges if candidate.proposal else ()
    return (edge for edge in edges if edge.role == field)


def _steps(tree: Tree, one: int, other: int) -> float:
    """Return how many steps of the tree lie between two words."""
    up = [one, *tree.up(one)]
    for steps, word in enumerate([other, *tree.up(other)]):
        if word in up:
            return steps + up.index(word)
    return len(tree.s)


def _counted(scene: Scene, number: int, toll: Toll) -> Counted:
    text, tree = scene.article.text, scene.trees[number]
    span = span_at(text, tree.s, toll.start, toll.end)
    who = victims.group(tree, toll)
    group = span_at(text, tree.s, *who) if who else None
    because = f"counted by “{tree.s.forms[toll.word]}”"
    count = Count(toll.low, toll.high, span, group, toll.cumulative)
    return Counted(count, Reason(field=toll.field, hand="rule", because=because, span=span))


def _see(share: Share, own: int, field: str, floor: float) -> None:
    """Give a claim the number that only the network sees, where it can be one of people."""
    scene, candidate = share.scene, share.found[own]
    for edge in _edges(candidate, field):
        if edge.score < floor or not _plausible(scene, candidate, edge):
            continue
        span = span_at(scene.article.text, scene.trees[edge.sentence].s, edge.start, edge.end)
        found = counts.parse(span.quote)
        if found is not None and not any(True for _ in share.taken.over(span.start, span.end)):
            reason = Reason(
                field=field,
                hand=edge.hand,
                because=basis(edge.hand, edge.score, "this role"),
                score=edge.score,
                span=span,
            )
            share.give(own, field, Counted(Count(*found, span), reason))
            return


def _plausible(scene: Scene, candidate: Candidate, edge: Edge) -> bool:
    """Return whether the network's span can be people of whom its sentence tells this."""
    tree = scene.trees[edge.sentence]
    lemma = tree.s.lemmas[tree.head(edge.start, edge.end)].lower()
    if edge.sentence != candidate.sentence or lemma in groups()["ground"] | groups()["arms"]:
        return False
    telling = [
        word
        for word in range(len(tree.s))
        if any(field == edge.role for field, _ in fates.senses(tree, word))
        and tree.child(word, "nmod:poss") is None
    ]
    return bool(telling) and not any(
        fates.denied(tree, word) or fates.joint(tree, word, edge.role) for word in telling
    )


def _gather(share: Share, own: int) -> None:
    """Give a protest the number of its people: what its clause states, else who acts in it."""
    scene, candidate = share.scene, share.found[own]
    tree = scene.trees[candidate.sentence]
    told = crowds.crowd(tree, candidate.start, candidate.end)
    if told is not None:
        span = span_at(scene.article.text, tree.s, told[0], told[1])
        share.give(own, "crowd", _crowd(told[2], span, "stated of who protests"))
    elif (acting := _acting(share.claims[own].actors)) is not None:
        share.give(own, "crowd", _crowd(*acting, "stated of who acts"))


def _acting(actors: Sequence[Participant]) -> tuple[counts.Range, Span] | None:
    """Return the first number of people that an actor's own words state."""
    for who in actors:
        found = counts.parse(who.span.quote)
        if found is not None and found != (1, 1):
            return found, who.span
    return None


def _crowd(found: counts.Range, span: Span, because: str) -> Counted:
    reason = Reason(field="crowd", hand="rule", because=because, span=span)
    return Counted(Count(*found, span), reason)
