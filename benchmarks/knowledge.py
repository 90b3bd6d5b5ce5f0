"""Measure what knowledge costs: loading it, and resolving who, where, when and how many.

Usage: python benchmarks/knowledge.py [--articles N]

Loading is timed in fresh processes, with the cache of the user's machine as it is. Resolvers are
timed while the bundled examples are read and coded by all cores; the bars stand beside.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from tocsin.coding import dating, participants, scene, tolls
from tocsin.pipeline.run import open_coder
from tocsin.records.article import Article
from tocsin.sources import files

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"
# The bars: seconds to load all of it, the resolvers' share of coding.
LOAD, SHARE = 0.5, 0.15
PARTS = ("gazetteer", "actors", "lexicon", "load")
TIMED = (
    "from time import perf_counter; from tocsin.ontology import {part}; "
    "t = perf_counter(); {part}.load(); print(perf_counter() - t)"
)
RESOLVERS = {
    "who": (participants, "resolve"),
    "where": (scene, "locate"),
    "when": (dating, "date"),
    "how many": (tolls, "settle"),
}


@dataclass(slots=True)
class Watch:
    """Adds up the time in a function, calls of itself counted once."""

    work: Callable[..., object]
    spent: float = 0.0
    depth: int = 0

    def __call__(self, *given: object, **named: object) -> object:
        """Return what the function returns."""
        self.depth += 1
        begun = perf_counter()
        try:
            return self.work(*given, **named)
        finally:
            self.depth -= 1
            if not self.depth:
                self.spent += perf_counter() - begun


def seconds(part: str, times: int = 5) -> float:
    """Return the median time that a part takes to load in a fresh process."""
    command = [sys.executable, "-c", TIMED.format(part=part)]
    runs = [
        subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        for _ in range(times)
    ]
    return median(float(run.stdout) for run in runs)


def shares(articles: int) -> dict[str, float]:
    """Return the share of the time from text to claims that each resolver takes."""
    coder = open_coder()
    items = [a for a in files.read([str(EXAMPLES)]) if isinstance(a, Article)]
    coder.code(items[0])
    watches = {}
    for label, (module, name) in RESOLVERS.items():
        watches[label] = Watch(getattr(module, name))
        setattr(module, name, watches[label])
    begun = perf_counter()
    for article in islice(items, articles):
        coder.code(article)
    whole = perf_counter() - begun
    return {label: watch.spent / whole for label, watch in watches.items()}


def main() -> None:
    """Print both tables with their bars."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=40)
    options = parser.parse_args()
    loads = {part: seconds(part) for part in PARTS}
    for part, took in loads.items():
        print(f"load {part:<12} {took:6.3f} s")
    print(f"load all          {sum(loads.values()):6.3f} s   bar {LOAD} s")
    costs = shares(options.articles)
    for label, share in costs.items():
        print(f"{label:<17} {share:6.1%}")
    print(f"resolvers         {sum(costs.values()):6.1%}   bar {SHARE:.0%} of coding")


if __name__ == "__main__":
    main()
