"""STIX 2.1: a bundle with a report for each event, its parties, place, and what articles say.

Parties are identities, articles' sentences notes with the outlet as their author, places locations.
What STIX has no property for stands in an extension of each report. A report needs a day of
publication, so that events which no dated article reports are left out. Ids are made of Tocsin's,
so that the same store gives the same bundle.

Whoever took an earlier bundle learns from `modified` what became of an object, and from `revoked`
that an analyst rejected it. What is revoked stays so; a claim that stands again has a new id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, BinaryIO, NamedTuple
from uuid import NAMESPACE_URL, uuid5

import msgspec

from tocsin.explain.event import tally
from tocsin.export.forms import WRITTEN, Form, Of, Stock, Wrote
from tocsin.export.known import country, division
from tocsin.export.parquet import whole
from tocsin.export.table import event as row
from tocsin.export.table import known
from tocsin.ontology.actors import facts
from tocsin.records.article import Byline
from tocsin.records.event import Event, Held, Spot, event_id
from tocsin.records.judgement import Anchor
from tocsin.views.records import Told

WITHDRAWN = "An analyst rejected what had been read here."
UNDATED = "left out: no report has a day, and STIX wants one"
Object = dict[str, Any]
_SPACE = uuid5(NAMESPACE_URL, "tocsin:stix")
# What is said of an event that is not said to have happened.
_UNREAL = {
    "negated": "denied", "future": "planned", "possible": "possible", "conditional": "conditional",
    "requested": "asked for",
}  # fmt: skip
# The day on which this extension was defined; it stays while its properties mean the same.
_DEFINED = "2024-12-01T00:00:00.000Z"
# Of a row of the table of events, what no property of STIX has.
_KEPT = (
    "type", "modes", "contexts", "modality", "level", "start", "end", "place_precision",
    "outcomes", "reports", "copies", "articles", "independent", "credibility", "disputed",
    *(f"{name}_{part}" for name in ("killed", "injured", "arrested", "displaced", "crowd")
      for part in ("low", "best", "high")),
)  # fmt: skip


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write a bundle, one object a line."""
    left = Wrote()
    head = {"type": "bundle", "id": f"bundle--{uuid5(_SPACE, 'bundle')}"}
    out.write(msgspec.json.encode(head)[:-1] + b',"objects":[')
    out.writelines(
        (b",\n" if number else b"\n") + msgspec.json.encode(made)
        for number, made in enumerate(objects(stock, left))
    )
    out.write(b"\n]}\n")
    return left


def objects(stock: Stock, left: Wrote) -> Iterator[Object]:
    """Yield the objects of a bundle, each before what refers to it; count reports."""
    author = _identity("tocsin", "Tocsin", "system", _DEFINED, _DEFINED)
    yield author
    yield {
        "type": "extension-definition", "spec_version": "2.1", "id": _EXTENSION,
        "created": _DEFINED, "modified": _DEFINED, "name": "Tocsin event",
        "description": "How an event is coded and borne out; columns as in docs/exports.md.",
        "created_by_ref": author["id"], "schema": "docs/exports.md", "version": "1.0.0",
        "extension_types": ["property-extension"],
    }  # fmt: skip
    gone = list(stock.withdrawn())
    past = _Past(stock.modified(), {anchor.claim: len(times) for anchor, _, times in gone})
    seen: set[str] = set()
    reports: dict[str, _Report] = {}
    for one in stock.events():
        if one.first_reported is None:
            left[UNDATED] += 1
            continue
        *parts, report = _of(one, author, past)
        for made in parts:
            if made["id"] not in seen:
                seen.add(made["id"])
                yield made
        yield report
        reports[one.id] = _Report(report["id"], report["modified"])
        left[WRITTEN] += 1
    for told in stock.claims():
        if told.event in reports:
            yield _note(told, author, reports[told.event], past)
    for each in gone:
        yield from _revoked(*each, author, past)


_EXTENSION = f"extension-definition--{uuid5(_SPACE, 'extension')}"


class _Report(NamedTuple):
    id: str
    modified: str


@dataclass(frozen=True, slots=True)
class _Past:
    """When events last became what they are, and how often each claim was rejected."""

    modified: Mapping[str, datetime]
    refused: Mapping[str, int]

    def note(self, claim: str) -> str:
        """Return what a note is named by: its claim, which has a new one after each rejection."""
        return _after(claim, self.refused.get(claim, 0))

    def report(self, one: Event) -> str:
        """Return the same of the report of an event, which goes when the claim first told of it."""
        return _after(one.id, self.refused.get(one.reports[0].claim, 0))


def _after(name: str, rejections: int) -> str:
    return f"{name} {rejections}" if rejections else name


def _of(one: Event, author: Object, past: _Past) -> list[Object]:
    """Return the objects that the report of an event refers to, and the report behind them."""
    first = _stamp(one.first_reported)
    last = max(_stamp(one.last_reported or one.first_reported), _stamp(past.modified.get(one.id)))
    parts = [_party(one, held, first, last) for held in (*one.actors, *one.recipients)]
    place = _location(one.place) if one.place else None
    parts += [place] if place else []
    refs = list(dict.fromkeys(made["id"] for made in parts))
    # Of an event without parties and place the notes are all that there is.
    refs = refs or [_id("note", past.note(report.claim)) for report in one.reports]
    report: Object = _object("report", past.report(one), first, last) | {
        "created_by_ref": author["id"], "name": whole(one.title or one.type),
        "description": _described(one), "published": first, "report_types": ["observed-event"],
        "labels": [one.type, *one.modes], "object_refs": refs,
        "external_references": [_ours(one.id)], "extensions": {_EXTENSION: _extension(one)},
    }  # fmt: skip
    return [*parts, report]


