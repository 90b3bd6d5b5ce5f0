"""Signals are kept once, and go out once: by hours, caps and repeats, whatever kills the sender."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from tests.alarms import NOW, ON, a_signal, delivering
from tests.post import TAKEN, Manner, hooks, mail
from tests.server import Page
from tocsin.base.channels import AnyChannel, Letters, Lines, Webhook
from tocsin.deliver.run import Round
from tocsin.records.delivery import Delivery, State
from tocsin.records.signal import Signal
from tocsin.store import deliveries, signals
from tocsin.store.open import Store

UNITS = ("LBN", "IRQ", "SYR", "SDN", "YEM", "COD")
EVERY: tuple[State, ...] = ("waiting", "sending", "sent", "unsure", "failed", "repeated")


class Killed(BaseException):
    """The end of a process, which nothing on its way may catch."""


@dataclass
class Hand:
    """The clock of one process after another; with a chance, one is killed when it looks."""

    time: datetime = NOW
    chance: random.Random | None = None
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """Return the moment, if the process lives to see it."""
        if self.chance is not None and self.chance.random() < 0.25:
            raise Killed
        return self.time

    def sleep(self, pause: float) -> None:
        """Let time pass."""
        self.slept.append(pause)
        self.time += timedelta(seconds=pause)


def _keep(store: Store, *made: Signal) -> list[str]:
    with store.write() as connection:
        return signals.keep(connection, made, NOW)


def _round(
    store: Store, hand: Hand, *, again: bool = False, **channels: AnyChannel
) -> Counter[str]:
    return Round(
        store, delivering(**channels), now=hand.now, sleep=hand.sleep, chance=lambda: 0.5,
        again=again,
    ).work()  # fmt: skip


def _rows(store: Store, channel: str = "team") -> list[Delivery]:
    with store.read() as connection:
        return deliveries.listed(connection, channel, *EVERY)


def test_a_signal_is_kept_once(store: Store) -> None:
    """The same signal found again adds nothing; they are found by day, unit and kind."""
    one, two = a_signal("LBN"), a_signal("IRQ", kind="change")
    assert _keep(store, one, two, one) == [one.id, two.id]
    assert _keep(store, one, a_signal("SYR")) == [a_signal("SYR").id]
    with store.read() as connection:
        assert signals.load(connection, [one.id]) == {one.id: one}
        assert signals.found(connection, unit="IRQ") == [two]
        assert signals.found(connection, kinds=("change",)) == [two]
        assert len(signals.found(connection, since=ON, until=ON)) == 3
        assert signals.found(connection, until=ON - timedelta(1)) == []


def test_each_signal_goes_out_once(store: Store) -> None:
    """Two rounds send each signal once, as a message of its own."""
    _keep(store, *(a_signal(unit) for unit in UNITS))
    with hooks() as server:
        hook = Webhook(url=server.url, allow_private=True)
        assert _round(store, Hand(), team=hook)["sent"] == len(UNITS)
        assert _round(store, Hand(), team=hook)["sent"] == 0
    told = [json.loads(one.body)["signals"] for one in server.posted]
    assert [[one["unit"] for one in some] for some in told] == [[unit] for unit in UNITS]
    assert {row.state for row in _rows(store)} == {"sent"}


def test_a_digest(store: Store) -> None:
    """A digest goes out once a day at its hour, with all that came since."""
    _keep(store, *(a_signal(unit) for unit in UNITS))
    hand = Hand()
    with mail() as post:
        by_mail = Letters(
            host="127.0.0.1", port=post.port, security="none", sender="t@example.org",
            to=("ann@example.org",), mode="digest", hour=7,
        )  # fmt: skip
        assert _round(store, hand, team=by_mail)["waiting"] == len(UNITS)
        hand.time = NOW.replace(hour=6, minute=59) + timedelta(days=1)
        assert _round(store, hand, team=by_mail)["sent"] == 0
        hand.time += timedelta(minutes=2)
        assert _round(store, hand, team=by_mail)["sent"] == len(UNITS)
        assert _round(store, hand, team=by_mail)["sent"] == 0
    assert len(post.letters) == 1
    assert b"6 signals" in post.letters[0]


def test_quiet_hours(store: Store, tmp_path: Path) -> None:
    """Nothing goes out in the quiet; what came goes when it is over."""
    _keep(store, a_signal())
    out = Lines(path=str(tmp_path / "out.jsonl"), quiet="11:00-13:00")
    hand = Hand()
    assert _round(store, hand, team=out) == Counter(waiting=1, unsure=0, repeated=0)
    hand.time = NOW.replace(hour=13)
    assert _round(store, hand, team=out)["sent"] == 1


def test_the_cap(store: Store) -> None:
    """What is over a day's cap goes with the next digest, in one message."""
    _keep(store, *(a_signal(unit) for unit in UNITS))
    hand = Hand()
    with hooks() as server:
        hook = Webhook(url=server.url, allow_private=True, most=2)
        found = _round(store, hand, team=hook)
        assert (found["sent"], found["waiting"]) == (2, 4)
        hand.time = NOW.replace(hour=7) + timedelta(days=1)
        assert _round(store, hand, team=hook)["sent"] == 4
    assert [len(json.loads(one.body)["signals"]) for one in server.posted] == [1, 1, 4]


def test_what_goes_on_is_not_repeated(store: Store, tmp_path: Path) -> None:
    """The same signal of the same unit on the next day is left out for a week, and told so."""
    path = tmp_path / "out.jsonl"
    out = Lines(path=str(path))
    hand = Hand()
    for day in range(9):
        hand.time = NOW + timedelta(days=day)
        _keep(store, a_signal("LBN", day=ON + timedelta(days=day)))
        _round(store, hand, team=out)
    days = [json.loads(line)["day"] for line in path.read_text().splitlines()]
    assert days == ["2024-11-26", "2024-12-04"]
    left = [row for row in _rows(store) if row.state == "repeated"]
    assert len(left) == 7
    assert all(row.reason == "went out within 7 days" for row in left)


