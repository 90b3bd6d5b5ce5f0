"""How fast a host is asked: a token bucket each, longer pauses where it asks for them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

from tocsin.base.settings import Fetching
from tocsin.sources.guard import NotFetchedError

LONGEST = (
    86_400.0  # seconds a host can have itself left alone; a server's slip should not be for ever
)


def seconds(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, by number or date, if it does."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), LONGEST)
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max(0.0, (moment - now).total_seconds()), LONGEST)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def backoff(tried: int, first: float, longest: float, chance: Callable[[], float]) -> float:
    """Return the seconds before another try: anything up to a bound that doubles each time."""
    return chance() * min(longest, first * 2.0 ** min(tried, 30))


class Pace:
    """Makes callers wait their turn, several threads too; times are seconds of `clock`.

    Each host has a bucket of `burst` tokens that fills at `rate` a second. It is kept as the moment
    at which it will be full, which says the same in one number.
    """

    def __init__(
        self,
        settings: Fetching,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.clock = clock
        self._settings = settings
        self._sleep, self._chance = sleep, chance
        self._full: dict[str, float] = {}
        self._held: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._lock = Lock()

    def take(self, host: str) -> float:
        """Wait until a host may be asked, and return the seconds that it took.

        Raises NotFetchedError (`later`) when it would be longer than there is patience for; nothing
        is taken then.
        """
        with self._lock:
            now = self.clock()
            interval, spare = self._terms(host)
            full = max(self._full.get(host, now), now)
            wait = max(full - spare - now, self._held.get(host, now) - now, 0.0)
            if wait > self._settings.patience:
                message = f"{host} wants to be left alone for another {wait:,.0f} s; ask later"
                raise NotFetchedError(message, "later", after=wait)
            self._full[host] = max(full, now + wait) + interval
        if wait:
            self._sleep(wait)
        return wait

    def slow(self, host: str, delay: float | None) -> None:
        """Keep a crawl delay from now on where it is slower than the rate; None lifts it."""
        with self._lock:
            if delay is None:
                self._delays.pop(host, None)
            else:
                self._delays[host] = min(delay, LONGEST)

    def hold(self, host: str, pause: float) -> None:
        """Leave a host alone for some seconds."""
        with self._lock:
            until = self.clock() + min(pause, LONGEST)
            self._held[host] = max(until, self._held.get(host, until))

    def pause(self, tried: int) -> float:
        """Return the seconds before another try (`backoff`)."""
        return backoff(tried, self._settings.pause, self._settings.patience, self._chance)

    def _terms(self, host: str) -> tuple[float, float]:
        """Return the seconds between two requests, and those that a full bucket lets one save."""
        usual, delay = 1 / self._settings.rate, self._delays.get(host, 0.0)
        if delay > usual:
            return delay, 0.0
        return usual, usual * (self._settings.burst - 1)
