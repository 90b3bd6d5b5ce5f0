"""Records as PLOVER's own data set, POLECAT, has them: one actor on one recipient a row.

Claims that something happened, and no others: what is planned, threatened, asked for, possible or
denied, and what is only the content of another claim, is left out. A day is given where the text
gives one; POLECAT takes that of publication instead. docs/exports.md says what stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import permutations, product
from typing import BinaryIO

from tocsin.export import csv
from tocsin.export.forms import Form, Of, Stock, Wrote
from tocsin.export.heard import fight
from tocsin.export.known import country, province, telling
from tocsin.export.table import Row
from tocsin.ontology.load import load
from tocsin.ontology.model import Ontology
from tocsin.records.claim import Claim, Participant
from tocsin.views.records import Told

UNREAL = "left out: planned, threatened, asked for, possible or denied"
CONTENT = "left out: content of another claim"
RETRACTED = "left out: article taken back by its outlet"
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write tab-separated records under POLECAT's header."""
    return csv.chosen(COLUMNS, rows, stock, out, tabs=True)


def rows(stock: Stock, left: Wrote) -> Iterator[Row]:
    """Yield the rows of claims that count; count those that do not, by why."""
    for told in stock.claims():
        if told.byline.retracted:
            left[RETRACTED] += 1
        elif told.claim.modality != "actual":
            left[UNREAL] += 1
        elif told.claim.content_of is not None:
            left[CONTENT] += 1
        else:
            yield from _rows(told)


def _rows(told: Told) -> Iterator[Row]:
    one, by = told.claim, told.byline
    kind = _types().get(one.type)
    pairs = parties(one)
    for number, (actor, recipient) in enumerate(pairs, 1):
        yield dict.fromkeys(COLUMNS) | {
            "Event ID": one.id if len(pairs) == 1 else f"{one.id}-{number}",
            "Event Date": _day(one), "Event Type": one.type,
            "Event Mode": telling(one.type, one.modes),
            "Intensity": kind.score if kind else None,
            "Quad Code": _types().quads[kind.quad].label if kind else None,
            "Contexts": ";".join(one.contexts) or None,
            **_party("Actor", actor), **_party("Recipient", recipient), **_place(one),
            "Source": by.outlet, "Publication Date": by.published.day if by.published else None,
            "Version": _types().version,
        }  # fmt: skip


def parties(one: Claim) -> list[tuple[Participant | None, Participant | None]]:
    """Return who acts on whom; all who meet, agree or fight are each other's, both ways."""
    if len(one.actors) > 1 and (not one.recipients or fight(one)):
        return [*permutations(one.actors, 2), *((None, hit) for hit in one.recipients)]
    return list(product(one.actors or (None,), one.recipients or (None,)))


def _party(role: str, one: Participant | None) -> Row:
    if one is None:
        return {}
    place = country(one.country)
    return {
        f"{role} Name": one.name, f"{role} Country": one.country,
        f"{role} COW": place.cow if place else None,
        f"Primary {role} Sector": one.sectors[0] if one.sectors else None,
        f"{role} Sectors": ";".join(one.sectors) or None, f"{role} Name Raw": one.span.quote,
    }  # fmt: skip


def _place(one: Claim) -> Row:
    place = one.place
    if place is None:
        return {}
    near = place.precision != "country"
    return {
        "Placename": place.name, "City": place.name if place.precision == "place" else None,
        "Province": province(place.geonames, place.precision),
        "Country": place.country, "Latitude": place.latitude if near else None,
        "Longitude": place.longitude if near else None, "GeoNames ID": place.geonames,
        "Raw Placename": place.span.quote,
    }  # fmt: skip


def _day(one: Claim) -> date | None:
    when = one.date
    return when.start if when and when.start == when.end else None


@cache
def _types() -> Ontology:
    return load()


FORM = Form(
    "plover", ".tsv", "what happened, as POLECAT's columns have it (PLOVER)", ("claims",), write
)
