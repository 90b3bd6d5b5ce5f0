"""A sender that is killed in the middle of a message, by the operating system."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

from tests.alarms import a_signal
from tests.post import TAKEN, Hooks, hooks
from tests.server import Page
from tocsin.base.settings import load
from tocsin.deliver.run import Round
from tocsin.store import deliveries, signals
from tocsin.store.open import open_store

SCRIPT = """
import sys
from pathlib import Path
from tocsin.base.settings import load
from tocsin.deliver.run import Round
from tocsin.store.open import open_store
with open_store(sys.argv[1]) as store:
    Round(store, load(Path(sys.argv[2])).deliver).work()
"""


def _killed(server: Hooks, *arguments: Path) -> None:
    """Let a process send, and kill it once the server has its message."""
    with subprocess.Popen([sys.executable, "-c", SCRIPT, *map(str, arguments)]) as sender:  # noqa: S603 - our own
        end = monotonic() + 60
        while not server.posted and monotonic() < end:
            sleep(0.02)
        sender.send_signal(signal.SIGKILL)


def test_nothing_is_sent_twice_after_a_kill(tmp_path: Path) -> None:
    """What the process had in hand is unsure and stays here; the rest goes, each signal once."""
    path, settings = tmp_path / "a.db", tmp_path / "tocsin.toml"
    now = datetime.now(UTC)
    made = [a_signal(unit, day=now.date()) for unit in ("LBN", "IRQ", "SYR")]
    with open_store(path) as store, store.write() as connection:
        signals.keep(connection, made, now)
    with hooks(Page(body=b"thanks", drip=5.0), TAKEN) as server:
        settings.write_text(
            f'[deliver.channels.team]\nkind = "webhook"\nurl = "{server.url}"\n'
            "allow_private = true\n"
        )
        _killed(server, path, settings)
        assert len(server.posted) == 1
        chosen = load(settings).deliver
        later = now + timedelta(seconds=chosen.lease + 60)
        with open_store(path) as store:
            early = Round(store, chosen).work()
            found = Round(store, chosen, now=lambda: later).work()
            with store.read() as connection:
                (left,) = deliveries.listed(connection, "team", "unsure")
    assert (early["sent"], early["unsure"]) == (2, 0)  # what is in hand is left alone
    assert (found["sent"], found["unsure"]) == (0, 1)
    told = [one["id"] for post in server.posted for one in json.loads(post.body)["signals"]]
    assert sorted(told) == sorted(one.id for one in made)
    assert left.signal == told[0]
