"""Parsers run in a process of their own, which may hang, crash or run out of memory alone.

The process is kept for the next file, and replaced after a fault or after many files. It answers in
plain data (MessagePack), never in pickles: a parser taken over by a file can send nothing else.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from importlib import import_module
from threading import Lock
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from tocsin.base.errors import InputError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

SECONDS = 8.0
MEMORY = 700_000_000  # bytes of address space
JOBS = 200  # files that a process reads before another takes over, since parsers leak
_WORN = 300_000_000  # bytes after which it takes over at once, since few are given back
ANSWER = 64_000_000  # bytes of the longest answer that is taken
_START = 60.0  # seconds for a process to come up on a busy machine
_GRACE = 1.0  # seconds beyond the limit, for a processor's clock that runs behind
_REPLY = msgspec.msgpack.Decoder(tuple[str, object, int])

R = TypeVar("R")


def run(
    work: Callable[[bytes], R] | Callable[[str], R],
    data: bytes | str,
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> R:
    """Return what a parser makes of the data; raise InputError where it fails in whatever way.

    `work` is a function at the top of a module; it returns nothing but plain data.
    """
    left = _LEFT.get()
    if left is not None:
        if left[0] <= 0:
            raise InputError("no time is left for it; what stands before it took all of it")
        seconds = min(seconds, left[0])
    job = (work.__module__, work.__qualname__, seconds, memory, data)
    with _LOCK:
        child = _child()
        begun = monotonic()
        try:
            kind, value = child.ask(msgspec.msgpack.encode(job), seconds)
        except BaseException:
            _drop()
            raise
        finally:
            if left is not None:
                left[0] -= monotonic() - begun
        if child.jobs >= JOBS or child.size > _WORN or kind == "lost":
            _drop()
    if kind != "made":
        raise InputError(str(value))
    return cast("R", value)


@contextmanager
def together(seconds: float = SECONDS) -> Iterator[None]:
    """Give so much time to all that is run within, since one file may hold very many."""
    token = _LEFT.set([seconds])
    try:
        yield
    finally:
        _LEFT.reset(token)


def close() -> None:
    """End the process, if there is one; the next file begins another."""
    with _LOCK:
        _drop()


class _Child:
    """A process that waits for files to read."""

    def __init__(self) -> None:
        from multiprocessing import get_context  # noqa: PLC0415 - most runs need no process

        self.owner = os.getpid()
        self.jobs = 0
        self.size = 0  # the most bytes that it has held
        context = get_context("spawn")  # a fork of a process with threads may hang
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _no_main():
            self._process.start()
        theirs.close()
        if not self._pipe.poll(_START):
            self.end()
            raise InputError(f"no process to read it in came up within {_START:g} s; try again")

    def ask(self, job: bytes, seconds: float) -> tuple[str, object]:
        """Return `made` with the parser's answer, or the reason for none.

        That is `refused` where the process can go on and `lost` where it cannot.
        """
        self.jobs += 1
        try:
            if self.jobs == 1:
                self._pipe.recv_bytes(9)  # that it is up
            self._pipe.send_bytes(job)
            if not self._pipe.poll(seconds + _GRACE):
                return "lost", f"it takes more than {seconds:g} s to read, so it was given up"
            kind, value, self.size = _REPLY.decode(self._pipe.recv_bytes(ANSWER))
        except (OSError, EOFError):
            return "lost", self._fate(seconds)
        except msgspec.MsgspecError:
            return "lost", "its reader broke down and answered nonsense"
        return kind, value

    def end(self) -> None:
        """End the process and leave nothing of it."""
        self._pipe.close()
        if os.getpid() == self.owner:
            self._process.kill()
            self._process.join()
            self._process.close()

    def _fate(self, seconds: float) -> str:
        """Return why the process is gone."""
        self._process.join(_GRACE)
        code = self._process.exitcode
        if code == -getattr(signal, "SIGXCPU", 0):
            return f"it takes more than {seconds:g} s to read, so it was given up"
        if code is None:
            return f"its reader answered nothing, or more than {ANSWER:,} bytes"
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return f"its reader broke down ({how}); the file is damaged, or made to do harm"


_LEFT: ContextVar[list[float] | None] = ContextVar("left", default=None)
_LOCK = Lock()
_HELD: list[_Child] = []


def _child() -> _Child:
    """Return the waiting process of this process; a fork begins its own."""
    if _HELD and _HELD[0].owner != os.getpid():
        _drop()
    if not _HELD:
        _HELD.append(_Child())
    return _HELD[0]


def _drop() -> None:
    while _HELD:
        _HELD.pop().end()


atexit.register(close)


@contextmanager
def _no_main() -> Iterator[None]:
    """Keep the new process from running the caller's script, as spawned ones do first of all."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(pipe: Connection) -> None:
    """Read file after file until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    pipe.send_bytes(b"up")
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_done(pipe.recv_bytes()))


def _done(job: bytes) -> bytes:
    """Return the answer to a job, written out."""
    kind = "refused"
    try:
        module, name, seconds, memory, data = msgspec.msgpack.decode(
            job, type=tuple[str, str, float, int, Any]
        )
        work = getattr(import_module(module), name)
        _limit(seconds, memory)
        return msgspec.msgpack.encode(("made", work(data), _held()))
    except InputError as error:
        reason = str(error)
    except MemoryError:
        kind, reason = "lost", "it takes too much memory to read, so it was given up"
    except RecursionError:
        reason = "it is nested too deeply to be read"
    except Exception as error:  # noqa: BLE001 - whatever a file does to a parser is the file's fault
        reason = f"it cannot be read ({type(error).__name__}: {str(error)[:200]})"
    return msgspec.msgpack.encode((kind, reason.encode("utf8", "replace").decode(), _held()))


def _held() -> int:
    """Return the most bytes that this process has held, 0 where systems do not say."""
    with suppress(OSError), open("/proc/self/status", "rb") as status:  # noqa: PTH123 - no parts
        # Linux hands a program's own peak on to what it starts, in all but this place.
        return next((1024 * int(row.split()[1]) for row in status if row.startswith(b"VmHWM")), 0)
    try:
        import resource  # noqa: PLC0415 - as above
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _limit(seconds: float, memory: int) -> None:
    """Bound the memory of this process, and its processor time from now on, where systems can."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 1
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, until),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        with suppress(ValueError, OSError):  # macOS knows the first and refuses it
            resource.setrlimit(what, (most, hard))
