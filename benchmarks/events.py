"""Measure how fast a store is fused: real coded articles, set into as many years as it takes.

Usage: python benchmarks/events.py CODED.jsonl [--claims 100000] [--added 1000]

CODED.jsonl is what `tocsin code --format jsonl` wrote. Each year holds the same articles a year
later, and in them other rare names, as news has: so claims of one year meet as real ones do, and
are no twins of those of the year before. Seconds are of the wall and of the processor; memory is
the most that this process held.
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count, islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import msgspec
from msgspec.structs import replace

from tocsin.fusion.rarity import weight
from tocsin.fusion.sheet import root
from tocsin.pipeline import fusing, ingest
from tocsin.records import wire
from tocsin.records.article import Moment, article_id
from tocsin.records.capture import Capture, capture_id
from tocsin.records.claim import Claim, Interval, claim_id
from tocsin.records.coded import Coded
from tocsin.sources.parcel import Parcel
from tocsin.store import codings, marks, overview
from tocsin.store.open import Store, open_store

# How rare a name must be to be another one in another year (`fusion.rarity`).
RARE = 0.6
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=364)


def years(found: Sequence[Coded]) -> Iterator[Coded]:
    """Yield the articles, then the same a year later, without end."""
    by = sorted(found, key=lambda one: (one.article.day or date.min, one.article.id))
    for year in count():
        yield from (_moved(_renamed(one, year), year * YEAR) for one in by)


def _renamed(one: Coded, year: int) -> Coded:
    """Return an article in which names that few texts have are others, of the same length."""
    bare = replace(one, statements=(), relations=(), entities=())
    return msgspec.convert(_changed(msgspec.to_builtins(bare), year), Coded)


def _changed(value: Any, year: int) -> Any:  # noqa: ANN401 - any part of a record
    if isinstance(value, dict):
        return {name: _changed(part, year) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_changed(part, year) for part in value]
    return _NAME.sub(lambda m: _other(m[0], year), value) if isinstance(value, str) else value


@cache
def _other(name: str, year: int) -> str:
    """Return a name with its letters moved on by so many places, where it is rare."""
    if weight(root(name)) < RARE:
        return name
    return "".join(
        chr((ord(c) - first + year) % 26 + first) for c in name for first in [ord("Aa"[c > "Z"])]
    )


def _moved(one: Coded, by: timedelta) -> Coded:
    """Return an article that many days later, with the days that its claims name."""
    article = one.article
    day = Moment(article.published.day + by) if article.published else None
    name = article_id(article.title, article.text, article.outlet, day)
    ids = {c.id: claim_id(name, c.type, c.trigger) for c in one.claims}

    def claim(c: Claim) -> Claim:
        links = {
            field: ids.get(getattr(c, field) or "")
            for field in ("content_of", "response_to", "same_as")
        }
        return replace(
            c, id=ids[c.id], article=name, date=_days(c.date, by), deadline=_days(c.deadline, by),
            **links,
        )  # fmt: skip

    return replace(
        one, article=replace(article, id=name, doc=f"{article.doc}+{by.days}", published=day),
        claims=tuple(claim(c) for c in one.claims),
    )  # fmt: skip


def _days(when: Interval | None, by: timedelta) -> Interval | None:
    if when is None:
        return None
    try:
        start, end = (day + by if day else None for day in (when.start, when.end))
    except OverflowError:
        return when
    return replace(when, start=start, end=end)


def put(store: Store, coded: Sequence[Coded]) -> None:
    """Put articles and their claims into a store."""
    with store.write() as connection:
        run = marks.begin(connection, "add", NOW)
        ingest.land(connection, [_parcel(one) for one in coded], run, NOW)
        keys = codings.keys_of(connection, [one.article.id for one in coded])
        for one in coded:
            codings.save(connection, keys[one.article.id], one, codings.stamp_name(one.stamp), NOW)


def _parcel(one: Coded) -> Parcel:
    article = one.article
    name = capture_id(article.id, article.doc, None, None)
    return Parcel(article, Capture(id=name, article=article.id, place=article.doc, form="json"))


def taken(source: Iterator[Coded], claims: int) -> list[Coded]:
    """Return articles until they have so many claims."""
    out: list[Coded] = []
    left = claims
    while left > 0:
        one = next(source)
        out.append(one)
        left -= len(one.claims)
    return out


def fused(store: Store, what: str, claims: int) -> None:
    """Fuse what waits and print what it took."""
    wall, cpu = perf_counter(), process_time()
    events = sum(counts["events"] for counts in fusing.work(store, {}))
    wall, cpu = perf_counter() - wall, process_time() - cpu
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:8} {claims:9,} claims {wall:7.1f} s ({cpu:.1f} s of one processor), "
          f"{events:,} events written, {held:,.0f} MB")  # fmt: skip


def main() -> None:
    """Fill a store, fuse it, add a little and fuse that."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("coded", type=Path)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--added", type=int, default=1_000)
    chosen = parser.parse_args()
    with chosen.coded.open("rb") as lines:
        found = {one.article.id: one for one in (wire.load(line, Coded) for line in lines)}
    source = years(list(found.values()))
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "events.db") as store:
        whole = iter(taken(source, chosen.claims))
        while some := list(islice(whole, 200)):
            put(store, some)
        fused(store, "all", chosen.claims)
        put(store, taken(source, chosen.added))
        fused(store, "added", chosen.added)
        with store.read() as connection:
            counts = overview.tally(connection)
        size = (Path(folder) / "events.db").stat().st_size
        print(f"store    {counts['claims']:,} claims, {size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
