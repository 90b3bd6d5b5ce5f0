"""Signals of a day: each by numbers that can be counted by hand, with a sentence that says them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.happened import FAMILY, a_sighting, after
from tocsin.base.settings import Signalling, load
from tocsin.records.claim import Participant
from tocsin.records.evidence import Span
from tocsin.records.series import Key, Unit
from tocsin.records.sighting import Sighting
from tocsin.records.signal import Signal
from tocsin.records.threat import Deadline, Status, Threat
from tocsin.watch.columns import standing
from tocsin.watch.due import standing as open_threats
from tocsin.watch.levels import Expected
from tocsin.watch.scene import Scene, weeks
from tocsin.watch.signals import signals

RULES = load().signals
LEBANON = Key(Unit("country", "LBN"), FAMILY)


def _scene(some: list[Sighting], on: int, rules: Signalling = RULES) -> Scene:
    return Scene(standing(some), after(on), rules, lambda unit: unit.name)


def _found(some: list[Sighting], on: int, kind: str) -> list[Signal]:
    return [one for one in signals(_scene(some, on)) if one.kind == kind]


def _many(days: dict[int, int]) -> list[Sighting]:
    return [a_sighting(f"{day}-{n}", day) for day, number in days.items() for n in range(number)]


def test_a_rise_from_what_nobody_read_says_so() -> None:
    """Where the first report is younger than what a week is held against, the sentence tells."""
    (one,) = _found(_many({0: 1, 7: 1, 14: 1, 21: 1, 30: 8}), 34, "surge")
    assert "unread" not in one.because
    elsewhere = a_sighting("elsewhere", 0, country="SYR")
    (one,) = _found([elsewhere, *_many({7: 1, 14: 2, 21: 1, 30: 8})], 34, "surge")
    told = "The first report of it here is of 2024-01-08: before that it may only be unread."
    assert one.because.endswith(told)


def test_a_surge() -> None:
    """Eight in a week after four weeks of two each is a surge; seven, after two and a half, not."""
    quiet = dict.fromkeys((0, 3, 7, 10, 14, 17, 21, 24), 1)
    (one,) = _found(_many(quiet | {30: 8}), 34, "surge")
    assert (one.unit, one.value, one.baseline, one.threshold) == ("LBN", 8.0, 2.0, 4.0)
    assert len(one.events) == 8
    assert one.because == (
        "8 events of material conflict in LBN in the seven days to 2024-02-04; the 4 weeks before "
        "had 2 a week, and a surge is twice that where it is 1 or more."
    )
    assert _found(_many(quiet | {30: 3}), 34, "surge") == []
    assert _found(_many({30: 8}), 34, "surge") == []  # a mean of none


def test_a_rising_threat_and_its_class() -> None:
    """Two a week for a month, after a year of one a month, is a rising threat."""
    year = dict.fromkeys(range(0, 364, 28), 1)
    late = dict.fromkeys((350, 357, 364, 371), 2)
    (one,) = _found(_many(year | late), 375, "rising")
    assert one.value >= one.threshold
    assert one.baseline is not None
    assert one.threshold == pytest.approx(2 * one.baseline, abs=1e-5)
    assert _found(_many(year), 375, "rising") == []


def test_no_year_no_rising_threat() -> None:
    """What began two months ago has no year to be held against."""
    assert _found(_many(dict.fromkeys(range(0, 60, 2), 3)), 60, "rising") == []


def test_a_change_of_class() -> None:
    """A place whose weeks begin to stand out is told when its class goes up, and only then."""
    days = {0: 1} | dict.fromkeys((250, 275, 300, 325, 350, 377), 12)
    some = _many(days)
    found = {on: _found(some, on, "class") for on in range(370, 386)}
    raised = [on for on, made in found.items() if made]
    assert raised
    (one,) = found[raised[0]]
    assert one.settings["to"] in ("growing", "extreme", "consistent")
    assert f"from {one.settings['from']} to {one.settings['to']}" in one.because


def test_a_surprise() -> None:
    """A count that the forecast gave little chance is a surprise; a likely one is none."""
    scene = _scene(_many({10: 6}), 13)
    draws = np.array([0] * 90 + [1] * 9 + [2])
    span = after(7), after(13)
    (one,) = [
        made
        for made in signals(scene, expected=[Expected(LEBANON, *span, draws)])
        if made.kind == "exceedance"
    ]
    assert one.value == pytest.approx(1 / 101, abs=1e-6)
    assert "from 2024-01-08 to 2024-01-14" in one.because
    likely = [Expected(LEBANON, *span, draws + 6), Expected(LEBANON, after(8), after(99), draws)]
    assert [m for m in signals(scene, expected=likely) if m.kind == "exceedance"] == []


def test_a_change_of_level() -> None:
    """One event every fourth day that becomes three a day is a change, with both levels told."""
    some = _many(dict.fromkeys(range(0, 200, 4), 1) | dict.fromkeys(range(200, 209), 3))
    (one,) = _found(some, 208, "change")
    assert one.value > 0.9
    assert "has gone up from" in one.because
    assert _found(_many(dict.fromkeys(range(0, 200, 4), 1)), 199, "change") == []


def test_a_ladder() -> None:
    """The first attack from the air in a year of threats is higher than anything before it."""
    words = [a_sighting(f"t{day}", day, code="THREATEN", actor="ISR", recipient="LBN")
             for day in range(0, 300, 10)]  # fmt: skip
    blow = a_sighting("b", 290, modes=("aerial",), actor="ISR", recipient="LBN")
    found = _found([*words, blow], 295, "ladder")
    assert {(one.about, one.unit) for one in found} == {("country", "LBN"), ("dyad", "ISR>LBN")}
    for one in found:
        assert (one.value, one.baseline) == (9.0, 4.0)
        assert one.events == (blow.event,)
        assert "attacks from the air or with heavy weapons" in one.because
    assert _found(words, 295, "ladder") == []


def test_a_place_falls_silent() -> None:
    """A country with reports every other day is missed after four; a source after its own time."""
    some = _many(dict.fromkeys(range(0, 200, 2), 1))
    (one,) = _found(some, 202, "silence")
    assert (one.about, one.unit, one.value, one.baseline) == ("place", "LBN", 4.0, 2.0)
    assert one.because.startswith("No event in LBN has been reported for 4 days, since 2024-07-17;")
    assert _found(some, 200, "silence") == []
    published = {"The Teller": [after(day).toordinal() for day in range(190)]}
    found = signals(_scene(some, 200), sources=published)
    assert [(m.about, m.unit) for m in found if m.kind == "silence"] == [("source", "The Teller")]


def _threat(name: str, due: date | None, status: Status = "open") -> Threat:
    who = [Participant(span=Span(0, 3, code), name=code, country=code) for code in ("ISR", "LBN")]
    deadline = due and Deadline(start=due, end=due + timedelta(days=1), basis="explicit", claim="c")
    return Threat(
        id=name, kind="ultimatum", status=status, issuer=(who[0],), target=(who[1],),
        utterances=(), deadline=deadline or None, title=f"The title of {name}.",
    )  # fmt: skip


def test_deadlines() -> None:
    """The nearest deadline of a dyad is told while it is to come, with how many threats stand."""
    held = [
        _threat("threat-a", after(15)), _threat("threat-b", after(12)), _threat("threat-c", None),
        _threat("threat-d", after(11), "withdrawn"), _threat("threat-e", after(2), "lapsed"),
    ]  # fmt: skip
    (one,) = signals(_scene([], 10), threats=held)
    assert (one.unit, one.value, one.threshold, one.baseline) == ("ISR>LBN", 2.0, 7.0, 3.0)
    assert one.events == ("threat-b", "threat-a")
    assert one.because == (
        "A deadline that ISR has set LBN falls due in 2 days, and 7 days ahead is a signal: The "
        "title of threat-b. It is one of 3 open threats there."
    )
    assert open_threats(held, after(13))["ISR>LBN"].days == 0  # it may still end today
    assert open_threats(held, after(14))["ISR>LBN"].days == 1
    assert signals(_scene([], 2), threats=held) == []


def test_an_empty_store_is_quiet() -> None:
    """Nothing gives no signal, and no error."""
    assert signals(_scene([], 0)) == []


@given(counts=st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_weeks_end_with_the_day(counts: list[int]) -> None:
    """Weeks are sevens of days that end with the last one."""
    found = weeks(np.array([counts]))[0].tolist()
    assert found == [
        sum(counts[len(counts) - 7 * (at + 1) : len(counts) - 7 * at])
        for at in reversed(range(len(counts) // 7))
    ]


def test_other_settings_other_names() -> None:
    """A signal under other settings is another signal; the same again has the same name."""
    some = _many(dict.fromkeys(range(0, 200, 2), 1))
    strict = structs.replace(RULES, quiet=4)
    names = [
        {one.id for one in signals(_scene(some, 202, rules))} for rules in (RULES, RULES, strict)
    ]
    assert names[0] == names[1]
    assert names[0].isdisjoint(names[2])
