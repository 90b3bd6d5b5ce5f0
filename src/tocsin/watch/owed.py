"""Threats that stand, by who threatens whom, as counting names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tocsin.records.claim import Participant
from tocsin.records.indicator import Value
from tocsin.records.threat import Threat
from tocsin.watch.due import STANDING
from tocsin.watch.sightings import Side, dyads


class Owed(NamedTuple):
    """A threat that has not ended: between whom, and when it falls due, if it says so."""

    threat: str
    dyads: tuple[str, ...]
    start: date | None
    end: date | None


def owed(threats: Iterable[Threat]) -> list[Owed]:
    """Return the threats of a ledger that stand, in the order of their names."""
    return sorted(
        Owed(
            one.id,
            dyads(_sides(one.issuer), _sides(one.target)) if one.target else (),
            one.deadline.start if one.deadline else None,
            one.deadline.end if one.deadline else None,
        )
        for one in threats
        if one.status in STANDING
    )  # fmt: skip


def pressing(of: Iterable[Owed], on: date) -> Iterator[Value]:
    """Yield how many threats stand by dyad, and the days to the nearest deadline to come (I8)."""
    by: dict[str, list[Owed]] = {}
    for one in of:
        for name in one.dyads:
            by.setdefault(name, []).append(one)
    for name in sorted(by):
        yield Value("I8 open threats", "dyad", name, "", len(by[name]))
        days = [max((o.start - on).days, 0) for o in by[name] if o.start and o.end and o.end >= on]
        if days:
            yield Value("I8 days to deadline", "dyad", name, "", min(days))


def _sides(some: Iterable[Participant]) -> tuple[Side, ...]:
    return tuple(
        Side(one.entity or one.name.lower().replace("-", " "), one.country, one.sectors)
        for one in some
    )
