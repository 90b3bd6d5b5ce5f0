"""The ledger of what goes out: which signal by which channel, when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from tocsin.base.ids import digest

# `sending`: in the hands of a process; `unsure`: cut off while it was, so that it may have arrived;
# `failed`: given up; `repeated`: left out, since the same went out lately.
State = Literal["waiting", "sending", "sent", "unsure", "failed", "repeated"]


class Delivery(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One signal for one channel.

    `due` is when it may go, or for one that is being sent when it counts as cut off; `whole` says
    that it goes with others in a digest; `message` is what it went out in, `reason` what is wrong.
    """

    channel: str
    signal: str
    topic: str
    state: State
    due: datetime
    changed: datetime
    tries: int = 0
    whole: bool = False
    message: str | None = None
    reason: str | None = None


def message_id(channel: str, signals: Iterable[str]) -> str:
    """Return the name of what goes out at once: the same for the same signals, tried again or not.

    Who receives it can tell by it what is there already.
    """
    return digest("message", channel, *sorted(signals))
