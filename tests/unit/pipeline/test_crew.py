"""Handing out: every shard comes to an end, and a worker's death costs its shard alone."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.pipeline.crew import TRIES, Failure, Lost, work
from tocsin.pipeline.shift import Receipt, Task
from tocsin.records.coded import Stamp

STAMP = Stamp("1", "o", "m", "g")


class Scripted:
    """Workers whose fates are written down: for each shard what comes of its tries, in order."""

    def __init__(self, seats: int, fates: Mapping[int, list[Lost | Failure]]) -> None:
        self.seats = seats
        self.given: list[int] = []
        self._fates = {number: list(fate) for number, fate in fates.items()}
        self._busy: list[tuple[int, Task]] = []

    def give(self, seat: int, task: Task) -> int:
        """Note who got what."""
        assert seat not in [busy for busy, _ in self._busy]
        self._busy.append((seat, task))
        self.given.append(task.number)
        return 100 + seat

    def first(self) -> tuple[int, Receipt | Failure | Lost]:
        """Let the one who began last be the first to end."""
        seat, task = self._busy.pop()
        fate = self._fates.get(task.number)
        if fate:
            return seat, fate.pop(0)
        return seat, Receipt(task.number, (), {"articles": 1}, 0.0, 0.0, 0.0, 0)

    def close(self) -> None:
        """Do nothing."""


def tasks(count: int) -> list[Task]:
    """Return shards with nothing in them."""
    return [Task(number, (), "out", STAMP) for number in range(count)]


def test_all_get_done_whoever_dies() -> None:
    """A shard whose worker died is done by another; no other shard is done twice."""
    crew = Scripted(2, {1: [Lost("struck"), Lost("struck")]})
    came = list(work(crew, tasks(4), lambda *_: None))
    assert sorted(one.number for one in came if isinstance(one, Receipt)) == [0, 1, 2, 3]
    assert sorted(crew.given) == [0, 1, 1, 1, 2, 3]


def test_what_kills_every_worker_is_left_out() -> None:
    """It is tried so many times, and reported as failed with what became of the last."""
    crew = Scripted(1, {0: [Lost(f"no. {n}") for n in range(9)]})
    said: list[str] = []
    came = list(work(crew, tasks(2), lambda what, number, _: said.append(f"{what} {number}")))
    (failed,) = (one for one in came if isinstance(one, Failure))
    assert (failed.number, crew.given.count(0)) == (0, TRIES)
    assert f"no. {TRIES - 1}" in failed.why
    assert said.count("lost 0") == TRIES
    assert said[-1] == "failed 0"


def test_what_cannot_be_done_is_not_tried_again() -> None:
    """A full disk is no death."""
    crew = Scripted(3, {2: [Failure(2, "OSError: no space")]})
    came = list(work(crew, tasks(3), lambda *_: None))
    assert [one.why for one in came if isinstance(one, Failure)] == ["OSError: no space"]
    assert crew.given.count(2) == 1
