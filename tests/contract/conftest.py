"""One suite for both databases: `store` is an empty SQLite store, then an empty PostgreSQL one.

Where no PostgreSQL server is installed its half is skipped, in CI it fails. `library` holds the
bundled examples as they are coded, in either database; its tests only read it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import packaged
from tests.postgresql import Server, programs, required, serving
from tests.shelves import Shelved, fill
from tocsin.records.coded import Coded
from tocsin.store.open import Store, open_store
from tocsin.store.tables import meta

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Return a running PostgreSQL server."""
    found = programs()
    if found is None:
        reason = "no PostgreSQL server is installed (`initdb`, `postgres`); apt install postgresql"
        if required():
            pytest.fail(reason)
        pytest.skip(reason)
    with serving(found) as running:
        yield running


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite store with all tables and no rows, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "empty.db"
    open_store(file).close()
    return file


@pytest.fixture(scope="session")
def empty_database(server: Server) -> str:
    """Return the name of a PostgreSQL store with all tables, to be emptied for every test.

    Making a database for each of them would take longer than all the tests do.
    """
    name = server.create()
    open_store(server.url(name)).close()
    return name


@pytest.fixture
def sqlite_url(empty_file: Path, tmp_path: Path) -> str:
    """Return where an empty SQLite store is."""
    return str(shutil.copy(empty_file, tmp_path / "store.db"))


@pytest.fixture
def postgresql_url(server: Server, empty_database: str) -> str:
    """Return where an empty PostgreSQL store is."""
    server.clear(empty_database, [table.name for table in reversed(meta.sorted_tables)])
    return server.url(empty_database)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Return the name of either database."""
    return str(request.param)


@pytest.fixture
def url(request: pytest.FixtureRequest, database: str) -> str:
    """Return where an empty store is, in either database."""
    return str(request.getfixturevalue(f"{database}_url"))


@pytest.fixture
def bare(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[str]:
    """Return where a store can be made, in either database."""
    if database == "sqlite":
        yield str(tmp_path / "new.db")
        return
    server: Server = request.getfixturevalue("server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Return an empty store, in either database."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture(scope="session")
def examples() -> tuple[Coded, ...]:
    """Return the bundled examples as the packaged model codes them."""
    return packaged.examples()


@pytest.fixture(scope="session")
def sqlite_library(
    examples: tuple[Coded, ...], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, list[Shelved]]]:
    """Return an SQLite store that holds the examples and more, and what it holds."""
    with open_store(tmp_path_factory.mktemp("library") / "library.db") as opened:
        yield opened, fill(opened, examples)


@pytest.fixture(scope="session")
def postgresql_library(
    examples: tuple[Coded, ...], server: Server
) -> Iterator[tuple[Store, list[Shelved]]]:
    """Return the same in PostgreSQL."""
    with open_store(server.url(server.create())) as opened:
        yield opened, fill(opened, examples)


@pytest.fixture
def library(request: pytest.FixtureRequest, database: str) -> tuple[Store, list[Shelved]]:
    """Return a store that holds the examples and more, in either database."""
    found: tuple[Store, list[Shelved]] = request.getfixturevalue(f"{database}_library")
    return found
