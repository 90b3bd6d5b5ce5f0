"""Workers that are processes of this machine."""

from __future__ import annotations

import os
import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

import msgspec

from tocsin.pipeline import shift
from tocsin.pipeline.crew import Failure, Lost
from tocsin.pipeline.shift import Receipt, Task
from tocsin.pipeline.workers import Opening


class Processes:
    """As many processes as asked for, or as there are cores if that is 0."""

    def __init__(self, opening: Opening, count: int = 0) -> None:
        self.seats = count or os.cpu_count() or 1
        self._opening = opening
        # Processes are begun anew: a fork of one with running threads may hang.
        self._context = get_context("spawn")
        self._running: dict[int, tuple[SpawnProcess, Connection]] = {}
        self._busy: dict[int, int] = {}

    def give(self, seat: int, task: Task) -> int:
        """Give a shard to an idle worker; return the number of its process."""
        if seat not in self._running:
            ours, theirs = self._context.Pipe()
            # No daemon, since those may have no children, and some files are read in one.
            process = self._context.Process(target=serve, args=(theirs, self._opening))
            process.start()
            theirs.close()  # so that its death closes the pipe
            self._running[seat] = process, ours
        process, ours = self._running[seat]
        ours.send_bytes(msgspec.msgpack.encode(task))
        self._busy[seat] = task.number
        return process.pid or 0

    def first(self) -> tuple[int, Receipt | Failure | Lost]:
        """Wait for any worker; return its seat and what came of its shard."""
        pipes = {self._running[seat][1]: seat for seat in self._busy}
        ready = wait(list(pipes))
        seat = min(pipes[pipe] for pipe in ready if isinstance(pipe, Connection))
        process, pipe = self._running[seat]
        number = self._busy.pop(seat)
        try:
            done, body = msgspec.msgpack.decode(pipe.recv_bytes(), type=tuple[bool, bytes])
        except (EOFError, OSError):
            process.join()
            pipe.close()
            del self._running[seat]
            return seat, Lost(f"process {process.pid} ended with {_ending(process.exitcode)}")
        if done:
            return seat, msgspec.msgpack.decode(body, type=Receipt)
        return seat, Failure(number, body.decode())

    def close(self) -> None:
        """End all workers, whatever they are at."""
        for process, pipe in self._running.values():
            process.kill()
            process.join()
            pipe.close()
        self._running.clear()


def serve(pipe: Connection, opening: Opening) -> None:
    """Do shards as they come, until there is nobody to give any."""
    # Whoever began it ends it; Ctrl-C goes to both.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    coder = None
    while True:
        try:
            task = msgspec.msgpack.decode(pipe.recv_bytes(), type=Task)
        except (EOFError, OSError):
            return
        try:
            coder = coder or shift.open_worker(opening)
            done, body = True, msgspec.msgpack.encode(shift.do(task, coder))
        except Exception as error:  # noqa: BLE001 - one shard must not end a run
            done, body = False, f"{type(error).__name__}: {error}".encode()
        pipe.send_bytes(msgspec.msgpack.encode((done, body)))


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"
