"""A field of a claim as a person would write it: what the page to correct it begins with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tocsin.records.claim import (
    Attribution,
    Claim,
    Condition,
    Count,
    Interval,
    Participant,
    Place,
)


def written(claim: Claim, field: str) -> str:
    """Return the value of a field in the words that put it there; nothing where it is empty."""
    return words(getattr(claim, field))


def words(value: object) -> str:
    """Return a value in the words that put it into a field."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        people = any(isinstance(one, Participant) for one in value)
        return ("; " if people else ", ").join(map(words, value))
    told = _WORDS.get(type(value))
    return told(value) if told else str(value)


def _person(one: Participant) -> str:
    """Return a name, with country and sectors where nothing but the words tell of them."""
    if one.entity or not (one.country or one.sectors):
        return one.name
    return f"{one.name} [{' '.join((one.country or '?', *one.sectors))}]"


def _chain(told: Attribution) -> str:
    return " < ".join(_person(one) for one in reversed(told.chain))


def _days(when: Interval) -> str:
    if when.start == when.end:
        return str(when.start or "")
    return f"{when.start or ''}/{when.end or ''}"


def _count(count: Count) -> str:
    high = "+" if count.high is None else "" if count.high == count.low else f"-{count.high}"
    return f"{count.low}{high}{' total' if count.cumulative else ''}"


_WORDS: dict[type, Callable[[Any], str]] = {
    Participant: _person,
    Attribution: _chain,
    Condition: lambda one: one.span.quote,
    Interval: _days,
    Count: _count,
    Place: lambda one: one.name,
}
