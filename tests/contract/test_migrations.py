"""The migrations make the tables that the code asks of, and stores of other versions are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.stored import a_report, numbers, put
from tocsin.base.errors import StoreError
from tocsin.store import text
from tocsin.store.open import Store, newest, open_store
from tocsin.store.tables import meta

# FTS5 keeps each index in tables of its own.
TEXTS = tuple(f"{table}_text" for table in text.INDEXED)


@pytest.fixture
def url(bare: str) -> str:
    """Return where an empty store is whose tables may be changed, in either database."""
    open_store(bare).close()
    return bare


def _ours(
    thing: sa.schema.SchemaItem, name: str | None, kind: str, *_: object
) -> bool:  # fmt: skip
    """Return whether something belongs to the tables that `meta` describes."""
    table = thing.table.name if isinstance(thing, sa.Index) and thing.table is not None else name
    return not (table or "").startswith(TEXTS)


def test_migrations_make_the_tables(store: Store) -> None:
    """Every table, column, type, key and index is as the code has it, text indexes aside."""
    options = {"include_object": _ours, "compare_type": True, "compare_server_default": True}
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, meta) == []


def test_a_difference_is_seen(store: Store) -> None:
    """The comparison above tells a column that is missing, and an index that is."""
    with store.write() as connection:
        connection.exec_driver_sql("DROP INDEX ix_claim_country")
        connection.exec_driver_sql("ALTER TABLE run DROP COLUMN message")
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        found = {str(step[0]) for step in compare_metadata(context, meta)}
    assert found == {"add_index", "add_column"}


def test_keys_point_at_their_tables(store: Store) -> None:
    """What hangs on an article goes with it, in the text indexes too."""
    put(store, a_report(1)[0])
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM article")
    with store.read() as connection:
        for table in TEXTS:
            assert connection.exec_driver_sql(f"SELECT * FROM {table}").all() == []  # noqa: S608 - ours


def test_opening_again_changes_nothing(url: str) -> None:
    """A store that is opened again has what it had."""
    with open_store(url) as store:
        put(store, a_report(1)[0])
    for readonly in (False, True):
        with open_store(url, create=False, readonly=readonly) as store:
            assert numbers(store, ("article", "alembic_version")) == [1, 1]


def test_a_later_version(url: str) -> None:
    """A store with tables of a later version is refused and left as it is."""
    with open_store(url) as store, store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for readonly in (False, True):
        with pytest.raises(StoreError, match=r"later version \(9999\); update Tocsin"):
            open_store(url, readonly=readonly)


def test_an_empty_database(bare: str, database: str) -> None:
    """Who may not make tables is told what is missing; who may makes them."""
    if database == "sqlite":
        Path(bare).touch()
    for wish in ({"create": False}, {"readonly": True}):
        with pytest.raises(StoreError, match=f"tables of nothing; expected {newest()}"):
            open_store(bare, **wish)
    with open_store(bare) as store:
        assert numbers(store) == [0, 0]


def test_a_migration_lands_whole(bare: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables that cannot all be made are not made at all, and can be made later."""
    whole = text.created

    def half(dialect: str) -> Iterator[str]:
        yield from whole(dialect)
        yield "CREATE TABLE article (key integer)"

    with monkeypatch.context() as patch:
        patch.setattr(text, "created", half)
        with pytest.raises(StoreError, match="already exists"):
            open_store(bare)
    with open_store(bare) as store:
        assert numbers(store, ("article", "alembic_version")) == [0, 1]
