"""A store with many articles: how fast they go in, how fast they are coded, how fast it answers.

    python benchmarks/store.py [--articles 100000] [--coded N] [--real FOLDER] [--keep FILE]

Articles are made up, a few sentences each, with the bundled examples and those of a folder between
them. The yardstick is a bare SQLite table with FTS5 over the same texts, filled and asked in the
same run. Times are of this machine, memory is of this process and its children.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from tocsin.pipeline import project
from tocsin.pipeline.workers import Opening
from tocsin.records.article import Article
from tocsin.records.query import Query
from tocsin.sources import files
from tocsin.store import codings, search, syntax
from tocsin.store.open import Store, open_store

EXAMPLES = Path("examples/articles")
PLACES = ("Goma", "Kidal", "Mopti", "Basra", "Idlib", "Kherson", "Donetsk", "Marib", "Aden", "Beni")
WHO = ("rebels", "police", "the army", "militiamen", "protesters", "the minister", "Israel", "Iran")
WHOM = ("villagers", "soldiers", "the opposition", "aid workers", "Iraq", "Ukraine", "the union")
ACTS = (
    "{who} attacked {whom} in {place} on {day}, killing {n} people",
    "{who} warned {whom} that talks in {place} would end unless the siege was lifted",
    "{who} accused {whom} of shelling a market near {place}",
    "{who} arrested {n} people in {place} after a march",
    "{who} and {whom} signed an agreement in {place} on {day}",
    "{who} denied that {whom} had been driven out of {place}",
)
TELLING = ("a spokesman said", "Reuters reported", "officials told the agency", "residents said")
QUERIES = (
    "government", '"signed an agreement"', "shell* market", "type:THREATEN", "actor:ISR",
    "dyad:ISR-IRQ", "type:ASSAULT killed:>20", "place:Goma said_by:Reuters", "country:UKR -march",
    "modality:negated about:opposition", 'type:ACCUSE OR "an agreement"', "reported:2024-11",
    "number 12345", "government reported:2024-11",
)  # fmt: skip


def made(number: int, chance: random.Random) -> dict[str, str]:
    """Return an article of a few sentences, another for every number."""
    day = date(2024, 1, 1) + timedelta(days=chance.randrange(360))

    def sentence() -> str:
        who, whom = chance.choice(WHO), chance.choice(WHOM)
        act = chance.choice(ACTS).format(
            who=who, whom=whom, place=chance.choice(PLACES), n=chance.randint(2, 60), day="Monday"
        )
        return f"{act[0].upper()}{act[1:]}, {chance.choice(TELLING)}."

    text = " ".join(sentence() for _ in range(chance.randint(2, 4)))
    return {
        "id": f"made-{number}", "title": f"Report {number} from {chance.choice(PLACES)}",
        "text": f"{text} The government gave no number {number}.", "published": day.isoformat(),
        "outlet": f"Outlet {number % 40}",
    }  # fmt: skip


def written(out: Path, count: int, real: Path | None) -> int:
    """Write the articles as lines; return how many."""
    chance = random.Random(1)  # noqa: S311 - the same articles every time
    folders = [folder for folder in (EXAMPLES, real) if folder is not None and folder.exists()]
    with out.open("w", encoding="utf8") as stream:
        number = 0
        for item in files.read(folders):
            if number < count and isinstance(item, Article):
                row = {"id": f"real-{number}", "title": item.title, "text": item.text}
                row["published"] = item.day.isoformat() if item.day else ""
                row["outlet"] = item.outlet or ""
                stream.write(json.dumps(row) + "\n")
                number += 1
        for extra in range(number, count):
            stream.write(json.dumps(made(extra, chance)) + "\n")
    return count


def memory() -> float:
    """Return the most memory held so far by this process or a child, in MB."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in who) / 1024


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def answers(ask: Callable[[str], object]) -> dict[str, float]:
    """Return the median milliseconds of five answers, by query."""
    return {
        query: 1000 * statistics.median(timed(lambda q=query: ask(q)) for _ in range(5))  # type: ignore[misc]
        for query in QUERIES
    }


def asked(store: Store) -> dict[str, float]:
    """Return how long the store takes for a page of fifty, by query."""

    def ask(text: str) -> object:
        node = syntax.parse(text, today=date(2025, 1, 1))
        with store.read() as connection:
            return search.search(connection, Query(where=node))

    return answers(ask)


