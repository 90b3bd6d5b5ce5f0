"""Which origins are of one house, so that one of them bears out nothing that another said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tocsin.records.claim import Participant
from tocsin.records.origin import Origin

# Sectors in which those who speak for one country speak for one house; PLOVER's codes.
OFFICIAL = ("GOV", "MIL", "COP", "JUD", "SPY", "LEG", "REB", "PRM", "UAF")
# Those who speak to their own cause, when their country or group takes part.
PARTISAN = frozenset({"GOV", "MIL", "COP", "SPY", "REB", "PRM", "UAF"})
_BEYOND = frozenset({"IGO", "NGO"})


def house(origin: Origin) -> str:
    """Return the house of an origin: a state's branch, an organisation, or the origin alone.

    Spokesmen of one ministry, a minister and the government, an army and its commander are of one
    house; organisations of the United Nations are too, by their ids. Unnamed origins stand alone,
    since nobody knows.
    """
    if origin.kind != "named":
        return origin.id
    if origin.entity is not None and origin.entity.startswith("igo-un") and not origin.sectors:
        return "igo-un"
    if origin.country in _BEYOND and origin.sectors:
        return "/".join((origin.country or "", *sorted(origin.sectors)))
    official = next((sector for sector in OFFICIAL if sector in origin.sectors), None)
    if official is None or origin.country is None or origin.country in _BEYOND:
        return origin.entity or origin.id
    if official in {"REB", "PRM", "UAF"}:
        return origin.entity or origin.id
    return f"{origin.country}/{official}"


def independent(origins: Iterable[Origin]) -> int:
    """Return how many houses origins are of."""
    return len({house(origin) for origin in origins})


def different(origins: Iterable[Origin]) -> bool:
    """Return whether two of the origins are known to be different: named, of two houses.

    An outlet or agency that speaks for itself is a name too.
    """
    return len({house(o) for o in origins if o.kind != "unnamed"}) >= 2


def partisan(origin: Origin, sides: Sequence[Participant]) -> bool:
    """Return whether an origin is a side of what it speaks of: it, or its country, takes part."""
    if origin.entity is not None and any(one.entity == origin.entity for one in sides):
        return True
    if PARTISAN.isdisjoint(origin.sectors) or origin.country in _BEYOND:
        return False
    return any(one.country == origin.country for one in sides if origin.country is not None)


def by_id(origins: Iterable[Origin]) -> Mapping[str, Origin]:
    """Return origins by their ids."""
    return {origin.id: origin for origin in origins}
