"""A week in the small world, lived through by visitors with a real store; what it leaves there."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from msgspec import structs
from sqlalchemy.engine import Connection

from tests.channels import registry
from tests.ledger import Step, ticks
from tests.script import START
from tests.server import SMALL, Clock, Here
from tests.world import World, numbered, turning
from tocsin.pipeline.visits import visits
from tocsin.records.issue import Issue
from tocsin.records.version import Version
from tocsin.sources.answers import Getter, Reply
from tocsin.sources.fetch import Fetcher
from tocsin.sources.pace import Pace
from tocsin.store import articles, marks
from tocsin.store.open import open_store
from tocsin.store.tables import article, version

# As shipped, but for what a silent server costs in real seconds, and one try less.
SETTINGS = structs.replace(SMALL, rate=1.0, burst=2, read=5.0, total=10.0, retries=1)
# Chances of the torn week to end at a request, and to end when a visit begins or lands.
CUT, BREAK = 0.005, 0.005


class Killed(BaseException):
    """The end of a process, which nothing on its way may catch."""


@dataclass(frozen=True)
class Torn:
    """A fetcher in a process that may be killed at any request."""

    fetcher: Fetcher
    chance: random.Random

    def get(
        self, url: str, *, etag: str | None = None, modified: str | None = None, robots: bool = True
    ) -> Reply:
        """Return what an address gives, if the process lives that long."""
        if self.chance.random() < CUT:
            raise Killed
        return self.fetcher.get(url, etag=etag, modified=modified, robots=robots)


@dataclass
class Life:
    """One visitor's week; with a `chance` it ends each day, and may end at any moment of it."""

    world: World
    path: Path
    port: int
    chance: random.Random | None = None
    clock: Clock = field(default_factory=lambda: Clock(0.0))
    killed: int = 0

    def live(self) -> None:
        """Visit what is due every half hour of the week, by as many processes as it takes."""
        days: dict[int, list[datetime]] = {}
        for now in ticks():
            days.setdefault(now.day if self.chance else 0, []).append(now)
        for waiting in days.values():
            while waiting:
                self._process(waiting)

    def _process(self, waiting: list[datetime]) -> None:
        """Go on until nothing waits, or until the process is killed."""
        with open_store(self.path) as store, self._fetcher() as fetcher:
            getter: Getter = Torn(fetcher, self.chance) if self.chance else fetcher
            with store.write() as connection:
                run = marks.begin(connection, "run", waiting[0])
            try:
                while waiting:
                    self.world.now = waiting[0]
                    passed = (waiting[0] - START).total_seconds()
                    self.clock.time = max(self.clock.time, passed)
                    list(visits(store, registry(), getter, run, self._now, chance=lambda: 1.0))
                    waiting.pop(0)
            except Killed:
                self.killed += 1

    def _now(self) -> datetime:
        """Return the moment, which visits ask for when they begin and in the middle of landing."""
        if self.chance and self.chance.random() < BREAK:
            raise Killed
        return self.world.now

    def _fetcher(self) -> Fetcher:
        pace = Pace(SETTINGS, clock=self.clock, sleep=self.clock.sleep, chance=lambda: 1.0)
        return Fetcher(SETTINGS, guard=Here(self.port), pace=pace, now=lambda: self.world.now)


@dataclass(frozen=True)
class Held:
    """What a store holds in the end in the ledger's terms, and all that visits left in it."""

    chains: dict[str, list[Step]]
    feeds: dict[str, tuple[str, str]]
    issues: set[tuple[str, str | int]]
    rows: object


def held(path: Path) -> Held:
    """Return what a store holds."""
    with open_store(path, create=False, readonly=True) as store, store.read() as connection:
        feeds = marks.feeds(connection)
        chains = connection.execute(sa.select(version.c.chain).distinct()).scalars().all()
        names = connection.execute(sa.select(article.c.id).order_by(article.c.id)).scalars().all()
        return Held(
            {c: [_step(connection, v) for v in articles.versions(connection, c)] for c in chains},
            {url: (state.health, state.reason) for url, state in feeds.items()},
            {_spot(one) for one in marks.issues(connection)},
            (
                feeds,
                [marks.entries(connection, url) for url in feeds],
                {n: {c.id: c for c in articles.captures(connection, n)} for n in names},
            ),
        )


def _step(connection: Connection, of: Version) -> Step:
    (found,) = articles.load(connection, [of.article])
    published = found.article.published
    day = published.day if published else None
    return Step(found.article.text, of.change, of.notice, found.state, day)


def _spot(one: Issue) -> tuple[str, str | int]:
    """Return what an issue is about: the number of a story, or the address of a feed."""
    return one.code, numbered(one.place or "") or numbered(one.file) or one.file


@dataclass(frozen=True)
class Week:
    """What a week left in the store, what the sites were asked, and how often it was cut off."""

    held: Held
    asked: Counter[tuple[str, str]]
    read: Counter[int]
    kills: int


def lived(path: Path, seed: int | None) -> Week:
    """Return a week with a new store at a path; a seed makes it one of kills."""
    world = World()
    chance = None if seed is None else random.Random(seed)  # noqa: S311 - no secret
    with turning(world) as port:
        life = Life(world, path, port, chance)
        life.live()
    return Week(held(path), world.asked, world.read, life.killed)
