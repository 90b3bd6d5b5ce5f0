"""The health of feeds: every state by every outcome, and when the next visit is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args

import pytest
from msgspec.structs import replace

from tocsin.records.feed import FeedState, Health
from tocsin.sources.health import Outcome, after, is_due, revive

NOW = datetime(2024, 11, 21, 10, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(hours=5)
NEW = "https://news.example/new.xml"
READ = Outcome(kind="read", entries=3, etag='"2"', digest="d2")
EMPTY = Outcome(kind="read", entries=0, digest="d0")
SAME = Outcome(kind="unchanged", etag='"1"')
UNWANTED = Outcome(kind="filtered", entries=3, digest="d2")
ROBOTS = Outcome(kind="forbidden", reason="robots.txt of news.example forbids it")
FAILED = Outcome(kind="failed", reason="news.example answered 503")
GONE = Outcome(kind="gone", reason="news.example answered 410")
MOVED = Outcome(kind="read", entries=3, moved=NEW, digest="d2")
OUTCOMES = (READ, EMPTY, SAME, UNWANTED, ROBOTS, FAILED, GONE, MOVED)

# What each outcome makes of each state, in the order of OUTCOMES.
TABLE: dict[Health, tuple[Health, ...]] = {
    "new": ("ok", "empty", "unchanged", "skipped", "skipped", "failed", "gone", "moved"),
    "ok": ("ok", "empty", "unchanged", "skipped", "skipped", "failed", "gone", "moved"),
    "unchanged": ("ok", "empty", "unchanged", "skipped", "skipped", "failed", "gone", "moved"),
    "empty": ("ok", "empty", "empty", "skipped", "skipped", "failed", "gone", "moved"),
    "failed": ("ok", "empty", "unchanged", "skipped", "skipped", "failed", "gone", "moved"),
    "moved": ("moved", "moved", "moved", "moved", "skipped", "failed", "gone", "moved"),
    "gone": ("ok", "empty", "unchanged", "skipped", "skipped", "failed", "gone", "moved"),
    "skipped": ("ok", "empty", "unchanged", "skipped", "skipped", "failed", "gone", "moved"),
}


def state(health: Health, failures: int = 0) -> FeedState:
    """Return a feed as it was five hours ago."""
    return FeedState(
        url="https://news.example/feed.xml",
        source="news",
        health=health,
        checked=BEFORE,
        since=BEFORE,
        failures=failures,
        etag='"1"',
        digest="d1",
        moved=NEW if health == "moved" else None,
    )


def step(before: FeedState, outcome: Outcome, chance: float = 1.0) -> FeedState:
    """Return the state after a visit now."""
    return after(before, outcome, NOW, minutes=30, chance=lambda: chance)


@pytest.mark.parametrize(
    ("health", "number"), list(product(get_args(Health), range(len(OUTCOMES))))
)
def test_every_transition(health: Health, number: int) -> None:
    """Each state becomes what the table says, with a reason and the time since when."""
    found = step(state(health), OUTCOMES[number])
    assert found.health == TABLE[health][number]
    assert len(found.reason.split()) >= 3
    assert found.checked == NOW
    assert found.since == (BEFORE if found.health == health else NOW)


def test_unchanged_ends_no_failure() -> None:
    """An answer without content leaves the count of failures; content ends it."""
    down = step(step(state("ok"), FAILED), FAILED)
    assert (down.health, down.failures) == ("failed", 2)
    still = step(down, SAME)
    assert (still.health, still.failures) == ("unchanged", 2)
    assert "no content has come" in still.reason
    assert still.due == NOW + timedelta(minutes=30)
    assert step(still, FAILED).failures == 3
    assert step(still, READ).failures == 0
    assert step(still, EMPTY).failures == 0


def test_back_off() -> None:
    """Each failure doubles the interval, up to a day; chance takes off up to a half."""
    found, waits = state("ok"), []
    for _ in range(8):
        found = step(found, FAILED)
        assert found.due
        waits.append((found.due - NOW) / timedelta(hours=1))
    assert waits == [0.5, 1, 2, 4, 8, 16, 24, 24]
    assert step(state("ok"), FAILED, chance=0.0).due == NOW + timedelta(minutes=15)
    assert step(state("failed", 5000), FAILED).due == NOW + timedelta(days=1)
    assert "8 times in a row: news.example answered 503" in found.reason


def test_gone_is_gone() -> None:
    """A feed that is gone is never due again until a person revives it."""
    found = step(state("ok"), GONE)
    assert found.due is None
    assert not is_due(found, NOW + timedelta(days=1000))
    again = revive(found)
    assert (again.health, again.failures) == ("new", 0)
    assert "revived" in again.reason
    assert is_due(again, NOW)


def test_moved_feeds() -> None:
    """The new address is kept until it fails, or sends back to where the registry is right."""
    found = step(state("ok"), MOVED)
    assert found.moved == NEW
    assert NEW in found.reason
    later = step(found, SAME)
    assert (later.health, later.moved, later.since) == ("moved", NEW, NOW)
    assert step(later, FAILED).moved is None
    back = step(later, Outcome(kind="read", entries=1, moved=later.url))
    assert (back.health, back.moved) == ("ok", None)


def test_what_is_kept() -> None:
    """What the next request needs is that of the last answer, and survives a failure."""
    assert step(state("ok"), READ).etag == '"2"'
    assert step(state("ok"), READ).digest == "d2"
    assert step(state("ok"), SAME).digest == "d1"
    down = step(state("ok"), FAILED)
    assert (down.etag, down.digest) == ('"1"', "d1")


def test_due() -> None:
    """A feed is due when its time has come; one that robots.txt forbids in a day."""
    assert is_due(state("new"), NOW)
    found = step(state("ok"), READ)
    assert not is_due(found, NOW + timedelta(minutes=29))
    assert is_due(found, NOW + timedelta(minutes=30))
    assert step(state("ok"), ROBOTS).due == NOW + timedelta(days=1)
    assert step(replace(state("ok"), failures=3), ROBOTS).failures == 3
