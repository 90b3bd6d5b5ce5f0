"""How actors stand to each other, where titles and qualifiers say so."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.coding import participants
from tocsin.coding.scene import Known, Scene
from tocsin.coding.syntax import span_at
from tocsin.ontology.lexicon import Title
from tocsin.records.relation import Relation, RelationName, relation_id

SPEAKING = frozenset({"spokesperson"})
LEADING = frozenset(
    {"head-of-state", "head-of-government", "leader", "head", "army-chief", "supreme-leader", "secretary-general"}
)
# How a modifier before a noun ties it to a name: "Iran-backed militias", "pro-Iran militias".
JOINED: dict[str, RelationName] = {
    "backed": "backed_by", "supported": "backed_by", "sponsored": "backed_by", "funded": "backed_by",
    "armed": "backed_by", "aligned": "allied_with", "allied": "allied_with", "linked": "allied_with",
    "affiliated": "allied_with", "controlled": "controls", "held": "controls", "based": "based_in",
    "led": "leads",
}  # fmt: skip
TURNED = frozenset({"controlled", "held", "led"})


def find(scene: Scene) -> tuple[Relation, ...]:
    """Return the relations of an article in text order."""
    found = [r for k in range(len(scene.trees)) for r in (*_titled(scene, k), *_joined(scene, k))]
    unique = {r.id: r for r in found}
    return tuple(sorted(unique.values(), key=lambda r: (r.span.start, r.id)))


def _titled(scene: Scene, number: int) -> Iterator[Relation]:
    """Yield who leads or speaks for whom: "army spokesman X", "Iraqi Prime Minister Y"."""
    tree = scene.trees[number]
    people = [n for n in tree.s.names if n.kind == "PER"]
    for at in range(len(tree.s)):
        for title, end in scene.lexicon.titles.at(tree.s.lemmas, tree.s.upos, at)[:1]:
            name = next((n for n in people if end <= n.start <= end + 4 and _beside(scene, number, end, n.start)), None)
            kind = _kind(title)
            if name is None or kind is None:
                continue
            body = next((k for k in reversed(scene.known[number]) if k.end <= at and at - k.end <= 1), None)
            if body is not None:
                yield _relation(scene, number, (name.start, name.end), kind, body, (body.start, name.end))


def _beside(scene: Scene, number: int, start: int, end: int) -> bool:
    """Return whether only ranks and names stand between a title and a name."""
    return all(scene.trees[number].s.upos[i] in ("PROPN", "NOUN") for i in range(start, end))


def _kind(title: Title) -> RelationName | None:
    if title.office in SPEAKING:
        return "speaks_for"
    return "leads" if title.office in LEADING else None


def _joined(scene: Scene, number: int) -> Iterator[Relation]:
    """Yield what a hyphen says: "Iran-backed militias", "pro-Iran militias"."""
    tree = scene.trees[number]
    forms = [f.lower() for f in tree.s.forms]
    for known in scene.known[number]:
        after = forms[known.end : known.end + 2]
        word = after[1] if after[:1] == ["-"] and len(after) == 2 else (after[0] if after else "")
        before = forms[max(0, known.start - 2) : known.start]
        kind: RelationName | None = JOINED.get(word)
        if kind is None and "pro" in before:
            kind = "allied_with"
        if kind is None and "anti" in before:
            kind = "opposes"
        if kind is None:
            continue
        noun = _noun_after(scene, number, known.end)
        if noun is None:
            continue
        group = (known.start, noun + 1) if kind not in ("backed_by",) else (known.start, noun + 1)
        relation = _relation(scene, number, (noun, noun + 1), kind, known, group)
        yield _turned(relation) if word in TURNED else relation


def _noun_after(scene: Scene, number: int, start: int) -> int | None:
    tree = scene.trees[number]
    for i in range(start, min(start + 6, len(tree.s))):
        if tree.s.upos[i] in ("NOUN", "PROPN") and not (i + 1 < len(tree.s) and tree.s.upos[i + 1] in ("NOUN", "PROPN")):
            return i
    return None


def _relation(
    scene: Scene, number: int, subject: tuple[int, int], kind: RelationName, known: Known, whole: tuple[int, int]
) -> Relation:
    tree, text = scene.trees[number], scene.article.text
    one = participants.resolve(scene, number, *subject)
    other = participants.resolve(scene, number, known.start, known.end)
    return Relation(
        id=relation_id(scene.article.id, kind, one.span, other.span), article=scene.article.id,
        subject=one, relation=kind, object=other, span=span_at(text, tree.s, *whole),
    )  # fmt: skip


def _turned(relation: Relation) -> Relation:
    """Return the relation read from its object: in "Hamas-led ministry" Hamas leads."""
    return Relation(
        id=relation_id(relation.article, relation.relation, relation.object.span, relation.subject.span),
        article=relation.article, subject=relation.object, relation=relation.relation,
        object=relation.subject, span=relation.span,
    )  # fmt: skip
