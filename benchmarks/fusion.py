"""Measure how fast claims are brought together: three made-up years of news, skewed as news is.

Usage: python benchmarks/fusion.py [--claims 100000] [--added 1000] [--seed 1]

Events are made up first: most are told once, few by hundreds of articles; a few places, actors and
words make up most of the news. An article tells of some events of the last days.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Callable, Sequence
from functools import cache
from time import perf_counter, process_time
from typing import NamedTuple, TypeVar

import numpy as np
from msgspec.structs import replace
from numpy.random import Generator
from numpy.typing import NDArray

from tocsin.fusion import block, match, rarity
from tocsin.fusion.cluster import clusters
from tocsin.fusion.keys import keys
from tocsin.fusion.mention import Mention, Sheet, Where, Who
from tocsin.fusion.pairs import WORLDS
from tocsin.fusion.rows import Hashes, Numbers
from tocsin.fusion.sheet import LIGHT
from tocsin.fusion.table import Table, table

T = TypeVar("T")

# Seconds that the fusion of everything, and that of what is added, may take.
BAR, ADDED_BAR = 60.0, 2.0
EACH = 12  # claims of an article
FIRST = 738_000  # a day of 2021
DAYS = 3 * 365
PLACES, PEOPLE, NAMES = 1500, 600, 30_000
COUNTRIES = ("SYR", "IRQ", "LBN", "ISR", "TUR", "RUS", "USA", "IRN", "SDN", "UKR")
ACTS = (
    ("ASSAULT", ("strike", "attack", "shell", "kill", "clash", "bomb", "shoot")),
    ("COERCE", ("arrest", "besieg", "detain", "blockad")), ("REQUEST", ("call", "demand", "ask")),
    ("ACCUSE", ("accus", "blame", "condemn")), ("CONSULT", ("meet", "talk", "visit")),
    ("THREATEN", ("warn", "threaten")), ("RETREAT", ("withdraw", "ceasefir", "releas")),
    ("PROTEST", ("protest", "march")), ("AID", ("aid", "deliv")), ("REJECT", ("reject", "deni")),
)  # fmt: skip


class Event(NamedTuple):
    """What happened, as its reports draw on it."""

    day: int
    act: int
    place: int
    actor: int
    recipient: int
    killed: int
    words: tuple[str, ...]


class Measured(NamedTuple):
    """Seconds and what came of them."""

    wall: float
    cpu: float


def news(count: int, seed: int) -> list[Sheet]:
    """Return sheets of articles with so many claims."""
    rng = np.random.default_rng(seed)
    events = [_event(rng) for _ in range(count // 2)]
    days = np.array([event.day for event in events])
    by_day = np.argsort(days, kind="stable")
    # How much is told of an event: Zipf's law, cut where no event has more readers.
    fame = np.minimum(rng.zipf(2.0, len(events)), 60).astype(float)
    sheets = []
    for number in range(count // EACH):
        day = int(rng.integers(0, DAYS))
        low, high = np.searchsorted(days[by_day], [day - 3, day + 1])
        near = by_day[low:high] if high > low else by_day[:50]
        odds = fame[near] / fame[near].sum()
        told = rng.choice(near, size=min(EACH // 2, len(near)), p=odds, replace=False)
        sheets.append(_sheet(rng, f"article-{seed}-{number}", day, [events[k] for k in told]))
    return sheets


def _event(rng: Generator) -> Event:
    return Event(
        day=int(rng.integers(0, DAYS)), act=int(rng.integers(0, len(ACTS))),
        place=_skewed(rng, PLACES), actor=_skewed(rng, PEOPLE), recipient=_skewed(rng, PEOPLE),
        killed=int(rng.geometric(0.1)) if rng.random() < 0.2 else 0,
        words=_words(rng, 6),
    )  # fmt: skip


def _sheet(rng: Generator, article: str, day: int, events: Sequence[Event]) -> Sheet:
    told = [event for event in events for _ in range(2)][:EACH]
    mentions = tuple(_mention(rng, article, k, event) for k, event in enumerate(told))
    return Sheet(
        article=article, day=FIRST + day, outlet=f"outlet {rng.integers(0, 40)}",
        sketch=tuple(sorted(map(int, rng.integers(0, 2**62, 80)))),
        terms=rarity.terms(word for mention in mentions for word in mention.words),
        mentions=mentions,
    )  # fmt: skip


def _mention(rng: Generator, article: str, number: int, event: Event) -> Mention:
    """Return one report of an event: each particular is told or left out."""
    kind, lemmas = ACTS[event.act]
    dated = rng.random() < 0.25
    return Mention(
        id=f"{article}-{number}", article=article, type=kind, lemma=str(rng.choice(lemmas)),
        at=(number * 250, number * 250 + 6), modality=int(rng.choice(6, p=_MODALITIES)),
        actors=(_who(event.actor),) if rng.random() < 0.7 else (),
        recipients=(_who(event.recipient),) if rng.random() < 0.5 else (),
        start=FIRST + event.day if dated else None, end=FIRST + event.day if dated else None,
        where=_where(event.place) if rng.random() < 0.4 else None,
        tolls={"killed": (float(event.killed),) * 2} if event.killed else {},
        words=tuple(dict.fromkeys((*rng.permutation(event.words)[:4].tolist(), *_words(rng, 5)))),
    )  # fmt: skip


_MODALITIES = (0.74, 0.05, 0.04, 0.08, 0.01, 0.08)


def _who(number: int) -> Who:
    return Who(
        common()[0][number] if number < 60 else f"name{number}",
        f"actor-{number}",
        COUNTRIES[number % len(COUNTRIES)],
        ("MIL",),
    )


def _where(number: int) -> Where:
    north, east = 30 + number % 37 / 5, 35 + number % 41 / 5
    return Where(f"town{number}", COUNTRIES[number % 10], number, north, east, "place")


def _words(rng: Generator, count: int) -> tuple[str, ...]:
    """Return words as often as they stand in news, and names that no list has among them."""
    roots, bounds = common()
    known = np.searchsorted(bounds, rng.random(count)).tolist()
    return tuple(
        f"name{_skewed(rng, NAMES)}" if rng.random() < 0.15 else roots[word] for word in known
    )


@cache
def common() -> tuple[list[str], NDArray[np.float64]]:
    """Return words that say something, and bounds between which each falls as often as in news."""
    weights = {root: weight for root, weight in rarity.weights().items() if weight >= LIGHT}
    often = np.exp(-np.array(list(weights.values())) * 8.0)
    return list(weights), np.cumsum(often / often.sum())


def _skewed(rng: Generator, most: int) -> int:
    """Return a number below a bound, small ones far more often."""
    return int(most ** rng.random()) - 1


def timed(name: str, call: Callable[[], T]) -> tuple[T, Measured]:
    """Return what a call returns, and how long it took."""
    wall, cpu = perf_counter(), process_time()
    made = call()
    took = Measured(perf_counter() - wall, process_time() - cpu)
    print(f"{name:28}{took.wall:8.2f} s wall{took.cpu:8.2f} s of one core")
    return made, took


def fused(rows: Table, new: NDArray[np.bool_] | None = None) -> tuple[int, list[Measured]]:
    """Return how many events rows make, with the time of each step."""
    (i, j), first = timed("candidates", lambda: block.candidates(rows, new))
    print(f"{len(i):,} pairs, {2 * len(i) / len(rows):.1f} a mention")
    chance, second = timed("features and chances", lambda: match.chances(rows, i, j))
    worlds = WORLDS[rows.rows.modality]
    labels, third = timed("clusters", lambda: clusters(len(rows), i, j, chance, worlds=worlds))
    return len(np.unique(labels)), [first, second, third]


def met(rows: Table, known: tuple[Numbers, Hashes], fresh: Table) -> list[Sheet]:
    """Return the sheets of rows that meet a fresh one, with those rows alone."""
    owners, names = known
    fresh_names = np.unique(keys(fresh)[1])
    first, last = (np.searchsorted(names, fresh_names, side) for side in ("left", "right"))
    spans = zip(first.tolist(), last.tolist(), strict=True)
    few = [owners[a:b] for a, b in spans if 0 < b - a <= block.POPULAR]
    met_ = np.unique(np.concatenate([np.zeros(0, np.int32), *few]))
    held: dict[int, list[Mention]] = {}
    for row in met_.tolist():
        held.setdefault(int(rows.owner[row]), []).append(rows.mentions[row])
    return [replace(rows.sheets[k], mentions=tuple(of)) for k, of in held.items()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the news, fuse it, add some, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--added", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    made = news(options.claims + options.added, options.seed)
    sheets, more = made[: options.claims // EACH], made[options.claims // EACH :]
    rows, built = timed("table", lambda: table(sheets))
    events, took = fused(rows)
    total = built.wall + sum(step.wall for step in took)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(rows):,} claims, {events:,} events: {total:.1f} s of {BAR:.0f}, {peak:,.0f} MB\n")
    known = keys(rows)
    started = perf_counter()
    near = table([*met(rows, known, table(more)), *more])
    new = near.owner >= len(near.sheets) - len(more)
    print(f"{len(near):,} claims are new or share a key with a new one")
    fused(near, new)
    took_added = perf_counter() - started
    print(f"{int(new.sum()):,} claims added: {took_added:.2f} s of {ADDED_BAR:.0f}")
    return int(total > BAR or took_added > ADDED_BAR)


if __name__ == "__main__":
    raise SystemExit(main())
