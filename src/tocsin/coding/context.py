"""Who took part in an event that a sentence mentions without saying who: told elsewhere in it."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from msgspec.structs import replace

from tocsin.coding.nouns import complement
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.ontology.packs import spoken
from tocsin.ontology.phrases import fold_word
from tocsin.ontology.words import groups
from tocsin.records.claim import Claim, Participant
from tocsin.records.evidence import Reason, Span

# How many sentences apart two mentions by different words may be and still be one event.
NEAR = 3
# With how many mentions of its type before it, and after it, one is compared; the nearest count.
MOST = 500
# Who acts for a state.
STATE = frozenset({"GOV", "MIL"})
# Modalities of what has not happened, or not yet.
AHEAD = frozenset({"conditional", "future", "possible", "requested"})
# How many days may lie between two mentions of an event that goes on.
ONGOING = timedelta(days=14)
BACKED = "as told elsewhere in the article of the same event"


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """A claim with its trigger's sentence and head word, what that is called and how it stands."""

    claim: Claim
    number: int
    word: int
    kind: str
    form: str


def settle(scene: Scene, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, those without an actor with that of the mention they take up, if any."""
    told = mentions(scene, map(_unharmed, claims))
    rows: dict[str, list[int]] = defaultdict(list)
    for k, mention in enumerate(told):
        rows[mention.claim.type].append(k)
    for row in rows.values():
        for place, k in enumerate(row):
            # What an earlier mention was given, a later one takes up from it.
            donor = None if told[k].claim.actors else _donor(told, row, place)
            if donor is not None:
                told[k] = dataclasses.replace(told[k], claim=_given(told[k].claim, donor.claim))
    return [mention.claim for mention in told]


def mentions(scene: Scene, claims: Iterable[Claim]) -> list[Mention]:
    """Return the claims with what the tree says of their triggers, in their order."""
    out = []
    for claim in claims:
        number, word = _place(scene, claim.trigger)
        tree = scene.trees[number]
        out.append(Mention(claim, number, word, _kind(tree, word), _form(tree, word)))
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


def _donor(told: Sequence[Mention], row: Sequence[int], place: int) -> Mention | None:
    """Return the nearest mention of the same event that names its actors, an earlier one first.

    `row` has the mentions of its type in order, itself at its place among them.
    """
    mine = told[row[place]]
    if mine.kind in groups()["strife"]:
        return None
    noun, taken_up = mine.form.endswith("noun"), mine.form in {"the noun", "passive"}
    alike, close = [], []
    before, after = row[max(0, place - MOST) : place], row[place + 1 : place + 1 + MOST]
    for k in (*reversed(before), *after):
        other = told[k]
        if not other.claim.actors or _turned(other.claim, mine.claim):
            continue
        near = abs(other.number - mine.number) <= NEAR
        if _apart(other.claim, mine.claim, near=near):
            continue
        as_real = (other.claim.modality in AHEAD) == (mine.claim.modality in AHEAD)
        if other.kind == mine.kind and (noun or near):
            alike.append(other)
        elif near and taken_up and as_real and k < row[place]:
            close.append(other)
    return _usual(alike) or (close[0] if close else None)


def _turned(other: Claim, own: Claim) -> bool:
    """Return whether one mention's actor is the other's recipient: nobody strikes himself."""
    pairs = [(a, r) for a in other.actors for r in own.recipients]
    return any(_one(a, r) for a, r in pairs) or any(_suffers(a, own) for a in other.actors)


def _one(actor: Participant, harmed: Participant) -> bool:
    """Return whether two are one, or of one state: its air strikes kill none of its soldiers."""
    if actor.entity and harmed.entity:
        return actor.entity == harmed.entity
    served = all(STATE & set(who.sectors) for who in (actor, harmed))
    return actor.name == harmed.name or (served and actor.country == harmed.country is not None)


def _apart(one: Claim, two: Claim, *, near: bool) -> bool:
    """Return whether two claims cannot be of one event: on other days, elsewhere, to others.

    Only places that the gazetteer has tell them apart; whose the people are that it is done to is
    a guess where nothing names their country, so that of neighbours it says nothing.
    """
    a, b = one.date, two.date
    if a and b and a.start and a.end and b.start and b.end:
        between = max(b.start - a.end, a.start - b.end)
        if between > ONGOING:
            return True
    lands = {c.place.country for c in (one, two) if c.place and c.place.precision}
    if len(lands) > 1:
        return True
    harmed = [{r.country for r in c.recipients if r.country} for c in (one, two)]
    return not near and all(harmed) and harmed[0].isdisjoint(harmed[1])


def _usual(alike: Sequence[Mention]) -> Mention | None:
    """Return the first of the mentions whose actors most of them name."""
    named = [tuple(sorted(a.entity or a.name for a in m.claim.actors)) for m in alike]
    counts = Counter(named)
    best = max(counts.values(), default=0)
    return next((m for m, n in zip(alike, named, strict=True) if counts[n] == best), None)


def _kind(tree: Tree, word: int) -> str:
    """Return a trigger's lemma, one for words that news uses for the same thing."""
    noun = tree.s.upos[word] in ("NOUN", "PROPN")
    lemma = fold_word(tree.lower[word]) if noun else tree.s.lemmas[word].lower()
    return lemma.removeprefix("air")


def _form(tree: Tree, word: int) -> str:
    """Return how a trigger stands: a noun taken up or not, a verb with its doer or without."""
    if tree.s.upos[word] in ("NOUN", "PROPN"):
        the = ("the", "this", "that", "these", "those")
        taken = any(tree.lower[c] in the for c in tree.children[word])
        # Other languages put their article where English has none: "confirmó la muerte de dos".
        anew = not spoken().english and complement(tree, word) is not None
        return "the noun" if taken and not anew else "noun"
    passive = any(tree.s.rels[c] == "nsubj:pass" for c in tree.children[word])
    return "passive" if passive else "verb"


def _place(scene: Scene, trigger: Span) -> tuple[int, int]:
    """Return the sentence and head word of a trigger."""
    for number in range(scene.sentence(trigger.start), len(scene.trees)):
        tree = scene.trees[number]
        if trigger.end <= tree.s.start:
            break
        words = [
            i for i, (a, b) in enumerate(tree.s.offsets) if a < trigger.end and trigger.start < b
        ]
        if words:
            return number, tree.head(words[0], words[-1] + 1)
    return 0, 0
