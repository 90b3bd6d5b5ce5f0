"""A threat in one line that people can read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tocsin.records.claim import Participant
from tocsin.records.evidence import Span
from tocsin.records.threat import Deadline, Threat

_LONGEST = 90  # characters of words that are quoted


def caption(threat: Threat) -> str:
    """Return who threatens whom with what, for what, until when."""
    issuer, target = _side(threat.issuer), _side(threat.target)
    demand, cost = _words(threat.demand), _words(threat.cost)
    until = _until(threat.deadline)
    if threat.kind == "deadline":
        return f"Deadline for {target}{_after(': ', demand)}{until}"
    if threat.kind == "promise":
        return f"{issuer} promises{_after(': ', demand)}{until}"
    if threat.kind == "warning":
        feared = _after(": ", cost or demand)
        return f"{issuer} warns {target} of {_side(threat.by)}{feared}{_condition(threat)}{until}"
    if threat.kind == "civilian-warning":
        return f"{issuer} warns {target}{_after(': ', demand or cost)}{until}"
    said = f"{issuer} to {target}"
    if threat.kind in ("deterrent", "unconditional"):
        told = cost or demand
        condition = "" if _words(threat.condition) in told else _condition(threat)
        return f"{said}{_after(': ', told)}{condition}{until}"
    asked = demand or _words(threat.condition) or threat.demand_type or ""
    return f"{said}{_after(': ', asked)}{until}{_after(', or ', cost)}"


def _side(side: Sequence[Participant]) -> str:
    return " and ".join(one.name for one in side[:2]) or "someone"


def _words(span: Span | None) -> str:
    if span is None:
        return ""
    words = " ".join(span.quote.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"


def _after(mark: str, words: str) -> str:
    return f"{mark}{words}" if words else ""


def _condition(threat: Threat) -> str:
    words = _words(threat.condition)
    return _after(", ", words[:1].lower() + words[1:])


def _until(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    if deadline.start == deadline.end:
        return f", by {_day(deadline.end)}"
    return f", between {_day(deadline.start)} and {_day(deadline.end)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
