"""`tocsin sources revive`: a feed that is gone is asked again when a person says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.stored import NOW
from tocsin.base.errors import InputError
from tocsin.cli.app import app
from tocsin.records.feed import FeedState
from tocsin.sources import health
from tocsin.store import marks
from tocsin.store.open import open_store

GONE, FINE = "https://wire.example/a.xml", "https://wire.example/b.xml"
WHY = "removed for good (410 Gone); not visited again until somebody revives it"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where a registry is, and a store that knows one of its two feeds as gone."""
    asked("add", "Tessaly Wire", "--id", "wire", "--feed", GONE, "--feed", FINE, folder=tmp_path)
    with open_store(tmp_path / "a.db") as store, store.write() as connection:
        gone = FeedState(
            url=GONE, source="wire", health="gone", reason=WHY, since=NOW, checked=NOW, failures=1
        )
        marks.set_feed(connection, gone)
        fine = FeedState(url=FINE, source="wire", health="ok", reason="read, 3 entries")
        marks.set_feed(connection, fine)
    return tmp_path


def asked(*arguments: str, folder: Path) -> tuple[int, str]:
    """Return exit code and output of a command about the registry in a folder."""
    line = ["sources", *arguments, "--sources", str(folder / "sources.yml")]
    if arguments[0] == "revive":
        line += ["--store", str(folder / "a.db")]
    done = CliRunner().invoke(app, line)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


@pytest.mark.parametrize("name", ["wire", "tessaly wire"])
def test_reviving(folder: Path, name: str) -> None:
    """The feed is due again; the command says what it was, since when and why."""
    code, told = asked("revive", name, folder=folder)
    assert code == 0
    assert told.splitlines() == [
        f"{GONE}: gone since 2024-03-06, removed for good (410 Gone); the next run asks it again",
        f"{FINE}: not gone but ok (read, 3 entries); left as it is",
    ]
    with open_store(folder / "a.db") as store, store.read() as connection:
        states = marks.feeds(connection)
    assert health.is_due(states[GONE], NOW)
    assert (states[GONE].health, states[FINE].reason) == ("new", "read, 3 entries")
    assert asked("revive", name, folder=folder)[0] == 1


def test_of_one_feed(folder: Path) -> None:
    """A feed that is not gone is left as it is; one that the source has not is refused."""
    code, told = asked("revive", "wire", FINE, folder=folder)
    assert (code, "not gone but ok" in told, GONE in told) == (1, True, False)
    with pytest.raises(InputError, match="wire has no feed"):
        asked("revive", "wire", "https://wire.example/c.xml", folder=folder)
    with pytest.raises(InputError, match="no source 'nobody'"):
        asked("revive", "nobody", folder=folder)
