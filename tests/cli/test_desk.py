"""The desk from the command line: what it shows, where it answers, where it does not."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.stored import a_report, keep, put
from tocsin.base.errors import InputError
from tocsin.cli import desk, example
from tocsin.desk import serve
from tocsin.store.open import open_store


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "desk.example", ""])  # noqa: S104
def test_other_machines_are_not_answered(host: str) -> None:
    """An address that others can reach is refused, with what is missing and how to go about it."""
    with pytest.raises(InputError, match=r"no users, passwords and roles yet.*tunnel"):
        desk.check(host)


@pytest.mark.parametrize("host", desk.LOOPBACK)
def test_the_machine_itself_is_answered(host: str) -> None:
    """Every address of the machine's own is accepted."""
    desk.check(host)


def test_a_port_that_is_taken() -> None:
    """A port that something answers at already is named, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port}.*--port"):
            serve.bound("127.0.0.1", port)


def test_the_example_is_at_hand() -> None:
    """The articles of the example world are there, in the package or the working tree."""
    assert len(list(example.articles().glob("*.json"))) > 70


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for others")
def test_it_opens_and_closes(tmp_path: Path) -> None:
    """The command shows a store at the address that it prints, until it is interrupted."""
    file = tmp_path / "small.db"
    with open_store(file) as store:
        parcel, coded = a_report(1)
        put(store, parcel)
        keep(store, coded)
    command = [sys.executable, "-m", "tocsin.cli.app", "desk", "--store", str(file), "--port", "0"]
    running = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONWARNINGS": "ignore"}
    )
    try:
        assert running.stderr is not None
        told = running.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert address is not None, told
        page = httpx.get(f"{address[0]}/claims", timeout=60)
        assert page.status_code == 200
        assert "shelled" in page.text
        running.send_signal(signal.SIGINT)
        assert running.wait(30) in (0, -signal.SIGINT, 130)
    finally:
        running.kill()
        running.communicate()
