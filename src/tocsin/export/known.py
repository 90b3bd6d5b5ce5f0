"""What formats of other data sets need beside an event: countries' codes, divisions, parties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Literal

from tocsin.base.errors import OntologyError
from tocsin.export.forms import Wrote
from tocsin.export.table import known
from tocsin.ontology import crosswalk, divisions, gazetteer
from tocsin.ontology.actors import facts
from tocsin.ontology.countries import Country
from tocsin.ontology.crosswalk import Crosswalk
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import Value, parse
from tocsin.records.claim import Participant, Place
from tocsin.records.event import Event, Held, Spot

# A party of an event, or nobody where a side is empty.
Party = Held | None
Extent = Literal["spot", "near", "part", "division", "wide", "country"]
# Why an event is in no data set of things that happened.
UNREAL = "left out: planned, threatened, asked for, possible or denied"
RETRACTED = "left out: taken back by who reported it"
_STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
_ARMED = frozenset({"REB", "PRM", "UAF"})
# Codebook, 1.3: sectors of people who bear no arms.
CIVILIAN = frozenset(
    {"CVL", "AGR", "BUS", "EDU", "JRN", "LAB", "MED", "REF", "REL", "SOC"}
)  # fmt: skip


def happened(one: Event, wrote: Wrote) -> bool:
    """Return whether an event is said to have happened; count it where it is left out."""
    if one.level == "retracted":
        wrote[RETRACTED] += 1
        return False
    if one.modality != "actual":
        wrote[UNREAL] += 1
        return False
    return True


def thwarted(one: Event) -> str | None:
    """Return how an act fell short: intercepted, foiled or failed; None where it did its harm."""
    harmed = any(tally.low for tally in one.tallies if tally.kind in ("killed", "injured"))
    return one.outcomes[0].value if one.outcomes and not harmed else None


def ranked(some: Sequence[Held]) -> list[Held]:
    """Return parties with those that Tocsin knows before "gunmen" and "the sides"."""
    return sorted(some, key=lambda one: known(one) is None)


def day(one: Event) -> date | None:
    """Return the day of an event where it is known to the day."""
    return one.start if one.start == one.end else None


def country(code: str | None) -> Country | None:
    """Return the country of an ISO 3166-1 alpha-3 code; None for what is none."""
    return _countries().get(code or "")


def division(geonames: int | None, name: str, precision: str | None) -> str | None:
    """Return the name of the first-order division that a place lies in, or is; else of a region."""
    return province(geonames, precision) or (
        name if geonames is not None and precision == "region" else None
    )


def province(geonames: int | None, precision: str | None) -> str | None:
    """Return the name of the first-order division that a place lies in, or is."""
    return None if geonames is None or precision in (None, "country") else _named(geonames)


def extent(place: Spot | Place) -> Extent | None:
    """Return how much of a country a place is; None where that is not known.

    A region is a first-order division, a part of one, or wide: it lies in none, or in several. One
    that goes by the name of a town is what lies near it.
    """
    if place.precision == "country":
        return "country"
    if place.precision != "region":
        return "spot" if place.precision else None
    if place.geonames is None:
        return "near" if _town(place.name, place.country) else "wide"
    inside = _division(place.geonames)
    if inside is None:
        return "wide"
    return "division" if inside == place.geonames else "part"


def state(one: Party | Participant) -> bool:
    """Return whether a party is a state's: its government, army, police, services."""
    return one is not None and not _STATE.isdisjoint(one.sectors)


def rebel(one: Party | Participant) -> bool:
    """Return whether a party is armed and no state's."""
    return one is not None and not state(one) and not _ARMED.isdisjoint(one.sectors)


def civilian(one: Party) -> bool:
    """Return whether a party bears no arms."""
    return one is not None and bool(one.sectors) and CIVILIAN.issuperset(one.sectors)


def facts_of(name: str) -> dict[str, Value]:
    """Return what a file of the crosswalk's folder holds by its keys."""
    file = packaged("crosswalk") / f"{name}.yml"
    held = parse(file.read_text("utf-8"))
    if not isinstance(held, dict):
        raise OntologyError(f"{file}: expected a mapping of keys and values")
    return held


def telling(kind: str, modes: Sequence[str]) -> str | None:
    """Return the mode that says most of an event, as CAMEO's codes rank them; None without any."""
    ranks = codes().types[kind].modes if kind in codes().types else ()
    return next((mode for mode in (*ranks, *modes) if mode in modes), None)


@cache
def codes() -> Crosswalk:
    """Return the crosswalk to CAMEO."""
    return crosswalk.load()


@cache
def _countries() -> dict[str, Country]:
    return {one.id: one for one in facts().countries}


@cache
def _town(name: str, where: str | None) -> bool:
    """Return whether a country has a town or site of a name."""
    found = (spot for spot, _ in gazetteer.load().find(name) if spot.country == where)
    return any(spot.precision in ("place", "point") for spot in found)


@cache
def _division(geonames: int) -> int | None:
    return divisions.divisions([geonames]).get(geonames)


@cache
def _named(geonames: int) -> str | None:
    area = _division(geonames)
    titles = divisions.titled([area]) if area is not None else {}
    return titles[area][0] if area in titles else None
