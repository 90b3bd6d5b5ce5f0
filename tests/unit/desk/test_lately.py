"""What takes its time comes as it was lately, and what is quick comes as it is."""

from __future__ import annotations

from threading import Event
from time import monotonic, sleep

import pytest

from tocsin.desk.lately import Lately


def test_what_is_quick_is_made_anew() -> None:
    """A value is made once for a mark, and again for another."""
    made: list[str] = []
    held: Lately[int] = Lately(patience=60)

    def make() -> int:
        made.append("")
        return len(made)

    assert [held.get("a", mark, make) for mark in ("1", "1", "2", "2")] == [1, 1, 2, 2]
    assert held.get("b", "2", make) == 3


def test_what_is_slow_comes_as_it_was() -> None:
    """While a newer value is made the older one is there; then the newer one is."""
    go = Event()
    held: Lately[str] = Lately(patience=0.01)
    assert held.get("a", "1", lambda: "old") == "old"

    def slow() -> str:
        go.wait(60)
        return "new"

    begun = monotonic()
    assert held.get("a", "2", slow) == "old"
    assert monotonic() - begun < 30
    go.set()
    end = monotonic() + 60
    while held.get("a", "2", slow) != "new":
        assert monotonic() < end
        sleep(0.01)


def test_what_fails_is_told() -> None:
    """An error reaches whoever asked, and the next one has it made again."""
    held: Lately[int] = Lately(patience=60)
    with pytest.raises(ZeroDivisionError):
        held.get("a", "1", lambda: 1 // 0)
    assert held.get("a", "1", lambda: 2) == 2
