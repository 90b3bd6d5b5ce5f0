"""Everybody and every place an article mentions, each once."""

from __future__ import annotations

from tocsin.coding.participants import sectors_of
from tocsin.coding.places import called
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import span_at
from tocsin.records.claim import Participant
from tocsin.records.entity import Entity, EntityKind, entity_id
from tocsin.records.evidence import Span

KINDS: dict[str, EntityKind] = {
    "person": "person", "organisation": "organisation", "group": "group", "outlet": "outlet",
}  # fmt: skip


def gather(scene: Scene) -> tuple[Entity, ...]:
    """Return the entities of an article by first mention, with all their mentions."""
    met: dict[tuple[EntityKind, str], tuple[set[Span], Participant | None, str | None]] = {}

    def note(
        kind: EntityKind, name: str, span: Span, who: Participant | None, known: str | None
    ) -> None:
        mentions, _, _ = met.setdefault((kind, name), (set(), who, known))
        mentions.add(span)

    for number, row in enumerate(scene.known):
        for known in row:
            span = span_at(scene.article.text, scene.trees[number].s, known.start, known.end)
            match = known.match
            if match.kind == "actor":
                actor = scene.knowledge.actors[match.id]
                note(
                    KINDS[actor.kind],
                    actor.name,
                    span,
                    _as_participant(scene, match.id, span),
                    match.id,
                )
            elif match.name == scene.knowledge.countries[match.id].name and match.kind != "capital":
                who = Participant(span=span, name=match.name, country=scene.country(match))
                note("country", match.name, span, who, match.id)
            else:  # a capital, a seat of power, a part of a country
                name = called(scene, number, known)
                who = Participant(span=span, name=name, country=scene.country(match))
                note("place", name, span, who, None)
    for mention in scene.mentions:
        if mention.who.entity is None and mention.person:
            note("person", mention.who.name, mention.who.span, mention.who, None)
    entities = [_entity(scene, key, *value) for key, value in met.items()]
    return tuple(sorted(entities, key=lambda e: (e.mentions[0].start, e.id)))


def _as_participant(scene: Scene, actor_id: str, span: Span) -> Participant:
    actor = scene.knowledge.actors[actor_id]
    return Participant(
        span=span, name=actor.name, entity=actor_id,
        country=scene.knowledge.country_on(actor, scene.day), sectors=sectors_of(scene, actor),
    )  # fmt: skip


def _entity(
    scene: Scene,
    key: tuple[EntityKind, str],
    mentions: set[Span],
    who: Participant | None,
    known: str | None,
) -> Entity:
    kind, name = key
    return Entity(
        id=entity_id(scene.article.id, kind, name), article=scene.article.id, name=name, kind=kind,
        mentions=tuple(sorted(mentions)), country=who.country if who else None,
        sectors=who.sectors if who else (), known_as=known,
    )  # fmt: skip
