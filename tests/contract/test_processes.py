"""Several processes in one store: some read while others write, and each batch lands whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.pool import Pool
from threading import Event, Thread
from typing import TypeVar

import pytest
from sqlalchemy.engine import Connection

from tests.stored import NOW, a_report, ids, numbers, put
from tocsin.base.errors import StoreError
from tocsin.pipeline import ingest
from tocsin.records.query import Query, Words
from tocsin.store import codings, marks
from tocsin.store import open as opening
from tocsin.store.open import Store, open_store
from tocsin.store.search import count

BATCH = 5  # articles that land together, each with two claims
BATCHES = 12
PATIENCE = 120  # seconds, for machines that do other things as well
T = TypeVar("T")


def _write(url: str, first: int) -> None:
    """Add and code batches of articles that are numbered from the first."""
    with open_store(url) as store:
        for start in range(first, first + BATCH * BATCHES, BATCH):
            made = [a_report(number) for number in range(start, start + BATCH)]
            with store.write() as connection:
                run = marks.begin(connection, "add", NOW)
                ingest.land(connection, [parcel for parcel, _ in made], run, NOW)
                keys = codings.keys_of(connection, [coded.article.id for _, coded in made])
                for _, coded in made:
                    codings.save(connection, keys[coded.article.id], coded, "stamp", NOW)
                marks.end(connection, run, "done", NOW)


def _read(url: str, last: int) -> list[tuple[int, ...]]:
    """Count until all is in; return every state that was seen."""
    states: list[tuple[int, ...]] = []
    end = time.monotonic() + PATIENCE
    with open_store(url, readonly=True) as store:
        while time.monotonic() < end and (not states or states[-1][0] < last):
            with store.read() as connection:
                states.append(_state(connection))
    return states


def _state(connection: Connection) -> tuple[int, ...]:
    """Return the articles, the claims, the claims found by a word, and the articles once more."""

    def rows(table: str) -> int:
        query = f"SELECT count(*) FROM {table}"  # noqa: S608 - ours
        return int(connection.exec_driver_sql(query).scalar_one())

    words = Query(where=Words(("southport",)))
    return rows("article"), rows("claim"), count(connection, words)[0], rows("article")


def _open(url: str) -> list[int]:
    with open_store(url) as store:
        return numbers(store, ("alembic_version", "article"))


@pytest.fixture(scope="module")
def processes() -> Iterator[Pool]:
    """Return four processes that know nothing of this one."""
    with get_context("spawn").Pool(4) as pool:
        yield pool


def _together(pool: Pool, *calls: tuple[Callable[..., T], tuple[object, ...]]) -> list[T]:
    """Return what functions return, each in a process of its own, all at once."""
    given = [pool.apply_async(call, values) for call, values in calls]
    return [one.get(PATIENCE) for one in given]


def test_one_writes_three_read(processes: Pool, url: str) -> None:
    """Readers meet no error, and see whole batches alone, more and more of them."""
    last = BATCH * BATCHES
    written = processes.apply_async(_write, (url, 0))
    readers = _together(processes, *[(_read, (url, last))] * 3)
    written.get(PATIENCE)
    for states in readers:
        assert states == sorted(states)
        assert states[-1][0] == last
        for articles, claims, worded, again in states:
            assert articles % BATCH == 0
            assert (claims, worded, again) == (2 * articles, 2 * articles, articles)


def test_two_writers(processes: Pool, url: str) -> None:
    """What two write at once is all there, articles of both and those that both add."""
    half = BATCH * BATCHES // 2
    _together(processes, (_write, (url, 0)), (_write, (url, half)))
    with open_store(url) as store:
        made = 3 * half
        assert numbers(store, ("article", "claim", "version", "who")) == [made, 2 * made, made, 1]
        assert ids(store) == []


def test_a_new_store_opened_by_many(processes: Pool, bare: str) -> None:
    """Processes that open a new store at the same moment make its tables once."""
    assert _together(processes, *[(_open, (bare,))] * 4) == [[1, 0]] * 4


def test_reading_does_not_wait(store: Store) -> None:
    """Who reads goes on while somebody writes, and sees nothing of it before it is in."""
    put(store, a_report(1)[0])
    with store.write() as connection:
        ingest.land(connection, [a_report(2)[0]], marks.begin(connection, "add", NOW), NOW)
        assert numbers(store, ("article",)) == [1]
        with open_store(_url(store), create=False) as another:
            assert numbers(another, ("article",)) == [1]
    assert numbers(store, ("article",)) == [2]


def test_a_reader_sees_one_moment(store: Store) -> None:
    """What lands while somebody reads is not seen before the next reading."""
    put(store, a_report(1)[0])
    with store.read() as connection:
        before = _state(connection)
        put(store, a_report(2)[0])
        assert _state(connection) == before
    assert numbers(store, ("article",)) == [2]


def test_a_writer_waits_its_turn(store: Store) -> None:
    """A second batch begins once the first is in."""
    begun, order = Event(), []

    def second() -> None:
        begun.set()
        put(store, a_report(2)[0])
        order.append("second")

    thread = Thread(target=second)
    with store.write() as connection:
        thread.start()
        assert begun.wait(PATIENCE)
        thread.join(0.3)
        ingest.land(connection, [a_report(1)[0]], marks.begin(connection, "x", NOW), NOW)
        order.append("first")
    thread.join(PATIENCE)
    assert order == ["first", "second"]
    assert ids(store) == [a_report(number)[0].article.id for number in (1, 2)]


def test_waiting_has_an_end(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits too long for another writer is told so, and nothing of his batch is in."""
    monkeypatch.setattr(opening, "PATIENCE", 1)
    with open_store(url) as one, open_store(url) as other:
        with one.write(), pytest.raises(StoreError, match="another process has been writing"):
            put(other, a_report(1)[0])
        assert numbers(other, ("article",)) == [0]
        put(other, a_report(1)[0])
        assert numbers(one, ("article",)) == [1]


def _url(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)
