"""Measure how fast Tocsin codes: articles a second, where time goes, memory, the first claim.

Usage: python benchmarks/speed.py [--articles N] [--words N] [--cold N] [--model DIR]

The articles are made of the bundled examples, 500 words each. Everything runs on two cores; the
bare network over the very same pieces runs beside it, as the upper bound.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "examples" / "articles" / "iraq01-letter-tessaly.json"
CORES = 2
STAGES = ("segmentation", "pieces", "network", "decoding", "windows", "coding", "export")
# The bars: least articles a second, most megabytes a process, most seconds to the first claim.
RATE, MEMORY, START = 25.0, 1000.0, 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: how many articles of how many words, how many cold starts, which model."""

    articles: int
    words: int
    cold: int
    model: tuple[str, ...]


def together(plan: Plan, processes: int, threads: int) -> list[dict[str, float]]:
    """Return what each of several processes measured, all having begun at once."""
    command = [
        sys.executable, str(HERE / "worker.py"), "--threads", str(threads),
        "--articles", str(plan.articles // processes), "--words", str(plan.words), *plan.model,
    ]  # fmt: skip
    # The share of each stage is measured once, where all cores serve one process.
    command += ["--where"] if processes == 1 else []
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        for _ in range(processes)
    ]
    ready = [child.stdout and child.stdout.readline() for child in running]
    if not all(ready):
        for child in running:
            child.kill()
        raise SystemExit("nothing to measure: a process did not get ready")
    for child in running:
        if child.stdin:
            child.stdin.write("go\n")
            child.stdin.flush()
    return [json.loads(child.communicate()[0]) for child in running]


def cold(plan: Plan) -> tuple[float, float]:
    """Return the median seconds to the first line and to the end of a fresh `tocsin code`.

    Processes are fresh; the files they read are in the system's cache.
    """
    command = [sys.executable, "-m", "tocsin.cli.app", "code", str(EXAMPLE), *plan.model]
    runs = [_first(command) for _ in range(plan.cold)]
    return median(first for first, _ in runs), median(whole for _, whole in runs)


def _first(command: Sequence[str]) -> tuple[float, float]:
    begun = perf_counter()
    with subprocess.Popen(  # noqa: S603
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Else the line would wait in a buffer until the process ends.
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as child:
        line = child.stdout.readline() if child.stdout else b""
        first = perf_counter() - begun
        _, errors = child.communicate()
    if not line.strip():
        raise SystemExit(f"{' '.join(command)} printed nothing: {errors.decode()[-500:]}")
    return first, perf_counter() - begun


def rate(results: Sequence[dict[str, float]]) -> float:
    """Return the articles a second of processes that ran at the same time."""
    spent = max(r["ended"] for r in results) - min(r["begun"] for r in results)
    return sum(r["articles"] for r in results) / spent


def report(plan: Plan) -> Iterator[str]:
    """Yield the lines of the report, measuring as it goes."""
    yield f"{plan.articles} articles of {plan.words} words; {_machine()}"
    yield f"{'':40}{'measured':>10}{'bar':>12}"
    one = together(plan, 1, CORES)
    (single,) = one
    yield _row("articles/s, one process, two threads", rate(one), f">= {RATE:.0f}")
    yield _row("  the bare network, same pieces", single["articles"] / single["bare"])
    two = together(plan, 2, 1)
    yield _row("articles/s, two processes, one thread", rate(two), f">= {RATE:.0f}")
    yield _row("claims an article", single["claims"] / single["articles"])
    most = max(r["memory"] for r in [*one, *two])
    yield _row("peak memory of a process, MB", most, f"< {MEMORY:.0f}")
    first, whole = cold(plan)
    yield _row("start to first claim, s", first, f"< {START:.0f}")
    yield _row("start to end, one article, s", whole)
    yield f"\n{'where time goes, one process':40}{'ms/article':>10}{'share':>12}"
    yield from shares(single)


def shares(single: dict[str, float]) -> Iterator[str]:
    """Yield a line for each stage: its own time an article, and its share of all."""
    total = sum(single.get(stage, 0.0) for stage in STAGES)
    for stage in STAGES:
        spent = single.get(stage, 0.0)
        yield _row(stage, 1000 * spent / single["articles"], f"{100 * spent / total:.1f} %")
    yield _row("all", 1000 * total / single["articles"])


def _row(name: str, value: float, beside: str = "") -> str:
    return f"{name:40}{value:>10.2f}{beside:>12}".rstrip()


def _machine() -> str:
    """Return the processor and how many of its cores are used."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text("utf8").splitlines()
        name = next((x.partition(": ")[2] for x in lines if x.startswith("model name")), name)
    return f"{min(CORES, os.cpu_count() or 1)} cores of {name}, Python {platform.python_version()}"


def pin() -> None:
    """Keep this process and its children on the first cores, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=60, help="how many articles to code")
    parser.add_argument("--words", type=int, default=500, help="how long each is")
    parser.add_argument("--cold", type=int, default=3, help="how many cold starts to take")
    parser.add_argument("--model", help="a folder with model.toml, else the packaged one")
    given = parser.parse_args(arguments)
    model = ("--model", given.model) if given.model else ()
    pin()
    for line in report(Plan(given.articles, given.words, given.cold, model)):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
