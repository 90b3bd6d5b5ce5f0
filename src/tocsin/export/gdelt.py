"""Events in the columns of GDELT 2.0, by CAMEO's codes: one actor on another a row.

What happened alone. Tone and whatever else GDELT has and Tocsin does not know stays empty; a day
is given where reports give one. docs/exports.md has the whole list.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import BinaryIO

from tocsin.base.errors import OntologyError
from tocsin.base.ids import digest, number
from tocsin.export import csv
from tocsin.export.forms import Form, Of, Stock, Wrote
from tocsin.export.heard import heard
from tocsin.export.known import Party, codes, country, day, facts_of, happened, thwarted
from tocsin.export.pairs import Pair, pairs, shown
from tocsin.export.table import Row
from tocsin.records.event import Event

UNCODED = "left out: the crosswalk has no CAMEO code for the type"
UNDONE = "left out: foiled or failed, and CAMEO has no code for the attempt"
_SIDE = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = (
    "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID",
)  # fmt: skip
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{side}{name}" for side in (1, 2) for name in _SIDE),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{of}Geo_{name}" for of in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
# PLOVER's sectors as CAMEO's actor codes, where they differ; the others that CAMEO has are alike.
# CAMEO's MED are media and its HLH are health.
TYPES = {"JRN": "MED", "MED": "HLH", "UNK": ""}
SAME = frozenset(
    {"AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JUD", "LAB", "LEG", "MIL", "OPP",
     "PTY", "REB", "REF", "SPY", "UAF"}
)  # fmt: skip
# GDELT's classes by the last root of each: verbal and material cooperation, verbal and material
# conflict.
QUADS = ((5, 1), (8, 2), (13, 3), (20, 4))
# What CAMEO has a code of its own for where it fell short: an attempt at somebody's life.
ATTEMPTS = {"186": "185"}
# GDELT's types of places: a country, a state and a city of the United States, a city and a state
# elsewhere.
GEO = {("country", False): 1, ("country", True): 1, ("region", True): 2, ("place", True): 3,
       ("place", False): 4, ("region", False): 5}  # fmt: skip


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write tab-separated rows; unlike GDELT's own files they begin with a header."""
    return csv.chosen(COLUMNS, rows, stock, out, tabs=True)


def rows(stock: Stock, left: Wrote) -> Iterator[Row]:
    """Yield the rows of events that happened; count what is left out, by why."""
    urls = {one.article: one.url for one in stock.articles() if one.url}
    said = heard(stock)
    for one in stock.events():
        if not happened(one, left):
            continue
        for pair in pairs(one, said):
            try:
                modes = shown(one, pair.reports, said)
                code = _done(codes().to_cameo(one.type, modes), thwarted(one))
            except OntologyError:
                left[UNCODED] += 1
                continue
            if code is None:
                left[UNDONE] += 1
                continue
            url = next((urls[r.article] for r in pair.reports if r.article in urls), None)
            yield dict.fromkeys(COLUMNS) | {
                **_event(one, pair, code), **_side(1, pair.actor), **_side(2, pair.recipient),
                "SOURCEURL": url,
            }  # fmt: skip


def _done(code: str, came: str | None) -> str | None:
    """Return the code of an act that fell short, or of one that did not; None for what is no act.

    What was foiled never began, and of coercion and assault by other means than an army's a failure
    leaves nothing; what was shot down, or beaten back, was force all the same.
    """
    if came is None:
        return code
    nothing = came == "foiled" or (came == "failed" and code[:2] in ("17", "18"))
    return ATTEMPTS.get(code, None if nothing else code)


def _event(one: Event, pair: Pair, code: str) -> Row:
    when, place = day(one), one.place
    heard = [report.day for report in pair.reports if report.day is not None]
    out: Row = {
        "GLOBALEVENTID": _row_id(one, pair),
        "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2],
        "QuadClass": next(quad for last, quad in QUADS if int(code[:2]) <= last),
        "GoldsteinScale": _goldstein().get(code, _goldstein().get(code[:3])),
        "NumMentions": len(pair.reports),
        "NumSources": len({report.outlet for report in pair.reports if report.outlet}) or None,
        "NumArticles": len({report.article for report in pair.reports}),
        "DATEADDED": _number(min(heard, default=one.first_reported)),
    }  # fmt: skip
    if when is not None:
        # As GDELT counts: months of thirty days, years of 365.
        part = (when.month * 30 + when.day) / 365
        out |= {
            "SQLDATE": _number(when), "MonthYear": when.year * 100 + when.month,
            "Year": when.year, "FractionDate": round(when.year + part, 4),
        }  # fmt: skip
    if place is not None and place.precision is not None:
        held, near = country(place.country), place.precision != "country"
        out |= {
            "ActionGeo_Type": GEO.get((place.precision, place.country == "USA")),
            "ActionGeo_FullName": place.name, "ActionGeo_CountryCode": held.fips if held else None,
            "ActionGeo_Lat": place.latitude if near else None,
            "ActionGeo_Long": place.longitude if near else None,
        }  # fmt: skip
    return out


def _side(which: int, one: Party) -> Row:
    if one is None:
        return {}
    types = [TYPES.get(name, name if name in SAME else "") for name in one.sectors]
    types = [name for name in types if name]
    nation = one.country if country(one.country) else None
    if one.country in ("IGO", "NGO"):
        types.insert(0, one.country)
    three = [*types, None, None, None]
    return {
        f"Actor{which}Code": "".join([nation or "", *types]) or None,
        f"Actor{which}Name": one.name.upper(), f"Actor{which}CountryCode": nation,
        **{f"Actor{which}Type{at}Code": three[at - 1] for at in (1, 2, 3)},
    }  # fmt: skip


def _row_id(one: Event, pair: Pair) -> int:
    """Return a number above 0, as GDELT's ids are; it stays, whatever other rows there are."""
    ends = [party.value if party else "" for party in pair[:2]]
    name = digest("pair", one.id, *ends, "mutual" if pair.mutual else "")
    return number(name) & (2**63 - 1)


def _number(when: date | None) -> int | None:
    return when.year * 10_000 + when.month * 100 + when.day if when else None


@cache
def _goldstein() -> dict[str, float]:
    return {code: float(str(value)) for code, value in facts_of("goldstein").items()}


FORM = Form(
    "gdelt", ".tsv", "what happened, by CAMEO codes in GDELT 2.0's columns", ("events",), write
)
