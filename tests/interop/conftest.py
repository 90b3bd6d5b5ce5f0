"""Stores that other programs read: a small one, and some of the example world, coded and fused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.snares import lay
from tests.stored import filled
from tocsin.pipeline import project
from tocsin.pipeline.workers import Opening
from tocsin.store.open import open_store

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a store of a few reports, coded and fused."""
    file = tmp_path_factory.mktemp("small") / "some.db"
    filled(file).close()
    return file


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a store in which every word of an outlet is hostile."""
    file = tmp_path_factory.mktemp("trap") / "trap.db"
    with open_store(file) as store:
        lay(store)
    return file


@pytest.fixture(scope="session")
def example_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of some of the example world: an ultimatum, an attack, a disputed toll.

    Nobody may write to it.
    """
    file = tmp_path_factory.mktemp("world") / "example.db"
    paths = sorted(
        str(path) for path in EXAMPLES.glob("sudan*.json") if "16" <= path.name[5:7] <= "23"
    )
    with open_store(file) as store:
        project.add(store, paths, project.Given())
        project.run(store, project.Lazy(Opening()), workers=1)
    return file


@pytest.fixture
def world(example_world: Path, tmp_path: Path) -> Iterator[Path]:
    """Return the file of such a world of a test's own."""
    file = tmp_path / "world.db"
    shutil.copy(example_world, file)
    yield file
    file.unlink(missing_ok=True)
