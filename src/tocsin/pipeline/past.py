"""Events as they stood on a day, by the reports that had come by then.

Every value of an event names the claims that give it, so that what came later can be taken out.
Type, modes and modality are the event's own, which it had from its first report on as far as it
can say; which claims are of one event is as it is known now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from tocsin.fusion.case import taken_back
from tocsin.fusion.houses import independent
from tocsin.fusion.levels import borne
from tocsin.fusion.spots import FINE
from tocsin.records.event import Days, Dispute, Event, Held, Level, Spot, Tally
from tocsin.records.origin import Report
from tocsin.watch.rules import Version


def versions(one: Event) -> Iterator[Version]:
    """Yield an event as each day of a report left it, the oldest first."""
    days = sorted({report.day for report in one.reports if report.day is not None})
    found = [(day.toordinal(), seen(one, day)) for day in days]
    stops = [day for day, _ in found[1:]]
    for at, (day, version) in enumerate(found):
        if version is not None and at < len(stops):
            yield Version(version, day, stops[at])
        elif version is not None:
            yield Version(version, day)


def seen(one: Event, on: date) -> Event | None:
    """Return an event as it stood on the evening of a day; None where nothing was reported yet.

    Reports without a day count for nothing, since they may have come at any time.
    """
    reports = tuple(r for r in one.reports if r.day is not None and r.day <= on)
    if not reports:
        return None
    known = frozenset(report.claim for report in reports)
    named = {report.origin for report in reports}
    origins = tuple(origin for origin in one.origins if origin.id in named)
    disputes = tuple(d for d in (_dispute(d, known) for d in one.disputes) if d is not None)
    days = _days(one.days, known)
    told = [report.day for report in reports if report.day is not None]
    standing = _standing(reports)
    asserting = tuple(report for report in reports if report.stance == "asserts")
    shown = standing or asserting or reports
    told_by = {report.origin for report in shown}
    gone = not standing and any(report.stance == "retracts" for report in reports)
    backers = [origin for origin in origins if origin.id in told_by]
    outlets = {report.outlet or report.article for report in shown}
    level: Level = "retracted" if gone else borne(backers, outlets, disputes)
    return replace(
        one, reports=reports, origins=origins, level=level,
        independent=independent(backers), copies=sum(r.copy_of is not None for r in reports),
        articles=len({report.article for report in reports}),
        actors=_held(one.actors, known), recipients=_held(one.recipients, known),
        places=_spots(one.places, known), days=days, start=days[0].start if days else None,
        end=days[0].end if days else None, first_reported=min(told), last_reported=max(told),
        outcomes=_held(one.outcomes, known), disputes=disputes,
        tallies=tuple(t for t in (_tally(t, known) for t in one.tallies) if t is not None),
        edges=tuple(e for e in one.edges if e.claim in known and e.other in known),
    )  # fmt: skip


def _standing(reports: tuple[Report, ...]) -> tuple[Report, ...]:
    """Return the reports that assert the event and were not taken back."""
    fallen = taken_back(reports)
    return tuple(r for r in reports if r.stance == "asserts" and r.article not in fallen)


def _held(values: tuple[Held, ...], known: frozenset[str]) -> tuple[Held, ...]:
    kept = (replace(one, claims=_claims(one.claims, known)) for one in values)
    return tuple(one for one in kept if one.claims)


def _spots(values: tuple[Spot, ...], known: frozenset[str]) -> tuple[Spot, ...]:
    """Return the places that are known, the finest marked as the best."""
    kept = [replace(one, claims=_claims(one.claims, known), best=False) for one in values]
    kept = [one for one in kept if one.claims]
    if not kept:
        return ()
    finest = max(kept, key=lambda one: (-FINE.index(one.precision), len(one.claims), one.name))
    known_place = finest.precision is not None
    return tuple(replace(one, best=known_place and one is finest) for one in kept)


def _days(values: tuple[Days, ...], known: frozenset[str]) -> tuple[Days, ...]:
    """Return the days that are known, the narrowest first, of those the one most claims give."""
    kept = [replace(one, claims=_claims(one.claims, known)) for one in values]
    return tuple(sorted((one for one in kept if one.claims), key=_width))


def _width(one: Days) -> tuple[int, int, date]:
    start, end = one.start or one.end, one.end or one.start
    width = (end - start).days if start and end else 10**6
    return width, -len(one.claims), start or date.max


def _dispute(one: Dispute, known: frozenset[str]) -> Dispute | None:
    sides = _held(one.sides, known)
    return replace(one, sides=sides) if len(sides) == len(one.sides) else None


def _tally(one: Tally, known: frozenset[str]) -> Tally | None:
    given = tuple(toll for toll in one.given if toll.claim in known)
    single = [toll for toll in given if not toll.cumulative] or list(given)
    if not single:
        return None
    highs = [toll.high for toll in single]
    newest = max(single, key=lambda toll: (toll.as_of or date.min, toll.low))
    return replace(
        one, given=given, low=min(toll.low for toll in single), best=newest.low,
        high=None if None in highs else max(high for high in highs if high is not None),
        as_of=newest.as_of,
    )  # fmt: skip


def _claims(claims: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in claims if name in known)
