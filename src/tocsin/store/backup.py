"""Copies of a store: a backup is always an SQLite file with a manifest beside it.

So a backup can be opened as it is, and a laptop's store become a team's by restoring it there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.base.files import sha256
from tocsin.store.open import Store, newest, open_store, told
from tocsin.store.tables import change, meta
from tocsin.store.text import INDEXED, index

# Rows that are copied at a time.
ROWS = 1000


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup holds: of which store, when, which tables, how many rows, which bytes."""

    store: str
    made: datetime
    tables: str
    rows: dict[str, int]
    sha256: str


def backup(store: Store, out: Path, now: datetime) -> Manifest:
    """Write a copy of a store as it stands at one moment, and its manifest; return that.

    Others may go on reading and writing. Raises StoreError where a file stands in the way.
    """
    if out.exists():
        raise StoreError(f"{out} is there already; give another name, or move it away")
    half = out.with_name(f".{out.name}.half")
    half.unlink(missing_ok=True)
    try:
        if store.dialect == "sqlite":
            _online(store, half)
        else:
            with open_store(half) as copy:
                _copy(store, copy)
                _settle(copy)
        made = manifest(half, store.name, now)
        half.rename(out)
    finally:
        for name in (half, half.with_name(f"{half.name}-wal"), half.with_name(f"{half.name}-shm")):
            name.unlink(missing_ok=True)
    beside(out).write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=2))
    return made


def restore(file: Path, store: Store) -> Manifest:
    """Put a backup into an empty store and return its manifest, checked against what is there."""
    told_ = check(file)
    with store.read() as connection:
        full = [name for name, number in _counts(connection).items() if number]
    if full:
        raise StoreError(f"{store.name} is not empty ({full[0]} has rows); restore into a new one")
    with open_store(file, create=False, readonly=True) as source:
        _copy(source, store)
    with store.read() as connection:
        found = _counts(connection)
    if found != told_.rows:
        raise StoreError(f"{file}: restored {found}, expected {told_.rows}; begin again")
    return told_


def check(file: Path) -> Manifest:
    """Return the manifest of a backup; raise StoreError where its bytes are not those it names."""
    try:
        made = msgspec.json.decode(beside(file).read_bytes(), type=Manifest)
        whole = sha256(file)
    except OSError as error:
        raise StoreError(f"{error.filename}: {error.strerror}; give the backup's file") from error
    except msgspec.MsgspecError as error:
        raise StoreError(f"{beside(file)} is no manifest ({error})") from error
    if whole != made.sha256:
        raise StoreError(f"{file} is not what its manifest says; it was changed or cut off")
    return made


def compact(store: Store) -> None:
    """Leave no trace of what was taken out of an SQLite store, and give its room back."""
    if store.dialect != "sqlite":
        return
    with told(store.name), store.engine.connect() as connection:
        bare = _bare(connection)
        for table in INDEXED:
            bare.execute(f"INSERT INTO {table}_text({table}_text) VALUES ('optimize')")  # noqa: S608 - ours
        bare.execute("VACUUM")
        bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def manifest(file: Path, name: str, now: datetime) -> Manifest:
    """Return the manifest of an SQLite store."""
    with open_store(file, create=False, readonly=True) as store, store.read() as connection:
        rows = _counts(connection)
    return Manifest(name, now, newest(), rows, sha256(file))


def beside(file: Path) -> Path:
    """Return where a backup's manifest stands."""
    return file.with_name(f"{file.name}.manifest.json")


def _online(store: Store, out: Path) -> None:
    """Copy an SQLite store page by page while others use it."""
    with told(store.name), store.engine.connect() as connection:
        target = sqlite3.connect(out)
        try:
            _bare(connection).backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        finally:
            target.close()


def _settle(store: Store) -> None:
    """Bring everything of a store into its one file."""
    with store.engine.connect() as connection:
        _bare(connection).execute("PRAGMA journal_mode=DELETE")


def _bare(connection: Connection) -> sqlite3.Connection:
    """Return the driver's own connection to an SQLite store."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)  # noqa: S101 - who asks knows the dialect
    return found


def _copy(source: Store, target: Store) -> None:
    with source.read() as old, target.write() as new:
        for table in meta.sorted_tables:
            if table is change:  # the rows before have noted themselves
                new.execute(sa.delete(change))
            for rows in _rows(old, table):
                new.execute(sa.insert(table), rows)
                if table.name in INDEXED:
                    index(new, table.name, rows)
            if target.dialect == "postgresql" and "key" in table.c:
                _count_on(new, table)


def _rows(connection: Connection, table: sa.Table) -> Iterator[Sequence[dict[str, Any]]]:
    order = sa.select(table).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=ROWS).execute(order)
    for some in result.mappings().partitions(ROWS):
        yield [dict(row) for row in some]


def _count_on(connection: Connection, table: sa.Table) -> None:
    """Let a table's keys go on behind those that were copied."""
    last = sa.select(sa.func.max(table.c.key)).scalar_subquery()
    sequence = sa.func.pg_get_serial_sequence(table.name, "key")
    connection.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(last, 1))))


def _counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    queries = {t.name: sa.select(sa.func.count()).select_from(t) for t in meta.sorted_tables}
    return {name: int(connection.execute(q).scalar_one()) for name, q in queries.items()}
