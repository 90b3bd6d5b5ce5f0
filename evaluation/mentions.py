"""Annotated mentions as matching sees them: what the coder claims of them, else what the tree says.

A mention that a claim's trigger shares words with is that claim, and keeps what the tree adds where
the claim has nothing. Of the others the tree gives who (subjects, objects, agents, "of" and "by" of
nouns), the sentence's clause where and when; they have no type.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from evaluation.actors import words
from evaluation.marked import Mark, Marked
from evaluation.matching import Corpus
from tocsin.base.ids import digest
from tocsin.base.text import fold
from tocsin.coding import dating, participants, places, sites
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree
from tocsin.fusion import sheet as sheets
from tocsin.fusion import shingles
from tocsin.fusion.mention import Mention, Sheet, Where, Who, ordinal, who
from tocsin.pipeline.run import Coder
from tocsin.records.claim import Claim, Place
from tocsin.records.coded import Coded
from tocsin.records.reading import Edge, Reading

# Verbs that only say that what their object names was done.
LIGHT = frozenset({
    "carry", "conduct", "deliver", "give", "have", "hold", "issue", "launch", "make", "mount",
    "perform", "put", "reach", "stage", "take", "undergo",
})  # fmt: skip
# How a noun phrase's own words hang on its head.
OWN = frozenset({"amod", "compound", "flat", "nummod", "det", "fixed", "goeswith"})
Role = str


def read(coder: Coder, item: Marked, cache: Path | None) -> Reading:
    """Return the reading of an article, kept under `cache` by its text and the coder's stamp."""
    if cache is None:
        return coder.read(item.article)
    name = digest("reading", item.article.id, item.article.text, coder.stamp.model)
    path = cache / f"{name}.msgpack"
    if path.exists():
        return msgspec.msgpack.decode(path.read_bytes(), type=Reading)
    reading = coder.read(item.article)
    cache.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.msgpack.encode(reading))
    return reading


def corpus(
    name: str, coder: Coder, items: Sequence[Marked], *, cache: Path | None, own: bool = False
) -> Corpus:
    """Return what fusion sees of annotated articles: the annotated mentions, or our own claims.

    A claim has the event of the annotated mention that it shares words with, if there is one.
    """
    held: list[Sheet] = []
    events: dict[str, str] = {}
    for item in items:
        reading = read(coder, item, cache)
        coded = coder.code(item.article, reading)
        plain = sheets.sheet(coded, sketch=shingles.sketch(item.article.text))
        if own:
            held.append(plain)
            events |= of_claims(coded, item.marks)
        else:
            held.append(replace(plain, mentions=_marked(coder, item, reading, coded, plain)))
            events |= {named(item, mark): mark.event for mark in item.marks}
    topics = {item.article.id: item.topic for item in items}
    return Corpus(name, tuple(held), events, topics)


def _marked(
    coder: Coder, item: Marked, reading: Reading, coded: Coded, plain: Sheet
) -> tuple[Mention, ...]:
    """Return the annotated mentions of an article, linked as their claims are."""
    guide = coder.guide
    scene = Scene(item.article, reading, guide.lexicon, guide.knowledge, guide.gazetteer)
    participants.survey(scene)
    told = {m.id: m for m in plain.mentions}
    claims = [claim_of(coded, mark) for mark in item.marks]
    names = {c.id: named(item, m) for c, m in zip(claims, item.marks, strict=True) if c}
    found = (
        mention(scene, item, mark, told[claim.id] if claim else None)
        for mark, claim in zip(item.marks, claims, strict=True)
    )
    return tuple(
        replace(m, same_as=names.get(m.same_as or ""), content_of=names.get(m.content_of or ""))
        for m in found
    )


def named(item: Marked, mark: Mark) -> str:
    """Return the name of an annotated mention."""
    return f"{item.article.id}:{mark.span[0]}-{mark.span[1]}"


def claim_of(coded: Coded, mark: Mark) -> Claim | None:
    """Return the claim whose trigger shares most characters with a mention."""
    start, end = mark.span

    def shared(claim: Claim) -> int:
        return min(end, claim.trigger.end) - max(start, claim.trigger.start)

    best = max(coded.claims, key=lambda c: (shared(c), c.id), default=None)
    return best if best is not None and shared(best) > 0 else None


