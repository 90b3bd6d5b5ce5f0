"""STIX 2.1: a bundle with a report for each event, its parties, place, and what articles say.

Parties are identities, articles' sentences notes with the outlet as their author, places locations.
What STIX has no property for stands in an extension of each report. A report needs a day of
publication, so that events which no dated article reports are left out. Ids are made of Tocsin's,
so that the same store gives the same bundle.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, uuid5

import msgspec

from tocsin.explain.event import tally
from tocsin.export.forms import WRITTEN, Form, Of, Stock, Wrote
from tocsin.export.known import country, division
from tocsin.export.parquet import whole
from tocsin.export.table import event as row
from tocsin.export.table import known
from tocsin.records.event import Event, Held, Spot
from tocsin.views.records import Told

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
    author = _identity("tocsin", "Tocsin", "system", _DEFINED)
    yield author
    yield {
        "type": "extension-definition", "spec_version": "2.1", "id": _EXTENSION,
        "created": _DEFINED, "modified": _DEFINED, "name": "Tocsin event",
        "description": "How an event is coded and borne out; columns as in docs/exports.md.",
        "created_by_ref": author["id"], "schema": "docs/exports.md", "version": "1.0.0",
        "extension_types": ["property-extension"],
    }  # fmt: skip
    seen: set[str] = set()
    for one in stock.events():
        if one.first_reported is None:
            left[UNDATED] += 1
            continue
        yield from _of(one, author, seen)
        left[WRITTEN] += 1
    for told in stock.claims():
        if told.event is not None and _id("report", told.event) in seen:
            yield _note(told, author, _id("report", told.event))


_EXTENSION = f"extension-definition--{uuid5(_SPACE, 'extension')}"


def _of(one: Event, author: Object, seen: set[str]) -> Iterator[Object]:
    """Yield the report of an event behind those of its objects that were not there before."""
    first, last = _stamp(one.first_reported), _stamp(one.last_reported or one.first_reported)
    parts = [_party(one, held, first) for held in (*one.actors, *one.recipients)]
    place = _location(one.place) if one.place else None
    parts += [place] if place else []
    refs = list(dict.fromkeys(made["id"] for made in parts))
    report: Object = _object("report", one.id, first) | {
        "modified": last, "created_by_ref": author["id"], "name": whole(one.title or one.type),
        "description": _described(one), "published": first, "report_types": ["observed-event"],
        "labels": [one.type, *one.modes], "object_refs": refs or [author["id"]],
        "external_references": [{"source_name": "tocsin", "external_id": one.id}],
        "extensions": {_EXTENSION: _extension(one)},
    }  # fmt: skip
    for made in (*parts, report):
        if made["id"] not in seen:
            seen.add(made["id"])
            yield made


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid5(_SPACE, f'{kind} {name}')}"


def _object(kind: str, name: str, at: str) -> Object:
    return {
        "type": kind, "spec_version": "2.1", "id": _id(kind, name), "created": at, "modified": at,
    }  # fmt: skip


def _identity(name: str, label: str, kind: str, at: str) -> Object:
    return _object("identity", name, at) | {"name": whole(label), "identity_class": kind}


def _party(one: Event, held: Held, at: str) -> Object:
    """Return a party: one that Tocsin knows once for all events, another one of this event."""
    name = known(held)
    # A known one is the same object wherever it is met, so that it bears no day of an event.
    code, stamp = (name, _DEFINED) if name else (f"{one.id} {held.value}", at)
    kind = "organization" if country(name) else "unknown"
    made = _identity(code, held.name, kind, stamp)
    if held.sectors and not name:
        made["roles"] = list(held.sectors)
    if name:
        made["external_references"] = [{"source_name": "tocsin", "external_id": name}]
    return made


def _location(place: Spot) -> Object | None:
    held = country(place.country)
    near = place.precision in ("point", "place", "region") and place.latitude is not None
    area = division(place.geonames, place.name, place.precision)
    if held is None and not near:
        return None  # STIX wants a country, a region or a point
    name = f"{place.name} {place.country} {place.geonames} {place.precision}"
    made = _object("location", name, _DEFINED) | {"name": whole(place.name)}
    if held is not None and held.iso2:
        made["country"] = held.iso2
    if area:
        made["administrative_area"] = area
    if near:
        made |= {"latitude": place.latitude, "longitude": place.longitude}
    return made if {"country", "latitude"} & made.keys() else None


def _note(told: Told, author: Object, about: str) -> Object:
    """Return what an article says of an event, with who says it."""
    claim, by = told.claim, told.byline
    chain = claim.attribution.chain if claim.attribution else ()
    authors = [whole(name) for name in (by.outlet, *(who.name for who in chain)) if name]
    at = _stamp(by.published.day) if by.published else _DEFINED
    made = _object("note", claim.id, at) | {
        "created_by_ref": author["id"], "content": whole(claim.sentence.quote),
        "confidence": round(100 * claim.confidence), "object_refs": [about],
        "labels": [claim.type, claim.modality], "external_references": [_cited(told)],
    }  # fmt: skip
    if by.title:
        made["abstract"] = whole(by.title)
    return made | ({"authors": authors} if authors else {})


def _cited(told: Told) -> Object:
    made = {"source_name": "tocsin", "external_id": told.claim.id}
    return made | ({"url": told.byline.url} if told.byline.url else {})


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


def _stamp(day: date | None) -> str:
    """Return the first moment of a day; news tells days, and STIX wants moments."""
    return f"{day}T00:00:00.000Z"


FORM = Form(
    "stix", ".json", "a STIX 2.1 bundle: a report an event, notes with the words", ("events",),
    write,
)  # fmt: skip
