"""The example world: what an earlier version left stays as long as a desk may be open over it."""

from __future__ import annotations

import os
from pathlib import Path
from time import time

import pytest

from tests.stored import a_report, put
from tocsin.cli import example
from tocsin.store import outlets
from tocsin.store.open import open_store


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that examples are kept in; making one takes no time."""

    def make(file: Path, **_: object) -> None:
        with open_store(file) as store:
            put(store, a_report(1)[0])

    monkeypatch.setattr(example.cache, "folder", lambda: tmp_path)
    monkeypatch.setattr(example, "make", make)
    return tmp_path


def test_an_open_example_stays(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk over an example answers on, also by a new connection, when another one is made."""
    monkeypatch.setattr(example, "_state", lambda: "one")
    with open_store(example.world()) as store:
        with store.read() as connection:
            before = outlets.outlets(connection)
        store.engine.dispose()
        monkeypatch.setattr(example, "_state", lambda: "two")
        other = example.world()
        with store.read() as connection:
            assert outlets.outlets(connection) == before
    assert other.is_file()
    assert len(list(places.iterdir())) == 2


def test_an_example_of_long_ago_goes(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody opened for long is removed when another is made; what is opened is not old."""
    old = time() - example.UNUSED - 60
    for state in ("one", "two"):
        monkeypatch.setattr(example, "_state", lambda state=state: state)
        os.utime(example.world().parent, (old, old))
    monkeypatch.setattr(example, "_state", lambda: "one")
    example.world()
    monkeypatch.setattr(example, "_state", lambda: "three")
    example.world()
    assert {place.name for place in places.iterdir()} == {"example-one", "example-three"}
