"""Steps that say what they need and what they give, checked before the first article is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tocsin.base.errors import PlanError
from tocsin.base.log import Log
from tocsin.records.run import Run
from tocsin.store import marks
from tocsin.store.open import Store

# What steps hand on to each other, all of it in the store.
Good = Literal["sources", "articles", "codings", "events"]


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the work.

    `work` does it in batches that land whole, and yields what each of them counted; `pending` says
    how much waits for it, None where nobody can know before; where nothing does there is no work.
    `needs` and `gives` are what it takes
    out of the store and puts into it.
    """

    name: str
    needs: frozenset[Good]
    gives: frozenset[Good]
    work: Callable[[Run], Iterator[Counter[str]]]
    pending: Callable[[], int | None] = lambda: None


# Told after every batch: the step, what the batch counted, how much waited when the step began.
Watcher = Callable[[str, Counter[str], int | None], None]


def ignore(_step: str, _counts: Counter[str], _pending: int | None) -> None:
    """Watch nothing."""


def check(steps: Sequence[Step], given: Collection[Good]) -> None:
    """Raise PlanError where a step needs what neither the store nor an earlier step gives."""
    have = set(given)
    for step in steps:
        missing = sorted(step.needs - have)
        if missing:
            raise PlanError(
                f"step {step.name!r} needs {', '.join(missing)}; "
                f"the steps before it give {', '.join(sorted(have)) or 'nothing'}"
            )
        have |= step.gives


def carry_out(
    store: Store,
    verb: str,
    steps: Sequence[Step],
    given: Collection[Good],
    *,
    clock: Callable[[], datetime],
    watch: Watcher = ignore,
    log: Log | None = None,
) -> Run:
    """Carry out a plan and return its run, with what all of its batches counted together."""
    check(steps, given)
    log = log or Log(None)
    with store.write() as connection:
        run = marks.begin(connection, verb, clock())
    log.say("begun", run=run.id, verb=verb, steps=[step.name for step in steps])
    total: Counter[str] = Counter()
    try:
        for step in steps:
            pending = step.pending()
            if pending == 0:
                continue
            for counts in step.work(run):
                total += counts
                log.say("batch", run=run.id, step=step.name, **counts)
                watch(step.name, counts, pending)
    except BaseException as error:
        state: Literal["stopped", "failed"]
        state = "stopped" if isinstance(error, KeyboardInterrupt) else "failed"
        why = "stopped by hand" if state == "stopped" else f"{type(error).__name__}: {error}"
        log.say(state, run=run.id, why=why)
        with store.write() as connection:
            marks.end(connection, run, state, clock(), why)
        raise
    log.say("done", run=run.id, **total)
    with store.write() as connection:
        kept = marks.count(connection, run, {})
        return marks.end(connection, kept, "done", clock())
