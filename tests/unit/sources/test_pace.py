"""How fast hosts are asked, by a clock that passes only in sleep."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread

import pytest
from msgspec import structs

from tests.server import Clock
from tocsin.base.settings import Fetching, load
from tocsin.sources.guard import NotFetchedError
from tocsin.sources.pace import LONGEST, Pace, seconds

NOW = datetime(2024, 11, 21, 10, 0, tzinfo=UTC)
SETTINGS = structs.replace(load().fetch, rate=1.0, burst=2, pause=2.0, patience=100.0)


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()


def a_pace(clock: Clock, settings: Fetching = SETTINGS, chance: float = 1.0) -> Pace:
    """Return a pace on a clock, with draws that always give the same."""
    return Pace(settings, clock=clock, sleep=clock.sleep, chance=lambda: chance)


def test_a_bucket_empties(clock: Clock) -> None:
    """A full bucket lets its requests through at once, then one in each interval."""
    pace = a_pace(clock)
    assert [pace.take("a.example") for _ in range(5)] == [0, 0, 1, 1, 1]
    assert clock.slept == [1, 1, 1]


def test_a_bucket_fills(clock: Clock) -> None:
    """A host left alone fills its bucket again, to the brim and no further."""
    pace = a_pace(clock)
    for _ in range(3):
        pace.take("a.example")
    clock.time += 1000
    assert [pace.take("a.example") for _ in range(4)] == [0, 0, 1, 1]


def test_hosts_do_not_wait_for_each_other(clock: Clock) -> None:
    """Each host has its own bucket."""
    pace = a_pace(clock)
    assert [pace.take(f"{name}.example") for name in "abcabc"] == [0] * 6


def test_a_slower_crawl_delay_wins(clock: Clock) -> None:
    """A crawl delay slower than the rate holds between requests; a faster one does nothing."""
    pace = a_pace(clock)
    pace.slow("a.example", 10.0)
    pace.slow("b.example", 0.1)
    assert [pace.take("a.example") for _ in range(3)] == [0, 10, 10]
    assert [pace.take("b.example") for _ in range(3)] == [0, 0, 1]
    pace.slow("a.example", None)
    clock.time += 1000
    assert [pace.take("a.example") for _ in range(3)] == [0, 0, 1]


def test_a_held_host_is_left_alone(clock: Clock) -> None:
    """A host that asked for a pause gets it; the longest of several counts."""
    pace = a_pace(clock)
    pace.hold("a.example", 30.0)
    pace.hold("a.example", 5.0)
    assert pace.take("a.example") == 30
    assert pace.take("b.example") == 0


def test_patience_ends(clock: Clock) -> None:
    """A wait beyond patience is refused at once, with its length, and takes no token."""
    pace = a_pace(clock)
    pace.hold("a.example", 101.0)
    for _ in range(5):
        with pytest.raises(NotFetchedError, match=r"a\.example.*101 s") as caught:
            pace.take("a.example")
        assert (caught.value.reason, caught.value.after) == ("later", 101.0)
    assert clock.slept == []
    clock.time += 102
    assert pace.take("a.example") == 0


def test_nobody_is_held_for_ever(clock: Clock) -> None:
    """A server's slip leaves it alone for a day, not for a year."""
    pace = a_pace(clock)
    pace.hold("a.example", 1e12)
    clock.time += LONGEST
    assert pace.take("a.example") == 0


def test_pauses_double_and_are_drawn(clock: Clock) -> None:
    """The bound of a pause doubles up to patience; the pause is drawn from all below it."""
    assert [a_pace(clock).pause(n) for n in (0, 1, 2, 10, 10_000)] == [2, 4, 8, 100, 100]
    assert a_pace(clock, chance=0.25).pause(1) == 1
    assert a_pace(clock, chance=0.0).pause(5) == 0


def test_threads_take_turns() -> None:
    """Threads that ask for one host at once get different moments."""
    waits: list[float] = []
    pace = Pace(SETTINGS, clock=lambda: 0.0, sleep=waits.append)
    threads = [Thread(target=pace.take, args=("a.example",)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Thu, 21 Nov 2024 10:00:30 GMT", 30.0),
        ("Thu, 21 Nov 2024 12:00:30 +0200", 30.0),
        ("Thu, 21 Nov 2024 09:00:00 GMT", 0.0),
        ("Thursday, 21-Nov-24 10:01:00 GMT", 60.0),
        ("999999999999999999999999", LONGEST),
        ("Thu, 21 Nov 2199 10:00:00 GMT", LONGEST),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("", None),
        (None, None),
        ("Thu, 99 Nov 2024 10:00:30 GMT", None),
    ],
)
def test_retry_after(value: str | None, expected: float | None) -> None:
    """The header is read as seconds or as a date, never trusted beyond a day."""
    assert seconds(value, NOW) == expected
