"""Watch lists on the first screen: what each entry finds, what of it is new, what leads there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.stored import NOW, a_report, keep, put
from tocsin.cli.bench import corners
from tocsin.pipeline import project
from tocsin.store.open import Store, open_store
from tocsin.views import saved
from tocsin.views.filter import read
from tocsin.views.index import Shelf
from tocsin.views.lists import Held, Lists, about, lists
from tocsin.views.search import Asked, found

OLD, NEW = date(2023, 3, 1), date(2024, 3, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store of two reports of two days, with three entries on its lists."""
    with open_store(tmp_path / "some.db") as opened:
        for number, day in enumerate((OLD, NEW)):
            parcel, coded = a_report(number, day=day)
            put(opened, parcel)
            keep(opened, coded)
        project.fuse(opened)
        with opened.write() as connection:
            saved.watch(connection, "actor", "Rebels", NOW)
            saved.watch(connection, "phrase", "shelled Northfield", NOW)
            saved.watch(connection, "dyad", "Nobody", NOW, other="Nowhere")
        yield opened


def _lists(store: Store, since: str, **more: str) -> Lists:
    with store.read() as connection:
        entries = saved.watched(connection)
        index = Shelf(corners).index(connection)
        of = read({"since": since, "on": NEW.isoformat(), **more}, NEW)
        events = found(connection, Asked(), {}, NEW).events
        held = Held(entries, about(connection, entries))
        return lists(connection, held, index, of, [one.id for one in events])


def test_entries_count_what_is_new(store: Store) -> None:
    """An entry counts all its events and those with news; the one with most news comes first."""
    seen = _lists(store, "2024-03-19")
    told = {one.name: (one.events, one.news) for one in seen.entries}
    assert told["Nobody ↔ Nowhere"] == (0, 0)
    assert told["Rebels"][0] > told["Rebels"][1] > 0
    assert [one.news for one in seen.entries] == sorted((n for _, n in told.values()), reverse=True)
    assert seen.news == told["Rebels"][1]
    assert _lists(store, "2024-03-20").news == 0


def test_words_of_the_filter_do_not_narrow_the_lists(store: Store) -> None:
    """Looking at one entry leaves the numbers of the others as they are."""
    seen = _lists(store, "2024-03-19")
    assert _lists(store, "2024-03-19", q='place:"nowhere"') == seen


def test_all_entries_are_one_search(store: Store) -> None:
    """The search for all entries finds what any of them does; events bear the entries' names."""
    seen = _lists(store, "2024-03-19")
    with store.read() as connection:
        every = found(connection, Asked(text=seen.mine), {}, NEW)
    assert every.fault is None
    assert {one.id for one in every.events} == {name for name, under in seen.names.items() if under}
    assert {"Rebels"} <= {name for under in seen.names.values() for name in under}


def test_no_lists() -> None:
    """Without entries nothing is asked."""
    assert Held().entries == ()
    assert Lists().mine == ""
