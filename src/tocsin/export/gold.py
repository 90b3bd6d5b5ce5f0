"""The gold-file form: one object per article, spans as [start, end, text]."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tocsin.records.claim import Claim, Count, Participant
from tocsin.records.coded import Coded
from tocsin.records.entity import Entity
from tocsin.records.evidence import Span
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement

Row = dict[str, Any]


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
    out: Row = {
        "id": names[claim.id],
        "type": claim.type,
        "modes": list(claim.modes),
        "trigger": _span(claim.trigger),
        "actors": _people(claim.actors),
        "recipients": _people(claim.recipients),
        "modality": claim.modality,
        "attribution": _people(claim.attribution.chain) if claim.attribution else [],
        "sentence": _span(claim.sentence),
        "confidence": claim.confidence,
    }
    if claim.attribution:
        out["style"] = claim.attribution.style
        if claim.attribution.cue:
            out["cue"] = _span(claim.attribution.cue)
    if claim.condition:
        out["condition"] = {"span": _span(claim.condition.span), "kind": claim.condition.kind}
    for name in ("content_of", "response_to", "same_as"):
        if (link := getattr(claim, name)) in names:
            out[name] = names[link]
    if claim.denied_by:
        out["denied_by"] = _people(claim.denied_by)
    if claim.outcome:
        out["outcome"] = claim.outcome
    for name in ("date", "deadline"):
        interval = getattr(claim, name)
        if interval and interval.start:
            end = interval.end.isoformat() if interval.end else None
            out[name] = {
                "start": interval.start.isoformat(),
                "end": end,
                "span": _span(interval.span),
            }
    if claim.place:
        out["place"] = {
            "span": _span(claim.place.span),
            "name": claim.place.name,
            "country": claim.place.country,
        }
    for name in ("killed", "injured", "arrested", "displaced", "crowd"):
        count: Count | None = getattr(claim, name)
        if count:
            out[name] = [count.low, count.high]
    return out


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
