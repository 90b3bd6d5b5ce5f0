"""The gold-file form: one object per article, spans as [start, end, text]."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tocsin.records.claim import Claim, Condition, Count, Interval, Participant, Place
from tocsin.records.coded import Coded
from tocsin.records.entity import Entity
from tocsin.records.evidence import Span
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement

Row = dict[str, Any]
LINKS = ("content_of", "response_to", "same_as")
COUNTS = ("killed", "injured", "arrested", "displaced", "crowd")


def line(coded: Coded) -> str:
    """Return an article in the gold-file form as one line of JSON."""
    return json.dumps(row(coded), ensure_ascii=False)


def row(coded: Coded) -> Row:
    """Return an article with everything coded out of it in the gold-file form."""
    article = coded.article
    names = {claim.id: f"e{k}" for k, claim in enumerate(coded.claims, 1)}
    return {
        "doc": article.doc,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published.day.isoformat() if article.published else None,
        "text": article.text,
        "claims": [_claim(claim, names) for claim in coded.claims],
        "relations": [_relation(r) for r in coded.relations],
        "statements": [_statement(s) for s in coded.statements],
        "entities": [_entity(e) for e in coded.entities],
    }


def _claim(claim: Claim, names: dict[str, str]) -> Row:
    """Return a claim without the keys that it has nothing to say for."""
    told = claim.attribution
    out: Row = {
        "id": names[claim.id],
        "type": claim.type,
        "modes": list(claim.modes),
        "trigger": _span(claim.trigger),
        "actors": _people(claim.actors),
        "recipients": _people(claim.recipients),
        "modality": claim.modality,
        "attribution": _people(told.chain if told else ()),
        "sentence": _span(claim.sentence),
        "confidence": claim.confidence,
        "style": told.style if told else None,
        "cue": _span(told.cue) if told and told.cue else None,
        "condition": _condition(claim.condition),
        **{link: names.get(getattr(claim, link)) for link in LINKS},
        "denied_by": _people(claim.denied_by) or None,
        "outcome": claim.outcome,
        "date": _interval(claim.date),
        "deadline": _interval(claim.deadline),
        "place": _place(claim.place),
        **{count: _count(getattr(claim, count)) for count in COUNTS},
    }
    return {key: value for key, value in out.items() if value is not None}


def _condition(condition: Condition | None) -> Row | None:
    return {"span": _span(condition.span), "kind": condition.kind} if condition else None


def _interval(interval: Interval | None) -> Row | None:
    """Return an interval whose start is known; without one there is nothing to compare."""
    if interval is None or interval.start is None:
        return None
    return {
        "start": interval.start.isoformat(),
        "end": interval.end.isoformat() if interval.end else None,
        "span": _span(interval.span),
    }


def _place(place: Place | None) -> Row | None:
    if place is None:
        return None
    return {"span": _span(place.span), "name": place.name, "country": place.country}


def _count(count: Count | None) -> list[int | None] | None:
    return [count.low, count.high] if count else None


def _span(span: Span) -> list[Any]:
    return [span.start, span.end, span.quote]


def _people(people: Iterable[Participant]) -> list[Row]:
    return [
        {"span": _span(p.span), "name": p.name, "country": p.country, "sectors": list(p.sectors)}
        for p in people
    ]


def _relation(relation: Relation) -> Row:
    (subject,), (object_,) = _people([relation.subject]), _people([relation.object])
    return {
        "subject": subject,
        "relation": relation.relation,
        "object": object_,
        "attribution": _people(relation.attribution),
        "span": _span(relation.span),
    }


def _statement(statement: Statement) -> Row:
    return {
        "source": _span(statement.source) if statement.source else None,
        "cue": _span(statement.cue) if statement.cue else None,
        "content": _span(statement.content),
        "style": statement.style,
        "polarity": statement.polarity,
        "within": statement.within,
    }


def _entity(entity: Entity) -> Row:
    return {
        "name": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "sectors": list(entity.sectors),
        "known_as": entity.known_as,
        "mentions": [_span(m) for m in entity.mentions],
    }
