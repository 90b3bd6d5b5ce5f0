"""Codes the articles of a store that wait for it, and keeps what comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tocsin.pipeline.run import Coder
from tocsin.pipeline.workers import Opening, Result, code
from tocsin.records.article import Article
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue
from tocsin.records.run import Run
from tocsin.store import articles, codings, marks
from tocsin.store.articles import Stored
from tocsin.store.open import Store

# How many codings land together, and how many articles are fetched from the store at a time.
BATCH, CHUNK = 8, 1024
# Issues of these stages belong to a coding and go when the article is coded again.
STAGES = ("language", "remote", "coding")


@dataclass(slots=True)
class Done:
    """What came out for some articles, waiting to land: codings, articles left out, issues."""

    codings: list[tuple[int, Coded]] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.codings) + len(self.skipped)


def new(store: Store) -> int:
    """Return how many articles were never coded."""
    with store.read() as connection:
        return articles.count_waiting(connection, None)


def pending(store: Store, coder: Coder, *, anew: bool = False) -> int:
    """Return how many articles wait: those never coded, or also those coded by something else."""
    with store.read() as connection:
        return articles.count_waiting(connection, _name(coder, anew=anew))


def work(
    store: Store,
    coder: Coder,
    opening: Opening,
    run: Run,
    now: datetime,
    *,
    workers: int = 0,
    anew: bool = False,
) -> Iterator[Counter[str]]:
    """Code what waits, in the order it came; yield what each batch counted.

    A batch lands whole or not at all, so that after any end the rest still waits. `anew` also codes
    again what was coded by another model, lexicon or version.
    """
    name = codings.stamp_name(coder.stamp)
    for stored in _waiting(store, _name(coder, anew=anew)):
        keys = {s.article.id: s.key for s in stored}
        results = code((s.article for s in stored), coder, opening, workers=workers)
        for done in _gathered(results, [s.article for s in stored], keys):
            counts = _count(done)
            with store.write() as connection:
                marks.drop_issues(connection, done.articles, STAGES)
                for key, coded in done.codings:
                    codings.save(connection, key, coded, name, now)
                for key in done.skipped:
                    codings.skip(connection, key, name, now)
                marks.add_issues(connection, run, done.issues)
                run = marks.count(connection, run, counts)
            yield counts


def _name(coder: Coder, *, anew: bool) -> str | None:
    return codings.stamp_name(coder.stamp) if anew else None


def _waiting(store: Store, name: str | None) -> Iterator[list[Stored]]:
    """Yield the articles that wait, a chunk at a time."""
    after = 0
    while True:
        with store.read() as connection:
            found = articles.waiting(connection, name, after, CHUNK)
        if not found:
            return
        after = found[-1].key
        yield found


def _gathered(
    results: Iterable[Result], asked: list[Article], keys: dict[str, int]
) -> Iterator[Done]:
    """Yield results in batches; an article that only issues come of is left out with them."""
    done, at = Done(), 0
    for result in results:
        name = result.article.id if isinstance(result, Coded) else result.article
        # Results come in the order that was asked for: whoever is passed over is left out.
        while at < len(asked) and name is not None and asked[at].id != name:
            _pass(done, asked[at].id, keys)
            at += 1
        if isinstance(result, Issue):
            done.issues.append(result)
            continue
        done.codings.append((keys[result.article.id], result))
        done.articles.append(result.article.id)
        at += 1
        if len(done) >= BATCH:
            yield done
            done = Done()
    for article in asked[at:]:
        _pass(done, article.id, keys)
    if len(done) or done.issues:
        yield done


def _pass(done: Done, name: str, keys: dict[str, int]) -> None:
    done.skipped.append(keys[name])
    done.articles.append(name)


def _count(done: Done) -> Counter[str]:
    counts: Counter[str] = Counter(f"{issue.severity}s" for issue in done.issues)
    counts["coded"] = len(done.codings)
    counts["left out"] = len(done.skipped)
    counts["claims"] = sum(len(coded.claims) for _, coded in done.codings)
    return +counts  # without zeros
