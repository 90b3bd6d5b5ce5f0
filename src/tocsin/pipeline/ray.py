"""Workers that are actors of a Ray cluster; the one door to Ray.

Every machine of the cluster has to see the inputs and the folder of the data set under the same
paths, and to have the same version of Tocsin with the same model.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from typing import Any

import msgspec

from tocsin.base.errors import PlanError
from tocsin.pipeline import shift
from tocsin.pipeline.crew import Failure, Lost
from tocsin.pipeline.shift import Receipt, Task
from tocsin.pipeline.workers import Opening

# Bytes for objects that go between processes: names of shards and receipts, a few kilobytes each.
_STORE = 100_000_000
# What Ray asks its environment for: nothing is reported to anybody, no GPU is anybody's matter, and
# workers have the same share of a busy machine as whoever begins them.
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_worker_niceness": "0",
}


def address(on: str) -> str | None:
    """Return the address of the cluster to join; None where one is to be begun."""
    return on if "://" in on else os.environ.get("RAY_ADDRESS")


class Hand:
    """An actor: opens a coder once, and does shards as they come."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._coder = shift.open_worker(opening)

    def process(self) -> int:
        """Return the number of the actor's process on its machine."""
        return os.getpid()

    def do(self, task: bytes) -> tuple[bool, bytes]:
        """Return whether a shard was done, with the receipt, or why it was not."""
        try:
            receipt = shift.do(msgspec.msgpack.decode(task, type=Task), self._coder)
        except Exception as error:  # noqa: BLE001 - one shard must not end a run
            return False, f"{type(error).__name__}: {error}".encode()
        return True, msgspec.msgpack.encode(receipt)


class Actors:
    """As many actors as asked for, or as the cluster has cores if that is 0.

    `address` is that of a running cluster, such as `ray://head:10001`; without one a cluster of
    this machine alone is begun, and ended with the work.
    """

    def __init__(self, opening: Opening, count: int = 0, address: str | None = None) -> None:
        self._ray = _imported()
        self._folder: str | None = None
        self._open(address, count)
        cores = int(self._ray.cluster_resources().get("CPU", 1))
        self.seats = count or cores
        if self.seats > cores:
            self.close()
            raise PlanError(
                f"{count} workers asked for, and the cluster has {cores} cores; ask for at most "
                "as many, or add machines"
            )
        self._opening = opening
        self._kind = self._ray.remote(num_cpus=1, max_restarts=0)(Hand)
        self._actors: dict[int, tuple[Any, int]] = {}
        self._busy: dict[Any, tuple[int, int]] = {}

    def _open(self, address: str | None, count: int) -> None:
        """Join a cluster, or begin one."""
        quiet = {"log_to_driver": False, "logging_level": "ERROR"}
        try:
            if address is not None:
                self._ray.init(address, **quiet)
                return
            # The names of sockets in it must be short.
            self._folder = tempfile.mkdtemp(prefix="tocsin-ray-")
            self._ray.init(
                "local", num_cpus=count or os.cpu_count(), include_dashboard=False,
                object_store_memory=_STORE, _temp_dir=self._folder, **quiet,
            )  # fmt: skip
        except Exception as error:  # as many kinds as Ray has ways to begin
            self.close()
            why = _short(error)
            if address is None:
                raise PlanError(f"Ray does not begin on this machine ({why}); try again") from error
            raise PlanError(
                f"no Ray cluster at {address} ({why}); expected the address of a running one, "
                "such as ray://head:10001, and RAY_AUTH_MODE=token where it asks for a token"
            ) from error

    def give(self, seat: int, task: Task) -> int:
        """Give a shard to an idle worker; return the number of its process, 0 of one that died."""
        if not self._actors:
            self._begin(range(self.seats))  # all at once: each opens a coder
        elif seat not in self._actors:
            self._begin([seat])
        actor, process = self._actors[seat]
        self._busy[actor.do.remote(msgspec.msgpack.encode(task))] = seat, task.number
        return process

    def _begin(self, seats: Iterable[int]) -> None:
        """Put new actors into seats."""
        begun = [(seat, self._kind.remote(self._opening)) for seat in seats]
        asked = [(seat, actor, actor.process.remote()) for seat, actor in begun]
        for seat, actor, process in asked:
            try:
                self._actors[seat] = actor, self._ray.get(process)
            except self._ray.exceptions.RayError:
                self._actors[seat] = actor, 0  # what is wrong comes out with its shard

    def first(self) -> tuple[int, Receipt | Failure | Lost]:
        """Wait for any worker; return its seat and what came of its shard."""
        ready, _ = self._ray.wait(list(self._busy), num_returns=1)
        seat, number = self._busy.pop(ready[0])
        try:
            done, body = self._ray.get(ready[0])
        except self._ray.exceptions.RayError as error:
            del self._actors[seat]
            return seat, Lost(_short(error))
        if done:
            return seat, msgspec.msgpack.decode(body, type=Receipt)
        return seat, Failure(number, body.decode())

    def close(self) -> None:
        """End all workers, whatever they are at, and the cluster that was begun for them."""
        self._ray.shutdown()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _short(error: Exception) -> str:
    """Return the first and the last line of what Ray says, which may hold whole traces."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {' ... '.join(dict.fromkeys([*lines[:1], *lines[-1:]]))}"


def _imported() -> Any:  # noqa: ANN401 - its types are not ours to check
    os.environ.update({name: os.environ.get(name, value) for name, value in QUIET.items()})
    try:
        import ray  # noqa: PLC0415 - an extra, and heavy
    except ImportError as error:
        raise PlanError("Ray is not installed; pip install 'tocsin[ray]'") from error
    return ray
