"""Runs inputs in processes that may die of them, and measures what each of them takes."""

from __future__ import annotations

import os
import re
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

from tests import hostile
from tocsin.sources import sandbox

SECONDS = 10.0  # of processor time, so that a busy machine fails nothing
MEMORY = 1_000_000_000  # bytes of this process and of the one that parsers run in
PATIENCE = 90.0  # seconds until a process that says nothing is ended
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Trial:
    """An input, and whatever should not have been."""

    kind: str
    number: int
    faults: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"python -m tests.hostile {self.kind} {self.number}: {'; '.join(self.faults)}"


Task = tuple[str, int]


@dataclass(slots=True)
class _Worker:
    """A process with the inputs that are still to come, the first of which it is at."""

    process: SpawnProcess
    pipe: Connection
    waiting: list[Task]
    since: float


def _begun(waiting: list[Task]) -> _Worker:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, tuple(waiting)))
    process.start()
    theirs.close()
    return _Worker(process, ours, waiting, time.monotonic())


def ordeal(tasks: Sequence[Task], *, workers: int = 2) -> Iterator[Trial]:
    """Yield what becomes of each input; a process that dies or hangs is one input's fault."""
    running = [_begun(list(tasks[at::workers])) for at in range(workers)]
    try:
        while running:
            wait([worker.pipe for worker in running], timeout=1.0)
            for worker in list(running):
                yield from _heard(worker, running)
    finally:
        for worker in running:
            worker.process.kill()
            worker.process.join()


def _heard(worker: _Worker, running: list[_Worker]) -> Iterator[Trial]:
    """Yield what a process says; one that says nothing more gives way to another."""
    with suppress(EOFError, OSError):
        while worker.pipe.poll():
            yield worker.pipe.recv()
            worker.waiting.pop(0)
            worker.since = time.monotonic()
        if time.monotonic() - worker.since < PATIENCE:
            return
    worker.process.kill()
    worker.process.join()
    running.remove(worker)
    if worker.waiting:
        kind, number = worker.waiting.pop(0)
        code = worker.process.exitcode
        yield Trial(kind, number, (f"its process died or hung (exit code {code})",))
    if worker.waiting:
        running.append(_begun(worker.waiting))


def _serve(pipe: Connection, tasks: Sequence[Task]) -> None:
    """Try one input after the other."""
    _warm()
    for kind, number in tasks:
        pipe.send(_tried(kind, number))
    sandbox.close()


def _warm() -> None:
    """Open all that is opened once, which no single input should be charged with."""
    for name in hostile.samples():
        _tried(name, 0)


def _tried(kind: str, number: int) -> Trial:
    with TemporaryDirectory() as folder:
        work = hostile.prepared(kind, number, Path(folder))
        _forget()
        before, begun, made = _parsers(), _spent(), hostile.Outcome()
        try:
            made = work()
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            made.faults.append(_printed(error))
        seconds, memory = _spent() - begun, _most(before)
    if seconds > SECONDS:
        made.faults.append(f"{seconds:.1f} s")
    if memory > MEMORY:
        made.faults.append(f"{memory:,} bytes")
    if not (made.articles or made.count or made.faults):
        made.faults.append("neither an article nor an issue")
    return Trial(kind, number, tuple(made.faults))


def _printed(error: Exception) -> str:
    """Return an error with the line of the package that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    where = next((f for f in reversed(frames) if "/tocsin/" in f.filename), frames[-1])
    return f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {error}"[:300]


def _parsers() -> list[int]:
    """Return the process that parsers run in, if there is one."""
    return [pid for child in sandbox._HELD if (pid := child._process.pid) is not None]


def _forget() -> None:
    """Let memory be measured anew from now on, where systems can."""
    for pid in (os.getpid(), *_parsers()):
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5")


def _most(before: list[int]) -> int:
    """Return the most bytes that were held at once since then; ended parsers count as the worst."""
    now = _parsers()
    found = sum(map(_peak, (os.getpid(), *now)))
    ended = getrusage(RUSAGE_CHILDREN).ru_maxrss * 1024 if before != now else 0
    return found + ended


def _peak(pid: int) -> int:
    with suppress(OSError):
        match = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
        return 1024 * int(match[1]) if match else 0
    return 0


def _spent() -> float:
    """Return the seconds of processor time of this process and of all that it began."""
    times = os.times()
    found = times.user + times.system + times.children_user + times.children_system
    for pid in _parsers():
        with suppress(OSError):
            parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            found += (int(parts[11]) + int(parts[12])) / _TICKS
    return found
