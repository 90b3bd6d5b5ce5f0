"""Threats that stand between two parties, and the deadline that comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tocsin.records.claim import Participant
from tocsin.records.threat import Threat

# How a threat stands that has not ended; one in grace has passed its deadline and is still watched.
STANDING = frozenset({"open", "due", "grace", "extended"})


@dataclass(frozen=True, slots=True)
class Standing:
    """The threats that one party has open against another, the nearest deadline first.

    `nearest` is the threat with the next deadline to come, `days` how many days that is away: 0
    where it may end today, since a deadline may be several days long.
    """

    threats: tuple[Threat, ...]
    nearest: Threat | None = None
    days: int | None = None


def standing(threats: Iterable[Threat], today: date) -> Mapping[str, Standing]:
    """Return the open threats of a ledger by dyad; those whose parties nobody knows are under "?".

    The ledger is that of `today`.
    """
    found: dict[str, list[Threat]] = {}
    for one in threats:
        if one.status in STANDING:
            found.setdefault(f"{_side(one.issuer)}>{_side(one.target)}", []).append(one)
    return {name: _standing(found[name], today) for name in sorted(found)}


def left(threat: Threat, today: date) -> int | None:
    """Return the days to the earliest end of a threat's deadline; None without one to come."""
    if threat.deadline is None or threat.deadline.end < today:
        return None
    return max((threat.deadline.start - today).days, 0)


def _standing(threats: list[Threat], today: date) -> Standing:
    ranked = sorted(threats, key=lambda one: (_far(one, today), one.id))
    days = left(ranked[0], today)
    return Standing(tuple(ranked), ranked[0] if days is not None else None, days)


def _far(threat: Threat, today: date) -> int:
    days = left(threat, today)
    return 10**6 if days is None else days


def _side(people: tuple[Participant, ...]) -> str:
    """Return who one side of a threat is: a country where there is one, else a name."""
    for one in people:
        if one.country and one.country not in ("IGO", "NGO"):
            return one.country
    return next((one.entity or one.name for one in people if one.entity or one.name), "?")
