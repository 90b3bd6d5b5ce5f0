"""Full-text search: FTS5 in SQLite, `tsvector` in PostgreSQL, in tables beside the tables.

Either index holds words as `base.text.fold` makes them, since the databases' own parsers part words
differently: they keep hyphens, paths and hosts together, and know the letters of some scripts only.
No word is taken to its stem, so that a search finds what it says in any language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.text import fold
from tocsin.store.tables import meta

# Table -> its text columns.
INDEXED = {"article": ("title", "text"), "sentence": ("words",)}
# The name of `fold` in SQLite's triggers; every connection that writes has to know it.
FOLD = "tocsin_fold"
# What a `tsvector` can hold: the last position, positions a word, bytes of a word, bytes in all
# (PostgreSQL's manual, 12.11). Phrases further on in very long texts are found by SQLite alone.
LAST, OFTEN, LONG, WHOLE = 16_383, 255, 2_046, 1_000_000
# Words between the title and the text, so that no phrase reaches from one into the other.
GAP = 1_000


def created(dialect: str) -> Iterator[str]:
    """Yield the statements that make the text indexes of a database."""
    for table, columns in INDEXED.items():
        yield from _sqlite(table, columns) if dialect == "sqlite" else _postgresql(table)


def index(connection: Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put rows into their table's text index, each with its key; SQLite's triggers have done so."""
    if connection.dialect.name == "sqlite":
        return
    columns = INDEXED[table]
    values = [{"key": row["key"], "words": tsvector(*(row[c] for c in columns))} for row in rows]
    if values:
        insert = f"INSERT INTO {table}_text VALUES (:key, CAST(:words AS tsvector))"  # noqa: S608 - ours
        connection.execute(sa.text(insert), values)


def drop(connection: Connection, table: str, articles: sa.Select[Any]) -> None:
    """Take rows of some articles out of their text index; SQLite's triggers have done so."""
    if connection.dialect.name == "sqlite":
        return
    of, key = meta.tables[table], sa.column("key", sa.BigInteger)
    keys = articles if table == "article" else sa.select(of.c.key).where(of.c.article.in_(articles))
    connection.execute(sa.delete(sa.table(f"{table}_text", key)).where(key.in_(keys)))


def tsvector(*parts: str) -> str:
    """Return the words of some texts as PostgreSQL writes them, each with where it stands."""
    found: dict[str, list[int]] = {}
    at, size = 0, 0
    for part in parts:
        for word in fold(part).split():
            at += 1
            bytes_ = len(word.encode("utf8"))
            new = word not in found
            size += 8 + bytes_ if new else 2  # a word's entry, then two bytes a position
            if size > WHOLE:
                return _written(found)
            if bytes_ > LONG:
                continue
            places = found.setdefault(word, [])
            if at < LAST and len(places) < OFTEN:
                places.append(at)
        at += GAP
    return _written(found)


def _written(found: Mapping[str, list[int]]) -> str:
    words = (f"'{w}':{','.join(map(str, at))}" if at else f"'{w}'" for w, at in found.items())
    return " ".join(words)


def _sqlite(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    names, name = ", ".join(columns), f"{table}_text"
    new, old = (", ".join(f"{FOLD}({row}.{c})" for c in columns) for row in ("new", "old"))
    # `fold` leaves words with spaces between them, which is what this tokenizer parts.
    yield f"CREATE VIRTUAL TABLE {name} USING fts5({names}, content='', tokenize='ascii')"
    insert = f"INSERT INTO {name}(rowid, {names}) VALUES (new.key, {new});"  # noqa: S608 - ours
    gone = f"INSERT INTO {name}({name}, rowid, {names})"
    delete = f"{gone} VALUES ('delete', old.key, {old});"
    yield f"CREATE TRIGGER {name}_insert AFTER INSERT ON {table} BEGIN {insert} END"
    yield f"CREATE TRIGGER {name}_delete AFTER DELETE ON {table} BEGIN {delete} END"
    changed = f"AFTER UPDATE OF {names} ON {table}"
    yield f"CREATE TRIGGER {name}_update {changed} BEGIN {delete} {insert} END"


def _postgresql(table: str) -> Iterator[str]:
    name = f"{table}_text"
    yield (
        f"CREATE TABLE {name} (key bigint CONSTRAINT pk_{name} PRIMARY KEY "
        f"REFERENCES {table}(key) ON DELETE CASCADE, search tsvector NOT NULL)"
    )
    yield f"CREATE INDEX ix_{name}_search ON {name} USING gin(search)"
