"""How often somebody may ask within a time, counted in this process alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock
from time import monotonic

# Keys that are counted at a time; beyond them those that asked longest ago are let go of.
KEYS = 10_000


class Limiter:
    """Lets each key through `most` times within any `seconds`."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = monotonic
    ) -> None:  # fmt: skip
        """Count nothing yet."""
        self.most, self.seconds = most, seconds
        self._clock = clock
        self._held: dict[str, deque[float]] = {}
        self._lock = Lock()

    def take(self, key: str) -> float:
        """Return 0 and count a request, or the seconds after which the next is let through."""
        with self._lock:
            now = self._clock()
            # Taken out and put in again, so that the first key is the one that asked longest ago.
            times = self._held.pop(key, deque())
            while times and times[0] <= now - self.seconds:
                times.popleft()
            full = len(times) >= self.most
            if not full:
                times.append(now)
            self._held[key] = times
            while len(self._held) > KEYS:
                del self._held[next(iter(self._held))]
            return times[0] + self.seconds - now if full else 0.0

    def back(self, key: str) -> None:
        """Count the last request of a key no more."""
        with self._lock:
            times = self._held.get(key)
            if times:
                times.pop()

    def forget(self, key: str) -> None:
        """Count nothing of a key any more."""
        with self._lock:
            self._held.pop(key, None)