def texts(store: Store) -> dict[str, float]:
    """Return how long full-text queries over whole articles take."""

    def ask(text: str) -> object:
        node = syntax.parse(text, today=date(2025, 1, 1))
        with store.read() as connection:
            return search.search(connection, Query(where=node, kind="articles"))

    plain = [q for q in QUERIES if ":" not in q]
    return {q: 1000 * statistics.median(timed(lambda q=q: ask(q)) for _ in range(5)) for q in plain}  # type: ignore[misc]


def yardstick(lines: Path, folder: Path) -> tuple[float, float, float]:
    """Return seconds to fill a bare FTS5 table, its bytes an article, milliseconds of a query."""
    bare = sqlite3.connect(folder / "bare.db")
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("CREATE VIRTUAL TABLE t USING fts5(title, text)")

    def rows() -> Iterator[tuple[str, str]]:
        with lines.open(encoding="utf8") as stream:
            for line in stream:
                row = json.loads(line)
                yield row["title"], row["text"]

    def fill() -> None:
        bare.executemany("INSERT INTO t VALUES (?, ?)", rows())
        bare.commit()

    seconds = timed(fill)
    number = bare.execute("SELECT count(*) FROM t").fetchone()[0]
    query = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid DESC LIMIT 50"
    spent = [timed(lambda: bare.execute(query, ("government",)).fetchall()) for _ in range(5)]
    bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = (folder / "bare.db").stat().st_size / number
    return seconds, size, 1000 * statistics.median(spent)


def main() -> None:
    """Fill, code, ask, and print what each took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--coded", type=int, help="code no more than so many; all by default")
    parser.add_argument("--real", type=Path, help="a folder of real articles to mix in")
    parser.add_argument("--keep", type=Path, help="keep the store in this file")
    parser.add_argument("--workers", type=int, default=0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = folder / "articles.jsonl"
        number = written(lines, chosen.articles, chosen.real)
        file = chosen.keep or folder / "store.db"
        with open_store(file) as store:
            _fill(store, lines, number)
            _code(store, chosen.coded or number, chosen.workers)
            _read(store)
            _say("claims", asked(store))
            _say("articles", texts(store))
        print(f"size           {file.stat().st_size / number / 1000:8.1f} kB an article")
        seconds, size, spent = yardstick(lines, folder)
        print(f"yardstick      {number / seconds:8.0f} articles/s into a bare FTS5 table, "
              f"{size / 1000:.1f} kB an article, {spent:.1f} ms for `government`")  # fmt: skip


def _fill(store: Store, lines: Path, number: int) -> None:
    seconds = timed(lambda: project.add(store, [str(lines)], project.Given()))
    print(f"added          {number / seconds:8.0f} articles/s, {number:,} in {seconds:.0f} s, "
          f"{memory():.0f} MB")  # fmt: skip


def _code(store: Store, number: int, workers: int) -> None:
    done, begun = 0, time.perf_counter()

    class Enough(Exception):  # noqa: N818 - not an error
        """So many were to be coded."""

    def watch(_step: str, counts: dict[str, int], _pending: int | None) -> None:
        nonlocal done
        before = done // 10_000
        done += counts["coded"] + counts["left out"]
        if done // 10_000 > before:
            print(f"  {done:,} coded, {memory():.0f} MB", file=sys.stderr, flush=True)
        if done >= number:
            raise Enough

    with suppress(Enough):
        project.run(store, project.Lazy(Opening()), workers=workers, watch=watch)
    seconds = time.perf_counter() - begun
    print(f"coded          {done / seconds:8.1f} articles/s, {done:,} in {seconds:.0f} s, "
          f"{memory():.0f} MB")  # fmt: skip


def _read(store: Store) -> None:
    begun, number = time.perf_counter(), 0
    with store.read() as connection:
        for reported in codings.stream(connection):
            number += len(reported.claims)
    seconds = time.perf_counter() - begun
    print(f"read           {number / seconds:8.0f} claims/s, {number:,} in {seconds:.0f} s")


def _say(what: str, spent: dict[str, float]) -> None:
    print(f"search {what}: a page of 50")
    for query, milliseconds in spent.items():
        print(f"  {milliseconds:8.1f} ms  {query}")


if __name__ == "__main__":
    main()
