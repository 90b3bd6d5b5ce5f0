"""How many were killed, injured, arrested, displaced, on the street: all numbers, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf

from tocsin.fusion.case import Case
from tocsin.fusion.numbers import capped, given, stated, top, wholes
from tocsin.fusion.told import Told
from tocsin.records.claim import Count
from tocsin.records.event import TOLLS, Tally, Toll

GRADES = "ABCDEF"


def tallies(case: Case, chosen: Mapping[str, int]) -> tuple[Tally, ...]:
    """Return the numbers of each kind; `chosen` holds those that a person has settled.

    Nothing is averaged. `best` is the low bound of the newest number of the best-borne-out origin:
    one that does not deny the event, of the better letter, no side of the conflict. A number that
    is only a limit ("up to 24") comes after those that say more, and is itself what is given.
    """
    found = (_tally(case, kind, chosen.get(kind)) for kind in TOLLS)
    return tuple(tally for tally in found if tally is not None)


def _tally(case: Case, kind: str, chosen: int | None) -> Tally | None:
    every = given(case, kind)
    counted = wholes(case, kind) or every
    if not every:
        return None
    ranked = [(_worth(case, *pair), at) for at, pair in enumerate(counted)]
    best, count = counted[max(ranked)[1]]
    high = max(top(count) for _, count in counted)
    return Tally(
        kind=kind,
        low=min(count.low for _, count in counted),
        best=stated(count) if chosen is None else chosen,
        high=None if high == inf else int(high),
        as_of=best.day,
        given=tuple(_toll(case, row, count) for row, count in every),
    )


def _worth(case: Case, row: Told, count: Count) -> tuple[bool, int, bool, bool, date]:
    """Return by what a number is preferred, the greatest best."""
    report = case.report[row.claim.id]
    origin = case.origin[report.origin]
    denies = report.origin in {r.origin for r in case.traced.reports if r.stance == "denies"}
    letter, plain = -GRADES.index(report.grade), not capped(count)
    return not denies, letter, not origin.party, plain, row.day or date.min


def _toll(case: Case, row: Told, count: Count) -> Toll:
    return Toll(
        low=count.low, high=count.high, claim=row.claim.id,
        origin=case.report[row.claim.id].origin, as_of=row.day, cumulative=count.cumulative,
    )  # fmt: skip
