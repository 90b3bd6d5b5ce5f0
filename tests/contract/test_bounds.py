"""Names of any length go into a store and are found again, whatever its indexes can hold."""

from __future__ import annotations

import random
import string
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from msgspec.structs import replace
from sqlalchemy.engine import make_url

from tests.build import a_claim
from tests.stored import a_coded, a_parcel, keep, put
from tocsin.records.claim import Place
from tocsin.records.feed import Entry, FeedState
from tocsin.records.query import Field, Node, Query
from tocsin.records.version import Version
from tocsin.store import articles, marks, migrations, pack
from tocsin.store.columns import LONGEST, bounded
from tocsin.store.marks import Shard
from tocsin.store.open import Store, open_store
from tocsin.store.search import search


def a_name(length: int, alphabet: str = string.ascii_lowercase) -> str:
    """Return a name that no index can make shorter."""
    lots = random.Random(length)  # noqa: S311 - the same every time
    return "".join(lots.choices(alphabet, k=length))


NAME = a_name(10_000)


def _found(store: Store, where: Node) -> list[str]:
    with store.read() as connection:
        return [hit.id for hit in search(connection, Query(where=where, kind="articles")).hits]


@pytest.mark.parametrize("alphabet", [string.ascii_lowercase, "жщ", "軍反", "😀🇺"])
def test_bounded(alphabet: str) -> None:
    """A name that fits stays; a longer one keeps its beginning, fits, and is not changed again."""
    for length in (1, LONGEST // len(alphabet[0].encode("utf8"))):
        assert bounded(a_name(length, alphabet)) == a_name(length, alphabet)
    long = a_name(5_000, alphabet)
    assert bounded(long).startswith(long[:50])
    assert len(bounded(long).encode("utf8")) < 300
    assert bounded(bounded(long)) == bounded(long)
    assert bounded(long) != bounded(f"{long}.")


def test_chains(store: Store) -> None:
    """Versions under a long address are of one chain, another long address has its own."""
    url = f"https://a.example/{NAME}"
    chain = f"url {url}"
    first, second = (a_parcel(f"Rebels attacked {n}.", url=url) for n in range(2))
    other = a_parcel("Rebels fled.", url=f"{url}?page=2")
    for parcel in (first, second, other):
        put(store, parcel)
    with store.read() as connection:
        heads = articles.heads(connection, {chain, f"{chain}?page=2", "file x"})
        steps = articles.versions(connection, chain)
        (named,) = articles.chains(connection, second.article.id)
        assert articles.versions(connection, named) == steps
    assert {name: head.number for name, head in heads.items()} == {chain: 2, f"{chain}?page=2": 1}
    assert [step.article for step in steps] == [first.article.id, second.article.id]
    every = Field("chain", "in", (chain,))
    assert _found(store, every) == [second.article.id]


def test_outlets(store: Store) -> None:
    """An article of an outlet with a long name is found by that name, in any case."""
    parcel = a_parcel("Rebels attacked.", outlet=NAME)
    put(store, parcel, a_parcel("Rebels fled.", outlet=f"{NAME} Weekly", place="two.txt"))
    assert _found(store, Field("outlet", "in", (NAME.upper(),))) == [parcel.article.id]


def test_places(store: Store) -> None:
    """A place with a long name, as a broken table gives, is kept and found by a word of it."""
    parcel = a_parcel("Rebels attacked.")
    span = a_claim(parcel.article).trigger
    where = Place(span=span, name=f"{NAME} harbour")
    claim = a_claim(parcel.article, place=where)
    put(store, parcel)
    keep(store, a_coded(parcel.article, claim))
    with store.read() as connection:
        query = Query(where=Field("place", "in", ("Harbour",)))
        assert [hit.id for hit in search(connection, query).hits] == [claim.id]


def test_files_and_feeds(store: Store) -> None:
    """Files, feeds and entries with long names are remembered under the whole of them."""
    file = Shard(f"{NAME}/a.csv", "1-2", 5)
    url = f"https://a.example/{NAME}"
    entries = [Entry(feed=url, key=f"{NAME}{n}", digest="d") for n in range(2)]
    with store.write() as connection:
        for taken in (5, 7):
            marks.mark(connection, Shard(file.place, "1-2", taken))
            marks.set_feed(connection, FeedState(url=url, source="a", failures=taken))
            marks.set_entries(connection, entries)
    with store.read() as connection:
        assert marks.shards(connection, [file.place, "b.csv"]) == {
            file.place: Shard(file.place, "1-2", 7)
        }
        assert marks.feeds(connection) == {url: FeedState(url=url, source="a", failures=7)}
        assert marks.entries(connection, url) == {one.key: one for one in entries}


def test_names_of_older_stores(bare: str) -> None:
    """What an earlier version kept at length is found after its store was opened."""
    file, url = Shard(a_name(1_500), "1-2", 5, done=True), f"https://a.example/{a_name(1_400)}"
    one = Entry(feed=url, key=a_name(1_100), digest="d")
    step = Version(chain=f"url {url}", number=1, article="article-1", change="first")
    rows: dict[str, dict[str, object]] = {
        "version": pack.plain(step),
        "shard": {"place": file.place, "print": "1-2", "taken": 5, "done": True},
        "entry": {"feed": url, "entry": one.key, "body": pack.packed(one)},
    }
    _earlier(bare, rows)
    with open_store(bare) as store, store.read() as connection:
        assert articles.versions(connection, step.chain) == [
            replace(step, chain=bounded(step.chain))
        ]
        assert marks.shards(connection, [file.place]) == {file.place: file}
        assert marks.entries(connection, url) == {one.key: one}


def _earlier(where: str, rows: Mapping[str, Mapping[str, object]]) -> None:
    """Make a store with the tables of the second migration, and rows in them."""
    url = make_url(where if "://" in where else f"sqlite:///{where}")
    if url.drivername != "sqlite":
        url = url.set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for table, row in rows.items():
            columns: list[sa.ColumnClause[object]] = [sa.column(name) for name in row]
            connection.execute(sa.insert(sa.table(table, *columns)).values(**row))
    engine.dispose()
