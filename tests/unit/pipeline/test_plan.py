"""Plans: checked before they begin, carried out in batches, kept as runs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tocsin.base.errors import PlanError
from tocsin.base.log import Log
from tocsin.pipeline import plan
from tocsin.pipeline.plan import Good, Step
from tocsin.records.run import Run
from tocsin.store import marks
from tocsin.store.open import Store, open_store

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    with open_store(tmp_path / "a.db") as opened:
        yield opened


def a_step(name: str, needs: set[Good], gives: set[Good], *batches: dict[str, int]) -> Step:
    """Return a step whose batches count as they are given."""

    def work(_run: Run) -> Iterator[Counter[str]]:
        yield from map(Counter, batches)

    return Step(name, frozenset(needs), frozenset(gives), work)


def test_a_step_without_its_needs_is_refused_before_anything_is_done(store: Store) -> None:
    """The error names the step and what it lacks, and no run has begun."""
    steps = [a_step("code", {"articles"}, {"codings"})]
    with pytest.raises(PlanError, match="'code' needs articles"):
        plan.carry_out(store, "run", steps, (), clock=lambda: NOON)
    with store.read() as connection:
        assert marks.runs(connection) == []


def test_an_earlier_step_or_the_store_gives_what_is_needed() -> None:
    """A plan holds where each need is met before its step."""
    code = a_step("code", {"articles"}, {"codings"})
    plan.check([code], {"articles"})
    plan.check([a_step("add", set(), {"articles"}), code], ())
    with pytest.raises(PlanError):
        plan.check([code, a_step("add", set(), {"articles"})], ())


def test_batches_are_watched_logged_and_the_run_is_done(store: Store, tmp_path: Path) -> None:
    """Whoever watches hears of each batch; the log has a line for each."""
    heard: list[tuple[str, int]] = []
    log = tmp_path / "log.jsonl"
    run = plan.carry_out(
        store,
        "add",
        [a_step("add", set(), {"articles"}, {"new": 2}, {"new": 3})],
        (),
        clock=lambda: NOON,
        watch=lambda step, counts, _pending: heard.append((step, counts["new"])),
        log=Log(log),
    )
    assert (run.state, heard) == ("done", [("add", 2), ("add", 3)])
    lines = [json.loads(line) for line in log.read_text("utf8").splitlines()]
    assert [line["event"] for line in lines] == ["begun", "batch", "batch", "done"]
    assert lines[-1]["new"] == 5


def test_a_step_that_nothing_waits_for_does_no_work(store: Store) -> None:
    """Its work is not begun; where nobody can know what waits, it is."""
    begun: list[str] = []

    def a_waiting(name: str, number: int | None) -> Step:
        def work(_run: Run) -> Iterator[Counter[str]]:
            begun.append(name)
            yield Counter(done=1)

        return Step(name, frozenset(), frozenset(), work, lambda: number)

    steps = [a_waiting("none", 0), a_waiting("some", 2), a_waiting("unknown", None)]
    run = plan.carry_out(store, "run", steps, (), clock=lambda: NOON)
    assert (begun, run.state) == (["some", "unknown"], "done")


def test_a_failure_ends_the_run_with_its_reason(store: Store) -> None:
    """The error goes on to whoever asked, and the run says what it was."""

    def work(_run: Run) -> Iterator[Counter[str]]:
        yield Counter(new=1)
        raise OSError("no power")

    step = Step("add", frozenset(), frozenset({"articles"}), work)
    with pytest.raises(OSError, match="no power"):
        plan.carry_out(store, "add", [step], (), clock=lambda: NOON)
    with store.read() as connection:
        (run,) = marks.runs(connection)
    assert (run.state, run.message) == ("failed", "OSError: no power")


def test_a_run_that_was_killed_is_found_stopped(store: Store) -> None:
    """A run that never ended is marked by the next of its kind."""
    with store.write() as connection:
        marks.begin(connection, "add", NOON)
    plan.carry_out(store, "add", [a_step("add", set(), set())], (), clock=lambda: datetime.now(UTC))
    with store.read() as connection:
        assert [run.state for run in marks.runs(connection)] == ["done", "stopped"]
