"""A desk that answers programs: over a small store, and over one in which every word is hostile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.chromium import serving
from tests.crew import Held, staffed
from tests.snares import lay
from tests.stored import filled
from tocsin.cli.doors import doors
from tocsin.desk.doors import Desk
from tocsin.store.open import Store, open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return the store that is asked about."""
    with filled(tmp_path_factory.mktemp("api") / "some.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def address(store: Store) -> Iterator[str]:
    """Return the address of a desk over it."""
    with serving(Desk(store, doors())) as found:
        yield found


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a desk over a store of snares."""
    with open_store(tmp_path_factory.mktemp("trap") / "trap.db") as opened:
        lay(opened)
        with serving(Desk(opened, doors())) as found:
            yield found


@pytest.fixture
def http(address: str) -> Iterator[httpx.Client]:
    """Return a client of the API that knows nothing of it."""
    with httpx.Client(base_url=f"{address}/api/v1", timeout=60) as client:
        yield client


@pytest.fixture
def pages(address: str) -> Iterator[httpx.Client]:
    """Return a client of the pages."""
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """Return a desk with somebody of each role, over a few reports."""
    with filled(tmp_path_factory.mktemp("team") / "team.db") as store:
        team = staffed(store)
        with serving(Desk(store, doors(), team=team)) as address:
            yield Held(address, store, team)


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Held]:
    """Return the same for one test, which may use up what is limited."""
    with filled(tmp_path / "team.db") as store:
        team = staffed(store)
        with serving(Desk(store, doors(), team=team)) as address:
            yield Held(address, store, team)
