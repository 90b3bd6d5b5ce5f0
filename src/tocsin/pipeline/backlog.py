"""Codes the articles of a store that wait for it, and keeps what comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from tocsin.pipeline.run import Coder
from tocsin.pipeline.workers import Opening, Result, code
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue
from tocsin.records.reading import Reading
from tocsin.records.run import Run
from tocsin.store import articles, codings, marks, readings
from tocsin.store.articles import Stored
from tocsin.store.open import Store

# How many codings land together, and how many articles are fetched from the store at a time.
BATCH, CHUNK = 8, 1024
# Issues of these stages belong to a coding and go when the article is coded again.
STAGES = ("language", "remote", "coding")


@dataclass(slots=True)
class Done:
    """What came out for some articles, waiting to land: codings, articles left out, issues."""

    codings: list[Coded] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.codings) + len(self.skipped)

    @property
    def articles(self) -> list[str]:
        """The ids of the articles."""
        return [*(coded.article.id for coded in self.codings), *self.skipped]


def pending(store: Store, coder: Coder | None = None, *, keep: bool = False) -> int:
    """Return how many articles were never coded, or how many `work` takes `anew` by a coder."""
    name = codings.stamp_name(coder.stamp) if coder else None
    with store.read() as connection:
        return articles.count_waiting(connection, name, unread=coder is not None and keep)


def work(
    store: Store,
    coder: Coder,
    opening: Opening,
    run: Run,
    now: datetime,
    *,
    workers: int = 0,
    anew: bool = False,
    keep: bool = False,
) -> Iterator[Counter[str]]:
    """Code what waits, in the order it came; yield what each batch counted.

    A batch lands whole or not at all, so that after any end the rest still waits. `anew` also codes
    again what was coded by another model, lexicon or version. `keep` keeps the readings too, and
    with `anew` takes what has none; without it the reading that an earlier coding kept goes.
    """
    name = codings.stamp_name(coder.stamp)
    read: dict[str, Reading] = {}
    told = partial(_told, read) if keep else None
    for stored in _waiting(store, name if anew else None, unread=anew and keep):
        keys = {s.article.id: s.key for s in stored}
        results = code((s.article for s in stored), coder, opening, workers=workers, keep=told)
        for done in _gathered(results, list(keys)):
            counts = _count(done)
            with store.write() as connection:
                marks.drop_issues(connection, done.articles, STAGES)
                for coded in done.codings:
                    codings.save(connection, keys[coded.article.id], coded, name, now)
                for article in done.skipped:
                    codings.skip(connection, keys[article], name, now)
                for article in done.articles:
                    readings.put(connection, keys[article], read.pop(article, None))
                marks.add_issues(connection, run, done.issues)
                run = marks.count(connection, run, counts)
            yield counts


def _told(read: dict[str, Reading], reading: Reading) -> None:
    read[reading.article_id] = reading


def _waiting(store: Store, name: str | None, *, unread: bool) -> Iterator[list[Stored]]:
    """Yield the articles that wait, a chunk at a time."""
    after = 0
    while True:
        with store.read() as connection:
            found = articles.waiting(connection, name, after, CHUNK, unread=unread)
        if not found:
            return
        after = found[-1].key
        yield found


def _gathered(results: Iterable[Result], asked: Sequence[str]) -> Iterator[Done]:
    """Yield results in batches; an article that only issues come of is left out with them."""
    done, at = Done(), 0
    for result in results:
        name = result.article.id if isinstance(result, Coded) else result.article
        # Results come in the order that was asked for: whoever is passed over is left out.
        while at < len(asked) and name is not None and asked[at] != name:
            done.skipped.append(asked[at])
            at += 1
        if isinstance(result, Issue):
            done.issues.append(result)
            continue
        done.codings.append(result)
        at += 1
        if len(done) >= BATCH:
            yield done
            done = Done()
    done.skipped += asked[at:]
    if len(done) or done.issues:
        yield done


def _count(done: Done) -> Counter[str]:
    counts: Counter[str] = Counter(f"{issue.severity}s" for issue in done.issues)
    counts["coded"] = len(done.codings)
    counts["left out"] = len(done.skipped)
    counts["claims"] = sum(len(coded.claims) for coded in done.codings)
    return +counts  # without zeros
