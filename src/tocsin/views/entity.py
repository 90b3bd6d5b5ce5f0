"""Somebody, two of them, or a place, as a reader sees them: in time, in words, among others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.records.query import Field, Node, every
from tocsin.store import actors, events, listing
from tocsin.store.actors import Act, Listed, Said, Stands
from tocsin.store.listing import Line

# Events told of on a page, and others that somebody acts on or is acted on by.
LATEST, BESIDE = 20, 12
# Corners of the ontology, in the order that they are drawn in.
CORNERS = ("VC", "MC", "VX", "MX")
# How well events are placed, the best first.
PRECISION = ("point", "place", "region", "country")

# Types of events by the corner that each is of.
Corners = Mapping[str, str]


class Term(Struct, frozen=True):
    """What somebody was from one day to another, both included; an open end is None."""

    title: str
    of: str | None
    since: date | None
    until: date | None
    acting: bool = False
    disputed: bool = False


class Known(Struct, frozen=True):
    """What is known of an actor or country: on a day its country and sectors, and its past."""

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    roles: tuple[Term, ...] = ()
    parents: tuple[tuple[str, str], ...] = ()
    patrons: tuple[tuple[str, str], ...] = ()


class Week(Struct, frozen=True):
    """Events by corner, of the week that begins on a Monday."""

    start: date
    corners: dict[str, int]


class Edge(Struct, frozen=True):
    """How much somebody does to another, and the other to him: events by corner."""

    name: str
    shown: str
    country: str | None
    does: dict[str, int]
    suffers: dict[str, int]

    @property
    def total(self) -> int:
        """All events between the two."""
        return sum(self.does.values()) + sum(self.suffers.values())


class View(Struct, frozen=True):
    """Somebody with everything a page shows; `whole` is whether all claims were looked at."""

    name: str
    shown: str
    country: str | None
    spellings: tuple[str, ...]
    acts: int
    suffers: int
    weeks: tuple[Week, ...]
    edges: tuple[Edge, ...]
    events: tuple[Line, ...]
    said: tuple[Said, ...]
    stands: tuple[Stands, ...]
    whole: bool


class Way(Struct, frozen=True):
    """What one does to the other: events by type and by week, the last ones, threats and talks."""

    one: str
    other: str
    shown: tuple[str, str]
    total: int
    types: tuple[tuple[str, int], ...]
    corners: dict[str, int]
    weeks: tuple[Week, ...]
    events: tuple[Line, ...]
    threats: tuple[Line, ...]
    talks: tuple[Line, ...]


class Spot(Struct, frozen=True):
    """Events of a place that are placed equally well."""

    precision: str | None
    events: tuple[Line, ...]
    total: int


class Site(Struct, frozen=True):
    """A place with its events by how well they are placed, the best first."""

    name: str
    country: str | None
    geonames: int | None
    latitude: float | None
    longitude: float | None
    spots: tuple[Spot, ...]
    weeks: tuple[Week, ...]


def listed(connection: Connection, words: str = "") -> Sequence[Listed]:
    """Return those who are named most, or those whose names hold some words."""
    return actors.listed(connection, words)


def named(field: str, name: str) -> Node:
    """Return the search for somebody in a role, as the search page understands it."""
    return Field(field, "in", (name,))


def view(connection: Connection, name: str, corners: Corners) -> View | None:
    """Return somebody by an entity's id or by a name; None where no claim names him."""
    does = actors.acts(connection, named("actor", name))
    suffers = actors.acts(connection, named("recipient", name))
    found = actors.called(connection, name)
    if found is None and not does and not suffers:
        return None
    shown, country = found or (name, None)
    of = _events(connection, [*does, *suffers])
    both = sorted({*does, *suffers}, key=lambda one: (one.reported, one.key), reverse=True)
    return View(
        name, shown, country, tuple(actors.spellings(connection, name)),
        len({of[one.id] for one in does if one.id in of}),
        len({of[one.id] for one in suffers if one.id in of}),
        _weeks(both, of, corners), _edges(connection, name, (does, suffers), of, corners),
        _lines(connection, both, of), tuple(actors.said(connection, name)),
        tuple(actors.stands(connection, name)), max(len(does), len(suffers)) < actors.MOST,
    )  # fmt: skip


def way(connection: Connection, one: str, other: str, corners: Corners) -> Way:
    """Return what one does to another."""
    did = _between(connection, one, other)
    of = _events(connection, did)
    types = Counter(_counted(did, of))
    ends = tuple((actors.called(connection, name) or (name, None))[0] for name in (one, other))

    def of_type(kind: str) -> tuple[Line, ...]:
        return _lines(connection, [act for act in did if act.type == kind], of)

    return Way(
        one, other, (ends[0], ends[1]), len({of[act.id] for act in did if act.id in of}),
        tuple(types.most_common()), _by_corner(did, of, corners), _weeks(did, of, corners),
        _lines(connection, did, of), of_type("THREATEN"), of_type("CONSULT"),
    )  # fmt: skip


