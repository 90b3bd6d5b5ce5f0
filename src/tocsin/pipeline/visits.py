"""Visits the feeds of a registry that are due, and puts what they list into a store."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tocsin.base.text import fold
from tocsin.pipeline import ingest
from tocsin.records.article import Article
from tocsin.records.feed import Entry, FeedState
from tocsin.records.run import Run
from tocsin.records.source import Feed, Source
from tocsin.sources import health, poll
from tocsin.sources.answers import Getter
from tocsin.sources.catalog import Catalog
from tocsin.sources.poll import Visit
from tocsin.store import articles, forgetting, marks
from tocsin.store.open import Store

# Feeds that are visited at once; each host still has its own pace.
ABREAST = 8

Clock = Callable[[], datetime]
Chance = Callable[[], float]
Call = tuple[Source, Feed, FeedState]


def due(store: Store, listed: Catalog, now: datetime) -> list[Call]:
    """Return the feeds whose time has come, with their sources and what is known of them.

    Sources that are not active are left alone, and so are those that are forgotten.
    """
    with store.read() as connection:
        states = marks.feeds(connection)
        forgotten = forgetting.outlets(connection)
    calls = [
        (source, feed, states.get(feed.url) or FeedState(url=feed.url, source=source.id))
        for source in listed.sources
        if source.active and fold(source.name) not in forgotten
        for feed in source.feeds
    ]
    return [call for call in calls if health.is_due(call[2], now)]


def visits(
    store: Store,
    listed: Catalog,
    getter: Getter,
    run: Run,
    clock: Clock,
    *,
    chance: Chance = random.random,
) -> Iterator[Counter[str]]:
    """Visit the feeds that are due, several at once; yield what each visit counted.

    A visit lands whole: its articles, the feed's state, and what is remembered of its entries.
    `chance`, from 0 to 1, spreads the next visits of feeds that fail.
    """
    calls = due(store, listed, clock())
    with ThreadPoolExecutor(ABREAST) as pool:
        for visit in pool.map(lambda call: _visit(store, call, getter, clock(), chance), calls):
            with store.write() as connection:
                now = clock()
                found: list[ingest.Item] = [*visit.parcels, *visit.issues]
                counts = ingest.land(connection, found, run, now)
                counts["feeds"] += 1
                marks.set_feed(connection, visit.state)
                marks.set_entries(connection, _kept(connection, visit))
                marks.count(connection, run, counts)
            yield counts


def _kept(connection: Connection, visit: Visit) -> list[Entry]:
    """Return what is remembered of entries, each with an article that the store has.

    What another feed brought before, on another day or more of it, stands for what came now.
    """
    names = ingest.standing(connection, visit.parcels)
    return [replace(e, article=names.get(e.article or "", e.article)) for e in visit.entries]


def _visit(store: Store, call: Call, getter: Getter, now: datetime, chance: Chance) -> Visit:
    source, feed, state = call
    with store.read() as connection:
        remembered: dict[str, Entry] = marks.entries(connection, feed.url)

    def known(name: str) -> Article | None:
        with store.read() as connection:
            found = articles.load(connection, [name])
        return found[0].article if found and found[0].state != "forgotten" else None

    return poll.visit(source, feed, state, remembered, getter, now, known=known, chance=chance)
