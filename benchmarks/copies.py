"""Measure how fast copies are found: sketches, candidates among many, pairs of texts.

Usage: python benchmarks/copies.py [--articles N] [--new N]

The sketches are drawn: over a year, a fifth are copies made within three days, one article in ten
carries one of twenty notices, one story is printed by three hundred outlets, and one form is filled
in by three thousand. The texts are the bundled examples, joined to 500 words.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from tocsin.fusion.copies import candidates, compare
from tocsin.fusion.shingles import sketch
from tocsin.records.article import Article

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"
HASHES = 125  # of an article of 500 words
DAYS = 365
WORDS = 500
# The bars: seconds for all candidates, milliseconds for a pair.
ALL, PAIR = 30.0, 2.0
Drawn = tuple[dict[str, tuple[int, ...]], dict[str, int | None]]


def drawn(count: int, seed: int = 1) -> Drawn:
    """Return the sketches of so many made-up articles, and their days."""
    chance = np.random.default_rng(seed)
    sizes = chance.integers(HASHES // 3, HASHES * 5 // 3, count)
    days = np.sort(chance.integers(1, DAYS + 1, count))
    notices = [_hashes(chance, 10) for _ in range(20)]
    story, form = _hashes(chance, HASHES), _hashes(chance, HASHES // 2)
    made: list[NDArray[np.uint64]] = []
    for at in range(count):
        own = _hashes(chance, int(sizes[at]))
        if at and chance.random() < 0.2:
            parent = made[max(0, at - int(chance.integers(1, max(2, 3 * count // DAYS))))]
            kept = chance.random() * 0.7 + 0.3
            own = np.concatenate([parent[chance.random(len(parent)) < kept], own[: len(own) // 3]])
        if chance.random() < 0.1:
            own = np.concatenate([own, notices[int(chance.integers(len(notices)))]])
        if count // 2 <= at < count // 2 + 300:
            own = story[chance.random(len(story)) < 0.8]
        if count // 4 <= at < count // 4 + 3000:
            own = np.concatenate([form, own[: len(own) // 4]])
        made.append(own)
    names = [f"article-{at:08}" for at in range(count)]
    sketches = {n: tuple(np.unique(one).tolist()) for n, one in zip(names, made, strict=True)}
    return sketches, dict(zip(names, days.tolist(), strict=True))


def _hashes(chance: np.random.Generator, count: int) -> NDArray[np.uint64]:
    return chance.integers(0, 2**62, count, dtype=np.uint64)


def texts() -> list[Article]:
    """Return the bundled examples joined to articles of about 500 words."""
    parts = [json.loads(path.read_text("utf8"))["text"] for path in sorted(EXAMPLES.glob("*.json"))]
    made = [" ".join(" ".join(parts[at : at + 3]).split()[:WORDS]) for at in range(len(parts) - 2)]
    return [Article(id=f"a{at}", doc="", title="", text=text) for at, text in enumerate(made)]


def report(count: int, new: int) -> Iterator[str]:
    """Yield the lines of the report, measuring as it goes."""
    yield f"{count} articles, {new} new; one core of {platform.machine()}"
    articles = texts()
    begun = perf_counter()
    for article in articles:
        sketch(article.text)
    yield _row("sketch of an article, ms", 1000 * (perf_counter() - begun) / len(articles))
    begun = perf_counter()
    pairs = [(one, other) for one in articles for other in articles if one.id < other.id]
    for one, other in pairs:
        compare(one, other)
    yield _row("comparing two articles, ms", 1000 * (perf_counter() - begun) / len(pairs), PAIR)
    sketches, days = drawn(count)
    begun = perf_counter()
    found = candidates(sketches, days)
    yield _row(f"all candidates ({len(found)} pairs), s", perf_counter() - begun, ALL)
    fresh = frozenset(sorted(sketches)[-new:])
    begun = perf_counter()
    some = candidates(sketches, days, fresh)
    yield _row(f"candidates of new ones ({len(some)} pairs), s", perf_counter() - begun)


def _row(name: str, value: float, bar: float | None = None) -> str:
    return f"{name:52}{value:>10.2f}" + (f"  < {bar:g}" if bar else "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000, help="how many sketches to draw")
    parser.add_argument("--new", type=int, default=1000, help="how many of them are new")
    given = parser.parse_args(arguments)
    for line in report(given.articles, given.new):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
