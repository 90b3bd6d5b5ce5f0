"""Opening a store: a file on a laptop, a PostgreSQL database for a team.

The one door to database drivers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from typing import Self

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url

from tocsin.base.errors import StoreError
from tocsin.base.text import fold
from tocsin.store.text import FOLD

# Seconds that a writer waits for another writer to finish its batch.
PATIENCE = 60
# The number of the lock by which PostgreSQL's writers wait for one another: "tocsin" in ASCII.
TURN = int.from_bytes(b"tocsin")
# Connections at a time beyond those that stay open: a desk answers forty at once, each with one or
# two.
MOST = 90
# Pages of 4 KiB that SQLite keeps in memory, and bytes of the file that it maps.
CACHE, MAPPED = -65536, 268435456
DRIVERS = {"postgresql": "psycopg", "postgres": "psycopg"}


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; close it, or use it in a `with` statement.

    `rider` is what every change brings with it (`with_every_change`).
    """

    engine: Engine
    name: str
    readonly: bool = False
    rider: Callable[[Connection], None] | None = None

    @property
    def dialect(self) -> str:
        """What the database is: `sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection whose changes land together, or not at all."""
        if self.readonly:
            raise StoreError(f"{self.name} was opened for reading; open it for writing")
        with told(self.name), self.engine.begin() as connection:
            yield connection
            if self.rider is not None:
                self.rider(connection)

    def with_every_change(self, rider: Callable[[Connection], None]) -> Self:
        """Return the same store; `rider` ends each transaction that changes it, or undoes it."""
        return replace(self, rider=rider)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the store and changes nothing."""
        with told(self.name), _reading(self.engine) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(where: str | Path, *, create: bool = True, readonly: bool = False) -> Store:
    """Return the store in a file or under a database's URL, brought up to this version's tables.

    Raises StoreError where there is none and none is to be made, where it was made by a later
    version, or where it cannot be opened.
    """
    url = _url(where)
    name = url.render_as_string(hide_password=True)
    if url.drivername == "sqlite":
        name = url.database or name
        _check_file(Path(name), create=create and not readonly, readonly=readonly)
    engine = _engine(url, readonly=readonly)
    store = Store(engine, name, readonly)
    try:
        with told(name):
            _migrate(store, create=create and not readonly)
    except BaseException:
        engine.dispose()
        raise
    return store


def newest() -> str:
    """Return the name of the newest migration."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None  # noqa: S101 - migrations ship with the package
    return head


@contextmanager
def told(name: str) -> Iterator[None]:
    """Raise a database's errors as StoreError, with what to do about them."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise StoreError(f"{name}: {_reason(error)}") from error
    except sa.exc.TimeoutError as error:
        raise StoreError(f"{name}: all connections are in use; ask again in a while") from error


def _reason(error: sa.exc.DBAPIError) -> str:
    found = str(error.orig).strip()
    low = found.lower()
    for words, advice in _ADVICE.items():
        if words in low:
            return f"{found}; {advice}"
    if error.connection_invalidated:
        return f"{found}; the connection was lost, the last batch is not in: run again"
    return found


_ADVICE = {
    "disk is full": "nothing of the last batch is in: make room and run again",
    "no space left": "nothing of the last batch is in: make room and run again",
    "could not extend": "nothing of the last batch is in: make room and run again",
    "disk i/o error": "the disk cannot be written, perhaps it is full: make room and run again",
    "readonly database": "the file or its folder cannot be written: change its rights, or copy it",
    "read-only": "it can only be read: change its rights, or open another",
    "lock timeout": "another process has been writing for long: wait and run again",
    "database is locked": "another process has been writing for long: wait and run again",
    "malformed": "the file is damaged: restore a backup (`tocsin restore`)",
    "not a database": "this is no SQLite file: check the path",
    "unable to open database": "check that the folder exists and can be written",
    "is the server running": "no server answers there: check host and port",
    "server closed the connection": "the connection was lost, the last batch is not in: run again",
    "terminating connection": "the connection was lost, the last batch is not in: run again",
    "password authentication failed": "check user and password",
    'fatal:  role "': "check user and password",
    "does not exist": "make the database first (`createdb`)",
}


def _url(where: str | Path) -> URL:
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except sa.exc.ArgumentError as error:
        raise StoreError(f"{text!r} is no database URL; expected postgresql://...") from error
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite":
        return url.set(drivername=kind)
    if kind not in DRIVERS:
        raise StoreError(f"{kind!r} databases are not known; expected a file or postgresql://...")
    if find_spec(DRIVERS[kind]) is None:
        raise StoreError("PostgreSQL's driver is missing; pip install 'tocsin[postgresql]'")
    return url.set(drivername=f"postgresql+{DRIVERS[kind]}")


def _check_file(file: Path, *, create: bool, readonly: bool) -> None:
    if file.exists() or create:
        return
    hint = "" if readonly else "; `tocsin add` makes one"
    raise StoreError(f"{file}: there is no store{hint}")


def _engine(url: URL, *, readonly: bool) -> Engine:
    if url.drivername != "sqlite":
        engine = sa.create_engine(url, pool_pre_ping=True, max_overflow=MOST)
        event.listen(engine, "begin", _take_turn)
        return engine
    engine = sa.create_engine(url, connect_args={"timeout": PATIENCE}, max_overflow=MOST)

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        # SQLAlchemy begins transactions, not the driver, so that a writer waits for its turn.
        connection.isolation_level = None
        connection.create_function(FOLD, 1, fold, deterministic=True)
        for pragma in _pragmas(readonly=readonly):
            _insist(connection, f"PRAGMA {pragma}")

    def begun(connection: Connection) -> None:
        writes = not readonly and not _reads(connection)
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    return engine


def _insist(connection: sqlite3.Connection, statement: str) -> None:
    """Run a statement that SQLite refuses at once while others open a new file, again and again."""
    end = monotonic() + PATIENCE
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
            sleep(0.01)
        else:
            return


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection.execution_options(reads=True)


def _reads(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("reads"))


def _take_turn(connection: Connection) -> None:
    """Give a reader one state of the database to see, and a writer its turn, as SQLite does.

    Two who add the same name or article at once would undo each other's batch otherwise.
    """
    if _reads(connection):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")


def _pragmas(*, readonly: bool) -> Iterator[str]:
    if not readonly:
        yield "journal_mode=WAL"
        yield "synchronous=NORMAL"
    yield "foreign_keys=ON"
    yield f"cache_size={CACHE}"
    yield f"mmap_size={MAPPED}"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _migrate(store: Store, *, create: bool) -> None:
    with _reading(store.engine) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found == newest():
        return
    known = {s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(f"{store.name} was made by a later version ({found}); update Tocsin")
    if not create:
        raise StoreError(
            f"{store.name} has the tables of {found or 'nothing'}; expected {newest()}. "
            "Open it for writing once, by `tocsin run` for instance"
        )
    with store.engine.begin() as connection:
        command.upgrade(_config(connection), "head")
