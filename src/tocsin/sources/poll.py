"""One visit of a feed: what is new or changed there, fetched whole; pure of any store.

What is remembered of earlier visits comes in, what is to be remembered goes out. No entry's fault
costs another entry.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from tocsin.base.errors import FetchError, InputError
from tocsin.records.feed import Entry, FeedState
from tocsin.records.issue import Issue
from tocsin.sources import feeds, health, sitemaps
from tocsin.sources.answers import Getter, Reply, reason
from tocsin.sources.feeds import Listing
from tocsin.sources.gather import Known, Round
from tocsin.sources.health import Outcome
from tocsin.sources.parcel import Parcel, fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from tocsin.records.issue import Severity
    from tocsin.records.source import Feed, Source

SITEMAPS = 20  # of an index that one visit reads, the newest


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit brought: articles, troubles, the feed's new state, entries to remember."""

    parcels: tuple[Parcel, ...]
    issues: tuple[Issue, ...]
    state: FeedState
    entries: tuple[Entry, ...]


def visit(  # noqa: PLR0917 - what was known before, and what there is to know it by
    source: Source,
    feed: Feed,
    state: FeedState,
    remembered: Mapping[str, Entry],
    getter: Getter,
    now: datetime,
    *,
    known: Known = lambda _: None,
    chance: Callable[[], float] = random.random,
) -> Visit:
    """Return what a feed has that is not remembered, by the keys of its entries.

    `known` returns an article by its id; with it, silent edits are seen of articles that the feed
    no longer lists, and a page that has become a teaser replaces nothing.
    """
    place = state.moved or feed.url
    here = Round(
        source=source,
        feed=feed,
        place=place,
        remembered=remembered,
        getter=getter,
        now=now,
        before=state.checked,
        known=known,
    )
    outcome = _visited(here, state)
    after = health.after(state, outcome, now, minutes=feed.minutes, chance=chance)
    if after.health != state.health and after.health in ("failed", "gone", "moved"):
        severity: Severity = "note" if after.health == "moved" else "warning"
        here.note(f"feed-{after.health}", severity, after.reason)
    return Visit(tuple(here.parcels), tuple(here.issues), after, tuple(here.entries.values()))


def _visited(here: Round, state: FeedState) -> Outcome:
    try:
        reply = here.getter.get(here.place, etag=state.etag, modified=state.modified)
    except FetchError as error:
        return Outcome(kind=_kind(error, state), reason=str(error))
    if reply.unchanged:
        here.again(None)
        return Outcome(
            kind="unchanged",
            etag=reply.etag or state.etag if here.settled else None,
            modified=reply.modified or state.modified if here.settled else None,
            moved=reply.permanent,
        )
    try:
        listing, name = _listing(here, reply)
    except InputError as error:
        return Outcome(kind="failed", reason=str(error))
    for doubt in listing.doubts:
        here.note("bad-feed", "note", doubt)
    left = here.take(listing, reply)
    here.again(listing)
    same = name == state.digest and state.health != "new"
    filtered = 0 < len(listing.entries) == left
    whole = here.settled and not listing.further
    return Outcome(
        kind="filtered" if filtered else "unchanged" if same else "read",
        entries=len(listing.entries),
        etag=reply.etag if whole else None,
        modified=reply.modified if whole else None,
        digest=name,
        moved=reply.permanent,
    )


def _kind(error: FetchError, state: FeedState) -> Literal["gone", "forbidden", "failed"]:
    """Return what a failure says of a feed; rules that cannot be read for now forbid nothing."""
    code = reason(error)
    if code == "gone" and state.moved is None:
        return "gone"
    unread = getattr(error, "after", None) is not None
    return "forbidden" if code == "robots" and not unread else "failed"


def _listing(here: Round, reply: Reply) -> tuple[Listing, str]:
    """Return what a feed or sitemap lists, with the sitemaps of an index, and the bytes' name."""
    if here.feed.kind == "feed":
        listing = feeds.read(reply.body, url=reply.final, charset=reply.charset, now=here.now)
        return listing, fingerprint(reply.body)
    listing = sitemaps.read(reply.body, url=reply.final, now=here.now)
    bodies, entries = [reply.body], list(listing.entries)
    for place in listing.further[:SITEMAPS]:
        try:
            part = here.getter.get(place)
            entries += sitemaps.read(part.body, url=part.final, now=here.now).entries
            bodies.append(part.body)
        except (FetchError, InputError) as error:
            here.note("bad-feed", "warning", str(error), place)
    found, doubts = feeds.distinct(entries)
    whole = replace(listing, entries=found, doubts=(*listing.doubts, *doubts))
    return whole, fingerprint(b"".join(bodies))
