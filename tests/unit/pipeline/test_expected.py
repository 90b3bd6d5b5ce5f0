"""Counts are held against the last forecast that was made before their days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from scipy.stats import nbinom

from tocsin.pipeline.signals import expected
from tocsin.records.forecast import Forecast, Question, Rule, forecast_id, question_id
from tocsin.records.series import Key, Unit
from tocsin.store import forecasts
from tocsin.store.open import open_store
from tocsin.watch.exceed import tail

KEY = Key(Unit("country", "LBN"), "material conflict")
MONDAY = date(2024, 11, 18)
SUNDAY = MONDAY + timedelta(days=6)


def _question(rule: Rule, start: date) -> Question:
    end = start + timedelta(days=6)
    return Question(
        id=question_id(rule, KEY.id, "week", start, end), text="How many?", rule=rule, start=start,
        end=end, deadline=end + timedelta(days=60), resolver="rule", key=KEY, step="week",
    )  # fmt: skip


def _forecast(asked: Question, issued: date, mean: float) -> Forecast:
    return Forecast(
        id=forecast_id(asked.id, issued), question=asked.id, issued=issued, lead=1, data="d",
        stamp="s", stratum="low", parts=((0.5, mean, 3.0), (0.5, mean, 3.0)),
    )  # fmt: skip


def test_the_last_forecast_before(tmp_path: Path) -> None:
    """Of several the newest counts that was made before the days; other questions do not."""
    asked, other = _question("count", MONDAY), _question("some", MONDAY)
    coming = _question("count", MONDAY + timedelta(days=7))
    early, late = MONDAY - timedelta(days=8), MONDAY - timedelta(days=1)
    with open_store(tmp_path / "a.db") as store:
        with store.write() as connection:
            forecasts.ask(connection, [asked, other, coming])
            forecasts.issue(connection, [
                _forecast(asked, early, 9.0), _forecast(asked, late, 2.0),
                _forecast(asked, MONDAY, 7.0), _forecast(coming, late, 5.0),
            ])  # fmt: skip
        with store.read() as connection:
            (found,) = expected(connection, SUNDAY)
            assert expected(connection, SUNDAY - timedelta(days=1)) == []
            assert expected(connection, SUNDAY + timedelta(days=6))[0].key == KEY
            assert len(expected(connection, SUNDAY + timedelta(days=7))) == 1
    assert (found.key, found.start, found.end) == (KEY, MONDAY, SUNDAY)
    for count in (0, 1, 5, 20):
        chance = nbinom.sf(count - 1, 3.0, 3.0 / 5.0)
        assert tail(count, found.forecast) == pytest.approx(chance, abs=1e-9)
