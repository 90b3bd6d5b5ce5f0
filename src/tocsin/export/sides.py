"""Who stands against whom in an event, for formats that have it in one row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tocsin.export.heard import Heard
from tocsin.export.known import ranked, state
from tocsin.records.event import Event, Held


class Sides(NamedTuple):
    """Who is on either side, the main one first; `fight` where claims tell of both fighting."""

    first: Sequence[Held]
    second: Sequence[Held]
    fight: bool = False


def sides(one: Event, said: Heard) -> Sides:
    """Return the two sides of an event.

    All who fight are actors, so a fight is between them, and whoever was only hit is on no side. In
    anything else the actors are one side, and those whom they hit the other.
    """
    told = {claim for held in one.actors for claim in held.claims}
    fought = told & said.fights
    fighters = [held for held in one.actors if not fought.isdisjoint(held.claims)]
    if len(fighters) > 1 and 2 * len(fought) >= len(told):
        return Sides(*_camps(fighters), fight=True)
    actors = ranked(one.actors)
    if one.type == "ASSAULT" and actors and not one.recipients:
        # Those of whom a claim speaks together: they met each other, as far as it says.
        meeting = [held for held in actors if not {*held.claims}.isdisjoint(actors[0].claims)]
        return Sides(*_camps(meeting))
    return Sides(actors, _aimed(one))


def _camps(fighters: Sequence[Held]) -> tuple[list[Held], list[Held]]:
    """Return whoever ranks first with its own side, and the others."""
    first, *others = ranked(fighters)
    own = [held for held in others if _camp(held) == _camp(first)]
    against = [held for held in others if held not in own]
    return ([first, *own], against) if against else ([first], others)


def _camp(held: Held) -> tuple[bool, str | None]:
    return state(held), held.country


def _aimed(one: Event) -> list[Held]:
    """Return whom an act hit, not who did it, if others are named.

    The country that it happened in stands last: it says where more often than whom.
    """
    acting = {held.value for held in one.actors}
    others = [held for held in one.recipients if held.value not in acting] or one.recipients
    where = one.place.country if one.place else None
    return sorted(ranked(others), key=lambda held: held.value == where)
