"""What goes wrong under a store ends in one clear sentence, and loses nothing that was in.

Root may write where others may not; where the tests run as root, rights are tried as `nobody`.
"""

from __future__ import annotations

import os
import pwd
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.postgresql import Server
from tests.stored import NOW, a_parcel, a_report, keep, numbers, put
from tocsin.base.errors import StoreError
from tocsin.pipeline import ingest
from tocsin.store import articles, codings, marks
from tocsin.store.open import Store, open_store
from tocsin.store.tables import run

PATIENCE = 120  # seconds until a process has told
ROOM = "make room and run again"


def _check(store: Store, *, articles_in: int) -> None:
    """Check that an SQLite store is sound and holds so many articles, whole with their claims."""
    assert numbers(store) == [articles_in, 2 * articles_in]
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def _add(store: Store, first: int, last: int) -> None:
    made = [a_report(number) for number in range(first, last)]
    put(store, *(parcel for parcel, _ in made))
    keep(store, *(coded for _, coded in made))


def _fill(url: str, told: Queue[Any]) -> None:
    """Add batches until no file may grow; tell the error, and how many batches were in."""
    with open_store(url) as store:
        size = Path(url).stat().st_size + 400_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        batches = 0
        try:
            while batches < 1000:
                _batch(store, 10 * batches)
                batches += 1
        except StoreError as error:
            told.put((str(error), batches, numbers(store)))


def _batch(store: Store, first: int) -> None:
    """Add and code ten articles in one batch, their bytes with them."""
    made = [a_report(number) for number in range(first, first + 10)]
    with store.write() as connection:
        began = marks.begin(connection, "add", NOW)
        ingest.land(connection, [parcel for parcel, _ in made], began, NOW)
        keys = codings.keys_of(connection, [coded.article.id for _, coded in made])
        for _, coded in made:
            codings.save(connection, keys[coded.article.id], coded, "stamp", NOW)
            articles.add_raw(connection, coded.article.id, os.urandom(3_000))


def test_no_file_may_grow(sqlite_url: str) -> None:
    """A disk that takes no more bytes: the batch is not in, all before it are, and it goes on."""
    context = get_context("spawn")
    told: Queue[Any] = context.Queue()
    process = context.Process(target=_fill, args=(sqlite_url, told))
    process.start()
    try:
        message, batches, seen = told.get(timeout=PATIENCE)
        process.join(PATIENCE)
    finally:
        process.kill()
    assert ROOM in message
    assert sqlite_url in message
    assert batches > 0
    assert seen == [10 * batches, 20 * batches]
    with open_store(sqlite_url) as store:
        _check(store, articles_in=10 * batches)
        _batch(store, 10 * batches)
        _check(store, articles_in=10 * batches + 10)


def test_a_full_database(sqlite_url: str) -> None:
    """A database that may hold no more pages: nothing of the batch is in, all before it is."""
    with open_store(sqlite_url) as store:
        _batch(store, 0)
        with pytest.raises(StoreError, match=ROOM):
            _overfill(store)
        _check(store, articles_in=10)
        with store.read() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        _batch(store, 10)
        _check(store, articles_in=20)


def _overfill(store: Store) -> None:
    with store.write() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 10}")
        _batch_of(connection, 100)
        for number in range(100):
            articles.add_raw(connection, str(number), os.urandom(3_000))


@pytest.mark.skipif(not shutil.which("prlimit"), reason="`prlimit` sets limits, on Linux alone")
def test_a_full_server(postgresql_url: str, server: Server) -> None:
    """A server whose files cannot grow: nothing of the batch is in, all before it is."""
    with open_store(postgresql_url) as store:
        _batch(store, 0)
        with pytest.raises(StoreError, match=ROOM):
            _overfill_server(store, server)
        assert numbers(store, ("article", "claim", "raw")) == [10, 20, 10]
    with open_store(postgresql_url) as store:
        _batch(store, 10)
        assert numbers(store) == [20, 40]


def _overfill_server(store: Store, server: Server) -> None:
    with store.write() as connection:
        _batch_of(connection, 100)
        # The files of its log have 16 MB, and must be written still.
        server.limit(_backend(connection), 17_000_000)
        for number in range(100):
            articles.add_raw(connection, str(number), os.urandom(1_000_000))


def _backend(connection: sa.Connection) -> int:
    """Return the process of the server that serves a connection."""
    return int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())


def _batch_of(connection: sa.Connection, first: int) -> None:
    began = marks.begin(connection, "add", NOW)
    ingest.land(connection, [a_report(first)[0]], began, NOW)


