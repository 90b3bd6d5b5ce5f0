"""Twins of the pages about series: signals, units, forecasts, scores, by the Python client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from tests.chromium import serving
from tests.happened import Said, an_event
from tocsin.cli.doors import doors
from tocsin.cli.foresight import rules_of
from tocsin.client import ApiError, Client
from tocsin.desk.doors import Desk
from tocsin.records.signal import Signal
from tocsin.store import events, signals
from tocsin.store.open import open_store

ON = date(2024, 2, 4)  # day 34
TODAY = datetime(2024, 2, 5, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Return a client of a desk over five quiet weeks of attacks on Lebanon, and a loud one."""
    days = [0, 3, 7, 10, 14, 17, 21, 24, *[30] * 8]
    made = [an_event(f"e{at}", [Said(day, of=day, country="LBN")]) for at, day in enumerate(days)]
    with open_store(tmp_path_factory.mktemp("series") / "series.db") as store:
        with store.write() as connection:
            events.add(connection, made, [])
        desk = Desk(store, doors(), clock=lambda: TODAY)
        with serving(desk) as address, Client(address) as client:
            yield client


def _fired(desk: Client, **asked: object) -> list[Signal]:
    view = desk.signals(on=ON, **asked)  # type: ignore[arg-type]
    return [one.signal for day in view.days for one in day.fired]


def test_signals(desk: Client) -> None:
    """Signals of a day come with the names of units, their events, and the weeks behind them."""
    assert {(one.kind, one.unit) for one in _fired(desk)} == {
        ("surge", "LBN"), ("surge", "ISR>LBN"),
    }  # fmt: skip
    (one,) = _fired(desk, unit="LBN")
    whole = desk.signal(one.id, on=ON)
    assert [party.name for party in whole.fired.parties] == ["Lebanon"]
    assert len(whole.fired.events) == 8
    assert whole.weeks is not None
    assert whole.weeks.counts[-1] == one.value == 8
    assert (whole.usual, whole.reached) == (2, 4)
    assert _fired(desk, kind="silence") == []
    with pytest.raises(ApiError, match="no such record"):
        desk.signal("signal-0", on=ON)


def test_kept_signals(desk: Client, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What was kept of earlier days is listed behind the day's own."""
    with open_store(tmp_path_factory.mktemp("kept") / "kept.db") as store:
        old = Signal(
            id="signal-1", kind="rule", about="any", unit="all", family="all", value=3, threshold=2,
            day=date(2024, 2, 1), because="Many attacks.", rule="many",
        )  # fmt: skip
        with store.write() as connection:
            signals.keep(connection, [old], TODAY)
        with (
            serving(Desk(store, doors(), clock=lambda: TODAY)) as address,
            Client(address) as client,
        ):
            assert _fired(client) == [old]
            assert _fired(client, days=1) == []
            assert client.signal("signal-1").weeks is None


def test_rules_of_ones_own(tmp_path: Path) -> None:
    """What analysts' rules find stands among a day's signals, with its events and its own page."""
    file = tmp_path / "rules.yml"
    file.write_text(
        "- {id: many, title: Many attacks, kind: threshold, match: 'type:ASSAULT country:LBN', "
        "count: 8, within: 7d, same: country}"
    )
    made = [an_event(f"e{at}", [Said(30, of=30, country="LBN")]) for at in range(8)]
    with open_store(tmp_path / "ruled.db") as store:
        with store.write() as connection:
            events.add(connection, made, [])
        desk = Desk(store, doors(own=rules_of(file, TODAY.date())), clock=lambda: TODAY)
        with serving(desk) as address, Client(address) as client:
            day = date(2024, 1, 31)
            (one,) = [
                fired.signal
                for of in client.signals(on=day, kind="rule").days
                for fired in of.fired
            ]
            assert (one.rule, one.unit, len(one.events)) == ("many", "LBN", 8)
            assert "Many attacks" in httpx.get(f"{address}/signals/{one.id}?on={day}").text


def test_series(desk: Client) -> None:
    """All indicators of a day come as records, and each unit's are those of its own page."""
    table = desk.series(on=ON)
    assert [one.unit.name for one in table.units] == ["LBN", "ISR>LBN"]
    for brief in table.units:
        unit = desk.unit(brief.unit.kind, brief.unit.name, on=ON)
        assert unit.parties == brief.parties
        own = {
            (one.indicator, one.family): one.value
            for one in table.measures
            if (one.kind, one.unit) == (brief.unit.kind, brief.unit.name)
        }
        assert {(one.indicator, one.family): one.value for one in unit.tracks} == own
        assert unit.charts[0].weeks.counts[-1] == 8
        assert unit.days[-1] == ON
    with pytest.raises(ApiError, match="no event counts there"):
        desk.unit("country", "ZZZ", on=ON)


def test_forecasts_and_scores(desk: Client) -> None:
    """A short history is refused, with the reason; nothing is scored yet."""
    told = desk.forecasts(on=ON)
    assert not told.issued
    assert [one.refused for one in told.series] == ["5 weeks of history, expected 26 at least"]
    assert desk.forecasts(on=ON, unit="ZZZ").series == ()
    board = desk.scores("lead")
    assert (board.open, board.resolved, board.groups) == (0, 0, ())


def test_the_first_screen(desk: Client) -> None:
    """The first screen's twin has the signals that there is room for."""
    found = desk.screen(on=ON).signals
    assert {one.signal.unit for one in found} == {"LBN", "ISR>LBN"}
    assert desk.screen(on=ON, country="SDN").signals == ()


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("path", ["signals", "series", "forecasts", "unit?kind=country&name=SDN"])
def test_days_that_nobody_can_look_at(path: str, on: str, http: httpx.Client) -> None:
    """A day to come, or of long ago, is refused with what was expected."""
    answer = http.get(f"/{path}{'&' if '?' in path else '?'}on={on}")
    assert answer.status_code == 400
    assert "expected a day from 1900-01-01 to today" in answer.json()["error"]["message"]
