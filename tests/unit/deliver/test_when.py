"""When messages go: digests by the local clock, quiet hours, days whose clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alarms import NOW, delivering
from tocsin.base.channels import Lines
from tocsin.base.errors import SettingsError
from tocsin.deliver.when import Timetable, timetable

ZONES = ("UTC", "Africa/Khartoum", "America/New_York", "Asia/Kathmandu", "Europe/Berlin")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1))  # noqa: DTZ001 - UTC below


def _table(zone: str = "UTC", quiet: str = "", hour: int = 7) -> Timetable:
    return timetable(delivering(), Lines(path="x", zone=zone, quiet=quiet, hour=hour))


@given(now=MOMENTS, zone=st.sampled_from(ZONES), hour=st.integers(0, 23))
def test_a_digest_a_day(now: datetime, zone: str, hour: int) -> None:
    """The next digest is later than now, within a day and an hour, at its hour by the clock.

    Where clocks leave the hour out, it is the next one that they show.
    """
    table, moment = _table(zone, hour=hour), now.replace(tzinfo=UTC)
    found = table.digest(moment)
    assert timedelta(0) < found - moment <= timedelta(hours=25)
    assert found.astimezone(table.zone).hour in (hour, (hour + 1) % 24)


@given(
    now=MOMENTS, zone=st.sampled_from(ZONES),
    quiet=st.sampled_from(["22:00-06:30", "00:00-06:00", "12:00-13:00", "23:59-00:01"]),
)  # fmt: skip
def test_quiet_ends(now: datetime, zone: str, quiet: str) -> None:
    """What may go is now or later, never in the quiet, and waits for no longer than it lasts."""
    table, moment = _table(zone, quiet), now.replace(tzinfo=UTC)
    found = table.free(moment)
    assert found >= moment
    assert found - moment <= timedelta(hours=10)
    assert table.free(found) == found
    if found > moment:
        assert found.astimezone(table.zone).strftime("%H:%M") == quiet[-5:]


def test_quiet_by_the_local_clock() -> None:
    """Noon in Greenwich is night on the other side of the world."""
    assert _table("Pacific/Auckland", "22:00-06:30").free(NOW) == datetime(
        2024, 11, 26, 17, 30, tzinfo=UTC
    )
    assert _table("UTC", "22:00-06:30").free(NOW) == NOW


@pytest.mark.parametrize(
    ("zone", "quiet", "words"),
    [("Mars/Olympus", "", "no time zone"), ("../etc", "", "no time zone"),
     ("UTC", "22:00-26:00", "expected times")],
)  # fmt: skip
def test_nonsense_is_refused(zone: str, quiet: str, words: str) -> None:
    """A zone or a time that is none is told before anything goes out."""
    with pytest.raises(SettingsError, match=words):
        _table(zone, quiet)
