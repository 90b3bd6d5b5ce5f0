"""How many were killed, injured, arrested, displaced, on the street: all numbers, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf

from tocsin.fusion.case import Case
from tocsin.fusion.numbers import given, top, wholes
from tocsin.fusion.told import Told
from tocsin.records.claim import Count
from tocsin.records.event import TOLLS, Tally, Toll

GRADES = "ABCDEF"


def tallies(case: Case, chosen: Mapping[str, int]) -> tuple[Tally, ...]:
    """Return the numbers of each kind; `chosen` holds those that a person has settled.

    Nothing is averaged. `best` is the low bound of the newest number of the best-borne-out origin:
    one that does not deny the event, of the better letter, no side of the conflict.
    """
    found = (_tally(case, kind, chosen.get(kind)) for kind in TOLLS)
    return tuple(tally for tally in found if tally is not None)


def _tally(case: Case, kind: str, chosen: int | None) -> Tally | None:
    every = given(case, kind)
    counted = wholes(case, kind) or every
    if not every:
        return None
    ranked = [(_worth(case, row), at) for at, (row, _) in enumerate(counted)]
    best, count = counted[max(ranked)[1]]
    high = max(top(count) for _, count in counted)
    return Tally(
        kind=kind,
        low=min(count.low for _, count in counted),
        best=count.low if chosen is None else chosen,
        high=None if high == inf else int(high),
        as_of=best.day,
        given=tuple(_toll(case, row, count) for row, count in every),
    )


def _worth(case: Case, row: Told) -> tuple[bool, int, bool, date]:
    """Return by what a number is preferred, the greatest best."""
    report = case.report[row.claim.id]
    origin = case.origin[report.origin]
    denies = report.origin in {r.origin for r in case.traced.reports if r.stance == "denies"}
    return not denies, -GRADES.index(report.grade), not origin.party, row.day or date.min


def _toll(case: Case, row: Told, count: Count) -> Toll:
    return Toll(
        low=count.low, high=count.high, claim=row.claim.id,
        origin=case.report[row.claim.id].origin, as_of=row.day, cumulative=count.cumulative,
    )  # fmt: skip
