"""Real Chromium before a real desk.

`world` is the address of a desk over the example world, coded and fused once for all tests, which
only read it; `known` has ids out of it. `own` is a desk over a copy of it that a test may write to.
`trap` is the address of a desk over a store in which every word is hostile. `browser` is the
browser; tests open windows with `looking`. Without Chromium these tests are skipped, in CI they
fail. Nothing here waits for a time that has to pass, only for what a page has to show.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import PATIENCE, browsing, program, required, serving
from tests.once import once
from tests.snares import lay
from tocsin.cli import example
from tocsin.cli.doors import doors
from tocsin.desk import lookout
from tocsin.desk.doors import Desk
from tocsin.records.query import Query
from tocsin.store import backup, listing, search, syntax
from tocsin.store.open import Store, open_store

# A day on which threats of the example world are due, overdue and settled.
LATER = date(2024, 12, 10)
# Days that tests look at, the last one of the example world among them.
DAYS = (date(2024, 11, 22), date(2024, 11, 27), LATER, date(2025, 1, 21), date(2025, 1, 27))


@dataclass(frozen=True)
class Known:
    """Ids of the example world."""

    event: str
    disputed: str
    claim: str
    article: str
    threat: str


@dataclass(frozen=True)
class Own:
    """A desk of a test's own, and its store."""

    store: Store
    address: str


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """Have pages wait for all that is on them, however slow the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookout, "PATIENCE", PATIENCE)
        yield


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
    made = once("example.db", example.make)
    with open_store(shutil.copy(made, tmp_path_factory.mktemp("world"))) as opened:
        yield opened


@pytest.fixture(scope="session")
def known(store: Store) -> Known:
    """Return the event of most reports, a disputed one, a threat that is told, and its article.

    The last is a threat in the ledger of a day, with events that may have come of it.
    """
    with store.read() as connection:
        most = listing.lines(connection, by="reports", limit=1).lines[0].id
        disputed = listing.lines(connection, level="disputed", limit=1).lines[0].id
        node = syntax.parse(
            "type:THREATEN outlet:Al-Bayraq,'Al-Bayraq TV' unless".replace("'", '"')
        )
        hit = search.search(connection, Query(where=node, order="oldest", limit=1)).hits[0]
    threats = doors().lookout.ledger(store, LATER).threats
    threat = next(one.id for one in threats if len(one.utterances) > 1 and one.candidates)
    return Known(most, disputed, hit.id, hit.article, threat)


@pytest.fixture(scope="session")
def world(store: Store) -> Iterator[str]:
    """Return the address of a desk over the example world."""
    desk = Desk(store, doors(), example=True)
    # Made ahead, so that no page is seen that still waits for it.
    for day in DAYS:
        desk.doors.lookout.ledger(store, day)
        desk.doors.lookout.needs(store, day, desk.doors.bench.near)
    with serving(desk) as address:
        yield address


@pytest.fixture
def own(store: Store, tmp_path: Path) -> Iterator[Own]:
    """Return a desk over a store of its own that holds the example world."""
    file = tmp_path / "own.db"
    backup.backup(store, file, datetime.now(UTC))
    with open_store(file) as opened, serving(Desk(opened, doors(), example=True)) as address:
        yield Own(opened, address)


@pytest.fixture(scope="session")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a desk over a store of snares."""
    file: Path = tmp_path_factory.mktemp("trap") / "trap.db"
    with open_store(file) as opened:
        lay(opened)
        with serving(Desk(opened, doors())) as address:
            yield address
