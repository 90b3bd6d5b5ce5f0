"""Whether threats are carried out in time: asked, answered, settled out of the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from tocsin.pipeline import carrying, resolving
from tocsin.records.forecast import Question
from tocsin.records.threat import Candidate, Deadline, Outcome, Threat
from tocsin.watch import hazard

START = date(2024, 1, 1)
ON = START + timedelta(days=20)


def _threat(number: int, did: str = "cannot tell", days: int = 0, last: int | None = 30) -> Threat:
    """Return a threat of the first of January; its issuer did something after so many days."""
    end = START + timedelta(days=last or 0)
    shown = Candidate(
        event="event", axis="issuer", did=did, timing="after", day=START + timedelta(days=days),
        features=(), score=1.0, confirmed=True,
    )  # fmt: skip
    open_ = did == "cannot tell"
    return Threat(
        id=f"threat-{number}", kind="ultimatum", status="open" if open_ else "resolved",
        issuer=(), target=(), utterances=(), issued=START,
        last_reported=START + timedelta(days=days or 20), title="A will strike B",
        deadline=Deadline(start=end, end=end, basis="explicit", claim="c") if last else None,
        outcome=Outcome(issuer=did),  # type: ignore[arg-type]
        candidates=() if open_ else (shown,),
    )  # fmt: skip


def _learnt(done: int, undone: int) -> hazard.Hazard:
    rows = [_threat(n, "carried out as stated", days=3) for n in range(done)]
    rows += [_threat(n, "not carried out") for n in range(undone)]
    return hazard.learn([waited for one in rows if (waited := carrying.waits(one, ON)) is not None])


def test_waits() -> None:
    """A threat waits until it is carried out or closed, else until the day; undated ones do not."""
    assert carrying.waits(_threat(1, "carried out as stated", days=3), ON) == hazard.Wait(
        "ultimatum", 3, done=True, settled=False
    )
    assert carrying.waits(_threat(1), ON) == hazard.Wait("ultimatum", 20, done=False, settled=False)
    assert carrying.waits(msgspec.structs.replace(_threat(1), issued=None), ON) is None


def test_an_answer() -> None:
    """An open threat has a chance with bounds, until a week after its deadline."""
    made = carrying._answer(_threat(9), ON, _learnt(6, 6), "data-1", 60)
    assert made is not None
    asked, said = made
    assert (asked.start, asked.end) == (ON + timedelta(days=1), START + timedelta(days=37))
    assert asked.deadline == asked.end + timedelta(days=60)
    assert "A will strike B" in asked.text
    assert said.chance is not None
    assert said.intervals[0].low < said.chance < said.intervals[0].high
    assert "6 of this kind carried out, 12 of all kinds settled" in said.because


@pytest.mark.parametrize(("done", "last"), [(2, 30), (6, 10)])
def test_no_answer(done: int, last: int) -> None:
    """Of few settled threats, and once its time is over, nothing is said."""
    assert carrying._answer(_threat(9, last=last), ON, _learnt(done, 2), "data-1", 60) is None


def test_without_a_deadline() -> None:
    """A threat without a deadline is looked at for thirty days."""
    made = carrying._answer(_threat(9, last=None), ON, _learnt(6, 6), "data-1", 60)
    assert made is not None
    assert made[0].end == ON + timedelta(days=30)


@pytest.mark.parametrize(
    ("did", "days", "state", "outcome"),
    [
        ("carried out as stated", 25, "resolved", 1), ("carried out as stated", 50, "resolved", 0),
        ("not carried out", 0, "resolved", 0), ("cannot tell", 0, "void", None),
    ],
)  # fmt: skip
def test_settling(did: str, days: int, state: str, outcome: float | None) -> None:
    """Done in time is yes, done later or not done is no, and what nobody settled is void."""
    made = carrying._answer(_threat(9), ON, _learnt(6, 6), "data-1", 60)
    assert made is not None
    found = _threat(9, did, days=days)
    done = resolving._threat(made[0], {found.id: found}, ON + timedelta(days=90))
    assert (done.state, done.outcome) == (state, outcome)


def test_a_threat_that_is_gone() -> None:
    """A question about a threat that the ledger no longer has is void."""
    asked = Question(
        id="q", text="?", rule="carried", start=ON, end=ON, deadline=ON, resolver="r", threat="x"
    )
    done = resolving._threat(asked, {}, ON)
    assert done.state == "void"
    assert "no longer in the ledger" in (done.void or "")