def test_a_lost_connection(postgresql_url: str, server: Server) -> None:
    """A connection cut in the middle of a batch: nothing of it is in, and the next one works."""
    with open_store(postgresql_url) as store:
        _add(store, 0, 3)
        with pytest.raises(StoreError, match=r"connection was lost.*not in.*run again"):
            _cut(store, server, more=True)
        assert numbers(store) == [3, 6]
        _add(store, 3, 6)
        assert numbers(store) == [6, 12]


def _cut(store: Store, server: Server, *, more: bool) -> None:
    """Cut a connection in a batch, before more of it or at its end."""
    with store.write() as connection:
        _batch_of(connection, 3)
        with server.connect() as other:
            other.execute("SELECT pg_terminate_backend(%s, 10000)", (_backend(connection),))
        if more:
            _batch_of(connection, 4)


def test_a_connection_lost_at_the_end(postgresql_url: str, server: Server) -> None:
    """A connection cut right before the batch lands: nothing of it is in."""
    with open_store(postgresql_url) as store:
        with pytest.raises(StoreError, match="connection was lost"):
            _cut(store, server, more=False)
        assert numbers(store) == [0, 0]


def test_idle_connections_lost(postgresql_url: str, server: Server) -> None:
    """A server that went away between two batches is met again without a word."""
    with open_store(postgresql_url) as store:
        _add(store, 0, 3)
        name = store.engine.url.database
        with server.connect() as other:
            other.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s",
                (name,),
            )
        _add(store, 3, 4)
        assert numbers(store) == [4, 8]


def test_servers_that_are_not_there(server: Server) -> None:
    """No server, no database, no such user: each is told as what it is."""
    base = f"postgresql://tocsin@127.0.0.1:{server.port}"
    wrong = {
        "postgresql://tocsin@127.0.0.1:1/x": "no server answers there: check host and port",
        f"postgresql:///x?host=/nowhere&port={server.port}": "no server answers there",
        f"{base}/nothing": r"make the database first \(`createdb`\)",
        f"postgresql://stranger@127.0.0.1:{server.port}/postgres": "check user and password",
    }
    for url, words in wrong.items():
        with pytest.raises(StoreError, match=words):
            open_store(url)


def test_passwords_are_not_told(server: Server) -> None:
    """An error names the store without its password."""
    with pytest.raises(StoreError) as caught:
        open_store(f"postgresql://tocsin:s3cret@127.0.0.1:{server.port}/nothing")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("url", ["mysql://x/y", "oracle+cx://x", "mongodb://x", "://", "x://"])
def test_unknown_databases(url: str) -> None:
    """A URL of another database, or of none, is refused with what is expected."""
    with pytest.raises(StoreError, match=r"expected .*postgresql://\.\.\."):
        open_store(url)


def test_the_driver_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PostgreSQL's driver the command that installs it is told."""
    monkeypatch.setattr("tocsin.store.open.find_spec", lambda _: None)
    with pytest.raises(StoreError, match=r"pip install 'tocsin\[postgresql\]'"):
        open_store("postgresql://x/y")


def test_no_such_file(tmp_path: Path) -> None:
    """A store that is not there is not made by asking; a folder that is not there neither."""
    for wish in ({"create": False}, {"readonly": True}):
        with pytest.raises(StoreError, match="there is no store"):
            open_store(tmp_path / "none.db", **wish)
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(StoreError, match="check that the folder exists"):
        open_store(tmp_path / "no" / "none.db")
    with pytest.raises(StoreError, match="check that the folder exists"):
        open_store(tmp_path)


@pytest.mark.parametrize("body", [b"Rebels attacked.\n" * 500, b"SQLite format 3\0" + b"x" * 9000])
def test_no_database(tmp_path: Path, body: bytes) -> None:
    """A file that is something else is told as such, and left as it is."""
    file = tmp_path / "notes.db"
    file.write_bytes(body)
    for readonly in (False, True):
        with pytest.raises(StoreError, match=r"this is no SQLite file|the file is damaged"):
            open_store(file, readonly=readonly)
    assert file.read_bytes() == body


@pytest.mark.parametrize("cut", [False, True], ids=["overwritten", "cut off"])
def test_a_damaged_file(sqlite_url: str, *, cut: bool) -> None:
    """A file that lost its inner pages, or its end, is told to be damaged once they are read."""
    with open_store(sqlite_url) as store:
        _add(store, 0, 200)
    file = Path(sqlite_url)
    body = file.read_bytes()
    half = len(body) // 2
    file.write_bytes(body[:half] if cut else body[:half] + os.urandom(len(body) - half))
    with pytest.raises(StoreError, match=r"the file is damaged: restore a backup"):
        _read_all(sqlite_url)


