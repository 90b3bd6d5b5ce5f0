"""What messages say: why each signal fired, by which numbers, and the events behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from tocsin.base.text import bare
from tocsin.ontology.units import called
from tocsin.records.signal import Signal

LISTED = 10  # events of a signal that a letter names; a webhook has all that the signal has
_NAMES: Mapping[str, str] = {
    "surge": "Surge", "rising": "Rising threat", "class": "Change of class",
    "exceedance": "Surprise", "change": "Change of level", "silence": "Silence",
    "ladder": "Higher on the ladder", "deadline": "Deadline", "rule": "Rule",
}  # fmt: skip
_SUBJECT = 150  # characters


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out at once: signals, the titles of their events, when it was made.

    `desk` is the address of a desk that has them, empty for none.
    """

    id: str
    channel: str
    signals: tuple[Signal, ...]
    titles: Mapping[str, str]
    made: datetime
    desk: str = ""

    @property
    def subject(self) -> str:
        """One line that says what it is."""
        first = headline(self.signals[0])
        whole = first if len(self.signals) == 1 else f"{len(self.signals):,} signals: {first} …"
        line = " ".join(whole.split())
        return line if len(line) <= _SUBJECT else line[:_SUBJECT] + "…"


def headline(one: Signal) -> str:
    """Return what a signal is, in a few words."""
    of = "" if one.unit == "all" else f", {_called(one)}"
    family = "" if one.family == "all" else f", {one.family}"
    rule = f" {one.rule}" if one.rule else ""
    return f"{_NAMES[one.kind]}{rule}{of}{family}"


def _called(one: Signal) -> str:
    """Return what a signal is about by its name: "Lebanon", "Israel > Lebanon", a source."""
    unit = one.of
    if unit is None:
        return one.unit
    return called([unit])[unit.name].replace(">", " and " if "~" in one.unit else " > ")


def letter(message: Message) -> str:
    """Return a message as plain text."""
    parts = ["\n".join(_told(one, message)) for one in message.signals]
    foot = f"Message {message.id}. Numbers and settings are explained in docs/signals.md of Tocsin."
    return "\n\n".join([*parts, foot]) + "\n"


def payload(message: Message) -> dict[str, Any]:
    """Return a message as JSON has it."""
    return {
        "id": message.id,
        "type": "tocsin.signals",
        "channel": message.channel,
        "signals": [entry(one, message.titles, message.desk) for one in message.signals],
    }


def entry(one: Signal, titles: Mapping[str, str], desk: str = "") -> dict[str, Any]:
    """Return a signal with the titles of its events and where to look at it."""
    told: dict[str, Any] = msgspec.to_builtins(one)
    told["headline"] = headline(one)
    told["events"] = [
        {"id": name, "title": titles.get(name, "")}
        | ({"link": link(desk, name)} if link(desk, name) else {})
        for name in one.events
    ]
    return told


def link(desk: str, name: str) -> str:
    """Return where a desk shows an event or a threat; empty without a desk."""
    if not desk:
        return ""
    page = "threats" if name.startswith("threat-") else "events"
    return f"{desk.rstrip('/')}/{page}/{name}"


def why(one: Signal) -> str:
    """Return the numbers behind a signal in one line."""
    usual = "" if one.baseline is None else f", usually {one.baseline:.6g}"
    rules = ", ".join(f"{name} {_shown(value)}" for name, value in sorted(one.settings.items()))
    return f"found {one.value:.6g}, threshold {one.threshold:.6g}{usual}; settings: {rules}"


def _told(one: Signal, message: Message) -> Iterator[str]:
    title = headline(one)
    yield title
    yield "-" * len(bare(title))
    yield one.because
    yield f"Why this fired: {why(one)}."
    yield f"Day {one.day}, {one.id}."
    yield from _events(one.events, message)


def _events(names: Sequence[str], message: Message) -> Iterator[str]:
    for name in names[:LISTED]:
        title = " ".join(message.titles.get(name, "").split())
        address = link(message.desk, name) or name
        yield f"  - {title} ({address})" if title else f"  - {address}"
    if len(names) > LISTED:
        yield f"  - and {len(names) - LISTED:,} more"


def _shown(value: float | str) -> str:
    return value or "none" if isinstance(value, str) else f"{value:.6g}"
