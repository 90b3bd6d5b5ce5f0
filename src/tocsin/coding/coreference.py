"""Who was mentioned before: pronouns, surnames, and nouns that take up somebody named earlier."""

from __future__ import annotations

from bisect import insort

from msgspec.structs import replace

from tocsin.coding.scene import Mention, Scene
from tocsin.coding.syntax import PRONOUNS, Tree
from tocsin.ontology.words import groups
from tocsin.records.claim import Participant

# How a name hangs on the title before it.
NAMED = ("flat", "appos", "compound")


def person(scene: Scene, tree: Tree, start: int, end: int) -> Participant | None:
    """Return the person met before under the same last name, where a phrase names a person."""
    last = next((i for i in range(end - 1, start - 1, -1) if tree.s.upos[i] == "PROPN"), None)
    head = tree.head(start, end)
    if last is None or (tree.s.upos[head] != "PROPN" and tree.s.rels[last] not in NAMED):
        return None
    return scene.people.get(tree.s.forms[last].lower())


def taken_up(scene: Scene, number: int, head: int, start: int, end: int) -> Participant | None:
    """Return the group or body met last, for "the group", "the ministry" and their like."""
    tree, words = scene.trees[number], groups()
    noun = tree.s.lemmas[head].lower()
    if end - start > 2 or noun not in words["bands"] | words["bodies"]:
        return None
    for mention in reversed(scene.mentions):
        met = mention.who
        if (mention.sentence, mention.word) >= (number, head) or mention.person:
            continue
        if noun in words["bodies"] and noun in f"{met.name} {met.span.quote}".lower().split():
            return met
        if noun in words["bands"] and met.entity and {"REB", "PRM", "PTY"} & set(met.sectors):
            return met
    return None


def pronoun(scene: Scene, number: int, word: int, base: Participant) -> Participant:
    """Return whom a pronoun takes up: a subject before it of the right sort, else the nearest."""
    sort = PRONOUNS[scene.trees[number].s.forms[word].lower()]
    reach = 0 if sort == "relative" else 3
    for at in range(number, max(-1, number - reach - 1), -1):
        fit = [m for m in scene.mentions if m.sentence == at and _can_mean(m, sort, number, word)]
        subjects = [m for m in fit if m.subject]
        near = fit[-1:] if sort == "relative" else (subjects[:1] or fit[-1:])
        if near:
            return replace(near[0].who, span=base.span)
    return replace(base, unknown="a pronoun, and nobody before it that it can mean")


def _can_mean(mention: Mention, sort: str, number: int, word: int) -> bool:
    if mention.sentence == number and mention.word >= word:
        return False
    return sort in ("any", "relative") or (sort == "person") == mention.person


def remember(scene: Scene, number: int, who: Participant, head: int, *, person: bool) -> None:
    """Keep a mention for the pronouns, surnames and nouns that take it up."""
    tree = scene.trees[number]
    subject = tree.s.rels[head].startswith("nsubj")
    mention = Mention(number, head, who, person, subject)
    if mention not in scene.mentions:
        insort(scene.mentions, mention, key=lambda m: (m.sentence, m.word))
    if person and (last := _surname(scene, number, who)):
        scene.people.setdefault(last, who)


def _surname(scene: Scene, number: int, who: Participant) -> str | None:
    """Return the last word of a person's name; titles and nouns are no names."""
    tree = scene.trees[number]
    named = [(n.start, n.end) for n in tree.s.names if n.kind == "PER"]
    if who.entity in scene.knowledge.actors:
        named += [(k.start, k.end) for k in scene.known[number] if k.match.id == who.entity]
    span = (who.span.start, who.span.end)
    ends = [
        b for a, b in named if tree.s.offsets[a][0] < span[1] and span[0] < tree.s.offsets[b - 1][1]
    ]
    if not ends:
        return None
    words = [w for w in tree.s.forms[: max(ends)] if w[:1].isupper()]
    return words[-1].lower() if words else None
