"""Work that pages do not wait for."""

from __future__ import annotations

from threading import Event

import pytest

from tocsin.desk.soon import Soon

LONG = 60.0


def test_what_is_quick_is_had_at_once() -> None:
    """A task that is done in time gives what it returns, each time anew."""
    soon, made = Soon(), iter("ab")
    assert soon.get("one", lambda: next(made), LONG) == "a"
    assert soon.get("one", lambda: next(made), LONG) == "b"


def test_what_takes_long_goes_on() -> None:
    """Who asks for what is not done gets nothing; it runs once, and the next one gets it."""
    soon, gate, begun = Soon(), Event(), []

    def slow() -> str:
        begun.append(1)
        gate.wait(LONG)
        return "done"

    assert soon.get("one", slow, 0.0) is None
    assert soon.get("one", slow, 0.0) is None
    gate.set()
    assert soon.get("one", slow, LONG) == "done"
    assert len(begun) <= 2


def test_a_failure_reaches_who_asked() -> None:
    """What a task raises is raised, and it can be tried again."""
    soon = Soon()

    def fails() -> str:
        raise TimeoutError("the database")

    with pytest.raises(TimeoutError, match="the database"):
        soon.get("one", fails, LONG)
    assert soon.get("one", lambda: 1, LONG) == 1
