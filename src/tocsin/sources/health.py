"""The health of a feed: what one visit makes of the state that it was in.

    new -> any            by its first visit
    gone                  stays until a person revives it
    failed                ends with the next answer; its count ends only with a usable body
    moved                 stays, whatever comes from the new address, until that fails

An unchanged answer keeps what was known: an empty feed stays empty, a moved one moved.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from tocsin.records.feed import FeedState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tocsin.records.feed import Health

LONGEST = timedelta(days=1)  # between two visits of a feed that fails, or that robots.txt forbids
_DOUBLINGS = 12  # after which every interval has become the longest


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a visit met with.

    `read` is a body with `entries`, none of them for an empty one; `filtered` is a body none of
    whose entries is wanted; `unchanged` is a 304 or the same bytes again. `moved` is the address
    that answers for good in place of the one that was asked.
    """

    kind: Literal["read", "unchanged", "filtered", "forbidden", "failed", "gone"]
    reason: str = ""
    entries: int = 0
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    moved: str | None = None


def after(
    state: FeedState,
    outcome: Outcome,
    now: datetime,
    *,
    minutes: int = 30,
    chance: Callable[[], float] = random.random,
) -> FeedState:
    """Return the state after a visit; `minutes` is the feed's interval, `chance` from 0 to 1."""
    step = {"failed": _failed, "gone": _gone, "forbidden": _forbidden}.get(outcome.kind, _answered)
    found = step(state, outcome)
    return replace(
        found,
        checked=now,
        since=state.since if found.health == state.health and state.since else now,
        due=_due(found, outcome, now, minutes, chance),
    )


def is_due(state: FeedState, now: datetime) -> bool:
    """Return whether a feed is to be visited: never again where it is gone."""
    return state.health != "gone" and (state.due is None or state.due <= now)


def revive(state: FeedState) -> FeedState:
    """Return the state of a feed that a person wants visited again, as if it were new."""
    return FeedState(url=state.url, source=state.source, reason="revived; the next run asks it")


def _failed(state: FeedState, outcome: Outcome) -> FeedState:
    count = state.failures + 1
    times = "once" if count == 1 else f"{count} times in a row"
    # The old address is asked next: who moved may have moved back.
    return replace(
        state,
        health="failed",
        failures=count,
        moved=None,
        reason=f"no usable answer, {times}: {outcome.reason or 'nobody knows why'}",
    )


def _gone(state: FeedState, outcome: Outcome) -> FeedState:
    why = outcome.reason or "the server says 410"
    reason = f"removed for good ({why}); not visited again until somebody revives it"
    return replace(state, health="gone", failures=state.failures + 1, reason=reason)


def _forbidden(state: FeedState, outcome: Outcome) -> FeedState:
    why = outcome.reason or "robots.txt forbids it"
    return replace(state, health="skipped", reason=f"not fetched: {why}; asked again in a day")


def _answered(state: FeedState, outcome: Outcome) -> FeedState:
    """Return the state after an answer that could be read, or that says nothing is new."""
    moved = outcome.moved or state.moved
    if moved == state.url:  # it has moved back
        moved = None
    health, reason = _unchanged(state) if outcome.kind == "unchanged" else _read(outcome)
    if moved:
        reason = f"moved for good to {moved}, change its address in the registry; {reason}"
        health = "moved"
    fresh = outcome.kind != "unchanged"
    return replace(
        state,
        health=health,
        reason=reason,
        failures=0 if fresh else state.failures,
        etag=outcome.etag,
        modified=outcome.modified,
        digest=outcome.digest if fresh else state.digest,
        moved=moved,
    )


def _read(outcome: Outcome) -> tuple[Health, str]:
    if outcome.kind == "filtered":
        return "skipped", outcome.reason or "every entry is left out by the filters"
    if outcome.entries == 0:
        return "empty", "a valid feed without a single entry"
    noun = "entry" if outcome.entries == 1 else "entries"
    return "ok", f"read, {outcome.entries} {noun}"


def _unchanged(state: FeedState) -> tuple[Health, str]:
    if state.health == "empty":
        return "empty", "still a valid feed without a single entry"
    reason = "nothing new since the last visit"
    if state.failures:
        reason += f"; no content has come since it failed ({state.failures} in a row)"
    return "unchanged", reason


def _due(
    found: FeedState, outcome: Outcome, now: datetime, minutes: int, chance: Callable[[], float]
) -> datetime | None:
    """Return when the feed is to be visited next; failures double the interval up to a day."""
    if outcome.kind == "gone":
        return None
    if outcome.kind == "forbidden":
        return now + LONGEST
    interval = timedelta(minutes=minutes)
    if outcome.kind != "failed":
        return now + interval
    longer = interval * (1 << min(found.failures - 1, _DOUBLINGS))
    return now + min(longer, max(LONGEST, interval)) * (0.5 + chance() / 2)
