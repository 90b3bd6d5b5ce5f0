"""Many who read at once, each by two connections: nobody waits for another to be done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa

from tocsin.base.errors import StoreError
from tocsin.store import overview
from tocsin.store.open import open_store, told

READERS = 40


def test_readers_that_ask_twice(tmp_path: Path) -> None:
    """Forty who hold a connection each get a second one, as pages of the desk do."""
    together = Barrier(READERS, timeout=60)
    with open_store(tmp_path / "some.db") as store:

        def read(_: int) -> int:
            with store.read():
                together.wait()
                with store.read() as second:
                    return overview.tally(second)["articles"]

        with ThreadPoolExecutor(READERS) as pool:
            assert list(pool.map(read, range(READERS))) == [0] * READERS


def test_no_connection_is_left() -> None:
    """Where none is left the store says so."""
    with pytest.raises(StoreError, match=r"some\.db: all connections are in use"), told("some.db"):
        raise sa.exc.TimeoutError
