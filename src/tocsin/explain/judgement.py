"""What an analyst decided, in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_type_hints

import msgspec

from tocsin.explain.lines import days, number
from tocsin.explain.values import who
from tocsin.explain.wording import joined, quoted
from tocsin.records.claim import (
    Attribution,
    Claim,
    Condition,
    Count,
    Interval,
    Participant,
    Place,
)
from tocsin.records.judgement import Anchor, Judgement

_KINDS = get_type_hints(Claim)


def sentence(made: Judgement) -> str:
    """Return what was decided about which record, without who decided it and why."""
    one, other = called(made.target, made.anchor), called(made.other or "", made.beside)
    if made.verdict == "correct":
        return _correction(made, one)
    return {
        "accept": f"{one} is right",
        "reject": f"{one} is no claim",
        "same": f"{one} and {other} are of one event",
        "different": f"{one} and {other} are of two events",
        "confirm": f"{one}: {made.field}={made.after}, shown by {other}",
    }[made.verdict]


def _correction(made: Judgement, one: str) -> str:
    field = made.field or ""
    if made.target.startswith("event-"):
        return f"{one}: {field}={made.after}"
    return f"{one}: {field}={shown(field, made.after)}, was {shown(field, made.before)}"


def called(name: str, anchor: Anchor | None) -> str:
    """Return a record with the words that it is known by."""
    if not name.startswith("claim-") or anchor is None:
        return name
    return f"{name} ({anchor.type} {quoted(anchor.span)})"


def shown(field: str, value: Any) -> str:  # noqa: ANN401 - a value of any field
    """Return the value of a field of a claim for people to read."""
    if value is None or value in ((), []):
        return "empty"
    typed = msgspec.convert(msgspec.to_builtins(value), _KINDS[field])
    if isinstance(typed, tuple):
        return joined([_one(part) for part in typed])
    return _one(typed)


def _one(value: object) -> str:
    told = _SHOWN.get(type(value), str)
    return told(value)


def _person(one: Participant) -> str:
    return who(one.name, one.country, one.sectors)


def _count(count: Count) -> str:
    return number(count.low, count.high) + (" as a running total" if count.cumulative else "")


def _chain(told: Attribution) -> str:
    return " < ".join(_person(speaker) for speaker in reversed(told.chain))


_SHOWN: dict[type, Callable[[Any], str]] = {
    Attribution: _chain,
    Condition: lambda one: quoted(one.span),
    Count: _count,
    Interval: lambda one: days(one.start, one.end),
    Participant: _person,
    Place: lambda one: who(one.name, one.country, ()),
}
