"""The life of a threat: what its deadline and its outcome make of it on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tocsin.fusion import lifecycle
from tocsin.records.threat import Deadline, Outcome, Threat, Utterance, threat_id

FIRST, LAST = date(2024, 3, 11), date(2024, 3, 13)


def a_threat(*does: str, due: bool = True, moved: bool = False) -> Threat:
    """Return a threat that falls due in three days of March."""
    end = Deadline(start=FIRST, end=LAST, basis="explicit", claim="claim-1")
    said = tuple(
        Utterance(claim=f"claim-{at}", article="a", event="e", day=date(2024, 3, 1), does=one)  # type: ignore[arg-type]
        for at, one in enumerate(does or ("issues",))
    )
    return Threat(
        id=threat_id("claim-0"), kind="ultimatum", status="open", issuer=(), target=(),
        utterances=said, deadline=end if due else None, moved_from=(end,) if moved else (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"),
    [(1, "open"), (3, "open"), (4, "due"), (11, "due"), (13, "due"), (14, "grace"), (20, "grace"),
     (21, "lapsed")],
)  # fmt: skip
def test_days(day: int, expected: str) -> None:
    """Due from a week before the earliest end to the latest, then a week of grace, then lapsed."""
    assert lifecycle.status(a_threat(), date(2024, 3, day)) == expected


def test_settings() -> None:
    """Both spans are the user's to set."""
    assert lifecycle.status(a_threat(), LAST + timedelta(1), grace=0) == "lapsed"
    assert lifecycle.status(a_threat(), FIRST - timedelta(10), soon=14) == "due"


def test_without_deadline() -> None:
    """A threat without a deadline stays open."""
    assert lifecycle.status(a_threat(due=False), date(2034, 3, 1)) == "open"


def test_moved() -> None:
    """A threat that was given more time is extended until it is due again."""
    assert lifecycle.status(a_threat(moved=True), date(2024, 3, 1)) == "extended"
    assert lifecycle.status(a_threat(moved=True), FIRST) == "due"


def test_withdrawn() -> None:
    """What is taken back is withdrawn, unless it is made again."""
    day = date(2024, 3, 1)
    assert lifecycle.status(a_threat("issues", "withdraws"), day) == "withdrawn"
    assert lifecycle.status(a_threat("issues", "withdraws", "recalls"), day) == "withdrawn"
    assert lifecycle.status(a_threat("issues", "withdraws", "restates"), day) == "open"


def test_resolved() -> None:
    """A side that did what ends a thread resolves it; that the target refused does not."""
    done = replace(a_threat(), outcome=Outcome(issuer="carried out as stated"))
    not_yet = replace(a_threat(), outcome=Outcome(target="not"))
    assert lifecycle.status(done, FIRST) == "resolved"
    assert lifecycle.status(not_yet, FIRST) == "due"


def test_passed() -> None:
    """A deadline has passed after its latest end, while nothing has closed the threat."""
    assert not lifecycle.passed(a_threat(), LAST)
    assert lifecycle.passed(a_threat(), LAST + timedelta(1))
    assert not lifecycle.passed(replace(a_threat(), status="resolved"), LAST + timedelta(1))
