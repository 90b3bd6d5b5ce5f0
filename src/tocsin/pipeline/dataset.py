"""A data set coded out of shards: planned, handed out, resumed, and brought together.

What comes out hangs on the inputs, in their order, and on the stamp alone: not on how many shards
there are, who does them, or in which order they get done.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import msgspec

from tocsin.base.errors import PlanError
from tocsin.base.files import whole
from tocsin.base.log import Log
from tocsin.pipeline import gathered, parts, shift
from tocsin.pipeline.crew import Crew, Failure, work
from tocsin.pipeline.gathered import MANIFEST, Manifest, Plan
from tocsin.pipeline.local import Processes
from tocsin.pipeline.run import open_coder
from tocsin.pipeline.shift import WORK, Receipt, Task
from tocsin.pipeline.workers import Opening
from tocsin.records.coded import Stamp
from tocsin.records.issue import Issue
from tocsin.sources import slices
from tocsin.sources.slices import Cut, Slice
from tocsin.sources.walk import Source

# Bytes of a shard where nobody says how many there are to be: some twenty minutes of one core.
SIZE = 8_000_000
LOCAL, RAY = "local", "ray"

# Told how far a run is: shards done, shards in all, articles, and articles of this run.
Watcher = Callable[[int, int, int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: inputs, where to, by what, and by whom.

    `on` is `local`, `ray` or `ray://HOST:PORT`; `workers` and `shards` are chosen if 0.
    """

    paths: Sequence[str]
    out: Path
    opening: Opening = field(default_factory=Opening)
    on: str = LOCAL
    workers: int = 0
    shards: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A data set, and what this run had to do with it.

    That is seconds, seconds of processors, the most megabytes of a worker, how many articles were
    coded, and how many of their texts were remembered.
    """

    manifest: Manifest
    seconds: float
    spent: float = 0.0
    memory: float = 0.0
    done: int = 0
    again: int = 0


def make(order: Order, watch: Watcher | None = None, log: Log | None = None) -> Outcome:
    """Code inputs into a data set; what was done of it before is not done again.

    Raises PlanError where the folder holds another data set, or something else.
    """
    if order.on not in (LOCAL, RAY) and not order.on.startswith("ray://"):
        raise PlanError(f"--on {order.on!r}: expected local, ray or ray://HOST:PORT")
    parts.arrow()  # what cannot be written need not be coded
    begun, log = perf_counter(), log or Log(None)
    stamp = open_coder(
        ontology_folder=order.opening.ontology_folder,
        model=order.opening.model,
        config=order.opening.config,
        threads=1,
    ).stamp
    plan = _planned(order, stamp)
    if (order.out / MANIFEST).exists():
        held = gathered.manifest(order.out)
        if held.state == "whole":
            shutil.rmtree(order.out / WORK, ignore_errors=True)
            return Outcome(held, perf_counter() - begun)
    came = list(_carried_out(order, plan, watch, log))
    done = [one for one in came if isinstance(one, Receipt)]
    failed = {one.number: one.why for one in came if isinstance(one, Failure)}
    made = gathered.gather(order.out, plan, failed)
    return Outcome(
        made,
        seconds=perf_counter() - begun,
        spent=sum(one.spent for one in done),
        memory=max((one.memory for one in done), default=0.0),
        done=sum(one.counts.get("articles", 0) for one in done),
        again=sum(one.again for one in done),
    )


def _carried_out(
    order: Order, plan: Plan, watch: Watcher | None, log: Log
) -> Iterator[Receipt | Failure]:
    """Yield what came of the shards that had not been done before."""
    held = shift.receipts(order.out)
    missing = [
        Task(number, held_in, str(order.out.absolute()), plan.stamp, plan.columns)
        for number, held_in in enumerate(plan.shards)
        if number not in held
    ]
    before = sum(one.counts.get("articles", 0) for one in held.values())
    done, articles = len(held), 0
    log.say("begun", shards=len(plan.shards), missing=len(missing), on=order.on)
    if watch:
        watch(done, len(plan.shards), before, 0)
    if not missing:
        return
    crew = _crew(order, len(missing))
    try:
        for came in work(crew, missing, lambda what, number, more: _say(log, what, number, more)):
            done += 1
            if isinstance(came, Receipt):
                articles += came.counts.get("articles", 0)
            if watch:
                watch(done, len(plan.shards), before + articles, articles)
            yield came
    finally:
        crew.close()


def _say(log: Log, what: str, number: int, more: dict[str, object]) -> None:
    log.say(f"shard {what}", shard=number, **more)


def _crew(order: Order, most: int) -> Crew:
    """Return the workers that are asked for, no more than there are shards."""
    if order.on == LOCAL:
        crew = Processes(order.opening, order.workers)
        crew.seats = min(crew.seats, most)
        return crew
    from tocsin.pipeline.ray import Actors, address  # noqa: PLC0415 - an extra

    actors = Actors(order.opening, order.workers, address(order.on))
    actors.seats = min(actors.seats, most)
    return actors


def _planned(order: Order, stamp: Stamp) -> Plan:
    """Return the plan of a data set: the one that it was begun with, where there is one.

    Raises PlanError where it was begun with other inputs or another coder.
    """
    place = order.out / WORK / "plan.json"
    if place.exists():
        held = msgspec.json.decode(place.read_bytes(), type=Plan)
        if _fits(held, order, stamp):
            return held
        raise _other(order.out)
    plan = _drawn(order, stamp)
    if (order.out / MANIFEST).exists():
        if gathered.manifest(order.out).fits(stamp, plan.inputs):
            return plan
        raise _other(order.out)
    if order.out.exists() and any(order.out.iterdir()):
        raise PlanError(f"{order.out} holds something else; give a folder that is new or empty")
    if not plan.inputs:
        why = "; ".join(f"{one.file}: {one.message}" for one in plan.issues[:3])
        raise PlanError(f"nothing to code ({why or 'no inputs'}); give files or folders")
    with whole(place) as stream:
        stream.write(msgspec.json.encode(plan))
    return plan


def _other(folder: Path) -> PlanError:
    return PlanError(
        f"{folder} was begun with other inputs, columns or another coder, or an input has changed "
        "since; give the same again, or another folder"
    )


def _fits(held: Plan, order: Order, stamp: Stamp) -> bool:
    """Return whether a plan is for what is asked for, by what the files look like from outside."""
    looks = [
        (found.shard.place, found.shard.size, found.shard.modified)
        for found in slices.found(order.paths)
        if isinstance(found, Source)
    ]
    same = [(one.place, one.size, one.modified) for one in held.inputs] == looks
    return same and held.stamp == stamp and held.columns == dict(order.columns)


def _drawn(order: Order, stamp: Stamp) -> Plan:
    """Return a plan for all inputs, each read once for its digest and for where its lines end."""
    found = list(slices.found(order.paths))
    total = sum(one.shard.size for one in found if isinstance(one, Source))
    size = max(-(-total // order.shards), 1) if order.shards else SIZE
    issues = [one for one in found if isinstance(one, Issue)]
    cuts: list[Cut] = []
    for one in found:
        if isinstance(one, Source):
            made = slices.cut(one, size)
            (issues if isinstance(made, Issue) else cuts).append(made)  # type: ignore[arg-type]
    return Plan(
        stamp, tuple(one.file for one in cuts), tuple(_shards(cuts, order.shards)),
        dict(order.columns), tuple(issues),
    )  # fmt: skip


def _shards(cuts: Sequence[Cut], count: int) -> Iterator[tuple[Slice, ...]]:
    """Yield slices in their order, together where they are small."""
    every = [part for one in cuts for part in one.slices]
    total = sum(part.weight for part in every)
    size = max(total / count, 1.0) if count else float(SIZE)
    held: list[Slice] = []
    at, number = 0, 0
    for part in every:
        # A slice belongs to the shard that its middle falls into.
        mine = int((at + part.weight / 2) / size)
        if held and mine != number:
            yield tuple(held)
            held = []
        number = mine
        held.append(part)
        at += part.weight
    if held:
        yield tuple(held)
