"""Records as the columns of a data set: what queries ask for beside each record as a whole.

Every table has `record`, the record as JSON (see `tocsin schema`) without the reasons of claims,
which `tocsin explain` gives again out of the article. Names and codes of an act's parties stand in
lists of equal length, an empty text where one is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from tocsin.records import wire
from tocsin.records.article import Article
from tocsin.records.claim import Claim, Count, Participant
from tocsin.records.coded import Coded
from tocsin.records.entity import Entity
from tocsin.records.issue import Issue
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement

Row = dict[str, Any]
UNDATED = "undated"

_TEXT, _TEXTS, _NUMBER, _DAY, _REAL = "string", "strings", "int", "date", "float"
_PARTY = {"": _TEXTS, "_countries": _TEXTS, "_sectors": _TEXTS, "_ids": _TEXTS}
_TOLLS = ("killed", "injured", "arrested", "displaced", "crowd")
_ABOUT = {"article": _TEXT, "day": _DAY, "outlet": _TEXT}
# The columns of each table with their kinds; a table is partitioned by month besides.
TABLES: Mapping[str, Mapping[str, str]] = {
    "articles": {
        "id": _TEXT, "day": _DAY, "precision": _TEXT, "clock": _TEXT, "outlet": _TEXT,
        "title": _TEXT, "doc": _TEXT, "url": _TEXT, "language": _TEXT, "authors": _TEXTS,
        "wire": _TEXTS, "characters": _NUMBER, "claims": _NUMBER, "model": _TEXT,
    },
    "claims": {
        "id": _TEXT, **_ABOUT, "type": _TEXT, "modality": _TEXT, "modes": _TEXTS,
        "contexts": _TEXTS, "trigger": _TEXT, "start": _NUMBER, "end": _NUMBER, "sentence": _TEXT,
        **{f"{role}{end}": kind for role in ("actors", "recipients", "speakers")
           for end, kind in _PARTY.items()},
        "cue": _TEXT, "style": _TEXT, "denied_by": _TEXTS, "condition": _TEXT,
        "from": _DAY, "until": _DAY, "precision": _TEXT,
        "deadline_from": _DAY, "deadline_until": _DAY,
        "place": _TEXT, "place_country": _TEXT, "geonames": _NUMBER,
        "latitude": _REAL, "longitude": _REAL,
        **{f"{toll}_{end}": _NUMBER for toll in _TOLLS for end in ("low", "high")},
        "outcome": _TEXT, "content_of": _TEXT, "response_to": _TEXT, "same_as": _TEXT,
        "confidence": _REAL, "record": _TEXT,
    },
    "statements": {
        "id": _TEXT, **_ABOUT, "source": _TEXT, "speaker": _TEXT, "country": _TEXT,
        "sectors": _TEXTS, "cue": _TEXT, "content": _TEXT, "start": _NUMBER, "end": _NUMBER,
        "style": _TEXT, "polarity": _TEXT, "within": _TEXT, "record": _TEXT,
    },
    "relations": {
        "id": _TEXT, **_ABOUT, "subject": _TEXT, "relation": _TEXT, "object": _TEXT,
        "record": _TEXT,
    },
    "entities": {
        "id": _TEXT, **_ABOUT, "name": _TEXT, "kind": _TEXT, "country": _TEXT,
        "sectors": _TEXTS, "known_as": _TEXT, "mentions": _NUMBER, "record": _TEXT,
    },
}  # fmt: skip
ISSUES: Mapping[str, str] = {
    "code": _TEXT, "stage": _TEXT, "severity": _TEXT, "file": _TEXT, "place": _TEXT,
    "article": _TEXT, "message": _TEXT,
}  # fmt: skip


def month(article: Article) -> str:
    """Return the month of publication as partitions are named, UNDATED where it is not known."""
    if article.published is None or article.published.precision == "year":
        return UNDATED
    return f"{article.published.day:%Y-%m}"


def rows(coded: Coded) -> Iterator[tuple[str, Row]]:
    """Yield everything coded out of an article as rows, each with its table."""
    article = coded.article
    yield "articles", _article(coded)
    about = {"article": article.id, "day": _day(article), "outlet": article.outlet}
    made: tuple[tuple[str, Iterable[Any], Callable[[Any], Row]], ...] = (
        ("claims", coded.claims, _claim),
        ("statements", coded.statements, _statement),
        ("relations", coded.relations, _relation),
        ("entities", coded.entities, _entity),
    )
    for table, records, columns in made:
        for record in records:
            plain = replace(record, reasons=()) if isinstance(record, Claim) else record
            yield table, {**about, **columns(record), "record": wire.dump(plain).decode()}


def issue(found: Issue) -> Row:
    """Return an issue as a row."""
    return {name: getattr(found, name) for name in ISSUES}


def _day(article: Article) -> date | None:
    return article.published.day if article.published else None


def _article(coded: Coded) -> Row:
    article, published = coded.article, coded.article.published
    return {
        "id": article.id, "day": _day(article), "outlet": article.outlet,
        "precision": published.precision if published else None,
        "clock": published.clock if published else None, "title": article.title,
        "doc": article.doc, "url": article.url, "language": article.language,
        "authors": list(article.authors), "wire": list(article.wire),
        "characters": len(article.text), "claims": len(coded.claims), "model": coded.stamp.model,
    }  # fmt: skip


def _claim(claim: Claim) -> Row:
    said, when, due, place = claim.attribution, claim.date, claim.deadline, claim.place
    row: Row = {
        "id": claim.id, "type": claim.type, "modality": claim.modality,
        "modes": list(claim.modes), "contexts": list(claim.contexts),
        "trigger": claim.trigger.quote, "start": claim.trigger.start, "end": claim.trigger.end,
        "sentence": claim.sentence.quote,
        **_parties("actors", claim.actors), **_parties("recipients", claim.recipients),
        **_parties("speakers", said.chain if said else ()),
        "cue": said.cue.quote if said and said.cue else None,
        "style": said.style if said else None,
        "denied_by": [one.name for one in claim.denied_by],
        "condition": claim.condition.span.quote if claim.condition else None,
        "from": when.start if when else None, "until": when.end if when else None,
        "precision": when.precision if when else None,
        "deadline_from": due.start if due else None, "deadline_until": due.end if due else None,
        "place": place.name if place else None, "place_country": place.country if place else None,
        "geonames": place.geonames if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "outcome": claim.outcome, "content_of": claim.content_of,
        "response_to": claim.response_to, "same_as": claim.same_as,
        "confidence": claim.confidence,
    }  # fmt: skip
    for toll in _TOLLS:
        count: Count | None = getattr(claim, toll)
        row[f"{toll}_low"] = count.low if count else None
        row[f"{toll}_high"] = count.high if count else None
    return row


def _parties(role: str, found: Iterable[Participant]) -> Row:
    held = list(found)
    return {
        role: [one.name for one in held],
        f"{role}_countries": [one.country or "" for one in held],
        f"{role}_sectors": ["+".join(one.sectors) for one in held],
        f"{role}_ids": [one.entity or "" for one in held],
    }


def _statement(told: Statement) -> Row:
    who = told.speaker
    return {
        "id": told.id, "source": told.source.quote if told.source else None,
        "speaker": who.name if who else None, "country": who.country if who else None,
        "sectors": list(who.sectors) if who else [],
        "cue": told.cue.quote if told.cue else None, "content": told.content.quote,
        "start": told.content.start, "end": told.content.end, "style": told.style,
        "polarity": told.polarity, "within": told.within,
    }  # fmt: skip


def _relation(found: Relation) -> Row:
    return {
        "id": found.id, "subject": found.subject.name, "relation": found.relation,
        "object": found.object.name,
    }  # fmt: skip


def _entity(found: Entity) -> Row:
    return {
        "id": found.id, "name": found.name, "kind": found.kind, "country": found.country,
        "sectors": list(found.sectors), "known_as": found.known_as,
        "mentions": len(found.mentions),
    }  # fmt: skip