def _revoked(
    anchor: Anchor, by: Byline, times: tuple[datetime, ...], author: Object, past: _Past
) -> Iterator[Object]:  # fmt: skip
    """Yield a claim's note as revoked by each of its rejections, and the report that it founded."""
    event, day = event_id(anchor.claim), by.published.day if by.published else None
    for number, time in enumerate(times):
        at = _stamp(time)
        note = _object("note", _after(anchor.claim, number), _since(day), at)
        note |= {
            "revoked": True, "created_by_ref": author["id"], "content": WITHDRAWN,
            "object_refs": [author["id"]], "external_references": [_ours(anchor.claim)],
        }  # fmt: skip
        if day is not None and event in past.modified:
            report = _object("report", _after(event, number), _stamp(day), at)
            note["object_refs"] = [report["id"]]
            yield report | {
                "revoked": True, "created_by_ref": author["id"], "name": WITHDRAWN,
                "published": _stamp(day), "object_refs": [note["id"]],
                "external_references": [_ours(event)],
            }  # fmt: skip
        yield note


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid5(_SPACE, f'{kind} {name}')}"


def _object(kind: str, name: str, created: str, modified: str) -> Object:
    """Return what all objects have; they are modified when they were created or later."""
    return {
        "type": kind, "spec_version": "2.1", "id": _id(kind, name), "created": created,
        "modified": max(created, modified),
    }  # fmt: skip


def _identity(name: str, label: str, kind: str, created: str, modified: str) -> Object:
    made = _object("identity", name, created, modified)
    return made | {"name": whole(label), "identity_class": kind}


def _party(one: Event, held: Held, created: str, modified: str) -> Object:
    """Return a party: one that Tocsin knows once for all events, another one of this event."""
    name = known(held)
    if name is None:
        made = _identity(f"{one.id} {held.value}", held.name, "unknown", created, modified)
        return made | ({"roles": list(held.sectors)} if held.sectors else {})
    # It is the same object wherever it is met, so that it bears no day and no name of an event.
    kind = "organization" if country(name) else "unknown"
    made = _identity(name, _called().get(name, held.name), kind, _DEFINED, _DEFINED)
    return made | {"external_references": [_ours(name)]}


@cache
def _called() -> dict[str, str]:
    return {one.id: one.name for one in facts().actors} | {
        one.id: one.name for one in facts().countries
    }


def _location(place: Spot) -> Object | None:
    held = country(place.country)
    near = place.precision in ("point", "place", "region") and place.latitude is not None
    area = division(place.geonames, place.name, place.precision)
    if held is None and not near:
        return None  # STIX wants a country, a region or a point
    name = f"{place.name} {place.country} {place.geonames} {place.precision}"
    made = _object("location", name, _DEFINED, _DEFINED) | {"name": whole(place.name)}
    if held is not None and held.iso2:
        made["country"] = held.iso2
    if area:
        made["administrative_area"] = area
    if near:
        made |= {"latitude": place.latitude, "longitude": place.longitude}
    return made if {"country", "latitude"} & made.keys() else None


def _note(told: Told, author: Object, report: _Report, past: _Past) -> Object:
    """Return what an article says of an event, with who says it."""
    claim, by = told.claim, told.byline
    chain = claim.attribution.chain if claim.attribution else ()
    authors = [whole(name) for name in (by.outlet, *(who.name for who in chain)) if name]
    at = _since(by.published.day if by.published else None)
    made = _object("note", past.note(claim.id), at, report.modified) | {
        "created_by_ref": author["id"], "content": whole(claim.sentence.quote),
        "confidence": round(100 * claim.confidence), "object_refs": [report.id],
        "labels": [claim.type, claim.modality], "external_references": [_cited(told)],
    }  # fmt: skip
    if by.title:
        made["abstract"] = whole(by.title)
    return made | ({"authors": authors} if authors else {})


def _cited(told: Told) -> Object:
    made = _ours(told.claim.id)
    return made | ({"url": told.byline.url} if told.byline.url else {})


def _ours(name: str) -> Object:
    return {"source_name": "tocsin", "external_id": name}


def _described(one: Event) -> str:
    happened = _UNREAL.get(one.modality)
    parts = [f"{happened}; not said to have happened"] if happened else []
    parts.append(f"{one.level}: {tally(len(one.reports), one.copies, one.independent)}")
    return ". ".join([*parts, "Reported by news; nobody has verified it"]) + "."


def _extension(one: Event) -> Object:
    held = {name: value for name, value in row(one).items() if name in _KEPT}
    plain = {name: list(value) if isinstance(value, tuple) else value
             for name, value in held.items() if value is not None and value != ()}  # fmt: skip
    days = {name: value.isoformat() for name, value in plain.items() if isinstance(value, date)}
    return {"extension_type": "property-extension", **plain, **days}


def _since(day: date | None) -> str:
    """Return when what an article of a day says was created; it may bear none."""
    return _stamp(day) or _DEFINED


def _stamp(when: datetime | date | None) -> str:
    """Return a moment as STIX writes it, the first one of a day; empty for none."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03}Z"
    return f"{when}T00:00:00.000Z"


FORM = Form(
    "stix", ".json", "a STIX 2.1 bundle: a report an event, notes with the words", ("events",),
    write,
)  # fmt: skip
