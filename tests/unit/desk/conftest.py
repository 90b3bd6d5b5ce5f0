"""An empty store, for what only looks at the shape of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tocsin.store.open import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    with open_store(tmp_path / "empty.db") as opened:
        yield opened
