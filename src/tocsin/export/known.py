"""What the formats of other data sets need beside an event: countries' codes, divisions, sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations, product

from tocsin.export.forms import Wrote
from tocsin.export.table import known
from tocsin.ontology import divisions
from tocsin.ontology.actors import facts
from tocsin.ontology.countries import Country
from tocsin.records.event import Event, Held

# A party of an event, or nobody where a side is empty.
Party = Held | None
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


def pairs(one: Event) -> Iterator[tuple[Party, Party]]:
    """Yield who acts on whom, each with each; a side that is empty is None.

    Where nobody is acted on, every two of the actors are a pair: both sides of a clash are actors,
    and all who meet.
    """
    if not one.recipients and len(one.actors) > 1:
        yield from combinations(one.actors, 2)
        return
    yield from product(one.actors or (None,), one.recipients or (None,))


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
    """Return the name of the first-order division that a place lies in, or is."""
    if geonames is None or precision in (None, "country"):
        return None
    found = _division(geonames)
    return found or (name if precision == "region" else None)


def state(one: Party) -> bool:
    """Return whether a party is a state's: its government, army, police, services."""
    return one is not None and not _STATE.isdisjoint(one.sectors)


def rebel(one: Party) -> bool:
    """Return whether a party is armed and no state's."""
    return one is not None and not state(one) and not _ARMED.isdisjoint(one.sectors)


def civilian(one: Party) -> bool:
    """Return whether a party bears no arms."""
    return one is not None and bool(one.sectors) and CIVILIAN.issuperset(one.sectors)


@cache
def _countries() -> dict[str, Country]:
    return {one.id: one for one in facts().countries}


@cache
def _division(geonames: int) -> str | None:
    area = divisions.divisions([geonames]).get(geonames)
    titles = divisions.titled([area]) if area is not None else {}
    return titles[area][0] if area in titles else None
