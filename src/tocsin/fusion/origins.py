"""Claims of one event traced to the informants that they go back to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from msgspec.structs import replace

from tocsin.fusion.chains import agency
from tocsin.fusion.houses import partisan
from tocsin.fusion.mention import tolls
from tocsin.fusion.speakers import Speaker, alike, key, kindred, plain
from tocsin.fusion.told import Sources, Told, order, source_of
from tocsin.fusion.trails import Trail, Trails
from tocsin.fusion.words import folded
from tocsin.records.lineage import Copy
from tocsin.records.origin import Origin, OriginKind, Report, origin_id

# From this number on it is no chance that two unnamed informants give the same one.
UNUSUAL = 10


class Traced(NamedTuple):
    """The reports of one event, oldest first, and their origins in order of first appearance."""

    reports: tuple[Report, ...]
    origins: tuple[Origin, ...]


class _Way(NamedTuple):
    row: Told
    trail: Trail


def trace(told: Sequence[Told], copies: Mapping[str, Copy], sources: Sources) -> Traced:
    """Return the reports and origins of one event's claims.

    A named informant is one origin, whoever carries it. An unnamed one is told by its kind, by the
    outlet that heard it and by the day. Whoever is quoted through outlets is reached through them;
    copied words go back to the parent's informant. What nobody is quoted for is the outlet's own.
    """
    rows = sorted(told, key=order)
    ways = Trails(rows, copies, sources)
    found = [_Way(row, way) for row in rows if (way := ways.trail(row)) is not None]
    ids, origins = _origins(found, sources)
    sides = [one for row in rows for one in (*row.claim.actors, *row.claim.recipients)]
    marked = [replace(o, party=True) if partisan(o, sides) else o for o in origins]
    reports = [
        Report(
            claim=row.claim.id, article=row.byline.article, outlet=row.byline.outlet,
            origin=ids[row.claim.id], stance=ways.stances[row.claim.id], path=way.path,
            copy_of=way.copied, day=row.day, grade=_grade(row, sources),
        )
        for row, way in found
    ]  # fmt: skip
    return Traced(tuple(reports), tuple(marked))


def _grade(row: Told, sources: Sources) -> str:
    """Return the source's letter as the registry has it, F where nobody has judged."""
    source = source_of(row.byline, sources)
    return source.reliability if source is not None else "F"


def _origins(ways: Sequence[_Way], sources: Sources) -> tuple[dict[str, str], list[Origin]]:
    """Return the origin of each claim, and the origins in order of first appearance."""
    named = _named(ways)
    unnamed = _unnamed(ways)
    ids: dict[str, str] = {}
    origins: dict[str, Origin] = {}
    for row, way in ways:
        one = way.informant
        if one is None:
            origin = _outlet(way, row, sources)
        elif one.kind == "unnamed":
            known = _known(row, unnamed[one, way].speaker, ways, named)
            origin = _class(unnamed[one, way]) if known is None else _name(known)
        else:
            origin = _name(named[one])
        ids[row.claim.id] = origin.id
        origins.setdefault(origin.id, origin)
    return ids, list(origins.values())


def _named(ways: Iterable[_Way]) -> dict[Speaker, Speaker]:
    """Return for each named informant the fullest name that it goes by.

    A bare "army" or "group" is the one known one of its country that there is among them.
    """
    found = {w.trail.informant for w in ways if w.trail.informant is not None}
    heads: list[Speaker] = []
    out: dict[Speaker, Speaker] = {}
    for one in sorted((s for s in found if s.kind != "unnamed"), key=_fullness):
        head = next((head for head in heads if alike(head, one)), None)
        meant = [head for head in heads if plain(one, head)]
        head = head or (meant[0] if len(meant) == 1 else None)
        if head is None:
            heads.append(one)
        out[one] = head or one
    return out


def _fullness(one: Speaker) -> tuple[object, ...]:
    return (
        one.entity is None, one.country is None, -len(one.core), one.core, one.entity or "",
        one.country or "", one.sectors, one,
    )  # fmt: skip


def _known(
    row: Told, one: Speaker, ways: Iterable[_Way], named: Mapping[Speaker, Speaker]
) -> Speaker | None:
    """Return the named body of a state that its "officials" speak for: one giving their number."""
    numbers = set(tolls(row.claim).items())
    if one.family != "official" or "GOV" not in one.sectors or one.country is None or not numbers:
        return None
    for other, way in ways:
        body = way.informant
        if body is None or body.country != one.country or "GOV" not in body.sectors:
            continue
        if body.kind == "named" and numbers & set(tolls(other.claim).items()):
            return named[body]
    return None


class _Class(NamedTuple):
    """An unnamed informant as it was heard first."""

    speaker: Speaker
    trail: Trail


def _unnamed(ways: Sequence[_Way]) -> dict[tuple[Speaker, Trail], _Class]:
    """Return for each unnamed informant the one that it is taken for.

    Two are one where one outlet heard people of one kind on one day, or where they give the same
    unusual number within a day.
    """
    heads: list[tuple[_Class, set[tuple[str, float, float]]]] = []
    out: dict[tuple[Speaker, Trail], _Class] = {}
    for row, way in ways:
        one = way.informant
        if one is None or one.kind != "unnamed":
            continue
        numbers = {
            (kind, low, high) for kind, (low, high) in tolls(row.claim).items() if low >= UNUSUAL
        }
        mine = _Class(one, way)
        for head, given in heads:
            shared = given & numbers
            if kindred(head.speaker, one) and (_heard(head, mine) or _echoes(head, mine, shared)):
                given.update(numbers)
                out.setdefault((one, way), head)
                break
        else:
            heads.append((mine, numbers))
            out[one, way] = mine
    return out


def _heard(one: _Class, other: _Class) -> bool:
    """Return whether one outlet heard both on one day, as far as days are known."""
    days = {one.trail.day, other.trail.day} - {None}
    return folded(one.trail.via) == folded(other.trail.via) and len(days) <= 1


def _echoes(one: _Class, other: _Class, numbers: set[tuple[str, float, float]]) -> bool:
    """Return whether the other gives the same unusual number at most a day later or earlier."""
    if not numbers or one.trail.day is None or other.trail.day is None:
        return False
    return abs(one.trail.day - other.trail.day) <= timedelta(days=1)


def _name(one: Speaker) -> Origin:
    parts = (one.entity,) if one.entity else (" ".join(one.core), one.country or "")
    return Origin(
        id=origin_id("named", *parts), kind="named", name=one.name, entity=one.entity,
        country=one.country, sectors=one.sectors,
    )  # fmt: skip


def _class(first: _Class) -> Origin:
    one, way = first.speaker, first.trail
    day = way.day.isoformat() if way.day else ""
    parts = (one.family, one.country or "", ",".join(one.sectors), folded(way.via), day)
    return Origin(
        id=origin_id("unnamed", *parts), kind="unnamed", name=one.name, country=one.country,
        sectors=one.sectors, via=way.via, day=way.day,
    )  # fmt: skip


def _outlet(way: Trail, row: Told, sources: Sources) -> Origin:
    """Return an outlet or agency that speaks for itself."""
    source = sources.get(folded(way.via))
    credited = way.via in row.byline.wire
    own = row.byline.outlet == way.via and agency(row, sources)
    wire = credited or own or (source is not None and source.type == "agency")
    kind: OriginKind = "agency" if wire else "outlet"
    parts = " ".join(sorted(key(way.via)))
    country = source.country if source is not None else None
    return Origin(id=origin_id("outlet", parts), kind=kind, name=way.via, country=country)
