"""Coverage: outlets week by week, gaps only where articles were to be expected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.stored import a_parcel, put
from tocsin.records.article import Moment
from tocsin.records.source import Source
from tocsin.store import letters
from tocsin.store.open import Store, open_store
from tocsin.views.coverage import WEEKS, View, view

FIRST = date(2024, 1, 1)
# Days without any article of The Teller, who has one on every other day.
SILENT = (date(2024, 2, 3), date(2024, 2, 25))
DAYS = 100


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store of an outlet that falls silent, one that seldom speaks, and a registry."""
    file: Path = tmp_path_factory.mktemp("coverage") / "some.db"
    with open_store(file) as opened:
        every = [FIRST + timedelta(days) for days in range(DAYS)]
        spoken = [day for day in every if not SILENT[0] <= day <= SILENT[1]]
        told = [(day, "The Teller") for day in spoken]
        told += [(day, "The Rare One") for day in every[::40]]
        put(opened, *(
            a_parcel(f"{name} tells of {day}.", place=f"{name} {day}", outlet=name,
                     published=Moment(day)) for day, name in told
        ), a_parcel("Nobody knows when.", published=None))  # fmt: skip
        with opened.write() as connection:
            letters.keep(connection, [
                Source(id="teller", name="The Teller", country="KEN", languages=("en",)),
                Source(id="mute", name="The Mute", country="KEN"),
            ])  # fmt: skip
        yield opened


def _view(store: Store, to: date | None = None) -> View:
    with store.read() as connection:
        return view(connection, to)


def test_weeks_hold_all_articles(store: Store) -> None:
    """Every dated article is in one week; weeks end on the last day and begin with the first."""
    found = _view(store)
    assert found.weeks[-1].end == FIRST + timedelta(DAYS - 1)
    assert found.weeks[0].start <= FIRST < found.weeks[1].start
    rows = {row.name: row for row in found.rows}
    assert rows["The Teller"].articles == DAYS - 23
    assert rows["The Rare One"].articles == 3
    assert sum(week.articles for week in found.weeks) == DAYS - 23 + 3
    assert found.undated == 1


def test_gaps_are_where_articles_were_to_be_expected(store: Store) -> None:
    """Weeks of silence of who speaks daily are one gap; who seldom speaks has none."""
    (gap,) = _view(store).gaps
    assert gap.name == "The Teller"
    assert SILENT[0] <= gap.start
    assert gap.end <= SILENT[1]
    assert (gap.weeks, gap.open) == (2, False)


def test_a_gap_up_to_the_end_is_open(store: Store) -> None:
    """Seen from a day within the silence the gap goes on."""
    (gap,) = _view(store, SILENT[1]).gaps
    assert (gap.end, gap.open) == (SILENT[1], True)
    assert _view(store, SILENT[1]).later == FIRST + timedelta(DAYS - 1)


def test_the_registry_is_counted(store: Store) -> None:
    """Sources come by country and language with how many of them have articles."""
    found = _view(store)
    parts = {name: {part.value: (part.sources, part.met) for part in some}
             for name, some in found.registry}  # fmt: skip
    assert found.registered == 2
    assert parts["country"] == {"KEN": (2, 1)}
    assert parts["language"] == {"en": (1, 1), None: (1, 0)}


def test_an_empty_store(tmp_path: Path) -> None:
    """Without articles there are no weeks and no gaps; half a year is the most at a time."""
    with open_store(tmp_path / "empty.db") as store:
        assert _view(store).weeks == ()
        put(store, *(a_parcel(f"Told on {day}.", place=str(day), published=Moment(day))
                     for day in (date(2020, 1, 1), date(2024, 1, 1))))  # fmt: skip
        found = _view(store)
        assert len(found.weeks) == WEEKS
        assert found.earlier is not None
        assert _view(store, date(2020, 1, 1)).weeks[0].articles == 1
