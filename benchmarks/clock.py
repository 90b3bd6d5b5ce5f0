"""Where time goes, found by wrapping calls from outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from time import perf_counter
from unittest.mock import patch

Call = Callable[..., object]


class Clock:
    """Seconds a stage, each call's own time only: what it calls and is clocked too is left out."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    def timed(self, stage: str, call: Call) -> Call:
        """Return a call that counts towards a stage."""

        @wraps(call)
        def wrapper(*args: object, **kwargs: object) -> object:
            self._inner.append(0.0)
            begun = perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                spent = perf_counter() - begun
                self.seconds[stage] += spent - self._inner.pop()
                if self._inner:
                    self._inner[-1] += spent

        return wrapper

    @contextmanager
    def replaced(self, stage: str, owner: object, name: str, call: Call) -> Iterator[None]:
        """Put a clocked call in the place of an attribute until the block ends."""
        with patch.object(owner, name, self.timed(stage, call)):
            yield

    @contextmanager
    def on(self, *places: tuple[str, object, str]) -> Iterator[None]:
        """Clock attributes, as (stage, owner, name), until the block ends."""
        with ExitStack() as stack:
            for stage, owner, name in places:
                stack.enter_context(self.replaced(stage, owner, name, getattr(owner, name)))
            yield
