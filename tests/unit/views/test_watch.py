"""The filter of the first screen, its weeks, what changed, and what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.build import a_claim, a_participant, a_span
from tests.stored import a_coded, a_parcel, keep, put
from tocsin.cli.bench import corners
from tocsin.pipeline import project
from tocsin.records.article import Moment
from tocsin.records.claim import Place, PlacePrecision
from tocsin.records.threat import Deadline, Status, Threat
from tocsin.store import judgements, series
from tocsin.store.open import Store, open_store
from tocsin.views import atlas, threats
from tocsin.views.changed import changed
from tocsin.views.filter import chosen, families, latest, read
from tocsin.views.index import Shelf
from tocsin.views.series import reported_by, weeks

ON = date(2024, 11, 27)
TOLD: tuple[tuple[str, PlacePrecision, float], ...] = (
    ("Mosul", "place", 36.3), ("Erbil", "place", 36.2), ("Egypt", "country", 26.8),
    ("Anbar", "region", 32.6),
)  # fmt: skip


@pytest.mark.parametrize(
    "held",
    [
        {"on": "yesterday", "from": "9999-99-99", "clock": "sundial", "family": "<b>"},
        {"box": "1,2,3", "country": "'; --", "since": "0001-01-01"},
        {"box": "50,0,20,10", "to": "9999-12-31"},
    ],
)
def test_nonsense_is_left_out(held: dict[str, str]) -> None:
    """What makes no sense in an address is as if it were not there."""
    assert read(held, ON) == read({}, ON)


def test_an_address_holds_the_filter() -> None:
    """A filter that is read from the address it writes is the same; defaults are not written."""
    held = {
        "on": "2024-11-20", "since": "2024-11-19", "from": "2024-11-01", "to": "2024-11-10",
        "clock": "event", "family": "MX", "country": "IRQ", "box": "1.00,2.00,3.00,4.00",
        "q": "type:ASSAULT", "pick": "event-1",
    }  # fmt: skip
    assert read(held, ON).address() == held
    assert read({}, ON).address() == {}
    swapped = read({"from": "2024-11-10", "to": "2024-11-01"}, ON)
    assert (swapped.start, swapped.end) == (date(2024, 11, 1), date(2024, 11, 10))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store of four reports of attacks in different places."""
    with open_store(tmp_path / "watch.db") as opened:
        for number, (town, precision, at) in enumerate(TOLD):
            text = f"Rebels attacked soldiers in {town} on Monday.\n\nReport number {number}."
            parcel = a_parcel(
                text, place=f"{number}.txt", outlet=f"Outlet {number}",
                published=Moment(date(2024, 11, 20 + number)),
            )  # fmt: skip
            put(opened, parcel)
            stored = parcel.article.text
            country = "EGY" if town == "Egypt" else "IRQ"
            where = Place(
                span=a_span(stored, town), name=town, country=country,
                latitude=at, longitude=44.0, precision=precision,
            )  # fmt: skip
            claim = a_claim(
                parcel.article, "attacked", place=where,
                actors=(a_participant(a_span(stored, "Rebels")),),
                recipients=(a_participant(a_span(stored, "soldiers")),),
            )  # fmt: skip
            keep(opened, a_coded(parcel.article, claim))
        project.fuse(opened)
        yield opened


def test_points_only_for_places(store: Store) -> None:
    """A point stands for a place alone; a country and a region are areas, and nothing is moved."""
    with store.read() as connection:
        index = Shelf(corners).index(connection)
        found = atlas.atlas(connection, index, np.ones(len(index), bool))
    assert {(one.place, one.latitude) for one in found.points} == {("Mosul", 36.3), ("Erbil", 36.2)}
    assert [one.name for one in found.regions] == ["Anbar"]
    assert found.countries == {"EGY": 1}
    assert {one.look for one in found.points} == {"ghost"}


