"""Deaths in the columns of UCDP's Georeferenced Event Dataset, as far as Tocsin knows them.

Attacks that happened with a number of killed. It is no UCDP data and must not be taken for it:
UCDP's conflicts, dyads and sides are identified by its own coders, so their numbers stay empty.
docs/exports.md has the differences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor
from typing import BinaryIO

from tocsin.base.ids import number
from tocsin.export import csv
from tocsin.export.forms import Form, Of, Stock, Wrote
from tocsin.export.heard import heard
from tocsin.export.known import Party, civilian, country, extent, happened, province, rebel, state
from tocsin.export.sides import Sides, sides
from tocsin.export.table import Row, outlets
from tocsin.records.article import Byline
from tocsin.records.event import Event, Tally

OTHER = "left out: no attack"
DEATHLESS = "left out: no report gives a number of killed above 0"
UNDATED = "left out: no report gives its days to the year"
YEAR = 366
COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
# UCDP's precision of places: a known place, near one, the first-order division alone, a wide or
# vague area, the country.
PLACES = {"spot": 1, "near": 2, "part": 4, "division": 4, "wide": 5, "country": 6}
# Days that an event may lie among, and its precision: the day, two to six, a week, a month, more.
DATES = ((1, 1), (6, 2), (7, 3), (31, 4))
MORE = 5
# PRIO-GRID: cells of half a degree, counted from 1 at the south-west, 720 in a row.
CELLS, ROW = 2, 720


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write rows under GED's header."""
    return csv.chosen(COLUMNS, rows, stock, out)


def rows(stock: Stock, left: Wrote) -> Iterator[Row]:
    """Yield the rows of attacks that killed; count what is left out, by why."""
    said = heard(stock)
    bylines = {one.article: one for one in stock.articles()}
    for one in stock.events():
        if not happened(one, left):
            continue
        killed = next((tally for tally in one.tallies if tally.kind == "killed"), None)
        if one.type != "ASSAULT":
            left[OTHER] += 1
        elif killed is None or not killed.best:
            left[DEATHLESS] += 1
        elif one.start is None or one.end is None or (one.end - one.start).days >= YEAR:
            left[UNDATED] += 1
        else:
            who = sides(one, said)
            yield dict.fromkeys(COLUMNS) | _row(one, killed, who) | _sources(one, bylines)


def cell(latitude: float, longitude: float) -> int:
    """Return the cell of PRIO-GRID that a point lies in."""
    across = min(floor((longitude + 180) * CELLS), ROW - 1)
    up = min(floor((latitude + 90) * CELLS), ROW // 2 - 1)
    return up * ROW + across + 1


def _row(one: Event, killed: Tally, who: Sides) -> Row:
    a, b = (next(iter(some), None) for some in who[:2])
    kind = violence(a, b)
    civilians = kind == 3 and _civilians(one, killed)
    nations = [country(side.country) if side and state(side) else None for side in (a, b)]
    days = (one.end - one.start).days + 1 if one.start and one.end else None
    return {
        "id": number(one.id) & (2**63 - 1), "relid": one.id,
        "year": one.start.year if one.start and one.end and one.start.year == one.end.year
        else None,
        "type_of_violence": kind,
        "dyad_name": f"{a.name} - {b.name}" if a and b else None,
        "side_a": a.name if a else None, "side_b": b.name if b else None,
        **_place(one),
        "date_prec": next((code for most, code in DATES if days <= most), MORE) if days else None,
        "date_start": one.start, "date_end": one.end,
        # Reports say how many, seldom of which side.
        "deaths_civilians": killed.best if civilians else None,
        "deaths_unknown": None if civilians else killed.best,
        "best": killed.best, "high": killed.high, "low": killed.low,
        "gwnoa": nations[0].gw if nations[0] else None,
        "gwnob": nations[1].gw if nations[1] else None,
    }  # fmt: skip


def violence(a: Party, b: Party) -> int | None:
    """Return 1 for a state's, 2 for others', 3 for one-sided violence; None where it is open."""
    if a is None or b is None:
        return None
    if civilian(b) and (state(a) or rebel(a)):
        return 3
    if (state(a) and (state(b) or rebel(b))) or (rebel(a) and state(b)):
        return 1
    return 2 if rebel(a) and rebel(b) else None


def _civilians(one: Event, killed: Tally) -> bool:
    """Return whether the claims that count the dead speak of civilians alone as those hit."""
    counted = {toll.claim for toll in killed.given}
    hit = [held for held in one.recipients if not counted.isdisjoint(held.claims)]
    return bool(hit) and all(map(civilian, hit))


def _sources(one: Event, bylines: Mapping[str, Byline]) -> Row:
    """Return who reported an event; articles as UCDP cites them, by outlet, day and title."""
    articles = dict.fromkeys(report.article for report in one.reports)
    known = [bylines[name] for name in articles if name in bylines]
    cited = [
        ",".join((by.outlet or "", str(by.published.day) if by.published else "", by.title))
        for by in known
    ]
    return {
        "number_of_sources": len(outlets(one)) or None,
        "source_article": "; ".join(cited) or None,
        "source_office": "; ".join(outlets(one)) or None, "source_date": one.first_reported,
        "source_headline": "; ".join(by.title for by in known if by.title) or None,
        "source_original": "; ".join(origin.name for origin in one.origins) or None,
    }  # fmt: skip


def _place(one: Event) -> Row:
    place = one.place
    if place is None:
        return {}
    held = country(place.country)
    out: Row = {
        "where_prec": PLACES.get(extent(place) or ""), "where_coordinates": place.name,
        "adm_1": province(place.geonames, place.precision),
        "country": held.name if held else None, "country_id": held.gw if held else None,
    }  # fmt: skip
    if place.precision == "country" or place.latitude is None or place.longitude is None:
        return out
    return out | {
        "latitude": place.latitude, "longitude": place.longitude,
        "geom_wkt": f"POINT ({place.longitude} {place.latitude})",
        "priogrid_gid": cell(place.latitude, place.longitude),
    }  # fmt: skip


FORM = Form("ged", ".csv", "attacks that killed, in the columns of UCDP GED", ("events",), write)
