"""One round of deliveries: what is new is entered, what is due goes out."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tocsin.base.channels import AnyChannel, Delivering, Feed, Lines, Plugged, Webhook
from tocsin.deliver import added, feed, ledger, letters, lines, webhook
from tocsin.deliver.failure import NotSentError
from tocsin.deliver.ledger import Parcel, Post
from tocsin.deliver.when import timetable
from tocsin.deliver.words import Message
from tocsin.explain.wording import joined
from tocsin.sources.pace import backoff
from tocsin.store import deliveries, events, signals
from tocsin.store.open import Store

ROUND = 500  # messages of a channel in one round


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Round:
    """Sends what is due in a store; `now`, `sleep` and `chance` are there for tests.

    `again` sends what failed or is unsure too.
    """

    store: Store
    settings: Delivering
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    again: bool = False
    counts: Counter[str] = field(default_factory=Counter)

    def work(self) -> Counter[str]:
        """Return how many signals were sent, wait, failed, are unsure or were left out."""
        posts = [
            Post(name, channel, timetable(self.settings, channel))
            for name, channel in sorted(self.settings.channels.items())
        ]
        for post in posts:
            self._serve(post)
        return self.counts

    def _serve(self, post: Post) -> None:
        now = self.now()
        with self.store.write() as connection:
            self.counts["unsure"] += ledger.expire(connection, post, now)
            if self.again:
                ledger.renew(connection, post, now)
            entered = ledger.enter(connection, post, self.settings, now)
        self.counts["repeated"] += sum(row.state == "repeated" for row in entered)
        for _ in range(ROUND):
            with self.store.write() as connection:
                parcel = ledger.take(connection, post, self.settings, self.now())
            if parcel is None:
                break
            self._send(post, parcel)
        with self.store.read() as connection:
            waiting = deliveries.listed(connection, post.name, "waiting")
        self.counts["waiting"] += len(waiting)

    def _send(self, post: Post, parcel: Parcel) -> None:
        """Send one message, tried again at once where that may help, and write down the end."""
        number = len(parcel.rows)
        try:
            note = self._persist(post, parcel)
        except NotSentError as error:
            with self.store.write() as connection:
                if error.unsure and not post.harmless and not isinstance(post.channel, Webhook):
                    ledger.unsure(connection, post, parcel, self.now(), str(error))
                    self.counts["unsure"] += number
                    return
                ledger.unsent(
                    connection, post, parcel, self.settings, self.now(), reason=str(error),
                    again=error.again, after=error.after,
                )  # fmt: skip
            given_up = not error.again or parcel.rows[0].tries + 1 >= self.settings.tries
            self.counts["failed"] += number if given_up else 0
            return
        with self.store.write() as connection:
            ledger.sent(connection, post, parcel, self.now(), note)
        self.counts["sent"] += number

    def _persist(self, post: Post, parcel: Parcel) -> str | None:
        for tried in range(self.settings.retries + 1):
            try:
                return self._once(post, parcel)
            except NotSentError as error:
                # Mail that may have arrived is not sent again; a webhook's reader knows its id.
                hold = error.unsure and not isinstance(post.channel, Webhook)
                wait = backoff(tried, self.settings.pause, self.settings.patience, self.chance)
                pause = max(error.after, wait)
                last = tried == self.settings.retries or pause > self.settings.patience
                if hold or last or not error.again:
                    raise
                self.sleep(pause)
        raise AssertionError

    def _once(self, post: Post, parcel: Parcel) -> str | None:
        """Send a message; return what is to be noted of it."""
        channel = post.channel
        names: Sequence[str] = parcel.signals
        with self.store.read() as connection:
            if isinstance(channel, Feed):
                names = deliveries.newest(connection, post.name, channel.entries)
            held = signals.load(connection, names)
            told = {name for one in held.values() for name in one.events}
            titles = {name: one.title for name, one in events.load(connection, told).items()}
        listed = tuple(held[name] for name in names if name in held)
        message = Message(parcel.message, post.name, listed, titles, self.now(), self.settings.desk)
        return _carried(channel, message, self.settings, self.now)


def _carried(
    channel: AnyChannel, message: Message, settings: Delivering, now: Callable[[], datetime]
) -> str | None:
    """Bring a message to where its channel leads; return what is to be noted of it."""
    if isinstance(channel, Webhook):
        webhook.send(channel, message, settings, now=now)
    elif isinstance(channel, Feed):
        feed.write(channel, message.channel, message.signals, message.titles, message.desk)
    elif isinstance(channel, Lines):
        lines.append(channel, message.signals, message.titles, message.desk)
    elif isinstance(channel, Plugged):
        added.send(channel, message)
    else:
        refused = letters.send(channel, message, settings)
        return f"refused for {joined(refused)}" if refused else None
    return None
