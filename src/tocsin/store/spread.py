"""Records spread over rows, as searches ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tocsin.base.ids import digest
from tocsin.base.text import fold
from tocsin.records.article import Article
from tocsin.records.claim import Claim, Participant
from tocsin.records.entity import Entity
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement

Row = dict[str, Any]


def claim(
    c: Claim, key: int, sentences: Mapping[tuple[int, int], int], of: Article
) -> Row:  # fmt: skip
    """Return the row of a claim of an article."""
    when, due, where = c.date, c.deadline, c.place
    return {
        "reported": of.published.day if of.published else date.min,
        "article": key,
        "sentence": sentences[c.sentence.start, c.sentence.end],
        "id": c.id,
        "type": c.type,
        "modality": c.modality,
        "start": c.trigger.start,
        "end": c.trigger.end,
        "confidence": c.confidence,
        "outcome": c.outcome,
        "first_day": when.start if when else None,
        "last_day": when.end if when else None,
        "due_from": due.start if due else None,
        "due_to": due.end if due else None,
        "place": where.name if where else None,
        "place_folded": fold(where.name) if where else None,
        "country": where.country if where else None,
        "geonames": where.geonames if where else None,
        "latitude": where.latitude if where else None,
        "longitude": where.longitude if where else None,
        "place_precision": where.precision if where else None,
        "killed": c.killed.low if c.killed else None,
        "injured": c.injured.low if c.injured else None,
        "conditional": c.condition is not None,
        "content_of": c.content_of,
    }


def roles(c: Claim) -> Mapping[str, tuple[Participant, ...]]:
    """Return who takes part in a claim, by their roles; the outermost speaker first."""
    chain = c.attribution.chain if c.attribution else ()
    return {
        "actor": c.actors, "recipient": c.recipients, "speaker": chain, "denier": c.denied_by,
    }  # fmt: skip


def parties(c: Claim, key: int, people: Mapping[str, int]) -> Iterator[Row]:
    """Yield the rows that join a claim to who takes part, of whom the keys are known."""
    for role, found in roles(c).items():
        for rank, one in enumerate(found):
            yield {"claim": key, "role": role, "rank": rank, "who": people[person(one)["id"]]}


def person(one: Participant) -> Row:
    """Return the row of somebody, the same for all claims that name them so."""
    sectors = "".join(f"{code} " for code in one.sectors)
    return {
        "id": digest("who", one.name, one.entity or "", one.country or "", sectors),
        "name": one.name,
        "folded": fold(one.name),
        "entity": one.entity,
        "country": one.country,
        "sectors": sectors,
    }


def labels(c: Claim, key: int) -> Iterator[Row]:
    """Yield the rows of a claim's modes and contexts."""
    for kind, values in (("mode", c.modes), ("context", c.contexts)):
        for value in dict.fromkeys(values):
            yield {"claim": key, "kind": kind, "value": value}


def statement(s: Statement, key: int) -> Row:
    """Return the row of a statement."""
    who = s.speaker
    return {
        "article": key,
        "id": s.id,
        "polarity": s.polarity,
        "style": s.style,
        "name": who.name if who else None,
        "entity": who.entity if who else None,
        "country": who.country if who else None,
        "start": s.content.start,
        "end": s.content.end,
    }


def relation(r: Relation, key: int) -> Row:
    """Return the row of a relation."""
    return {
        "article": key,
        "id": r.id,
        "relation": r.relation,
        "subject": r.subject.name,
        "subject_entity": r.subject.entity,
        "object": r.object.name,
        "object_entity": r.object.entity,
    }


def entity(e: Entity, key: int) -> Row:
    """Return the row of an entity."""
    return {
        "article": key,
        "id": e.id,
        "kind": e.kind,
        "name": e.name,
        "country": e.country,
        "known_as": e.known_as,
        "mentions": len(e.mentions),
    }
