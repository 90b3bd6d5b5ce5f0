"""What changed: events and pairs of sides with news since a day, each for one reason in words.

Nothing is scored. Events stand in order of their new reports, pairs in order of how many events
more they have than the weeks before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

import numpy as np
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.ids import named
from tocsin.records.event import Event, Tally
from tocsin.store import events
from tocsin.views.event import spread
from tocsin.views.filter import Filter
from tocsin.views.index import Flags, Index, Ints, ordinal

# Rows of the list, at most so many of them pairs of sides.
ROWS, PAIRS = 7, 3
# Events whose records are read to find the reason.
_LOOKED = 30
# Weeks before that a pair is held against, and events from which on it is told of.
BEFORE = 4
_NEWS, _FELL = 3, 3
_FAMILIES = 3

Arrow = Literal["up", "down", "new", "disputed", "retracted"]
Because = Literal[
    "retracted", "disputed", "killed", "denied", "new", "origins", "reports", "more", "fewer",
]  # fmt: skip


class Change(Struct, frozen=True, omit_defaults=True):
    """A row: an event, or a pair of sides that has `events` where it had `weekly` a week before.

    `number` is what the reason counts: new reports or origins, killed, events; `before` and `after`
    are values that changed, in words.
    """

    pick: str
    title: str
    arrow: Arrow
    because: Because
    number: int = 0
    before: str = ""
    after: str = ""
    reports: int = 0
    fresh: int = 0
    origins: int = 0
    copies: int = 0
    disputed: bool = False
    real: bool = True
    reviewed: bool = False
    pair: tuple[str, str] | None = None
    search: str = ""
    events: int = 0
    weekly: float = 0.0
    kinds: tuple[tuple[str, int], ...] = ()


class Changed(Struct, frozen=True):
    """The rows, and how many events have news at all."""

    rows: tuple[Change, ...]
    total: int


def changed(connection: Connection, index: Index, every: Flags, of: Filter) -> Changed:
    """Return what changed since a filter's day among the events that it keeps."""
    after, until = ordinal(of.since), ordinal(of.on)
    fresh = index.told(after, until)
    news = np.flatnonzero(every & (fresh > 0))
    pairs = list(_pairs(index, every, of))[:PAIRS]
    order = np.lexsort((index.key[news], -index.independent[news], -fresh[news]))
    picked = news[order][:_LOOKED]
    shown = _events(connection, index, picked, fresh, of)
    return Changed((*pairs, *shown[: ROWS - len(pairs)]), len(news))


def _events(
    connection: Connection, index: Index, picked: Ints, fresh: Ints, of: Filter
) -> list[Change]:
    ids = {named("event", int(index.key[at])): int(at) for at in picked}
    held = events.load(connection, ids)
    return [_event(held[name], index, at, int(fresh[at]), of) for name, at in ids.items()
            if name in held]  # fmt: skip


def _event(one: Event, index: Index, at: int, fresh: int, of: Filter) -> Change:
    arrow, because, number, before, after = _reason(one, fresh, of.since, of.on)
    return Change(
        pick=one.id, title=one.title, arrow=arrow, because=because, number=number, before=before,
        after=after, reports=len(one.reports), fresh=fresh, origins=one.independent,
        copies=one.copies, disputed=bool(one.disputes), real=bool(index.real[at]),
        reviewed=bool(index.reviewed[at]),
    )  # fmt: skip


def _reason(one: Event, fresh: int, since: date, on: date) -> tuple[Arrow, Because, int, str, str]:
    """Return the weightiest thing that is new of an event, and what it counts."""
    late = [report for report in one.reports if report.day and since < report.day <= on]
    if any(report.stance == "retracts" for report in late):
        return "retracted", "retracted", fresh, "", ""
    held = {report.claim for report in late}
    for dispute in one.disputes:
        if any(held.issuperset(side.claims) for side in dispute.sides):
            sides = " / ".join(side.name for side in dispute.sides)
            return "disputed", "disputed", fresh, dispute.slot, sides
    if any(report.stance == "denies" for report in late):
        return "disputed", "denied", fresh, "", ""
    old = {report.origin for report in one.reports if report.day and report.day <= since}
    if not old:
        return "new", "new", fresh, "", ""
    killed = _killed(one, since)
    if killed is not None:
        return "up", "killed", fresh, *killed
    more = len({report.origin for report in late} - old)
    return ("up", "origins", more, "", "") if more else ("up", "reports", fresh, "", "")


def _killed(one: Event, since: date) -> tuple[str, str] | None:
    """Return between which bounds the killed lay before a day and lie now, where that changed."""
    tally = next((t for t in one.tallies if t.kind == "killed"), None)
    if tally is None:
        return None
    before = [t for t in tally.given if t.as_of and t.as_of <= since and not t.cumulative]
    if not before:
        return None
    highs = [t.high for t in before]
    old = Tally(
        kind="killed", low=min(t.low for t in before), best=before[-1].low,
        high=max((h for h in highs if h is not None), default=None), as_of=None,
        given=tuple(before),
    )  # fmt: skip
    return (spread(old), spread(tally)) if spread(old) != spread(tally) else None


def _pairs(index: Index, every: Flags, of: Filter) -> Iterator[Change]:
    """Yield pairs of sides with more or fewer events than before, the greatest difference first."""
    length = (of.on - of.since).days
    start, edge = ordinal(of.since - timedelta(weeks=BEFORE)), ordinal(of.since)
    known = every & (index.actor >= 0) & (index.recipient >= 0) & (index.actor != index.recipient)
    known &= (index.first > start) & (index.first <= ordinal(of.on))
    at = np.flatnonzero(known)
    if not at.size or not length:
        return
    code = index.actor[at] * len(index.names) + index.recipient[at]
    pairs, of_pair = np.unique(code, return_inverse=True)
    late = index.first[at] > edge
    now = np.bincount(of_pair, weights=late, minlength=pairs.size)
    then = np.bincount(of_pair, weights=~late, minlength=pairs.size)
    usual = then / (7 * BEFORE) * length
    told = ((now >= _NEWS) & (now > usual)) | (usual - now >= _FELL)
    for pair in sorted(np.flatnonzero(told), key=lambda p: (-abs(now[p] - usual[p]), pairs[p])):
        mine = at[of_pair == pair]
        yield _pair(index, mine, mine[late[of_pair == pair]], now[pair] > usual[pair], then[pair])


def _pair(index: Index, mine: Ints, news: Ints, rose: bool, then: float) -> Change:  # noqa: FBT001
    names = [index.names[side[mine[0]]] for side in (index.actor, index.recipient)]
    one, other = (index.labels.get(name, name) for name in names)
    kinds = Counter(index.names[kind] for kind in index.type[news])
    shown = news if news.size else mine
    latest = shown[np.lexsort((index.key[shown], index.reports[shown], index.last[shown]))[-1]]
    return Change(
        pick=named("event", int(index.key[latest])), title=f"{one} → {other}",
        arrow="up" if rose else "down", because="more" if rose else "fewer", number=int(news.size),
        pair=(one, other), search=_search(names), events=int(news.size),
        weekly=float(then / BEFORE),
        kinds=tuple(sorted(kinds.items(), key=lambda k: (-k[1], k[0]))[:_FAMILIES]),
        disputed=bool(index.disputed[shown].any()),
        reports=int(index.reports[news].sum()), real=bool(index.real[shown].all()),
    )  # fmt: skip


def _search(names: Sequence[str]) -> str:
    one, other = (name.replace('"', " ") for name in names)
    return f'actor:"{one}" recipient:"{other}"'
