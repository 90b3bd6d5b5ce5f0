"""Links between the claims of an article: what answers what, and what is told again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from tocsin.coding.context import Mention, mentions
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.ontology.words import groups
from tocsin.records.claim import Claim, Participant

# How many sentences back a mention without particulars may take up an event.
NEAR = 6
# With how many earlier claims one is compared that is told like them, or answers one of them.
MOST = 500


def settle(scene: Scene, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, each with the one it answers and the first that tells its event."""
    told = mentions(scene, claims)
    out: list[Claim] = []
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    beside: dict[int, list[Mention]] = defaultdict(list)
    for mention in told:
        beside[mention.number].append(mention)
    for k, mention in enumerate(told):
        row = alike[mention.claim.type, mention.claim.modality]
        first = _first(told, row[-MOST:], mention)
        row.append(k)
        around = [m for m in beside[mention.number] if m is not mention]
        answered = _answered(scene, mention, around, told[max(0, k - MOST) : k])
        same = None if first is None else (out[first].same_as or out[first].id)
        out.append(replace(mention.claim, same_as=same, response_to=answered and answered.id))
    return out


def _first(told: Sequence[Mention], row: Sequence[int], mine: Mention) -> int | None:
    """Return the nearest of the earlier mentions in a row that tells the same event, if any."""
    for k in reversed(row):
        other = told[k]
        shared = _shared(other.claim, mine.claim)
        if shared is None:
            continue
        again = mine.form in {"the noun", "passive"}
        alike = other.kind == mine.kind
        near = mine.number - other.number <= NEAR
        if shared >= 3 or (near and (alike + again + shared) >= 2):
            return k
    return None


def _shared(other: Claim, own: Claim) -> int | None:
    """Return in how many particulars two claims agree, or None where they cannot be one event."""
    shared = 0
    for a, b in ((other.actors, own.actors), (other.recipients, own.recipients)):
        if a and b:
            agree = _agree(a, b)
            if agree is False:
                return None
            shared += agree is True
    for one, two in (
        (_day(other), _day(own)),
        (_place(other), _place(own)),
        (_toll(other), _toll(own)),
    ):
        shared += bool(one & two)
    if _day(other) and _day(own) and not _day(other) & _day(own):
        return None
    return shared


def _agree(some: Sequence[Participant], others: Sequence[Participant]) -> bool | None:
    """Return whether two sides share somebody, or None where that cannot be told."""
    if any(_same(p, q) for p in some for q in others):
        return True
    told = all(p.entity or p.country for p in (*some, *others))
    return False if told else None


def _same(one: Participant, two: Participant) -> bool:
    """Return whether two may be one: by name, or as the same sort of people of one country."""
    if (one.entity or one.name.lower()) == (two.entity or two.name.lower()):
        return True
    if one.country is None or one.country != two.country:
        return False
    return not one.sectors or not two.sectors or not {*one.sectors}.isdisjoint(two.sectors)


def _people(people: Iterable[Participant]) -> set[str]:
    return {p.entity or p.name.lower() for p in people}


def _place(claim: Claim) -> set[str]:
    return {claim.place.name} if claim.place else set()


def _day(claim: Claim) -> set[date]:
    return {claim.date.start} if claim.date and claim.date.start else set()


def _toll(claim: Claim) -> set[int]:
    return {claim.killed.low} if claim.killed else set()


def _answered(
    scene: Scene, mine: Mention, beside: Iterable[Mention], before: Sequence[Mention]
) -> Claim | None:
    """Return the claim that one is said to answer: by its sentence, or "in response" alone.

    `beside` are the others of its sentence, `before` those told before it.
    """
    tree = scene.trees[mine.number]
    for other in beside:
        nobody = not mine.claim.actors and not other.claim.actors
        if nobody or _agree(mine.claim.actors, other.claim.actors):
            continue  # nobody answers himself
        if _answers(tree, mine.word, other.word) or _draws(tree, other.word, mine.word):
            return other.claim
        takes = mine.claim.type == "REJECT" and other.claim.type in ("REQUEST", "AGREE")
        if takes and tree.s.heads[other.word] == mine.word:
            return other.claim
    if not _retorts(tree, mine.word):
        return None
    actors = _people(mine.claim.actors)
    earlier = (m.claim for m in reversed(before) if m.number < mine.number)
    return next((c for c in earlier if actors & _people(c.recipients)), None)


def _answers(tree: Tree, answer: int, cause: int) -> bool:
    """Return whether a cause hangs on an answer, or on what it does, by a word of answering."""
    word = cause
    while word >= 0 and word != answer and not _as_answer(tree, word):
        word = tree.s.heads[word]
    if word < 0 or word == answer:
        return False
    above = tree.s.heads[word]
    named = above >= 0 and tree.s.lemmas[above] in groups()["answering"]
    comes = above >= 0 and tree.s.lemmas[above] in groups()["ensuing"]
    # "The offensive came after it", "was a response to it": its subject is the answer.
    if (named or comes) and tree.child(above, "nsubj") == answer:
        return True
    return (tree.s.heads[above] if named else above) == answer


def _as_answer(tree: Tree, word: int) -> bool:
    """Return whether a word hangs by a word of answering: "after the raid", "a response to it"."""
    marks = [tree.lower[c] for c in tree.children[word] if tree.s.rels[c] in ("case", "mark")]
    above = tree.s.heads[word]
    noun = tree.s.lemmas[above] if above >= 0 and {"to", "for"}.intersection(marks) else ""
    return not groups()["answering"].isdisjoint((*marks, noun))


def _draws(tree: Tree, cause: int, answer: int) -> bool:
    """Return whether a cause draws an answer: "the tariffs sparked criticism"."""
    verb = tree.s.heads[answer]
    if verb < 0 or tree.s.rels[answer] != "obj" or tree.s.lemmas[verb] not in groups()["eliciting"]:
        return False
    subject = tree.child(verb, "nsubj")
    return subject is not None and cause in set(tree.down(subject))


def _retorts(tree: Tree, word: int) -> bool:
    """Return whether an act is told as an answer without saying to what: "in response"."""
    below = " ".join(tree.lower[k] for k in sorted(tree.down(word)))
    return any(f"in {noun}" in below for noun in groups()["retorts"])
