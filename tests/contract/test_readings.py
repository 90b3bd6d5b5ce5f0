"""Readings are kept where somebody asks for them, as they were, beside the coding made of them."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest
from msgspec.structs import replace

from tests.build import a_reading
from tests.packaged import coder
from tests.stored import NOW, a_parcel, put
from tocsin.base.errors import StoreError
from tocsin.pipeline import backlog, workers
from tocsin.pipeline.run import Coder
from tocsin.records.reading import Reading
from tocsin.store import articles, codings, marks, overview, readings
from tocsin.store.open import Store

STORY = "Rebels attacked the town of Goma on Monday, the army said. France warned Mali."
OTHER = "The ministry denied on Tuesday that soldiers had fired on a crowd in Nairobi."
ROWS = "Tarn Tarn PROPN 0 root"


def _filled(store: Store) -> list[str]:
    """Put three articles into a store, one of them in a language that nobody reads; return ids."""
    some = [
        a_parcel(STORY, place="one.txt"),
        a_parcel(OTHER, place="two.txt"),
        a_parcel("Les rebelles ont tout pris.", language="fr", place="three.txt"),
    ]
    put(store, *some)
    return [one.article.id for one in some]


def _work(
    store: Store, by: Coder, *, keep: bool = False, anew: bool = False, processes: int = 1
) -> Counter[str]:
    """Code what waits; return what that counted."""
    with store.write() as connection:
        run = marks.begin(connection, "run", NOW)
    opening = workers.Opening()
    done = backlog.work(store, by, opening, run, NOW, workers=processes, anew=anew, keep=keep)
    return sum(done, Counter[str]())


def _read(store: Store, ids: list[str]) -> dict[str, Reading]:
    with store.read() as connection:
        return readings.load(connection, ids)


def _another() -> Coder:
    """Return a coder that counts as another one."""
    found = coder()
    return dataclasses.replace(found, stamp=replace(found.stamp, model="another"))


def test_read_back_the_same(store: Store) -> None:
    """Kept readings are what the reader gives, to the last score; nobody is asked, none is kept."""
    ids = _filled(store)
    assert _work(store, coder(), keep=True)["coded"] == 2
    with store.read() as connection:
        found = [one.article for one in articles.load(connection, ids[:2])]
        assert overview.tally(connection)["kept readings"] == 2
    assert _read(store, ids) == {one.id: coder().read(one) for one in found}


def test_nobody_asked(store: Store) -> None:
    """A run without the wish keeps no reading."""
    ids = _filled(store)
    _work(store, coder())
    assert _read(store, ids) == {}


def test_they_go_with_their_coding(store: Store) -> None:
    """Another model's coding takes the readings out, unless they are asked for again."""
    ids = _filled(store)
    _work(store, coder(), keep=True)
    assert _work(store, coder(), anew=True) == {}
    assert len(_read(store, ids)) == 2
    assert _work(store, _another(), anew=True)["coded"] == 2
    assert _read(store, ids) == {}
    with store.read() as connection:
        assert len(codings.load(connection, ids)) == 2


def test_asked_for_later(store: Store) -> None:
    """Articles that were coded without are coded again for their readings, once."""
    ids = _filled(store)
    _work(store, coder())
    assert backlog.pending(store, coder()) == 0
    assert backlog.pending(store, coder(), keep=True) == 2
    assert _work(store, coder(), anew=True, keep=True)["coded"] == 2
    assert len(_read(store, ids)) == 2
    assert _work(store, coder(), anew=True, keep=True) == {}


def test_by_several_processes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings come out of other processes as they are."""
    monkeypatch.setattr(workers, "FEW", 1)
    ids = _filled(store)
    _work(store, coder(), keep=True, processes=2)
    with store.read() as connection:
        found = [one.article for one in articles.load(connection, ids[:2])]
    assert _read(store, ids) == {one.id: coder().read(one) for one in found}


def test_damaged_bytes(store: Store) -> None:
    """Bytes that are no reading are told, with what to do."""
    (name, *_), wrong = _filled(store), "is no reading"
    with store.write() as connection:
        (key,) = codings.keys_of(connection, [name]).values()
        readings.put(connection, key, a_reading(ROWS))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("msgspec.msgpack.encode", lambda _: wrong.encode())
            readings.put(connection, key, a_reading(ROWS))
    with store.read() as connection, pytest.raises(StoreError, match="recode --readings"):
        readings.load(connection, [name])
