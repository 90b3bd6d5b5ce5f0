"""How a threat stands on a day: open, due, in grace, lapsed, moved, taken back or resolved."""

from __future__ import annotations

from datetime import date, timedelta

from tocsin.records.threat import Status, Threat

# Days: how long after a deadline an outcome still counts, and how long before it is near.
GRACE = 7
SOON = 7

_CLOSED = frozenset({"resolved", "withdrawn", "void"})
# What a side did that ends a thread.
_ENDS = frozenset({
    "complied fully", "did the forbidden act", "carried out as stated", "lesser form",
    "different cost", "acted before",
})  # fmt: skip


def status(threat: Threat, today: date, *, grace: int = GRACE, soon: int = SOON) -> Status:
    """Return how a threat stands; its claims and its outcome are those known on that day.

    It is due from so many days before its earliest end up to its latest, then in grace, then it has
    lapsed. Without a deadline it stays open: most never fall due.
    """
    end = threat.deadline.end if threat.deadline else date.max
    rules: tuple[tuple[Status, bool], ...] = (
        ("void", threat.status == "void"),
        ("resolved", threat.outcome.issuer in _ENDS or threat.outcome.target in _ENDS),
        ("withdrawn", _withdrawn(threat)),
        ("lapsed", (today - end).days > grace),
        ("grace", today > end),
        ("due", due(threat, today, within=soon)),
        ("extended", moved(threat)),
    )
    return next((name for name, holds in rules if holds), "open")


def due(threat: Threat, today: date, *, within: int = SOON) -> bool:
    """Return whether a threat may fall due within so many days, by its earliest end."""
    if threat.deadline is None or closed(threat):
        return False
    return threat.deadline.start - timedelta(within) <= today <= threat.deadline.end


def passed(threat: Threat, today: date) -> bool:
    """Return whether the latest end of a threat's deadline is over and nothing has closed it."""
    return threat.deadline is not None and not closed(threat) and today > threat.deadline.end


def moved(threat: Threat) -> bool:
    """Return whether a threat had another deadline before."""
    return bool(threat.moved_from)


def closed(threat: Threat) -> bool:
    """Return whether a threat has ended: carried out, complied with, taken back or void."""
    return threat.status in _CLOSED


def _withdrawn(threat: Threat) -> bool:
    """Return whether the last thing that was said of a threat's validity took it back."""
    for one in reversed(threat.utterances):
        if one.does == "withdraws":
            return True
        if one.does in ("issues", "restates", "extends", "revises"):
            return False
    return False
