"""A line by which people know an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tocsin.fusion.words import folded
from tocsin.records.event import Held, Spot

_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_UNTRIED = {
    "future": "planned", "conditional": "on a condition", "requested": "asked for",
    "possible": "possible", "negated": "denied",
}  # fmt: skip


def title(
    code: str,
    modes: Sequence[str],
    modality: str,
    *,
    days: tuple[date | None, date | None],
    actors: Sequence[Held],
    recipients: Sequence[Held],
    place: Spot | None,
) -> str:
    """Return day, type with modes, who to whom, where.

    "22 Nov 2024 · ASSAULT aerial · Israel → Popular Mobilisation Forces · Jurf al-Sakhr".
    """
    what = " ".join((code, *modes, *filter(None, [_UNTRIED.get(modality)])))
    people = " → ".join(filter(None, [_names(actors) or "?", _names(recipients)]))
    parts = (_days(*days), what, people if people != "?" else "", place.name if place else "")
    return " · ".join(part for part in parts if part)


def _names(people: Sequence[Held]) -> str:
    """Return the two best-borne-out names; what has an entity goes before what has none."""
    known = [one for one in people if one.value not in folded(one.name)]
    names = [one.name for one in (known or list(people))]
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more


def _days(start: date | None, end: date | None) -> str:
    if start is None or end is None:
        one = start or end
        return ("from " if start else "until ") + _day(one) if one else ""
    return _day(start) if start == end else f"{_day(start)} – {_day(end)}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