def test_old_signals_stay(store: Store, tmp_path: Path) -> None:
    """A channel that is new is not flooded with what is over."""
    _keep(store, *(a_signal(unit, day=ON - timedelta(days=30)) for unit in UNITS), a_signal())
    assert _round(store, Hand(), team=Lines(path=str(tmp_path / "out")))["sent"] == 1


def test_channels_choose(store: Store, tmp_path: Path) -> None:
    """A channel gets the kinds, units and families that it asks for."""
    _keep(store, *(a_signal(unit) for unit in UNITS), a_signal("LBN", kind="change"))
    path = tmp_path / "out"
    _round(store, Hand(), team=Lines(path=str(path), units=("LBN", "IRQ"), signals=("surge",)))
    assert [json.loads(line)["unit"] for line in path.read_text().splitlines()] == ["LBN", "IRQ"]


def test_tried_again(store: Store) -> None:
    """A server that fails is tried at once, then later and later, under one id; at last no more."""
    _keep(store, a_signal())
    hand = Hand()
    with hooks(Page(status=500), Page(status=500), Page(status=500), TAKEN) as server:
        hook = Webhook(url=server.url, allow_private=True)
        assert _round(store, hand, team=hook)["waiting"] == 1
        assert hand.slept == [0.5]
        assert _round(store, hand, team=hook)["sent"] == 0  # not due yet
        hand.time += timedelta(minutes=2)
        assert _round(store, hand, team=hook)["sent"] == 1
    assert len(server.posted) == 4
    assert len({one.headers["webhook-id"] for one in server.posted}) == 1


def test_given_up(store: Store) -> None:
    """After so many rounds a message is failed, with the reason; it goes when asked for."""
    _keep(store, a_signal())
    hand = Hand()
    with hooks(Page(status=500)) as server:
        hook = Webhook(url=server.url, allow_private=True)
        for _ in range(20):
            _round(store, hand, team=hook)
            hand.time += timedelta(hours=7)
    (row,) = _rows(store)
    assert (row.state, row.tries) == ("failed", 8)
    assert row.reason == "it answered 500"
    assert len(server.posted) == 16
    with hooks() as better:
        hook = structs.replace(hook, url=better.url)
        assert _round(store, hand, team=hook)["sent"] == 0
        assert _round(store, hand, again=True, team=hook)["sent"] == 1


def test_mail_that_may_have_arrived(store: Store) -> None:
    """A letter whose receipt was lost is not sent again, unless a person says so."""
    _keep(store, a_signal())
    hand = Hand()
    with mail(Manner(says={".": "lost"}), Manner()) as post:
        by_mail = Letters(
            host="127.0.0.1", port=post.port, security="none", sender="t@example.org",
            to=("ann@example.org",),
        )  # fmt: skip
        assert _round(store, hand, team=by_mail)["unsure"] == 1
        hand.time += timedelta(days=1)
        assert _round(store, hand, team=by_mail)["sent"] == 0
        assert len(post.letters) == 1
        assert _round(store, hand, again=True, team=by_mail)["sent"] == 1
        assert len(post.letters) == 2


@pytest.mark.parametrize("seed", range(4))
def test_kills(store: Store, tmp_path: Path, seed: int) -> None:
    """Whenever processes are killed, nothing is sent twice and nothing is lost from sight.

    What was in a process's hands is unsure; a file has every signal exactly once.
    """
    _keep(store, *(a_signal(unit) for unit in UNITS))
    hand = Hand(chance=random.Random(seed))  # noqa: S311 - the same kills every time
    path = tmp_path / "out.jsonl"
    kills = 0
    with hooks() as server:
        hook = Webhook(url=server.url, allow_private=True)
        for _ in range(60):
            try:
                _round(store, hand, file=Lines(path=str(path)), team=hook)
            except Killed:
                kills += 1
            hand.time += timedelta(minutes=16)  # longer than a message may be in hand
        hand.chance = None
        _round(store, hand, file=Lines(path=str(path)), team=hook)
    assert kills > 3
    posted = [one["id"] for post in server.posted for one in json.loads(post.body)["signals"]]
    assert len(posted) == len(set(posted))
    states = {row.signal: row.state for row in _rows(store)}
    assert set(states.values()) <= {"sent", "unsure"}
    assert {name for name, state in states.items() if state == "sent"} <= set(posted)
    assert len(states) == len(UNITS)
    written = [json.loads(line)["id"] for line in path.read_text().splitlines()]
    assert sorted(written) == sorted(a_signal(unit).id for unit in UNITS)


def test_one_sender_at_a_time(store: Store) -> None:
    """What one process has in hand no other takes, until its time is over."""
    _keep(store, a_signal())
    hand = Hand()
    with hooks() as server:
        hook = Webhook(url=server.url, allow_private=True)
        first = Round(store, delivering(team=hook), now=hand.now, sleep=hand.sleep)
        seen: list[int] = []

        def meanwhile(_: float) -> None:
            seen.append(_round(store, Hand(hand.time), team=hook)["sent"])

        first.sleep = meanwhile
        first.settings = structs.replace(first.settings, retries=1)
        server_down = structs.replace(hook, url="http://127.0.0.1:9/hook")
        first.settings = structs.replace(first.settings, channels={"team": server_down})
        first.work()
    assert seen == [0]
    assert server.posted == []
