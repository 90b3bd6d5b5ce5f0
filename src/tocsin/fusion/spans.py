"""When an event was: the days that its claims give, narrowed where they agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tocsin.fusion.case import Case
from tocsin.fusion.told import Told
from tocsin.records.event import Days

# A longer interval says about when, and is no match for another day.
LONG = 3
_Group = tuple[date | None, date | None, list[Told]]


def days(case: Case) -> tuple[Days, ...]:
    """Return intervals, the best borne out first: one each for claims that can all be true."""
    found = sorted(_groups(case), key=lambda group: -len(case.origins(group[2])))
    return tuple(
        Days(start=start, end=end, claims=tuple(row.claim.id for row in rows))
        for start, end, rows in found
    )


def against(case: Case) -> Iterator[tuple[list[Told], list[Told]]]:
    """Yield pairs of sides that give different days, both to the day."""
    groups = [[row for row in rows if _exact(row)] for _, _, rows in _groups(case)]
    groups = [group for group in groups if group]
    for at, one in enumerate(groups):
        for other in groups[at + 1 :]:
            if case.apart(one, other):
                yield one, other


def _groups(case: Case) -> list[_Group]:
    """Return intervals with their claims; the shortest intervals are laid down first."""
    place = {row.claim.id: at for at, row in enumerate(case.rows)}
    rows = [row for row in case.standing if _given(row)]
    rows.sort(key=lambda row: (_length(row), place[row.claim.id]))
    groups: list[_Group] = []
    for row in rows:
        when = row.claim.date
        start, end = (when.start, when.end) if when else (None, None)
        for at, (first, last, theirs) in enumerate(groups):
            if _meets(first, last, start, end):
                groups[at] = (_later(first, start), _earlier(last, end), [*theirs, row])
                break
        else:
            groups.append((start, end, [row]))
    return [(a, b, sorted(g, key=lambda row: place[row.claim.id])) for a, b, g in groups]


def _given(row: Told) -> bool:
    when = row.claim.date
    return when is not None and (when.start is not None or when.end is not None)


def _length(row: Told) -> int:
    when = row.claim.date
    if when is None or when.start is None or when.end is None:
        return 10**6
    return (when.end - when.start).days


def _exact(row: Told) -> bool:
    return _length(row) < LONG


def _meets(first: date | None, last: date | None, start: date | None, end: date | None) -> bool:
    return (last is None or start is None or start <= last) and (
        first is None or end is None or first <= end
    )


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other
