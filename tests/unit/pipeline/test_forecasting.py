"""Forecasts of series as questions and answers, settled by their rules and scored."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import cast

import msgspec
import numpy as np
import pytest
from sqlalchemy.engine import Connection

from tests.counted import ON
from tests.foreseen import known
from tocsin.pipeline import answering, forecasting, resolving, scoreboard
from tocsin.pipeline.forecasting import Issued
from tocsin.records.forecast import Forecast, Question
from tocsin.records.series import Key, Unit
from tocsin.watch import shape
from tocsin.watch.columns import standing

SUDAN = Key(Unit("country", "SDN"), "material conflict")
# Only threats are looked up in a store.
NOWHERE = cast("Connection", None)


@cache
def _issued() -> Issued:
    return forecasting.series(known(), ON, wait=7)


def _answers(key: Key) -> list[tuple[Question, Forecast]]:
    made = _issued()
    return [
        (asked, said)
        for asked, said in zip(made.questions, made.forecasts, strict=True)
        if asked.key == key
    ]


def _settled() -> list[tuple[Question, Forecast]]:
    today = ON + timedelta(days=80)
    done = {one.id: one for one in resolving.settled(NOWHERE, known(), _issued().questions, today)}
    return [(done[one.question], one) for one in _issued().forecasts]


def test_a_dyad_knows_its_other_direction() -> None:
    """The same family the other way round; countries, and dyads without one, have none."""
    there, back, alone = (
        Key(Unit("dyad", name), "verbal conflict") for name in ("ISR>IRN", "IRN>ISR", "USA>IRN")
    )
    other = Key(Unit("dyad", "IRN>ISR"), "material conflict")
    found = forecasting.reverse([SUDAN, there, other, back, alone])
    assert found is not None
    assert found.tolist() == [-1, 3, -1, 1, -1]
    assert forecasting.reverse([SUDAN, alone]) is None


def test_every_series_is_asked_about() -> None:
    """Four weeks, four questions each, of each of the three countries, under ids of their own."""
    made = _issued()
    assert len(made.questions) == len(made.forecasts) == 3 * 4 * 4
    assert len({one.id for one in made.questions}) == len(made.questions)
    assert not made.refusals
    first, said = _answers(SUDAN)[0]
    assert (first.start, first.end) == (date(2024, 7, 1), date(2024, 7, 7))
    assert first.deadline == date(2024, 7, 14)
    assert "How many events of material conflict in Sudan" in first.text
    assert said.issued == ON
    assert said.lead == 1


def test_the_future_is_not_known() -> None:
    """The same is foretold with and without the reports that come after the day."""
    assert forecasting.series(known(ON), ON, wait=7) == _issued()


def test_answers_fit_each_other() -> None:
    """The chance of one or more is that of the distribution, and intervals lie within another."""
    for key in (SUDAN, Key(Unit("country", "LBY"), "material conflict")):
        rows = _answers(key)
        whole = {one.start: said for one, said in rows if one.rule == "count"}
        for asked, said in rows:
            if asked.rule == "some":
                held, curves = answering.distribution([whole[asked.start]])
                none = scoreboard._crps(held, curves, np.zeros(1))
                assert np.isfinite(none[0]).all()
                assert said.chance is not None
        for said in whole.values():
            half, most, all_ = said.intervals
            assert all_.low <= most.low <= half.low <= (said.median or 0.0)
            assert (said.median or 0.0) <= half.high <= most.high <= all_.high
            assert sum(weight for weight, _, _ in said.parts) == pytest.approx(1, abs=1e-4)


def test_busy_and_quiet_series_differ() -> None:
    """Where there are four a week, about four are foretold; where hardly any, hardly any."""
    chances = {}
    for name in ("SDN", "LBY"):
        rows = _answers(Key(Unit("country", name), "material conflict"))
        chances[name] = next(said.chance for one, said in rows if one.rule == "some") or 0.0
        middle, _ = shape.moments(answering.distribution([rows[0][1]])[0])
        assert (2.5 < middle[0, 0] < 5.5) == (name == "SDN")
    assert chances["SDN"] > 0.9
    assert chances["LBY"] < 0.3


def test_a_short_history_is_refused() -> None:
    """With twenty weeks nothing is foretold, and the reason is given for each series."""
    day = ON - timedelta(days=7 * 50)
    made = forecasting.series(known(day), day)
    assert not made.forecasts
    assert {one.because for one in made.refusals} == {"20 weeks of history, expected 26 at least"}


def test_a_broken_panel_is_refused() -> None:
    """A panel that broke within the window leaves counts that cannot be compared."""
    breaks = np.zeros(60, np.bool_)
    breaks[-3] = True
    made = forecasting.series(known(), ON, breaks=breaks)
    assert not made.forecasts
    assert "the panel of sources broke 2 weeks ago" in made.refusals[0].because


def test_days() -> None:
    """By day there are fourteen, and neither surge nor high, which are of weeks."""
    made = forecasting.series(known(), ON, step="day")
    assert len(made.forecasts) == 3 * 14 * 2
    assert {one.rule for one in made.questions} == {"count", "some"}


def test_questions_are_settled_by_their_rules() -> None:
    """What came is the count of the week as known on the deadline, and the rules follow from it."""
    held = {
        one.event: one.day for one in (spell.sighting for spell in known().spells)
        if "SDN" in one.countries
    }  # fmt: skip
    rows = [asked for asked, _ in _settled() if asked.key == SUDAN]
    for one in rows:
        days = range(one.start.toordinal(), one.end.toordinal() + 1)
        came = sum(day in days for day in held.values())
        assert one.state == "resolved"
        if one.rule == "count":
            assert one.outcome == came
        elif one.rule == "some":
            assert one.outcome == (came > 0)


@pytest.mark.parametrize(
    ("rule", "counts", "outcome"),
    [
        ("count", [0, 0, 3], 3), ("some", [0, 0, 3], 1), ("some", [5, 5, 0], 0),
        ("surge", [1, 1, 1, 1, 2], 1), ("surge", [1, 1, 1, 0, 9], 0), ("surge", [4, 4, 4, 4, 7], 0),
        ("high", [9, *[1] * 52, 2], 1), ("high", [9, *[1] * 51, 9], 0),
    ],
)  # fmt: skip
def test_rules(rule: str, counts: list[int], outcome: float) -> None:
    """Each rule looks at the last step and at what it must be held against."""
    assert resolving.outcome(rule, np.array(counts)) == outcome  # type: ignore[arg-type]


def test_days_without_any_report_are_void() -> None:
    """Where nothing was reported at all, no events are no zero."""
    done = resolving.settled(NOWHERE, known(ON), _issued().questions[:4], ON + timedelta(days=80))
    assert {one.state for one in done} == {"void"}
    assert "no event at all was first reported" in (done[0].void or "")


def test_later_reports_do_not_count() -> None:
    """An event that is first reported after the deadline changes nothing."""
    late = [spell.sighting for spell in known().spells]
    other = msgspec.structs.replace(
        late[0], event="event-late", day=ON.toordinal() + 2, reported=ON.toordinal() + 70,
        countries=("SDN",),
    )  # fmt: skip
    today = ON + timedelta(days=80)
    before = resolving.settled(NOWHERE, known(), _issued().questions, today)
    assert (
        resolving.settled(NOWHERE, standing([*late, other]), _issued().questions, today) == before
    )


def test_the_board() -> None:
    """The board has a score for each question and stratum, bands, misses; voids are counted."""
    rows = _settled()
    lost = [
        (msgspec.structs.replace(rows[0][0], state="void", outcome=None, void="lost"), rows[0][1])
    ]
    made = scoreboard.board(rows[1:] + lost, misses=3)
    counts = [one for one in made.scores if one.rule == "count"]
    assert sum(one.number for one in counts) == 11
    assert sum(one.void for one in counts) == 1
    assert made.voids == {"lost": 1}
    assert len(made.misses) == 3
    assert made.misses[0].log >= made.misses[1].log >= made.misses[2].log
    assert sum(band.number for band in made.reliability["some"]) == 12
    for one in made.scores:
        if one.rule == "some" and one.number:
            assert one.brier is not None
            assert 0 <= one.brier <= 1
    whole = scoreboard.board(rows, "all")
    crps = next(one for one in whole.scores if one.rule == "count").crps
    assert crps is not None
    assert 0 < crps < 2


def test_the_board_scores_what_was_issued() -> None:
    """The log score is that of the distribution as it was kept."""
    asked, said = next(row for row in _settled() if row[0].key == SUDAN)
    made = scoreboard.board([(asked, said)])
    held, curves = answering.distribution([said])
    assert curves.shape[-1] == len(said.curve)
    assert made.scores[0].log is not None
    assert made.scores[0].log == pytest.approx(made.misses[0].log)
    assert shape.moments(held)[0][0, 0] == pytest.approx(made.scores[0].said)
