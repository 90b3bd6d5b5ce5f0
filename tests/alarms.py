"""Signals, channels and what carries them, each needing only what the test is about."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec import structs

from tocsin.base.channels import AnyChannel, Delivering
from tocsin.base.settings import load
from tocsin.deliver.words import Message
from tocsin.records.delivery import message_id
from tocsin.records.signal import Signal, SignalKind
from tocsin.watch.scene import made

ON = date(2024, 11, 26)
NOW = datetime(2024, 11, 26, 12, 0, tzinfo=UTC)


def a_signal(
    unit: str = "LBN",
    *,
    kind: SignalKind = "surge",
    family: str = "material conflict",
    day: date = ON,
    because: str = "12 events of material conflict in LBN in the seven days to 2024-11-26.",
    events: tuple[str, ...] = ("event-0000000000000001", "event-0000000000000002"),
    rule: str | None = None,
) -> Signal:
    """Return a signal of a country."""
    return made(
        kind, because, about="country", unit=unit, family=family, day=day, value=12.0,
        threshold=7.0, baseline=3.5, events=events, settings={"times": 2, "floor": 1}, rule=rule,
    )  # fmt: skip


def a_message(*signals: Signal, channel: str = "team", desk: str = "") -> Message:
    """Return a message of some signals, whose first event has a title."""
    told = signals or (a_signal(),)
    name = message_id(channel, [one.id for one in told])
    titles = {"event-0000000000000001": "Rebels attack Northfield"}
    return Message(name, channel, told, titles, NOW, desk)


def delivering(**channels: AnyChannel) -> Delivering:
    """Return settings with some channels, quick and with no pause that a test would wait for."""
    return structs.replace(
        load().deliver, channels=channels, connect=2.0, read=1.0, total=3.0, retries=1, pause=1.0
    )
