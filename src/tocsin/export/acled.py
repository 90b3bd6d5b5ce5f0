"""Events in ACLED's columns, as far as Tocsin knows what ACLED's coders would write there.

Violence and protests that happened. It is no ACLED data and must not be taken for it: nobody of
theirs coded it, and what they find out beyond the reports stays empty here. docs/exports.md has
the differences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import BinaryIO

from tocsin.export import csv
from tocsin.export.forms import Form, Of, Stock, Wrote
from tocsin.export.heard import Heard, heard
from tocsin.export.known import (
    civilian,
    country,
    extent,
    happened,
    province,
    rebel,
    state,
    thwarted,
)
from tocsin.export.pairs import shown
from tocsin.export.sides import Sides, sides
from tocsin.export.table import Row, outlets
from tocsin.records.event import Event, Held

OTHER = "left out: neither violence nor protest, or of a kind that ACLED has no name for"
UNDATED = "left out: no report gives its days to the month"
UNDONE = "left out: foiled or failed, and no disrupted weapon"
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
REMOTE, CIVILIANS = "Explosions/Remote violence", "Violence against civilians"
# Disorder, type and sub-type; the sub-type is empty where reports do not settle it.
Kind = tuple[str, str, str | None]
CLASH: Kind = (POLITICAL, "Battles", "Armed clash")
ATTACK: Kind = (POLITICAL, CIVILIANS, "Attack")
DISRUPTED: Kind = (STRATEGIC, STRATEGIC, "Disrupted weapons use")
EXCESSIVE: Kind = (
    f"{POLITICAL}; {DEMONSTRATIONS}", "Protests", "Excessive force against protesters",
)  # fmt: skip
INTERVENTION: Kind = (DEMONSTRATIONS, "Protests", "Protest with intervention")
# ACLED's types and sub-types by PLOVER's type and mode, the first mode that is found first.
KINDS: dict[tuple[str, str], Kind] = {
    ("ASSAULT", "drone"): (POLITICAL, REMOTE, "Air/drone strike"),
    ("ASSAULT", "suicide-attack"): (POLITICAL, REMOTE, "Suicide bomb"),
    ("ASSAULT", "aerial"): (POLITICAL, REMOTE, "Air/drone strike"),
    ("ASSAULT", "heavy-weapons"): (POLITICAL, REMOTE, "Shelling/artillery/missile attack"),
    ("ASSAULT", "unconventional"): (POLITICAL, REMOTE, None),
    ("ASSAULT", "explosives"): (POLITICAL, REMOTE, None),
    ("ASSAULT", "abduct"): (POLITICAL, CIVILIANS, "Abduction/forced disappearance"),
    ("ASSAULT", "sexual"): (POLITICAL, CIVILIANS, "Sexual violence"),
    ("PROTEST", "riot"): (DEMONSTRATIONS, "Riots", "Violent demonstration"),
    ("PROTEST", "vandalize"): (DEMONSTRATIONS, "Riots", None),
    ("PROTEST", "demo"): (DEMONSTRATIONS, "Protests", None),
    ("PROTEST", "obstruct"): (DEMONSTRATIONS, "Protests", None),
    ("COERCE", "arrest"): (STRATEGIC, STRATEGIC, "Arrests"),
}  # fmt: skip
# Days that an event may lie among, and ACLED's precision for it: the day, the week, the month.
PRECISIONS = ((1, 1), (7, 2), (31, 3))
# ACLED's precision of places: the place, near it or a small part of a region, what is larger.
PLACES = {"spot": 1, "near": 2, "part": 2, "division": 3, "wide": 3, "country": 3}
# ACLED's classes of actors in the order in which its interactions name them.
CLASSES = (
    "State forces", "Rebel group", "Political militia", "Rioters", "Protesters",
    "External/Other forces", "Civilians",
)  # fmt: skip
FORCES = frozenset({"MIL", "COP", "SPY"})


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write rows under ACLED's header."""
    return csv.chosen(COLUMNS, rows, stock, out)


def rows(stock: Stock, left: Wrote) -> Iterator[Row]:
    """Yield the rows of violence and protests; count what is left out, by why."""
    said = heard(stock)
    for one in stock.events():
        if not happened(one, left):
            continue
        who = sides(one, said)
        kind = _kind(one, who, _modes(one, who, said))
        done = kind and _done(kind, thwarted(one))
        if kind is None:
            left[OTHER] += 1
        elif done is None:
            left[UNDONE] += 1
        elif _when(one)[0] is None:
            left[UNDATED] += 1
        else:
            yield dict.fromkeys(COLUMNS) | _row(one, done, who)


def _modes(one: Event, who: Sides, said: Heard) -> tuple[str, ...]:
    """Return by what means the first side acted; the event's where no claim that names it says."""
    own = {claim for held in who.first for claim in held.claims}
    return shown(one, (r for r in one.reports if r.claim in own), said) or one.modes


