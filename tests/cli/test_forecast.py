"""`tocsin forecast` and `tocsin score`, from a store's events to what came of what was said."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.counted import an_event
from tocsin.cli.app import app
from tocsin.store import events
from tocsin.store.open import open_store

FIRST = date(2023, 1, 2)
ON = FIRST + timedelta(days=7 * 40 - 1)
AHEAD = 7 * 14


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with forty weeks of attacks in Sudan, and fourteen more after them."""
    file = tmp_path_factory.mktemp("foreseen") / "store.db"
    generator = np.random.default_rng(3)
    days = [FIRST, *(FIRST + timedelta(days=int(day))
                     for day in generator.integers(0, 7 * 40 + AHEAD, 160))]  # fmt: skip
    made = [an_event(f"{at:016x}", day, day) for at, day in enumerate(days)]
    with open_store(str(file)) as opened, opened.write() as connection:
        events.add(connection, made, [])
    return file


def _run(*words: object) -> tuple[str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def test_what_is_issued_is_scored(store: Path) -> None:
    """Forecasts are issued once, settled on their deadline, and held against what came."""
    line = ("forecast", "SDN", "--store", store, "--on", ON)
    out, told = _run(*line, "--json")
    rows = [json.loads(row) for row in out.splitlines()]
    assert {row["question"]["rule"] for row in rows} == {"count", "some", "surge", "high"}
    assert "16 forecasts" in told
    assert "16 issued now, 0 before" in _run(*line, "--issue")[1]
    assert "0 issued now, 16 before" in _run(*line, "--issue")[1]
    later = ON + timedelta(days=AHEAD)
    early = _run("score", "--store", store, "--on", ON)[1]
    assert early.startswith("0 settled now; 16 questions open")
    out, told = _run("score", "--store", store, "--on", later)
    assert told.startswith("16 settled now; 0 questions open, 16 resolved, 0 void (0.0%)")
    for words in ("How many", "One or more", "A surge", "CRPS", "Brier", "Dearest misses"):
        assert words in out
    board = json.loads(_run("score", "--store", store, "--by", "lead", "--json")[0])
    assert {one["group"] for one in board["scores"]} == {f"week, {n} ahead" for n in range(1, 5)}


def test_a_short_history_is_refused(store: Path) -> None:
    """Why nothing is foretold is told."""
    day = FIRST + timedelta(days=7 * 9 - 1)
    assert "9 weeks of history, expected 26" in _run("forecast", "-s", store, "--on", day)[1]


def test_days_and_threats(store: Path) -> None:
    """Fourteen days are foretold by day; a store without threats has none to tell of."""
    out, _ = _run("forecast", "--store", store, "--on", ON, "--step", "day", "--limit", 1)
    head, *steps = out.splitlines()
    assert head == "Sudan (SDN)  material conflict"
    assert len(steps) == 14
    assert steps[0].startswith(f"  {ON + timedelta(days=1)}  ")
    assert "one or more" in steps[0]
    _, told = _run("forecast", "--store", store, "--on", ON, "--about", "threats")
    assert told.startswith("no forecasts")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("forecast", "XYZ"), "no event of unit 'XYZ'"),
        (("forecast", "--on", "2999-01-01"), "to come"),
        (("score", "--on", "2999-01-01"), "to come"),
    ],
)
def test_mistakes_are_told(store: Path, words: tuple[str, ...], said: str) -> None:
    """A unit that is not there and a day to come end in one line."""
    done = CliRunner().invoke(app, [*words, "--store", str(store)])
    assert done.exit_code != 0
    assert said in str(done.exception)
