"""When messages may go: hours of digests, hours of quiet, days of a place's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tocsin.base.channels import AnyChannel, Delivering, Mode
from tocsin.base.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Timetable:
    """How one channel is served; `quiet` are the local times at which quiet begins and ends."""

    mode: Mode
    hour: int
    zone: ZoneInfo
    quiet: tuple[time, time] | None
    most: int
    repeat: timedelta

    def digest(self, now: datetime) -> datetime:
        """Return the moment of the next digest, later than now."""
        day = now.astimezone(self.zone).date()
        found = self._at(day, time(self.hour))
        return found if found > now else self._at(day + timedelta(days=1), time(self.hour))

    def free(self, now: datetime) -> datetime:
        """Return now, or the end of the quiet that it falls in."""
        if self.quiet is None:
            return now
        here = now.astimezone(self.zone)
        start, end = self.quiet
        clock = here.time()
        inside = start <= clock < end if start <= end else clock >= start or clock < end
        if not inside:
            return now
        late = start > end and clock >= start
        return max(self._at(here.date() + timedelta(days=int(late)), end), now)

    def midnight(self, now: datetime) -> datetime:
        """Return when the local day began."""
        return self._at(now.astimezone(self.zone).date(), time())

    def _at(self, day: date, clock: time) -> datetime:
        """Return a local time in UTC; one that clocks leave out is as if they had not yet moved."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def timetable(settings: Delivering, channel: AnyChannel) -> Timetable:
    """Return how a channel is served: by its own settings, else by those of all."""
    name = channel.zone or settings.zone
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"{name!r} is no time zone; expected one such as UTC or Africa/Khartoum"
        ) from error
    repeat = settings.repeat if channel.repeat is None else channel.repeat
    return Timetable(
        mode=channel.mode or settings.mode,
        hour=settings.hour if channel.hour is None else channel.hour, zone=zone,
        quiet=_quiet(settings.quiet if channel.quiet is None else channel.quiet),
        most=channel.most or settings.most, repeat=timedelta(days=repeat),
    )  # fmt: skip


def _quiet(words: str) -> tuple[time, time] | None:
    if not words:
        return None
    first, _, second = words.partition("-")
    try:
        start, end = time.fromisoformat(first), time.fromisoformat(second)
    except ValueError as error:
        raise SettingsError(f"{words!r}: {error}; expected times such as 22:00-06:30") from error
    return None if start == end else (start, end)
