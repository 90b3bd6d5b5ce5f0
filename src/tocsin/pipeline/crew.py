"""Shards handed out to workers, wherever these are; a worker that dies costs its shard's time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from tocsin.pipeline.shift import Receipt, Task

# How many workers a shard may take with it before it is left out.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Lost:
    """A worker that died over its shard, as far as anybody knows why."""

    why: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A shard that could not be done, and why."""

    number: int
    why: str


class Crew(Protocol):
    """Workers by their seats, from 0 on; one that died is replaced when its seat is used again."""

    seats: int

    def give(self, seat: int, task: Task) -> int:
        """Give a shard to an idle worker; return the number of its process."""

    def first(self) -> tuple[int, Receipt | Failure | Lost]:
        """Wait for any worker; return its seat and what came of its shard."""

    def close(self) -> None:
        """End all workers, whatever they are at."""


# Told what happens to a shard: `begun`, `done`, `lost` or `failed`, with particulars.
Told = Callable[[str, int, dict[str, object]], None]


def work(crew: Crew, tasks: Iterable[Task], told: Told) -> Iterator[Receipt | Failure]:
    """Yield what came of each shard, as they get done.

    A shard whose worker died is done again, TRIES times in all; the others know nothing of it.
    """
    waiting, idle = deque(tasks), list(range(crew.seats))
    busy: dict[int, Task] = {}
    tries: dict[int, int] = {}
    while waiting or busy:
        while waiting and idle:
            seat, task = idle.pop(), waiting.popleft()
            tries[task.number] = tries.get(task.number, 0) + 1
            told("begun", task.number, {"worker": seat, "process": crew.give(seat, task)})
            busy[seat] = task
        seat, came = crew.first()
        task = busy.pop(seat)
        idle.append(seat)
        if isinstance(came, Lost):
            told("lost", task.number, {"worker": seat, "why": came.why})
            if tries[task.number] < TRIES:
                waiting.append(task)
                continue
            came = Failure(task.number, f"{TRIES} workers died over it; the last: {came.why}")
        if isinstance(came, Failure):
            told("failed", task.number, {"why": came.why})
        else:
            told("done", task.number, dict(came.counts))
        yield came
