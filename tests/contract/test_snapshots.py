"""What a run leaves of the counts comes back on any later day, in either database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.build import DAY
from tests.counted import an_event
from tests.stored import a_parcel, put
from tocsin.base.errors import StoreError
from tocsin.pipeline import watching
from tocsin.pipeline.plan import carry_out
from tocsin.records.event import Event
from tocsin.records.origin import Report
from tocsin.records.series import Unit
from tocsin.records.sighting import Sighting, Snapshot
from tocsin.records.source import Source
from tocsin.store import documents, events, letters, snapshots
from tocsin.store.open import Store
from tocsin.watch.series import counted

FIRST = date(2024, 3, 4)
SUDAN, DIVISION = Unit("country", "SDN"), Unit("area", "379253")


def _night(number: int) -> datetime:
    return datetime(2024, 3, 4, 23, tzinfo=UTC) + timedelta(days=number)


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


def _write(store: Store, *made: Event, gone: Collection[Event] = ()) -> None:
    with store.write() as connection:
        events.drop(connection, [one.id for one in (*made, *gone)], [])
        events.add(connection, made, [])


def _snap(store: Store, number: int) -> Snapshot:
    with store.write() as connection:
        return watching.snap(connection, _night(number))


def _on(store: Store, number: int, today: int = 60) -> list[Sighting]:
    with store.read() as connection:
        of = watching.seen(connection, _day(today))
    there = of.on(_day(number))
    return [one.sighting for one, kept in zip(of.spells, there, strict=True) if kept]


def _count(store: Store, number: int) -> int:
    """Return how many attacks Sudan had on the first two days, as they stood on a night."""
    with store.read() as connection:
        of = watching.seen(connection, _day(60))
    found = counted(of, _day(number), step="day", steps=number + 1)
    return int(found.row(SUDAN, "material conflict")[:2].sum())


def test_nights_come_back(store: Store) -> None:
    """Events that were merged, dated otherwise or taken back since stand as nights saw them."""
    one, other = an_event("a", FIRST, FIRST), an_event("b", FIRST, FIRST)
    third = an_event("c", _day(1), _day(1))
    _write(store, one, other)
    made = _snap(store, 0)
    assert (made.events, made.put, made.gone) == (2, 2, 0)
    _write(store, third)
    _snap(store, 1)
    # Two are merged; the third is of another day, and graver.
    merged = an_event("a", FIRST, FIRST, independent=4)
    moved = an_event("c", _day(-9), _day(1))
    _write(store, merged, moved, gone=[other])
    made = _snap(store, 2)
    assert (made.events, made.put, made.gone) == (2, 2, 1)
    _write(store, gone=[merged, moved])
    made = _snap(store, 3)
    assert (made.events, made.put, made.gone) == (0, 0, 2)
    assert [_count(store, night) for night in range(5)] == [2, 3, 1, 0, 0]
    assert [one.origins for one in _on(store, 1)] == [2, 2, 2]
    assert sorted(one.origins for one in _on(store, 2)) == [2, 4]
    with store.read() as connection:
        assert watching.checked(connection) == 4
        assert [one.day for one in snapshots.listed(connection)] == [_day(at) for at in range(4)]


def test_a_place_is_in_its_division(store: Store) -> None:
    """Khartoum is in the state of Khartoum, by the gazetteer."""
    _write(store, an_event("a", FIRST, FIRST))
    with store.read() as connection:
        of = watching.seen(connection, _day(1))
    assert [one.kind for one in of.units] == ["area", "country", "dyad"]
    assert of.units[0] == DIVISION


def test_without_snapshots(store: Store) -> None:
    """Without any, an event is seen from its first report on; what does not count is numbered."""
    _write(
        store, an_event("a", FIRST, _day(3)), an_event("b", FIRST, FIRST, modality="future"),
        an_event("c", FIRST, FIRST, level="retracted"),
    )  # fmt: skip
    assert (len(_on(store, 2)), len(_on(store, 3))) == (0, 1)
    with store.read() as connection:
        assert watching.table(connection).left == {"not happened": 1, "retracted": 1}


def test_what_came_since_the_last(store: Store) -> None:
    """What changed since the last snapshot is seen so since its report, or since today."""
    _write(store, an_event("a", FIRST, FIRST))
    _snap(store, 0)
    _write(store, an_event("b", FIRST, _day(2)), an_event("a", FIRST, FIRST, independent=9))
    assert [len(_on(store, night, 5)) for night in (0, 1, 2)] == [1, 1, 2]
    assert [one.origins for one in _on(store, 4, 5) if one.origins != 2] == []
    assert [one.origins for one in _on(store, 5, 5) if one.origins != 2] == [9]


def test_a_night_without_news_is_small(store: Store) -> None:
    """A snapshot holds what changed alone, and says that nothing did."""
    _write(store, *(an_event(f"{at:x}", FIRST, FIRST) for at in range(16)))
    first, second = _snap(store, 0), _snap(store, 1)
    assert (first.put, second.put, second.gone, second.events) == (16, 0, 0, 16)
    with store.read() as connection:
        changes = [by for _, by in snapshots.changes(connection)]
    assert changes[1].put == changes[1].gone == ()


def test_documents_by_source(store: Store) -> None:
    """Articles go under their source, by its id or its name, else under their outlet."""
    texts = [("One", "teller", "X"), ("Two", None, "The TELLER"), ("Three", None, "Other"),
             ("Four", None, None)]  # fmt: skip
    parcels = [
        a_parcel(text, place=f"{text}.txt", source=source, outlet=outlet)
        for text, source, outlet in texts
    ]
    put(store, *parcels)
    with store.write() as connection:
        letters.keep(connection, [Source(id="teller", name="The Teller", panels=("tales",))])
    with store.read() as connection:
        day = DAY.toordinal()
        assert documents.published(connection) == [("Other", day, 1), ("teller", day, 2)]
        assert sorted(documents.sources(connection, {"teller"})) == sorted(
            (parcel.article.id, "teller") for parcel in parcels[:2]
        )
        assert watching.members(connection) == {"teller": ("tales",)}


def test_panels_of_events(store: Store) -> None:
    """An event is of the panels of which a source reports it."""
    parcel = a_parcel("One", outlet="The Teller")
    put(store, parcel)
    with store.write() as connection:
        letters.keep(connection, [Source(id="teller", name="The Teller", panels=("b", "a"))])
    report = Report(claim="claim-a", article=parcel.article.id, outlet="The Teller", origin="o")
    _write(store, an_event("a", FIRST, FIRST, reports=(report,)))
    with store.read() as connection:
        (found,) = watching.table(connection).events.values()
    assert found.panels == ("a", "b")


def test_a_clock_that_went_back(store: Store) -> None:
    """No snapshot is taken before the last one."""
    _snap(store, 1)
    with pytest.raises(StoreError, match="expected a later one"):
        _snap(store, 1)


def test_a_step_of_a_run(store: Store) -> None:
    """A run may end with a snapshot."""
    _write(store, an_event("a", FIRST, FIRST))
    step = watching.snapping(store, lambda: _night(0))
    run = carry_out(store, "fuse", [step], {"events"}, clock=lambda: _night(0))
    assert run.counts == {"events counted": 1}
    with store.read() as connection:
        assert [one.events for one in snapshots.listed(connection)] == [1]


def test_a_snapshot_that_is_not_whole(store: Store) -> None:
    """A snapshot whose number of events is wrong is told of."""
    _write(store, an_event("a", FIRST, FIRST))
    _snap(store, 0)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE snapshot SET events = 2")
    with store.read() as connection, pytest.raises(StoreError, match="has 1 events, expected 2"):
        watching.checked(connection)