def test_what_is_new_is_since_the_day(store: Store) -> None:
    """Events whose reports came after the day are told of, of each how many; later ones are not."""
    with store.read() as connection:
        index = Shelf(corners).index(connection)
        of = read({"since": "2024-11-20", "on": "2024-11-22"}, ON)
        found = changed(connection, index, chosen(connection, index, of).every, of)
    assert found.total == 2
    assert {one.because for one in found.rows if one.pair is None} == {"new"}


def test_weeks_count_each_event_once(store: Store) -> None:
    """Weeks end on the day asked for; a choice of days marks them and narrows nothing."""
    with store.read() as connection:
        index = Shelf(corners).index(connection)
        of = read({"from": "2024-11-21", "to": "2024-11-27"}, ON)
        keep_ = chosen(connection, index, of)
        made = weeks(index, keep_.every, of)
    assert [week.total for week in made.weeks][-2:] == [1, 3]
    assert [week.chosen for week in made.weeks][-2:] == [False, True]
    assert int(keep_.timed.sum()) == 3
    assert reported_by(index, ON) is None


def test_an_unread_search_is_a_fault(store: Store) -> None:
    """A search that cannot be read says where, and leaves everything in."""
    with store.read() as connection:
        index = Shelf(corners).index(connection)
        found = chosen(connection, index, read({"q": "actr:ISR"}, ON))
        some = chosen(connection, index, read({"q": "place:Mosul"}, ON))
    assert found.fault is not None
    assert int(found.every.sum()) == 4
    assert int(some.every.sum()) == 1


def test_the_desk_stands_on_the_last_day_of_an_old_store(store: Store) -> None:
    """Where nothing was reported for long, today is the day of the last report."""
    with store.read() as connection:
        index = Shelf(corners).index(connection)
    assert latest(index, date(2026, 1, 1)) == date(2024, 11, 23)
    assert latest(index, date(2024, 11, 25)) == date(2024, 11, 25)


def test_families_are_the_ontologys(store: Store) -> None:
    """An event is of the corner that the ontology gives its type; of none that it lacks."""
    with store.read() as connection:
        known = families(Shelf(corners).index(connection), np.ones(4, bool))
        none = families(Shelf(dict).index(connection), np.ones(4, bool))
    assert known == {"VC": 0, "MC": 0, "VX": 0, "MX": 4}
    assert none == {"VC": 0, "MC": 0, "VX": 0, "MX": 0, "XX": 4}


def test_the_index_follows_the_store(store: Store) -> None:
    """Only what changed is read again, and what is gone is gone."""
    shelf = Shelf(corners)
    with store.read() as connection:
        before = shelf.index(connection)
        assert shelf.index(connection) is before
        assert judgements.standing(connection) == []
        assert len(series.marks(connection)) == len(before) == 4


def test_columns_outlive_the_desk(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that is opened again reads no event that the one before it read."""
    monkeypatch.setattr("tocsin.views.index.MANY", 1)
    with store.read() as connection:
        before = Shelf(corners, tmp_path / "kept", "1").index(connection)
        monkeypatch.setattr(series, "rows", None)
        after = Shelf(corners, tmp_path / "kept", "1").index(connection)
    assert after.key.tolist() == before.key.tolist()
    assert after.names == before.names
    assert after.labels == before.labels
    assert after.told(0, 1_000_000).tolist() == before.told(0, 1_000_000).tolist()


def test_due_and_overdue() -> None:
    """A threat is due within fourteen days, overdue once its deadline has passed, open before."""

    def group(status: Status, day: date | None) -> tuple[str, int | None]:
        deadline = Deadline(start=day, end=day, basis="explicit", claim="claim-1") if day else None
        one = threats.row(
            Threat(id="threat-1", kind="ultimatum", status=status, issuer=(), target=(),
                   utterances=(), deadline=deadline), ON,
        )  # fmt: skip
        return one.group, one.days

    assert group("open", None) == ("open", None)
    assert group("open", date(2024, 12, 20)) == ("open", 23)
    assert group("due", date(2024, 11, 30)) == ("due", 3)
    assert group("grace", date(2024, 11, 25)) == ("overdue", 2)
    assert group("resolved", date(2024, 11, 25)) == ("ended", 0)