def _read_all(url: str) -> None:
    with open_store(url, readonly=True) as store, store.read() as connection:
        found = articles.waiting(connection, "stamp-x", 0, 1000)
        codings.load(connection, [one.article.id for one in found])
        connection.exec_driver_sql("SELECT sum(length(words)) FROM sentence").scalar_one()


def test_readonly(store: Store) -> None:
    """A store that was opened for reading is read, and changes in no way."""
    _add(store, 0, 2)
    url = store.engine.url.render_as_string(hide_password=False)
    with open_store(url, readonly=True) as reader:
        assert numbers(reader) == [2, 4]
        with pytest.raises(StoreError, match="opened for reading"), reader.write():
            pytest.fail("it wrote")
        _refuses(reader)
    assert numbers(store) == [2, 4]


def test_reading_changes_nothing(store: Store) -> None:
    """A connection for reading refuses to write, and those after it write again."""
    _add(store, 0, 2)
    _refuses(store)
    _add(store, 2, 3)
    assert numbers(store, ("article", "run")) == [3, 2]


def _refuses(store: Store) -> None:
    with pytest.raises(StoreError, match="change its rights"), store.read() as connection:
        connection.execute(sa.delete(run))


@contextmanager
def _ordinary() -> Iterator[None]:
    """Be somebody whom rights bind, if we are root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public(sqlite_url: str) -> Iterator[Path]:
    """Return a store of three articles in a folder that everybody may enter."""
    with open_store(sqlite_url) as store:
        _add(store, 0, 3)
    folder = Path(tempfile.mkdtemp(prefix="tocsin-public-"))
    try:
        yield Path(shutil.copy(sqlite_url, folder / "store.db"))
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_rights(public: Path) -> None:
    """A file, a folder or both that may only be read: whoever writes is told so.

    Reading takes two more files in the folder, save of a file that was settled, as backups are.
    """
    for settled in (False, True):
        for file_mode, folder_mode in ((0o444, 0o555), (0o666, 0o555), (0o444, 0o777)):
            _limit(public, file_mode, folder_mode)
            before = public.read_bytes()
            with _ordinary():
                with pytest.raises(StoreError, match="change its rights, or copy it"):
                    _write(public)
                if settled or folder_mode == 0o777:
                    with open_store(public, readonly=True) as store:
                        assert numbers(store) == [3, 6]
                else:
                    with pytest.raises(StoreError, match="change its rights, or copy it"):
                        open_store(public, readonly=True)
            assert public.read_bytes() == before
        _limit(public, 0o666, 0o777)
        with closing(sqlite3.connect(public)) as other:
            other.execute("PRAGMA journal_mode=DELETE")


def _limit(file: Path, file_mode: int, folder_mode: int) -> None:
    file.parent.chmod(0o777)
    for other in file.parent.iterdir():
        if other != file:
            other.unlink()
    file.chmod(file_mode)
    file.parent.chmod(folder_mode)


def _write(file: Path) -> None:
    with open_store(file) as store:
        put(store, a_parcel("Rebels attacked again."))


def test_a_file_nobody_may_read(public: Path) -> None:
    """A file without any rights is told so."""
    public.parent.chmod(0o755)
    public.chmod(0)
    with _ordinary(), pytest.raises(StoreError, match="can be written"):
        open_store(public, readonly=True)


def test_a_killed_batch(sqlite_url: str) -> None:
    """What was half written when a process died is not there, and does no harm."""
    with open_store(sqlite_url) as store:
        _add(store, 0, 2)
    context = get_context("spawn")
    process = context.Process(target=_die, args=(sqlite_url,))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == 9
    with open_store(sqlite_url) as store:
        _check(store, articles_in=2)
        _add(store, 2, 4)
        _check(store, articles_in=4)


def _die(url: str) -> None:
    with open_store(url) as store, store.write() as connection:
        _batch_of(connection, 7)
        connection.exec_driver_sql("PRAGMA cache_spill=1")
        for number in range(50):
            articles.add_raw(connection, str(number), os.urandom(100_000))
        os._exit(9)


def test_sqlite_knows_the_file(sqlite_url: str) -> None:
    """Anybody's SQLite opens a store and reads it, without Tocsin."""
    with open_store(sqlite_url) as store:
        _add(store, 0, 2)
    with closing(sqlite3.connect(f"file:{sqlite_url}?mode=ro", uri=True)) as other:
        assert other.execute("SELECT count(*) FROM claim").fetchone() == (4,)
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
