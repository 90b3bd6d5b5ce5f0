"""Forecasts in order with refusals beside them, scores beside their baselines, units by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.counted import ON
from tests.foreseen import known
from tocsin.pipeline import forecasting
from tocsin.records.forecast import Refusal, Score
from tocsin.records.series import Key, Party, Unit
from tocsin.store.open import Store, open_store
from tocsin.views import outlook, scores, units
from tocsin.views.outlook import Made, Wanted
from tocsin.views.units import Brief, Table, Weeks

NOTHING = Made((), ())
CHAD = Key(Unit("country", "TCD"), "material conflict")


def named(some: Iterable[Unit]) -> Mapping[Unit, tuple[Party, ...]]:
    """Return names that are those of the units."""
    return {one: (Party(one.name),) for one in some}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    with open_store(tmp_path / "empty.db") as opened:
        yield opened


def test_forecasts(store: Store) -> None:
    """The series of which most is expected stands first; each step has its count and chances."""
    made = forecasting.series(known(ON), ON)
    told = Made(tuple(zip(made.questions, made.forecasts, strict=True)), ())
    with store.read() as connection:
        before = outlook.view(connection, Wanted(), ON, (told, NOTHING), named)
    assert not before.issued
    assert [one.key.unit.name for one in before.series] == ["SDN", "TCD", "LBY"]
    first = before.series[0].steps
    assert [one.lead for one in first] == [1, 2, 3, 4]
    assert all(one.some and one.surge is not None and len(one.intervals) == 3 for one in first)
    with store.write() as connection:
        forecasting.issue(connection, made)
    with store.read() as connection:
        issued = outlook.view(connection, Wanted(), ON, (NOTHING, NOTHING), named)
        later = outlook.view(
            connection, Wanted(), ON + timedelta(days=1), (NOTHING, NOTHING), named
        )
    assert issued.issued
    assert issued.series == before.series
    assert (later.issued, later.days) == (False, (ON,))


def test_refusals(store: Store) -> None:
    """A series that is refused stands among the others with its reason."""
    told = Made((), (Refusal(key=CHAD, because="9 weeks of history, expected 26"),))
    with store.read() as connection:
        view = outlook.view(connection, Wanted(), ON, (told, NOTHING), named)
        other = outlook.view(connection, Wanted(kind="dyad"), ON, (told, NOTHING), named)
        one = outlook.view(connection, Wanted(unit="tcd"), ON, (told, NOTHING), named)
    assert [(row.key, row.refused) for row in view.series] == [
        (CHAD, "9 weeks of history, expected 26")
    ]
    assert view.refused == view.total == 1
    assert other.series == ()
    assert one.series == view.series


@pytest.mark.parametrize(
    ("skill", "plain", "lost"), [(0.25, 2.0, False), (-0.5, 1.0, True), (None, None, False)]
)
def test_a_score_beside_its_baseline(
    skill: float | None, plain: float | None, *, lost: bool
) -> None:
    """The baseline's score comes back from the share that is saved, and a loss is one."""
    line = scores.line(Score(rule="count", group="week, low", number=9, crps=1.5, skill=skill))
    assert (line.own, line.plain, line.lost) == (1.5, plain, lost)


def test_units_by_words() -> None:
    """Units are found by their names and by their ids."""
    weeks = Weeks(end=ON, counts=(1, 0))
    briefs = tuple(
        Brief(unit, parties, weeks, 1, 1)
        for unit, parties in (
            (Unit("country", "SDN"), (Party("Sudan"),)),
            (Unit("dyad", "ISR>LBN"), (Party("Israel"), Party("Lebanon"))),
        )
    )
    table = Table(date.min, date.min, (), (), briefs, {})
    assert units.narrowed(table, None, "leban") == briefs[1:]
    assert units.narrowed(table, None, "SDN") == briefs[:1]
    assert units.narrowed(table, "dyad", "") == briefs[1:]
    assert weeks.start(0) == ON - timedelta(days=13)
