"""Real Chromium before a real desk.

`world` is the address of a desk over the example world, coded and fused once for all tests, which
only read it; `known` has ids out of it. `trap` is the address of a desk over a store in which every
word is hostile. `browser` is the browser; tests open windows with `looking`. Without Chromium these
tests are skipped, in CI they fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import browsing, program, required, serving
from tests.snares import lay
from tocsin.cli import example
from tocsin.cli.doors import doors
from tocsin.desk.doors import Desk
from tocsin.records.query import Query
from tocsin.store import listing, search, syntax
from tocsin.store.open import Store, open_store


@dataclass(frozen=True)
class Known:
    """Ids of the example world."""

    event: str
    disputed: str
    claim: str
    article: str


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running Chromium."""
    path = program()
    if path is None:
        reason = "no Chromium is installed; apt install chromium"
        if required():
            pytest.fail(reason)
        pytest.skip(reason)
    with browsing(path) as found:
        yield found


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return the store of the example world."""
    file = tmp_path_factory.mktemp("world") / "example.db"
    example.make(file)
    with open_store(file) as opened:
        yield opened


@pytest.fixture(scope="session")
def known(store: Store) -> Known:
    """Return the event of most reports, a disputed one, a threat that is told, and its article."""
    with store.read() as connection:
        most = listing.lines(connection, by="reports", limit=1).lines[0].id
        disputed = listing.lines(connection, level="disputed", limit=1).lines[0].id
        node = syntax.parse(
            "type:THREATEN outlet:Al-Bayraq,'Al-Bayraq TV' unless".replace("'", '"')
        )
        hit = search.search(connection, Query(where=node, order="oldest", limit=1)).hits[0]
    return Known(most, disputed, hit.id, hit.article)


@pytest.fixture(scope="session")
def world(store: Store) -> Iterator[str]:
    """Return the address of a desk over the example world."""
    with serving(Desk(store, doors(), example=True)) as address:
        yield address


@pytest.fixture(scope="session")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a desk over a store of snares."""
    file: Path = tmp_path_factory.mktemp("trap") / "trap.db"
    with open_store(file) as opened:
        lay(opened)
        with serving(Desk(opened, doors())) as address:
            yield address
