"""From an event to what counts of it: when, where, between whom, how grave."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import permutations, product
from pathlib import Path

from msgspec import Struct

from tocsin.ontology.load import load
from tocsin.records.series import Family
from tocsin.records.sighting import Calming, Left, Located, Sighting

LADDER = Path(__file__).parent.parent / "data" / "watch" / "ladder.toml"
# PLOVER's corners (codebook, 1.1); protest, which is material conflict there, stands by itself.
_CORNERS: dict[str, Family] = {
    "MX": "material conflict", "VX": "verbal conflict",
    "MC": "material cooperation", "VC": "verbal cooperation",
}  # fmt: skip
# Days that an event may lie among and still be of the first of them: a week, since a month or a
# year is background that would make a false peak on its first day.
SPAN = 7
# Countries of these codes are none (codebook, 1.3).
_BODIES = frozenset({"IGO", "NGO"})
# Parties of one side that make dyads, the best borne out; great councils make hundreds otherwise.
PARTIES = 4


class Side(Struct, frozen=True):
    """Who takes part."""

    value: str
    country: str | None = None
    sectors: tuple[str, ...] = ()


class Site(Struct, frozen=True):
    """A place."""

    country: str | None = None
    geonames: int | None = None
    precision: str | None = None
    best: bool = False


class Number(Struct, frozen=True):
    """A number of people."""

    kind: str
    low: int
    best: int
    high: int | None = None


class Named(Struct, frozen=True):
    """A value alone."""

    value: str


class Told(Struct, frozen=True):
    """One report."""

    article: str


class Seen(Struct, frozen=True):
    """What counting reads of an event's record."""

    id: str
    type: str
    modality: str
    level: str
    independent: int
    modes: tuple[str, ...] = ()
    actors: tuple[Side, ...] = ()
    recipients: tuple[Side, ...] = ()
    places: tuple[Site, ...] = ()
    start: date | None = None
    end: date | None = None
    first_reported: date | None = None
    outcomes: tuple[Named, ...] = ()
    tallies: tuple[Number, ...] = ()
    reports: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """What is on which rung, what calms, what presses, and who is armed or a civilian."""

    rungs: Mapping[str, int]
    calming: Mapping[str, Calming]
    pressing: Collection[str]
    armed: frozenset[str]
    bearing: frozenset[str]
    civilian: frozenset[str]


@cache
def ladder() -> Ladder:
    """Return the packaged ladder."""
    held = tomllib.loads(LADDER.read_text("utf8"))
    calming = {one: kind for kind, some in held["calming"].items() for one in some}
    sectors = {name: frozenset(some) for name, some in held["sectors"].items()}
    return Ladder(
        held["rungs"], calming, frozenset(held["pressure"]["types"]), sectors["armed"],
        sectors["bearing"], sectors["civilian"],
    )  # fmt: skip


def family(kind: str) -> Family:
    """Return the family of a type of event; a type of one's own is material conflict."""
    return _families().get(kind, "material conflict")


@cache
def _families() -> Mapping[str, Family]:
    found = {name: _CORNERS[known.quad] for name, known in load().types.items()}
    found["PROTEST"] = "protest"
    return found


def left_out(one: Seen) -> Left | None:
    """Return why an event counts for nothing; None where it counts."""
    if one.modality != "actual":
        return "not happened"
    if one.level == "retracted":
        return "retracted"
    if [held.value for held in one.outcomes] == ["foiled"]:
        return "foiled"
    start, end = one.start or one.end, one.end or one.start
    if one.first_reported is None or (start and end and (end - start).days >= SPAN):
        return "vague days"
    return None


def sighting(
    one: Seen, areas: Mapping[int, int], panels: Mapping[str, Collection[str]]
) -> Sighting:
    """Return an event that counts, as it counts.

    `areas` leads from a place to its division, `panels` from an article to those of its source.

    No event is on a later day than its first report: where claims say so, their day is wrong. Of
    events without a day nobody's deaths count: that is where the dead of a whole war are told of.
    """
    known = ladder()
    told = one.start or one.end
    reported = (one.first_reported or date.min).toordinal()
    given = told is not None and told.toordinal() <= reported
    located, countries = _countries(one)
    site = next((site for site in one.places if site.best and site.precision != "country"), None)
    keys = (one.type, *(f"{one.type} {mode}" for mode in one.modes))
    sides = (*one.actors, *one.recipients)
    return Sighting(
        event=one.id,
        type=one.type,
        family=family(one.type),
        day=told.toordinal() if told and given else reported,
        reported=reported,
        given=given,
        located=located,
        countries=countries,
        area=areas.get(site.geonames) if site and site.geonames else None,
        dyads=dyads(one.actors, one.recipients),
        groups=_names(side for side in sides if known.bearing.intersection(side.sectors)),
        deaths=_deaths(one) if given else None,
        civilians=any(known.civilian.intersection(side.sectors) for side in one.recipients),
        origins=one.independent,
        disputed=one.level == "disputed",
        rung=max((known.rungs.get(key, 0) for key in keys), default=0),
        calming=next((known.calming[key] for key in keys if key in known.calming), None),
        pressure=one.type in known.pressing,
        panels=_panels(one, panels),
    )


def dyads(actors: Sequence[Side], recipients: Sequence[Side]) -> tuple[str, ...]:
    """Return who acts on whom: "ISR>IRQ". Where all are actors, each on each, as in a clash."""
    acting = _names(actors)[:PARTIES]
    acted = _names(recipients)[:PARTIES]
    pairs = product(acting, acted) if recipients else permutations(acting, 2)
    return tuple(sorted(f"{one}>{other}" for one, other in pairs))


@lru_cache(maxsize=65_536)
def party(one: Side) -> str | None:
    """Return what somebody is counted as: an armed group as itself, all else as its country.

    Rebels of a country that nobody has named are "SYR-REB"; None where nobody can tell.
    """
    known = "-" in one.value  # an entity's id; bare names have no hyphens left
    country = None if one.country in _BODIES else one.country
    armed = sorted(ladder().armed.intersection(one.sectors))
    if known and (armed or country is None):
        return one.value
    if armed and country:
        return f"{country}-{armed[0]}"
    return country


def _panels(one: Seen, panels: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the panels of which a source reports an event."""
    if not panels:
        return ()
    return tuple(sorted({name for told in one.reports for name in panels.get(told.article, ())}))


def _names(sides: Iterable[Side]) -> tuple[str, ...]:
    """Return the parties of a side, each once, in the order that it has them."""
    return tuple(dict.fromkeys(name for one in sides if (name := party(one))))


def _countries(one: Seen) -> tuple[Located, tuple[str, ...]]:
    """Return which countries an event is in: by its place, or by whom it hits, or by who acts."""
    best = {site.country for site in one.places if site.best and site.country}
    given = best or {site.country for site in one.places if site.country}
    if len(given) == 1:
        return "place", tuple(given)
    ways: tuple[tuple[Located, tuple[Side, ...]], ...] = (
        ("recipient", one.recipients), ("actor", one.actors),
    )  # fmt: skip
    for located, sides in ways:
        found = {side.country for side in sides if side.country and side.country not in _BODIES}
        if found:
            return located, tuple(sorted(found))
    return "nowhere", ()


def _deaths(one: Seen) -> tuple[int, int, int] | None:
    killed = next((tally for tally in one.tallies if tally.kind == "killed"), None)
    if killed is None:
        return None
    return killed.low, killed.best, max(killed.best, killed.high or 0)
