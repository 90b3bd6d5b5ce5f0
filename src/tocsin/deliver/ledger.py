"""Who is to be told of what, and when: signals entered, messages taken in hand, ends written down.

Each step is a change of the store by itself. A message is in hand of one process at a time, and
what a process that was killed had in hand is never sent again by itself, where it may have
arrived.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from tocsin.base.channels import AnyChannel, Delivering, Feed, Lines
from tocsin.deliver.when import Timetable
from tocsin.records.delivery import Delivery, message_id
from tocsin.records.signal import Signal
from tocsin.store import deliveries, signals

# The longest pause between two rounds of tries.
LONGEST = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Post:
    """A channel under its name, and how it is served."""

    name: str
    channel: AnyChannel
    table: Timetable

    @property
    def harmless(self) -> bool:
        """Whether sending twice leaves what sending once does: files are looked at first."""
        return isinstance(self.channel, Feed | Lines)

    def takes(self, one: Signal) -> bool:
        """Return whether a signal is for this channel."""
        asked = (
            (self.channel.signals, one.kind), (self.channel.units, one.unit),
            (self.channel.families, one.family),
        )  # fmt: skip
        return all(not wanted or value in wanted for wanted, value in asked)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes out at once: the name of the message and the ledger's rows."""

    message: str
    rows: tuple[Delivery, ...]

    @property
    def signals(self) -> tuple[str, ...]:
        """The signals in it."""
        return tuple(row.signal for row in self.rows)


def enter(
    connection: Connection, post: Post, settings: Delivering, now: datetime
) -> list[Delivery]:  # fmt: skip
    """Enter the signals that a channel has not had, and return them; old ones are left out."""
    oldest = (now.astimezone(post.table.zone) - timedelta(days=settings.fresh)).date()
    found = signals.found(connection, since=oldest, limit=100_000)
    taken = [one for one in sorted(found, key=lambda one: one.day) if post.takes(one)]
    known = deliveries.known(connection, post.name, [one.id for one in taken])
    lately = deliveries.topics(connection, post.name, now - post.table.repeat)
    rows = planned([one for one in taken if one.id not in known], post, lately, now)
    deliveries.add(connection, rows)
    return rows


def planned(
    fresh: Sequence[Signal], post: Post, lately: Collection[str], now: datetime
) -> list[Delivery]:
    """Return how new signals are entered; one that goes on since it went out lately is left out."""
    seen = set(lately)
    whole = post.table.mode == "digest"
    due = post.table.free(post.table.digest(now)) if whole else post.table.free(now)
    rows = []
    for one in fresh:
        again = post.table.repeat > timedelta(0) and one.topic in seen
        seen.add(one.topic)
        rows.append(
            Delivery(
                channel=post.name, signal=one.id, topic=one.topic,
                state="repeated" if again else "waiting", due=due, changed=now, whole=whole,
                reason=f"went out within {post.table.repeat.days} days" if again else None,
            )
        )  # fmt: skip
    return rows


def expire(connection: Connection, post: Post, now: datetime) -> int:
    """Settle what processes had in hand that are gone; return how many may have arrived."""
    cut = deliveries.listed(connection, post.name, "sending", until=now)
    names = [row.signal for row in cut]
    if post.harmless:
        deliveries.mark(connection, post.name, names, now, state="waiting", due=now)
        return 0
    why = "cut off while it was sent; it may have arrived"
    deliveries.mark(connection, post.name, names, now, state="unsure", reason=why)
    return len(names)


def take(connection: Connection, post: Post, settings: Delivering, now: datetime) -> Parcel | None:
    """Take the next message in hand; None where nothing may go now.

    A live message over what a day may have waits for the next digest.
    """
    if post.table.free(now) > now:
        return None
    due = deliveries.listed(connection, post.name, "waiting", until=now)
    whole = [row for row in due if row.whole]
    live = [row for row in due if not row.whole]
    sent = deliveries.messages(connection, post.name, post.table.midnight(now))
    if live and not whole and sent >= post.table.most:
        late = post.table.free(post.table.digest(now))
        deliveries.mark(
            connection, post.name, [row.signal for row in live], now, whole=True, due=late
        )
        return None
    # Files take all at once, since they are written anew.
    rows = whole or (due if post.harmless else live[:1])
    if not rows:
        return None
    # What went out at once before goes out so again, under the same name.
    rows = [row for row in rows if row.message == rows[0].message]
    name = rows[0].message or message_id(post.name, [row.signal for row in rows])
    until = now + timedelta(seconds=settings.lease)
    deliveries.mark(
        connection, post.name, [row.signal for row in rows], now, state="sending", message=name,
        due=until,
    )  # fmt: skip
    return Parcel(name, tuple(rows))


def sent(
    connection: Connection, post: Post, parcel: Parcel, now: datetime, note: str | None = None
) -> None:  # fmt: skip
    """Write down that a message arrived."""
    deliveries.mark(connection, post.name, parcel.signals, now, state="sent", reason=note)


def unsent(
    connection: Connection,
    post: Post,
    parcel: Parcel,
    settings: Delivering,
    now: datetime,
    *,
    reason: str,
    again: bool,
    after: float = 0.0,
) -> None:
    """Write down that a message did not arrive, and when it is tried again, if it is."""
    for row in parcel.rows:
        tries = row.tries + 1
        if not again or tries >= settings.tries:
            deliveries.mark(
                connection, post.name, (row.signal,), now, state="failed", tries=tries,
                reason=reason,
            )  # fmt: skip
            continue
        pause = min(timedelta(minutes=2**tries), LONGEST)
        due = now + max(pause, timedelta(seconds=after))
        deliveries.mark(
            connection, post.name, (row.signal,), now, state="waiting", tries=tries, due=due,
            reason=reason,
        )  # fmt: skip


def unsure(connection: Connection, post: Post, parcel: Parcel, now: datetime, reason: str) -> None:
    """Write down that a message may have arrived."""
    deliveries.mark(connection, post.name, parcel.signals, now, state="unsure", reason=reason)


def renew(connection: Connection, post: Post, now: datetime) -> int:
    """Let what failed or is unsure go out again; return how many signals that is."""
    rows = deliveries.listed(connection, post.name, "failed", "unsure")
    names = [row.signal for row in rows]
    deliveries.mark(
        connection, post.name, names, now, state="waiting", due=now, tries=0, reason=None
    )
    return len(names)