def _kind(one: Event, who: Sides, modes: tuple[str, ...]) -> Kind | None:
    """Return what an event is, as far as type, mode and sides settle it."""
    armed = [_armed(side, one) for side in (*who.first, *who.second)]
    if one.type == "ASSAULT" and "crowd-control" in modes and not _resisted(who, one):
        return _crushed(one, modes)
    if who.fight and all(armed):
        # Long-range fire that is exchanged is a clash too.
        return CLASH
    found = next((kind for (code, mode), kind in KINDS.items()
                  if code == one.type and mode in modes), None)  # fmt: skip
    if found is not None or one.type != "ASSAULT" or who.fight:
        return found
    if who.second and all(map(civilian, who.second)):
        return ATTACK
    return CLASH if len(armed) > 1 and all(armed) else None


def _crushed(one: Event, modes: tuple[str, ...]) -> Kind:
    """Return which protest it is that force is used against: deaths make the force excessive.

    Without them the means must be of crowd control alone and nobody hurt, or it stays open.
    """
    if any(tally.low for tally in one.tallies if tally.kind == "killed"):
        return EXCESSIVE
    hurt = any(tally.kind == "injured" for tally in one.tallies)
    return (*INTERVENTION[:2], None) if hurt or len(modes) > 1 else INTERVENTION


def _resisted(who: Sides, one: Event) -> bool:
    return any(_armed(side, one) for side in who.second)


def _done(kind: Kind, came: str | None) -> Kind | None:
    """Return what an act that fell short is to ACLED; None for what did not take place.

    Attempts at civilians count as violence against them, but nobody was abducted.
    """
    if came is None:
        return kind
    if kind[1] == REMOTE:
        return DISRUPTED
    if came == "foiled" or kind[1] not in (CIVILIANS, CLASH[1]):
        return None
    return (*kind[:2], None) if kind == KINDS["ASSAULT", "abduct"] else kind


def _row(one: Event, kind: Kind, who: Sides) -> Row:
    place = one.place
    held = country(place.country) if place else None
    near = place is not None and place.precision in ("point", "place", "region")
    killed = next((tally for tally in one.tallies if tally.kind == "killed"), None)
    when, precision = _when(one)
    targets = POLITICAL in kind[0] and bool(who.second) and all(map(civilian, who.second))
    classes = [_inter(some[0], one) if some else None for some in who[:2]]
    return {
        "event_id_cnty": one.id, "event_date": when, "year": when.year if when else None,
        "time_precision": precision, "disorder_type": kind[0], "event_type": kind[1],
        "sub_event_type": kind[2],
        **_party(1, who.first, classes[0]), **_party(2, who.second, classes[1]),
        "interaction": _interaction(*classes),
        "civilian_targeting": "Civilian targeting" if targets else None,
        "iso": held.iso if held else None, "country": held.name if held else None,
        "admin1": province(place.geonames, place.precision) if place else None,
        "location": place.name if place else None,
        "latitude": place.latitude if place and near else None,
        "longitude": place.longitude if place and near else None,
        "geo_precision": PLACES.get(extent(place) or "") if place else None,
        "source": "; ".join(outlets(one)) or None, "notes": one.title,
        # ACLED takes the lowest of several numbers.
        "fatalities": killed.low if killed else None,
        "tags": _crowd(one),
    }  # fmt: skip


def _party(which: int, some: Sequence[Held], inter: str | None) -> Row:
    if not some:
        return {}
    return {
        f"actor{which}": some[0].name,
        f"assoc_actor_{which}": "; ".join(other.name for other in some[1:]) or None,
        f"inter{which}": inter,
    }  # fmt: skip


def _inter(party: Held, one: Event) -> str | None:
    """Return ACLED's class of an actor, where its sectors settle it."""
    where = one.place.country if one.place else None
    if _forces(party, one):
        away = where and party.country and party.country != where
        return "External/Other forces" if away else "State forces"
    if "REB" in party.sectors:
        return "Rebel group"
    # Armed men whom nobody names count among the militias.
    if not {"PRM", "UAF"}.isdisjoint(party.sectors):
        return "Political militia"
    if one.type == "PROTEST" and party in one.actors:
        return "Rioters" if "riot" in one.modes else "Protesters"
    if not civilian(party):
        return None
    crowd = one.type == "ASSAULT" and "crowd-control" in one.modes and party in one.recipients
    return "Protesters" if crowd else "Civilians"


def _interaction(*classes: str | None) -> str | None:
    """Return which classes meet, in ACLED's order; None where one of them is not known."""
    held = [name for name in classes if name]
    return "-".join(sorted(held, key=CLASSES.index)) if len(held) == len(classes) else None


def _armed(party: Held, one: Event) -> bool:
    return rebel(party) or _forces(party, one)


def _forces(party: Held, one: Event) -> bool:
    """Return whether a party is a state's forces; a state that uses force goes by its name too.

    Whoever is of the government and only acted upon may be an official, whom ACLED counts among the
    civilians, unless it is the state itself.
    """
    if not FORCES.isdisjoint(party.sectors):
        return True
    acts = party in one.actors or country(party.value) is not None
    return one.type in ("ASSAULT", "COERCE") and state(party) and acts


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
