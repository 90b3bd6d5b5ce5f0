"""Who took part in an event that a sentence mentions without saying who: told elsewhere in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.ontology.phrases import fold_word
from tocsin.ontology.words import groups
from tocsin.records.claim import Claim, Participant
from tocsin.records.evidence import Reason, Span

# How many sentences apart two mentions by different words may be and still be one event.
NEAR = 3
BACKED = "as told elsewhere in the article of the same event"


def settle(scene: Scene, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, those without an actor with that of the mention they take up, if any."""
    places = [_place(scene, claim.trigger) for claim in claims]
    out = [_unharmed(claim) for claim in claims]
    for k, claim in enumerate(out):
        # What an earlier mention was given, a later one takes up from it.
        donor = None if claim.actors else _donor(scene, out, places, k)
        if donor is not None:
            out[k] = _given(claim, donor)
    return out


def _unharmed(claim: Claim) -> Claim:
    """Return an assault without an actor that is said to suffer it: nobody strikes himself."""
    if claim.type != "ASSAULT":
        return claim
    kept = tuple(a for a in claim.actors if not _suffers(a, claim))
    return claim if len(kept) == len(claim.actors) else replace(claim, actors=kept)


def _suffers(actor: Participant, claim: Claim) -> bool:
    """Return whether a known actor's name stands among a claim's recipients."""
    harmed = (f"{r.name} {r.span.quote}".lower() for r in claim.recipients)
    return actor.entity is not None and any(actor.name.lower() in text for text in harmed)


def _given(claim: Claim, donor: Claim) -> Claim:
    reason = Reason(field="actor", hand="rule", because=BACKED, span=donor.trigger)
    actors = tuple(a for a in donor.actors if a.span not in [r.span for r in claim.recipients])
    return replace(claim, actors=actors, reasons=(*claim.reasons, reason))


def _donor(
    scene: Scene, claims: Sequence[Claim], places: Sequence[tuple[int, int]], own: int
) -> Claim | None:
    """Return the nearest mention of the same event that names its actors, an earlier one first."""
    number, word = places[own]
    lemma = _kind(scene.trees[number], word)
    if lemma in groups()["strife"]:
        return None
    noun = scene.trees[number].s.upos[word] in ("NOUN", "PROPN")
    taken_up = _definite(scene.trees[number], word)
    alike, close = [], []
    for k in (*range(own - 1, -1, -1), *range(own + 1, len(claims))):
        other, (at, head) = claims[k], places[k]
        if other.type != claims[own].type or not other.actors or _turned(other, claims[own]):
            continue
        near = abs(at - number) <= NEAR
        if _kind(scene.trees[at], head) == lemma and (noun or near):
            alike.append(other)
        elif near and taken_up and k < own:
            close.append(other)
    return _usual(alike) or (close[0] if close else None)


def _turned(other: Claim, own: Claim) -> bool:
    """Return whether one mention's actor is the other's recipient: nobody strikes himself."""
    return any(
        a.entity == r.entity if a.entity and r.entity else a.name == r.name
        for a in other.actors
        for r in own.recipients
    ) or any(_suffers(a, own) for a in other.actors)


def _usual(mentions: Sequence[Claim]) -> Claim | None:
    """Return the first of the mentions whose actors most of them name."""
    named = [tuple(sorted(a.entity or a.name for a in m.actors)) for m in mentions]
    counts = Counter(named)
    best = max(counts.values(), default=0)
    return next((m for m, n in zip(mentions, named, strict=True) if counts[n] == best), None)


def _kind(tree: Tree, word: int) -> str:
    """Return a trigger's lemma, one for words that news uses for the same thing."""
    noun = tree.s.upos[word] in ("NOUN", "PROPN")
    lemma = fold_word(tree.lower[word]) if noun else tree.s.lemmas[word].lower()
    return lemma.removeprefix("air")


def _definite(tree: Tree, word: int) -> bool:
    """Return whether a noun takes up something told before, or a verb leaves its doer out."""
    if tree.s.upos[word] in ("NOUN", "PROPN"):
        return any(
            tree.lower[c] in ("the", "this", "that", "these", "those") for c in tree.children[word]
        )
    return any(tree.s.rels[c] == "nsubj:pass" for c in tree.children[word])


def _place(scene: Scene, trigger: Span) -> tuple[int, int]:
    """Return the sentence and head word of a trigger."""
    for number, tree in enumerate(scene.trees):
        if not tree.s.start < trigger.end or not trigger.start < tree.s.end:
            continue
        words = [
            i for i, (a, b) in enumerate(tree.s.offsets) if a < trigger.end and trigger.start < b
        ]
        if words:
            return number, tree.head(words[0], words[-1] + 1)
    return 0, 0
