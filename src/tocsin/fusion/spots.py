"""Where an event was: every place that is given, and the finest that none speaks against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import asin, cos, radians, sin, sqrt

from msgspec.structs import replace

from tocsin.fusion.case import Case, grouped
from tocsin.fusion.told import Told
from tocsin.fusion.words import folded
from tocsin.records.claim import Place
from tocsin.records.event import Spot

# How far, in kilometres, what is said to be in a place may lie from its coordinates: the size of a
# governorate, of a town with its outskirts, of a site. A country holds whatever lies in it.
REACH = {"region": 200.0, "place": 25.0, "point": 10.0}
FINE = ("point", "place", "region", "country", None)
EARTH = 6371.0  # kilometres


def spots(case: Case, chosen: str | None = None) -> tuple[Spot, ...]:
    """Return the places that claims give, the best first; `chosen` is a name or a GeoNames id."""
    rows = [row for row in case.standing if row.claim.place is not None]
    groups = grouped(rows, lambda row: _key(row.claim.place))
    found = [(_spot(theirs), theirs) for theirs in groups.values()]
    found.sort(key=lambda pair: (FINE.index(pair[0].precision), -len(case.origins(pair[1]))))
    best = _best(case, found) if chosen is None else _chosen(found, chosen)
    ordered = sorted(range(len(found)), key=lambda at: at != best)
    return tuple(replace(found[at][0], best=at == best) for at in ordered)


def against(case: Case) -> Iterator[tuple[list[Told], list[Told]]]:
    """Yield pairs of sides that give places of which neither can hold the other."""
    rows = [row for row in case.standing if row.claim.place is not None]
    groups = list(grouped(rows, lambda row: _key(row.claim.place)).values())
    for at, one in enumerate(groups):
        for other in groups[at + 1 :]:
            if not fits(_spot(one), _spot(other)) and case.apart(one, other):
                yield one, other


def fits(one: Spot, other: Spot) -> bool:
    """Return whether two places may be one: one may hold the other, or they lie close together.

    What no gazetteer knows ("the two towns") speaks against nothing.
    """
    if one.precision is None or other.precision is None:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    if "country" in {one.precision, other.precision}:
        return True
    far = distance(one, other)
    if far is None:
        return True
    return far <= REACH.get(one.precision or "", 25.0) + REACH.get(other.precision or "", 25.0)


def distance(one: Spot, other: Spot) -> float | None:
    """Return the kilometres between two places, on the sphere; nothing where one has no degrees."""
    if one.latitude is None or one.longitude is None:
        return None
    if other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin((south - north) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(across + cos(north) * cos(south) * along)))


def _key(place: Place | None) -> str | None:
    if place is None:
        return None
    return str(place.geonames) if place.geonames is not None else folded(place.name)


def _spot(rows: Sequence[Told]) -> Spot:
    """Return the place that claims share, in the words of the first of them."""
    place = rows[0].claim.place
    if place is None:
        raise AssertionError
    return Spot(
        name=place.name, claims=tuple(row.claim.id for row in rows), country=place.country,
        geonames=place.geonames, latitude=place.latitude, longitude=place.longitude,
        precision=place.precision,
    )  # fmt: skip


def _best(case: Case, found: Sequence[tuple[Spot, list[Told]]]) -> int | None:
    """Return the finest located place that no other speaks against; a name where none is located.

    Only another origin can speak against a place.
    """
    for at, (spot, rows) in enumerate(found):
        if spot.precision is None and not spot.name[:1].isupper():
            continue
        others = (pair for pair in found if pair[0] is not spot)
        if all(fits(spot, other) or not case.apart(rows, theirs) for other, theirs in others):
            return at
    return None


def _chosen(found: Sequence[tuple[Spot, list[Told]]], chosen: str) -> int | None:
    return next(
        (
            at
            for at, (spot, _) in enumerate(found)
            if chosen == str(spot.geonames) or folded(chosen) == folded(spot.name)
        ),
        None,
    )
