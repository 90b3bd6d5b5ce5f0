"""How actors stand to each other, where titles and qualifiers say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from tocsin.coding import participants
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import span_at
from tocsin.ontology.actors import Match
from tocsin.ontology.lexicon import Title
from tocsin.records.claim import Participant
from tocsin.records.evidence import Span, span_of
from tocsin.records.relation import Relation, RelationName, relation_id

LEADING = frozenset(
    {
        "air-force-chief",
        "army-chief",
        "head",
        "head-of-government",
        "head-of-organisation",
        "head-of-state",
    }
    | {"intelligence-chief", "militia-commander", "navy-chief", "opposition-leader", "party-leader"}
    | {"police-chief", "rebel-leader", "union-leader"}
)
# A side is taken in one word with the name: "pro-Iran", "anti-Israel".
SIDES: dict[str, RelationName] = {"pro": "allied_with", "anti": "opposes"}
SIDED = re.compile(r"(pro|anti)[-\u2010\u2011](?=\S)", re.IGNORECASE)
# How a modifier before a noun ties it to a name: "Iran-backed militias".
JOINED: dict[str, RelationName] = {
    "affiliated": "allied_with",
    "aligned": "allied_with",
    "allied": "allied_with",
    "armed": "backed_by",
    "backed": "backed_by",
    "based": "based_in",
    "controlled": "controls",
    "funded": "backed_by",
    "held": "controls",
    "led": "leads",
    "linked": "allied_with",
    "sponsored": "backed_by",
    "supported": "backed_by",
}
TURNED = frozenset({"controlled", "held", "led"})


def find(scene: Scene) -> tuple[Relation, ...]:
    """Return the relations of an article in text order."""
    sources = (_titled, _joined, _sided)
    found = [r for k in range(len(scene.trees)) for source in sources for r in source(scene, k)]
    unique = {r.id: r for r in found}
    return tuple(sorted(unique.values(), key=lambda r: (r.span.start, r.id)))


def _titled(scene: Scene, number: int) -> Iterator[Relation]:
    """Yield who leads or speaks for whom: "army spokesman X", "Iraqi Prime Minister Y"."""
    tree = scene.trees[number]
    people = [n for n in tree.s.names if n.kind == "PER"]
    done = 0
    for at in range(len(tree.s)):
        for title, end in scene.lexicon.titles.at(tree.s.lemmas, tree.s.upos, at)[:1]:
            near = (n for n in people if end <= n.start <= end + 4)
            name = next((n for n in near if _beside(scene, number, end, n.start)), None)
            kind, body = _kind(title), _body(scene, number, at, end)
            if at < done or name is None or kind is None or body is None:
                continue
            done = end
            one = participants.resolve(scene, number, name.start, name.end)
            span = span_of(scene.article.text, body.span.start, tree.s.offsets[name.end - 1][1])
            yield _relation(scene, one, kind, body, span)


def _beside(scene: Scene, number: int, start: int, end: int) -> bool:
    """Return whether only ranks and names stand between a title and a name."""
    return all(scene.trees[number].s.upos[i] in ("PROPN", "NOUN") for i in range(start, end))


def _kind(title: Title) -> RelationName | None:
    if title.office.endswith("spokesperson"):
        return "speaks_for"
    return "leads" if title.office in LEADING else None


def _body(scene: Scene, number: int, at: int, end: int) -> Participant | None:
    """Return what a title is a title of: a body that its words begin with, a name before it."""
    tree, lexicon = scene.trees[number], scene.lexicon
    agents = lexicon.agents.at(tree.s.lemmas, tree.s.upos, at)
    stop = next((stop for agent, stop in agents if agent.kind != "person" and stop < end), None)
    before = (k for k in reversed(scene.known[number]) if k.end <= at <= k.end + 1)
    known = next(before, None)
    owner = participants.resolve(scene, number, known.start, known.end) if known else None
    if stop is None:
        return owner
    body = participants.resolve(scene, number, at, stop)
    if known is None or owner is None:
        return body
    # The parser ties the nationality to the title, so the body alone does not show it.
    span = span_at(scene.article.text, tree.s, known.start, stop)
    return replace(body, span=span, name=span.quote, country=owner.country, unknown=None)


def _joined(scene: Scene, number: int) -> Iterator[Relation]:
    """Yield what a word after a name says of the noun that follows: "Iran-backed militias"."""
    forms = [f.lower() for f in scene.trees[number].s.forms]
    for known in scene.known[number]:
        after = forms[known.end : known.end + 2]
        word = after[1] if after[:1] == ["-"] and len(after) == 2 else (after[0] if after else "")
        kind = JOINED.get(word)
        noun = _noun_after(scene, number, known.end)
        if kind is None or noun is None:
            continue
        group = participants.resolve(scene, number, noun, noun + 1)
        other = participants.resolve(scene, number, known.start, known.end)
        one, two = (other, group) if word in TURNED else (group, other)
        whole = span_at(scene.article.text, scene.trees[number].s, known.start, noun + 1)
        yield _relation(scene, one, kind, two, whole)


def _sided(scene: Scene, number: int) -> Iterator[Relation]:
    """Yield whose side a group takes, as its adjective says: "pro-Iran militias"."""
    sentence = scene.trees[number].s
    for at, form in enumerate(sentence.forms):
        side = SIDED.match(form)
        matches = scene.knowledge.find([form[side.end() :]], 0) if side else ()
        noun = _noun_after(scene, number, at + 1)
        if side is None or not matches or noun is None:
            continue
        start, end = sentence.offsets[at]
        other = _sub_word(scene, matches[0], start + side.end(), end)
        group = participants.resolve(scene, number, noun, noun + 1)
        whole = span_at(scene.article.text, sentence, at, noun + 1)
        yield _relation(scene, group, SIDES[side[1].lower()], other, whole)


def _sub_word(scene: Scene, match: Match, start: int, end: int) -> Participant:
    """Return the participant whose name is a part of a word."""
    actor = scene.knowledge.actors.get(match.id) if match.kind == "actor" else None
    return Participant(
        span=span_of(scene.article.text, start, end),
        name=match.name,
        entity=match.id,
        country=scene.country(match),
        sectors=participants.sectors_of(scene, actor) if actor else ("GOV",),
    )


def _noun_after(scene: Scene, number: int, start: int) -> int | None:
    """Return the last noun of the first row of nouns within a few words."""
    upos = scene.trees[number].s.upos
    for i in range(start, min(start + 6, len(upos))):
        if upos[i] in ("NOUN", "PROPN") and upos[i + 1 : i + 2] not in (("NOUN",), ("PROPN",)):
            return i
    return None


def _relation(
    scene: Scene, one: Participant, kind: RelationName, other: Participant, whole: Span
) -> Relation:
    return Relation(
        id=relation_id(scene.article.id, kind, one.span, other.span),
        article=scene.article.id,
        subject=one,
        relation=kind,
        object=other,
        span=whole,
    )