def site(connection: Connection, name: str, corners: Corners) -> Site | None:
    """Return a place by its name; None where nothing is placed there."""
    did = actors.acts(connection, named("place", name))
    of = _events(connection, did)
    held = events.load(connection, sorted({of[act.id] for act in did if act.id in of})[:500])
    best = next(
        (s for e in held.values() for s in e.places if s.name == name and s.latitude is not None),
        None,
    )
    if not did:
        return None
    groups: dict[str | None, list[Act]] = defaultdict(list)
    for act in did:
        groups[act.precision].append(act)
    spots = tuple(
        Spot(key, _lines(connection, mine, of), len({of[a.id] for a in mine if a.id in of}))
        for key, mine in sorted(groups.items(), key=lambda item: _order(item[0]))
    )
    return Site(
        name, best.country if best else None, best.geonames if best else None,
        best.latitude if best else None, best.longitude if best else None, spots,
        _weeks(did, of, corners),
    )  # fmt: skip


def _order(precision: str | None) -> int:
    return PRECISION.index(precision) if precision in PRECISION else len(PRECISION)


def _events(connection: Connection, acts: Sequence[Act]) -> dict[str, str]:
    """Return the events of claims, by the claim."""
    found = events.members(connection, "claim", {act.id for act in acts})
    return {one.claim: one.event for one in found}


def _lines(
    connection: Connection, acts: Sequence[Act], of: Mapping[str, str]
) -> tuple[Line, ...]:  # fmt: skip
    names = list(dict.fromkeys(of[act.id] for act in acts if act.id in of))[:LATEST]
    held = listing.named(connection, names)
    return tuple(held[name] for name in names)


def _counted(acts: Sequence[Act], of: Mapping[str, str]) -> dict[str, int]:
    """Return how many events there are of each type."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for act in acts:
        if act.id in of:
            kinds[act.type].add(of[act.id])
    return {kind: len(found) for kind, found in kinds.items()}


def _by_corner(
    acts: Sequence[Act], of: Mapping[str, str], corners: Corners
) -> dict[str, int]:  # fmt: skip
    """Return how many events there are in each corner."""
    found: dict[str, set[str]] = defaultdict(set)
    for act in acts:
        if act.id in of:
            found[corners.get(act.type, "")].add(of[act.id])
    return {corner: len(found[corner]) for corner in (*CORNERS, "") if corner in found}


def _weeks(
    acts: Sequence[Act], of: Mapping[str, str], corners: Corners
) -> tuple[Week, ...]:  # fmt: skip
    """Return weeks of reports in order, those without any between the first and the last too."""
    by: dict[date, list[Act]] = defaultdict(list)
    for act in acts:
        if act.reported != date.min:
            by[act.reported - timedelta(days=act.reported.weekday())].append(act)
    if not by:
        return ()
    first, last = min(by), max(by)
    starts = (first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    return tuple(Week(start, _by_corner(by.get(start, ()), of, corners)) for start in starts)


def _edges(
    connection: Connection,
    name: str,
    sides: tuple[Sequence[Act], Sequence[Act]],
    of: Mapping[str, str],
    corners: Corners,
) -> tuple[Edge, ...]:
    """Return those whom somebody acts on, or is acted on by, in most events."""
    told: dict[str, tuple[dict[str, Act], dict[str, Act]]] = {}
    shown: dict[str, Counter[tuple[str, str | None]]] = {}
    for side, (acts, role) in enumerate(zip(sides, ("recipient", "actor"), strict=True)):
        by = {act.key: act for act in acts}
        for one in actors.parties(connection, by, role):
            if one.name != name:
                shown.setdefault(one.name, Counter())[one.shown, one.country] += 1
                told.setdefault(one.name, ({}, {}))[side][by[one.claim].id] = by[one.claim]
    most = sorted(told, key=lambda other: (-sum(map(len, told[other])), other))[:BESIDE]
    edges = [
        Edge(
            other, *shown[other].most_common(1)[0][0],
            _by_corner(_between(connection, name, other), of, corners),
            _by_corner(_between(connection, other, name), of, corners),
        )
        for other in most
    ]  # fmt: skip
    return tuple(sorted(edges, key=lambda edge: (-edge.total, edge.name)))


def _between(connection: Connection, one: str, other: str) -> list[Act]:
    """Return the claims of one acting on another, as the search finds them."""
    return actors.acts(connection, every(named("actor", one), named("recipient", other)))
