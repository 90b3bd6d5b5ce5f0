"""Events in ACLED's columns, as far as Tocsin knows what ACLED's coders would write there.

Violence and protests that happened. It is no ACLED data and must not be taken for it: nobody of
theirs coded it, and what they find out beyond the reports stays empty here. docs/exports.md has
the differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from tocsin.export import csv
from tocsin.export.forms import Form, Of, Stock, Wrote
from tocsin.export.known import civilian, country, division, happened, ranked, rebel
from tocsin.export.table import Row, outlets
from tocsin.records.event import Event, Held

OTHER = "left out: neither violence nor protest, or of a kind that ACLED has no name for"
UNDATED = "left out: no report gives its days to the month"
COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
POLITICAL, DEMONSTRATIONS, STRATEGIC = (
    "Political violence", "Demonstrations", "Strategic developments",
)  # fmt: skip
REMOTE = "Explosions/Remote violence"
# ACLED's types and sub-types by PLOVER's type and mode, the first mode that is found first.
KINDS: dict[tuple[str, str], tuple[str, str, str | None]] = {
    ("ASSAULT", "suicide-attack"): (POLITICAL, REMOTE, "Suicide bomb"),
    ("ASSAULT", "drone"): (POLITICAL, REMOTE, "Air/drone strike"),
    ("ASSAULT", "aerial"): (POLITICAL, REMOTE, "Air/drone strike"),
    ("ASSAULT", "heavy-weapons"): (POLITICAL, REMOTE, "Shelling/artillery/missile attack"),
    ("ASSAULT", "unconventional"): (POLITICAL, REMOTE, None),
    ("ASSAULT", "explosives"): (POLITICAL, REMOTE, None),
    ("ASSAULT", "abduct"): (
        POLITICAL, "Violence against civilians", "Abduction/forced disappearance",
    ),
    ("ASSAULT", "sexual"): (POLITICAL, "Violence against civilians", "Sexual violence"),
    ("PROTEST", "riot"): (DEMONSTRATIONS, "Riots", "Violent demonstration"),
    ("PROTEST", "vandalize"): (DEMONSTRATIONS, "Riots", None),
    ("PROTEST", "demo"): (DEMONSTRATIONS, "Protests", None),
    ("PROTEST", "obstruct"): (DEMONSTRATIONS, "Protests", None),
    ("COERCE", "arrest"): (STRATEGIC, STRATEGIC, "Arrests"),
}  # fmt: skip
# Days that an event may lie among, and ACLED's precision for it: the day, the week, the month.
PRECISIONS = ((1, 1), (7, 2), (31, 3))
# ACLED's precision of places: the place, its surroundings or region, the country as a whole.
PLACES = {"point": 1, "place": 1, "region": 2, "country": 3}


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write rows under ACLED's header."""
    return csv.chosen(COLUMNS, rows, stock, out)


def rows(stock: Stock, left: Wrote) -> Iterator[Row]:
    """Yield the rows of violence and protests; count what is left out, by why."""
    for one in stock.events():
        if not happened(one, left):
            continue
        kind = _kind(one)
        if kind is None:
            left[OTHER] += 1
        elif _when(one)[0] is None:
            left[UNDATED] += 1
        else:
            yield dict.fromkeys(COLUMNS) | _row(one, kind)


def _kind(one: Event) -> tuple[str, str, str | None] | None:
    found = next((k for (code, mode), k in KINDS.items()
                  if code == one.type and mode in one.modes), None)  # fmt: skip
    if found is not None or one.type != "ASSAULT":
        return found
    if one.recipients and all(map(civilian, one.recipients)):
        return POLITICAL, "Violence against civilians", "Attack"
    sides = [*one.actors, *one.recipients]
    if len(sides) > 1 and all(_armed(side) for side in sides):
        return POLITICAL, "Battles", "Armed clash"
    return None


def _row(one: Event, kind: tuple[str, str, str | None]) -> Row:
    first, second = _sides(one)
    place = one.place
    held = country(place.country) if place else None
    near = place is not None and place.precision in ("point", "place", "region")
    killed = next((tally for tally in one.tallies if tally.kind == "killed"), None)
    when, precision = _when(one)
    targets = kind[0] == POLITICAL and bool(one.recipients) and all(map(civilian, one.recipients))
    return {
        "event_id_cnty": one.id, "event_date": when, "year": when.year if when else None,
        "time_precision": precision, "disorder_type": kind[0], "event_type": kind[1],
        "sub_event_type": kind[2], **_party(1, first, one), **_party(2, second, one),
        "civilian_targeting": "Civilian targeting" if targets else None,
        "country": held.name if held else None,
        "admin1": division(place.geonames, place.name, place.precision) if place else None,
        "location": place.name if place else None,
        "latitude": place.latitude if place and near else None,
        "longitude": place.longitude if place and near else None,
        "geo_precision": PLACES.get(place.precision or "") if place else None,
        "source": "; ".join(outlets(one)) or None, "notes": one.title,
        # ACLED takes the lowest of several numbers.
        "fatalities": killed.low if killed else None,
        "tags": _crowd(one),
    }  # fmt: skip


def _sides(one: Event) -> tuple[list[Held], list[Held]]:
    """Return who acts and who is acted on; of a clash without recipients, the first and others."""
    actors = ranked(one.actors)
    if not one.recipients and one.type == "ASSAULT":
        return actors[:1], actors[1:]
    return actors, ranked(one.recipients)


def _party(which: int, some: list[Held], one: Event) -> Row:
    if not some:
        return {}
    return {
        f"actor{which}": some[0].name,
        f"assoc_actor_{which}": "; ".join(other.name for other in some[1:]) or None,
        f"inter{which}": _inter(some[0], one),
    }  # fmt: skip


def _inter(party: Held, one: Event) -> str | None:
    """Return ACLED's class of an actor, where its sectors settle it."""
    where = one.place.country if one.place else None
    forces = not {"MIL", "COP"}.isdisjoint(party.sectors)
    if forces and where and party.country and party.country != where:
        return "External/Other forces"
    if forces:
        return "State forces"
    if "REB" in party.sectors:
        return "Rebel group"
    if "PRM" in party.sectors:
        return "Political militia"
    if one.type == "PROTEST" and party in one.actors:
        return "Rioters" if "riot" in one.modes else "Protesters"
    return "Civilians" if civilian(party) else None


def _armed(party: Held) -> bool:
    return rebel(party) or not {"MIL", "COP"}.isdisjoint(party.sectors)


def _when(one: Event) -> tuple[date | None, int | None]:
    """Return the first day of an event and ACLED's precision; nothing where it is vaguer."""
    if one.start is None or one.end is None:
        return None, None
    days = (one.end - one.start).days + 1
    precision = next((code for most, code in PRECISIONS if days <= most), None)
    return (one.start, precision) if precision else (None, None)


def _crowd(one: Event) -> str | None:
    """Return the size of a crowd as ACLED tags it."""
    crowd = next((tally for tally in one.tallies if tally.kind == "crowd"), None)
    if crowd is None:
        return None
    if crowd.high is None:
        return f"crowd size=at least {crowd.low}"
    exact = crowd.low == crowd.high
    return f"crowd size={crowd.low}" if exact else f"crowd size={crowd.low}-{crowd.high}"


FORM = Form("acled", ".csv", "violence and protests, in ACLED's columns", ("events",), write)
