"""What was worked out of a store and holds until the store changes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from sqlalchemy.engine import Connection

from tocsin.store import series

K = TypeVar("K")
V = TypeVar("V")
# Seconds after which it is asked again whether a store changed while a run goes on.
_RUNNING = 10
# Values kept at a time.
_MOST = 8


def token(connection: Connection) -> str:
    """Return a text that stays the same as long as a store's events do."""
    found = series.state(connection)
    return f"{found} {monotonic() // _RUNNING}" if " running " in found else found


class Kept(Generic[K, V]):
    """Values by their keys, each worked out once and by one thread at a time."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._held: dict[K, tuple[str, V]] = {}
        self._lock = Lock()

    def get(self, key: K, mark: str, make: Callable[[], V]) -> V:
        """Return the value of a key; it is made anew where `mark` is not what it was made under."""
        with self._lock:
            had = self._held.pop(key, None)
            value = had[1] if had is not None and had[0] == mark else make()
            self._held[key] = mark, value
            while len(self._held) > _MOST:
                del self._held[next(iter(self._held))]
            return value

    def last(self, key: K) -> V | None:
        """Return the value that a key had last, whatever it was made under; None where it had none.

        Nobody who makes a value is waited for.
        """
        had = self._held.get(key)
        return None if had is None else had[1]
