"""Questions are asked once, answered once a day, settled once; answers stay as they were made."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from tocsin.base.errors import StoreError
from tocsin.records.forecast import Forecast, Question, forecast_id, question_id
from tocsin.records.series import Key, Unit
from tocsin.store import forecasts
from tocsin.store.open import Store

DAY = date(2024, 6, 30)
KEY = Key(Unit("country", "SDN"), "protest")


def _asked(ahead: int = 0) -> Question:
    start = DAY + timedelta(days=1 + 7 * ahead)
    end = start + timedelta(days=6)
    return Question(
        id=question_id("some", KEY.id, "week", start, end), text="One or more?", rule="some",
        start=start, end=end, deadline=end + timedelta(days=60), resolver="counts", key=KEY,
        step="week",
    )  # fmt: skip


def _said(asked: Question, chance: float, day: date = DAY) -> Forecast:
    return Forecast(
        id=forecast_id(asked.id, day), question=asked.id, issued=day, lead=1, data="data-1",
        stamp="tocsin", stratum="low", chance=chance,
    )  # fmt: skip


def test_answers_come_back(store: Store) -> None:
    """Questions and answers are read as they were kept, the oldest first, or those of a series."""
    asked = [_asked(1), _asked(0)]
    said = [_said(one, 0.3) for one in asked] + [_said(asked[1], 0.4, DAY + timedelta(days=1))]
    with store.write() as connection:
        assert forecasts.ask(connection, asked) == 2
        assert forecasts.issue(connection, said) == 3
    with store.read() as connection:
        rows = list(forecasts.answered(connection, about=KEY.id))
        assert not list(forecasts.answered(connection, about="series-other"))
        assert forecasts.tally(connection) == {"open": 2}
    assert rows == [(asked[1], said[1]), (asked[1], said[2]), (asked[0], said[0])]


def test_what_was_issued_stands(store: Store) -> None:
    """Another answer to the same question on the same day changes nothing."""
    asked = _asked()
    with store.write() as connection:
        forecasts.ask(connection, [asked])
        assert forecasts.issue(connection, [_said(asked, 0.3)]) == 1
        assert forecasts.ask(connection, [msgspec.structs.replace(asked, text="Other?")]) == 0
        assert forecasts.issue(connection, [_said(asked, 0.9)]) == 0
    with store.read() as connection:
        assert [said.chance for _, said in forecasts.answered(connection)] == [0.3]


@pytest.mark.parametrize("statement", ["UPDATE forecast SET chance = 0.9", "DELETE FROM forecast"])
def test_no_statement_changes_an_answer(store: Store, statement: str) -> None:
    """The database itself refuses to change or delete what was issued."""
    asked = _asked()
    with store.write() as connection:
        forecasts.ask(connection, [asked])
        forecasts.issue(connection, [_said(asked, 0.3)])
    with (
        pytest.raises((SQLAlchemyError, StoreError), match="kept as they were made"),
        store.write() as connection,
    ):
        connection.execute(sa.text(statement))
    with store.read() as connection:
        assert len(list(forecasts.answered(connection))) == 1


def test_settling(store: Store) -> None:
    """A question is settled once, when its deadline is over; what came is read with it."""
    asked = _asked()
    done = msgspec.structs.replace(asked, state="resolved", outcome=1.0, settled=asked.deadline)
    with store.write() as connection:
        forecasts.ask(connection, [asked, _asked(1)])
        forecasts.issue(connection, [_said(asked, 0.3)])
        assert forecasts.due(connection, asked.deadline - timedelta(days=1)) == []
        assert forecasts.due(connection, asked.deadline) == [asked]
        forecasts.settle(connection, [done])
        assert forecasts.due(connection, asked.deadline) == []
    with store.read() as connection:
        assert [one for one, _ in forecasts.answered(connection, "resolved")] == [done]
        assert forecasts.tally(connection) == {"open": 1, "resolved": 1}
    with pytest.raises(StoreError, match="expected an open question"), store.write() as connection:
        forecasts.settle(connection, [done])


def test_an_answer_needs_its_question(store: Store) -> None:
    """An answer to nothing that was asked is refused."""
    with pytest.raises(StoreError, match="to be asked before"), store.write() as connection:
        forecasts.issue(connection, [_said(_asked(), 0.3)])