def mention(scene: Scene, item: Marked, mark: Mark, claim: Mention | None) -> Mention:
    """Return a mention as matching sees it."""
    at = words(scene, mark.span)
    if at is None:
        return Mention(named(item, mark), item.article.id, "", "", mark.span)
    number, start, end = at
    tree = scene.trees[number]
    head = tree.head(start, end)
    base = claim or Mention(
        "", item.article.id, "", "", mark.span,
        words=sheets.content(scene.article.text[tree.s.start : tree.s.end]),
    )  # fmt: skip
    actors, recipients = parties(scene, number, head)
    day = None if base.start or base.end else sites.day(scene, number, start, end)
    days = dating.date(scene, [Edge("date", number, *day, 1.0)], "actual") if day else None
    return replace(
        base,
        id=named(item, mark),
        at=mark.span,
        lemma=sheets.root(tree.s.lemmas[head] or tree.lower[head]),
        actors=base.actors or actors,
        recipients=base.recipients or recipients,
        start=ordinal(days[0].start) if days else base.start,
        end=ordinal(days[0].end) if days else base.end,
        where=base.where or _where(scene, number, start, end, base.type),
    )


def parties(scene: Scene, number: int, head: int) -> tuple[tuple[Who, ...], tuple[Who, ...]]:
    """Return whom the tree around a word makes its actors and its recipients."""
    tree = scene.trees[number]
    found: dict[Role, list[Who]] = {"actor": [], "recipient": []}
    for role, word in roles(tree, head):
        one = who(participants.resolve(scene, number, *phrase(tree, word)))
        if one not in found[role]:
            found[role].append(one)
    return tuple(found["actor"]), tuple(found["recipient"])


def roles(tree: Tree, head: int) -> Iterator[tuple[Role, int]]:
    """Yield who takes part in what a word tells, with the role, by the tree alone."""
    if tree.s.upos[head] in ("VERB", "AUX", "ADJ"):
        yield from _of_verb(tree, head)
    else:
        yield from _of_noun(tree, head)


def _of_verb(tree: Tree, head: int, depth: int = 0) -> Iterator[tuple[Role, int]]:
    subject = False
    for child in tree.children[head]:
        relation = tree.s.rels[child]
        if relation.startswith("nsubj"):
            subject = True
            yield ("recipient" if relation.endswith("pass") else "actor"), child
        elif relation in ("obj", "iobj"):
            yield "recipient", child
        elif relation.startswith("obl") and _case(tree, child) == "by":
            yield "actor", child
    if not subject and depth < 3:
        yield from _inherited(tree, head, depth)


def _inherited(tree: Tree, head: int, depth: int) -> Iterator[tuple[Role, int]]:
    """Yield the participant that a verb without a subject has by the word it hangs on."""
    above, relation = tree.s.heads[head], tree.s.rels[head]
    if above < 0:
        return
    if relation.startswith("acl"):
        passive = "Tense=Past" in tree.s.feats[head] and "VerbForm=Part" in tree.s.feats[head]
        yield ("recipient" if passive and relation == "acl" else "actor"), above
    elif relation in ("conj", "xcomp", "advcl", "ccomp"):
        for role, word in _of_verb(tree, above, depth + 1):
            if role == "actor" or tree.s.rels[word].endswith("pass"):
                yield role, word


def _of_noun(tree: Tree, head: int) -> Iterator[tuple[Role, int]]:
    for child in tree.children[head]:
        relation, case = tree.s.rels[child], _case(tree, child)
        if relation == "nmod" and case == "by":
            yield "actor", child
        elif relation == "nmod" and case in ("of", "on", "against"):
            yield "recipient", child
        elif relation == "nmod:poss" or (
            relation in ("compound", "amod") and tree.s.upos[child] == "PROPN"
        ):
            yield "actor", child
    above = tree.s.heads[head]
    if above >= 0 and tree.s.rels[head] == "obj" and tree.s.lemmas[above] in LIGHT:
        yield from ((r, w) for r, w in _of_verb(tree, above) if r == "actor")


def _case(tree: Tree, word: int) -> str | None:
    case = tree.child(word, "case")
    return tree.lower[case] if case is not None else None


def phrase(tree: Tree, word: int) -> tuple[int, int]:
    """Return the name that a word is part of, else the noun with the words before it."""
    for name in tree.s.names:
        if name.start <= word < name.end:
            return name.start, name.end
    own = [c for c in tree.children[word] if tree.s.rels[c] in OWN]
    kept = {word, *(w for c in own for w in tree.down(c))}
    start = end = word
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept:
        end += 1
    return start, end + 1


def _where(scene: Scene, number: int, start: int, end: int, kind: str) -> Where | None:
    # Any type that has a scene will do: annotators mark what happens.
    site = sites.site(scene, number, start, end, kind or "ASSAULT")
    return where(places.resolve(scene, number, *site)) if site else None


def where(place: Place) -> Where:
    """Return a place as matching sees it."""
    return Where(
        fold(place.name), place.country, place.geonames, place.latitude, place.longitude,
        place.precision,
    )  # fmt: skip


def of_claims(coded: Coded, marks: Sequence[Mark]) -> dict[str, str]:
    """Return the event of each claim that shares words with an annotated mention, one to one."""
    found: dict[str, str] = {}
    for mark in marks:
        claim = claim_of(coded, mark)
        if claim is not None:
            found.setdefault(claim.id, mark.event)
    return found
