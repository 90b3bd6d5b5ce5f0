"""Rates: shares with intervals, hidden where they rest on too little, and waiting times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from tests.build import a_participant
from tocsin.fusion.rates import rates, share, waiting
from tocsin.records.threat import Candidate, Deadline, Outcome, Threat, threat_id

START = date(2024, 1, 1)
TODAY = START + timedelta(100)


def a_threat(
    number: int, did: str = "cannot tell", *, days: int = 0, country: str = "NOR", moved: int = 0
) -> Threat:
    """Return a threat; its issuer did something after so many days, or nothing that is known."""
    end = Deadline(start=TODAY, end=TODAY, basis="explicit", claim="c")
    before = Deadline(
        start=end.start, end=end.end - timedelta(moved), basis="explicit", claim="c"
    )  # fmt: skip
    shown = Candidate(
        event="event", axis="issuer", did=did, timing="after", day=START + timedelta(days),
        features=(), score=1.0, confirmed=True,
    )  # fmt: skip
    open_ = did == "cannot tell"
    return Threat(
        id=threat_id(str(number)), kind="compellent", status="open" if open_ else "resolved",
        issuer=(a_participant(country=country, sectors=("GOV",)),), target=(), utterances=(),
        issued=START, last_reported=START, deadline=end, moved_from=(before,) if moved else (),
        outcome=Outcome(issuer=did),  # type: ignore[arg-type]
        candidates=() if open_ else (shown,), independent=1 + number % 2,
    )  # fmt: skip


def test_share() -> None:
    """The value is shrunk by a flat prior and lies in its interval."""
    found = share(4, 8)
    assert found.value == pytest.approx(0.5)
    assert found.low is not None
    assert found.high is not None
    # The quantiles of Beta(5, 5).
    assert found.low == pytest.approx(0.2120, abs=1e-4)
    assert found.high == pytest.approx(0.7880, abs=1e-4)


def test_hidden() -> None:
    """Of fewer than five nothing is shown but the counts, and that it is hidden."""
    found = share(2, 4)
    assert (found.value, found.low, found.high, found.count, found.n) == (None, None, None, 2, 4)
    assert "fewer than 5" in found.note


def test_follow_through() -> None:
    """Settled threats alone count, by issuer too."""
    rows = [
        *(a_threat(n, "carried out as stated", days=5) for n in range(3)),
        *(a_threat(n, "not carried out") for n in range(3, 6)),
        a_threat(6),
        a_threat(7, "carried out as stated", days=9, country="SDN"),
    ]
    found = rates(rows, TODAY)
    assert (found.followed.count, found.followed.n) == (4, 7)
    assert (found.followed_by["NOR"].count, found.followed_by["NOR"].n) == (3, 6)
    assert found.followed_by["SDN"].value is None


def test_loads() -> None:
    """What is open and what of it is due within a week, by issuer, most first."""
    found = rates([a_threat(1), a_threat(2), a_threat(3, country="SDN")], TODAY - timedelta(3))
    assert [(one.issuer, one.open, one.due) for one in found.loads] == [
        ("NOR", 2, 2),
        ("SDN", 1, 1),
    ]


def test_extensions() -> None:
    """How many deadlines moved, and by how many days in the middle."""
    rows = [a_threat(n, moved=m) for n, m in enumerate((0, 0, 0, 7, 9, 30))]
    found = rates(rows, TODAY)
    assert (found.extended.count, found.extended.n, found.slippage) == (3, 6, 9.0)
    assert (found.single.count, found.single.n) == (3, 6)


def by_hand(done: Sequence[int], still: Sequence[int]) -> list[tuple[int, float]]:
    """Return the curve of Kaplan and Meier, multiplied out."""
    left, curve = 1.0, []
    for day in sorted(set(done)):
        risk = sum(d >= day for d in (*done, *still))
        left *= 1 - done.count(day) / risk
        curve.append((day, left))
    return curve


def test_waiting() -> None:
    """Open threats count as long as they were watched."""
    done = [2, 5, 5, 40]
    rows = [a_threat(n, "carried out as stated", days=d) for n, d in enumerate(done)]
    rows += [a_threat(n) for n in range(10, 13)]
    expected = by_hand(done, [100, 100, 100])
    found = waiting(rows, TODAY)
    assert [one.days for one in found] == [day for day, _ in expected]
    assert [one.waiting for one in found] == pytest.approx([left for _, left in expected])
    assert found[0].at_risk == 7


def test_nothing() -> None:
    """An empty ledger has no rates, and no error."""
    found = rates([], TODAY)
    assert (found.loads, found.waiting, found.slippage) == ((), (), None)
