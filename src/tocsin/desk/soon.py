"""Work that pages do not wait for: it is begun once, and shown by the page that comes after it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")


class Soon:
    """Tasks that run beside the pages, each once at a time."""

    def __init__(self) -> None:
        """Run nothing yet."""
        self._lock = Lock()
        self._running: dict[str, tuple[Future[Any], float]] = {}

    def get(self, name: str, does: Callable[[], T], patience: float) -> T | None:
        """Return what a task returns, if it does so within some seconds; else None, and it goes on.

        A task of the same name that runs already is waited for instead, and no longer than so many
        seconds after it began.
        """
        with self._lock:
            running = self._running.get(name)
            if running is None:
                running = self._running[name] = Future(), monotonic()
                Thread(target=self._run, args=(name, does, running[0]), daemon=True).start()
        found, begun = running
        try:
            result: T = found.result(max(begun + patience - monotonic(), 0))
        except TimeoutError:
            if found.done():
                raise
            return None
        return result

    def _run(self, name: str, does: Callable[[], object], into: Future[Any]) -> None:
        try:
            made, error = does(), None
        except BaseException as raised:  # noqa: BLE001 - whoever asked gets it
            made, error = None, raised
        # Whoever asks from now on has it begun anew, since the store may have changed.
        with self._lock:
            del self._running[name]
        if error is None:
            into.set_result(made)
        else:
            into.set_exception(error)
