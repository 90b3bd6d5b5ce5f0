"""What takes its time to work out, as it was lately, until it is as it is now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from tocsin.desk.soon import Soon

V = TypeVar("V")
# Seconds that a newer value is waited for where there is an older one, and where there is none.
PATIENCE, FOREVER = 0.5, 86_400.0


class Lately(Generic[V]):
    """Values by name, each with the mark of what it was made of."""

    def __init__(self, patience: float = PATIENCE) -> None:
        """Hold nothing yet."""
        self._held: dict[str, tuple[str, V]] = {}
        self._soon = Soon()
        self._patience = patience

    def get(self, name: str, mark: str, make: Callable[[], V]) -> V:
        """Return the value for a mark, else the one before it where making it takes longer."""
        had = self._held.get(name)
        if had is not None and had[0] == mark:
            return had[1]

        def made() -> V:
            value = make()
            self._held[name] = mark, value
            return value

        found = self._soon.get(name, made, FOREVER if had is None else self._patience)
        return had[1] if found is None and had is not None else found  # type: ignore[return-value]
