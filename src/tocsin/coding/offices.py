"""Who holds an office on the article's day: of a country, or at the head of a known body."""

from __future__ import annotations

from tocsin.coding.named import sectors_of
from tocsin.coding.nouns import Noun
from tocsin.coding.scene import Scene
from tocsin.ontology.actors import Actor
from tocsin.records.claim import Participant
from tocsin.records.evidence import Span

# What titles call the head of a body, and the offices that actors hold there.
HEADS = frozenset({"head", "head-of-organisation", "party-leader", "rebel-leader"})
HEADWORDS = frozenset({"chief", "head", "leader"})
LED_AS = ("secretary-general", "president", "leader")
# Offices that several people of a country hold at a time, so that the title alone names nobody.
SHARED = frozenset({"candidate", "envoy", "prosecutor", "rapporteur", "spokesperson"})
# Words of a phrase that means the one head: "the Hezbollah leader", "the leader of the Taliban".
PLAIN = frozenset({"the", "of", "'s", "’s", "'", "’", "group", "movement", "party"})


def of_country(
    scene: Scene, noun: Noun | None, country: str | None, span: Span
) -> Participant | None:
    """Return who held an office on the article's day, where the office and country are named."""
    where = country or (noun.country if noun else None)
    if noun is None or noun.office is None or where is None or scene.day is None:
        return None
    if noun.office in SHARED:
        return None
    actor = scene.knowledge.holder(where, noun.office, scene.day)
    return None if actor is None else _held(scene, actor, where, span)


def of_body(
    scene: Scene, number: int, phrase: tuple[int, int], noun: Noun | None, span: Span
) -> Participant | None:
    """Return the head of the one known body that a phrase names, and says nothing else of."""
    start, end = phrase
    named = HEADWORDS.intersection(scene.trees[number].lower[start:end])
    if noun is None or scene.day is None or not (noun.office in HEADS or named):
        return None
    inside = [k for k in scene.known[number] if start <= k.start and k.end <= end]
    bodies = [k for k in inside if k.match.kind == "actor"]
    tree = scene.trees[number]
    covered = {i for k in bodies for i in range(k.start, k.end)}
    rest = " ".join(tree.lower[i] for i in range(start, end) if i not in covered)
    more = [word for word in rest.replace(" - ", "-").split() if word not in PLAIN]
    if len(bodies) != 1 or len(inside) != 1 or len(more) > 1:
        return None
    body = bodies[0].match.id
    if scene.knowledge.actors[body].kind == "person":
        return None
    held = (scene.knowledge.holder(body, office, scene.day) for office in LED_AS)
    actor = next(filter(None, held), None)
    if actor is None:
        return None
    return _held(scene, actor, scene.knowledge.country_on(actor, scene.day), span)


def _held(scene: Scene, actor: Actor, country: str | None, span: Span) -> Participant:
    return Participant(
        span=span,
        name=actor.name,
        entity=actor.id,
        country=country,
        sectors=sectors_of(scene, actor),
    )
