"""Ledgers kept between runs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.stored import a_parcel, put
from tocsin.cli import ledgers
from tocsin.ontology import cache
from tocsin.store import marks
from tocsin.store.open import Store, open_store
from tocsin.views.threats import NONE, Ledger

DAY = date(2024, 12, 10)


def test_a_ledger_is_made_once_for_a_state_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What took long is out of a file the next time, until the store changes or the day is another.

    A file that cannot be read is as none.
    """
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(ledgers, "LONG", 0.0)
    made: list[date] = []

    def make(_: Store, on: date) -> Ledger:
        made.append(on)
        return NONE

    with open_store(tmp_path / "store.db") as store:
        put(store, a_parcel("Rebels attacked soldiers."))
        for on in (DAY, DAY, date(2024, 12, 11), DAY):
            assert ledgers.kept(store, on, make) == NONE
        assert made == [DAY, date(2024, 12, 11)]
        with store.write() as connection:
            marks.begin(connection, "add", datetime(2026, 1, 1, tzinfo=UTC))
        ledgers.kept(store, DAY, make)
        assert len(made) == 3
        for file in (tmp_path / "cache").iterdir():
            file.write_bytes(b"{}")
        ledgers.kept(store, DAY, make)
        assert len(made) == 4


def test_what_is_quick_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that is made in no time is made each time."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    with open_store(tmp_path / "store.db") as store:
        ledgers.kept(store, DAY, lambda *_: NONE)
    assert not list((tmp_path / "cache").glob("ledger-*"))
