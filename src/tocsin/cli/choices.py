"""Values that a person may choose for a whole event: its claims', any type, or a number."""

from __future__ import annotations

from tocsin.base.errors import JudgementError
from tocsin.cli.values import numbers
from tocsin.explain.lines import days
from tocsin.ontology.model import Ontology
from tocsin.records.event import EVENT_SLOTS, TOLLS, Event


def chosen(event: Event, slot: str, words: str, types: Ontology) -> str:
    """Return the value of a slot that words mean; raise JudgementError where there is no such."""
    if slot not in EVENT_SLOTS:
        raise JudgementError(f"an event has no {slot!r}; expected one of {', '.join(EVENT_SLOTS)}")
    if slot in TOLLS:
        return _number(event, slot, words)
    known = given(event, slot) if slot != "type" else {name: (name,) for name in types}
    for value, names in known.items():
        if words.casefold() in map(str.casefold, names):
            return value
    if slot == "type":
        raise JudgementError(f"type: found {words!r}; expected one of {', '.join(types)}")
    told = "; ".join(known) or "none"
    raise JudgementError(
        f"{slot}: found {words!r}; the event's claims give {told}. Where all are wrong, correct a "
        "claim"
    )


def given(event: Event, slot: str) -> dict[str, tuple[str, ...]]:
    """Return the values that claims give for a slot, with the names that each may be called by."""
    if slot == "place":
        return {one.name: (one.name, str(one.geonames)) for one in event.places}
    if slot == "time":
        return {days(one.start, one.end): (days(one.start, one.end),) for one in event.days}
    if slot in ("responsibility", "occurrence"):
        sides = (side for one in event.disputes if one.slot == slot for side in one.sides)
        return {side.value: (side.name, side.value) for side in sides}
    people = {"actor": event.actors, "recipient": event.recipients, "outcome": event.outcomes}
    return {one.name: (one.name, one.value) for one in people[slot]}


def _number(event: Event, slot: str, words: str) -> str:
    if all(tally.kind != slot for tally in event.tallies):
        raise JudgementError(f"{slot}: no claim of the event gives a number; correct a claim")
    found = numbers(words.strip())
    if found is None or found["open"] or found["high"] or found["total"]:
        raise JudgementError(f"{slot}: found {words!r}; expected one number for an event: 12")
    return str(int(found["low"]))
