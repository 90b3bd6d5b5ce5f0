"""How far a run has come: a line on a terminal, with the rate and the time that is left."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from tocsin.pipeline.plan import Watcher
from tocsin.records.run import Run

# What counts as an article gone through.
WORK = ("new", "versions", "filled in", "seen", "coded", "left out", "fused")


class Rate(ProgressColumn):
    """Articles a second."""

    def render(self, task: Task) -> Text:
        """Return the rate of the last while, empty before anything is known."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


@contextmanager
def watched() -> Iterator[Watcher]:
    """Yield who is told of every batch and draws it; nothing is drawn where nobody looks."""
    progress = Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        Rate(), TimeRemainingColumn(), console=Console(stderr=True), transient=True,
        disable=not sys.stderr.isatty(),
    )  # fmt: skip
    tasks = {}

    def watch(step: str, counts: Counter[str], pending: int | None) -> None:
        if step not in tasks:
            tasks[step] = progress.add_task(step, total=pending)
        progress.advance(tasks[step], sum(counts[name] for name in WORK))

    with progress:
        yield watch


@contextmanager
def sharded() -> Iterator[Callable[[int, int, int, int], None]]:
    """Yield who is told of every shard and draws it; nothing is drawn where nobody looks."""
    progress = Progress(
        SpinnerColumn(), TextColumn("shards"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.description}"), TimeRemainingColumn(), console=Console(stderr=True),
        transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    task = progress.add_task("", total=None)
    begun = time.monotonic()

    def watch(done: int, total: int, articles: int, new: int) -> None:
        rate = new / max(time.monotonic() - begun, 1e-3)
        told = f"{articles:,} articles" + (f", {rate:.1f}/s" if new else "")
        progress.update(task, completed=done, total=total, description=told)

    with progress:
        yield watch


def summary(run: Run) -> str:
    """Return what a run came to, in one line."""
    counts = ", ".join(counted(name, number) for name, number in sorted(run.counts.items()))
    seconds = (run.ended - run.started).total_seconds() if run.ended else 0.0
    return f"{run.verb} {run.state}: {counts or 'nothing to do'}, {seconds:.1f} s"


def counted(name: str, number: int) -> str:
    """Return a number with what it counts."""
    return f"{number:,} {name.removesuffix('s') if number == 1 else name}"
