"""The desk from the command line: what it shows, where it answers, where it does not."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.crew import staffed
from tests.stored import a_report, keep, put
from tocsin.base.errors import InputError
from tocsin.cli import desk, example
from tocsin.cli.doors import doors
from tocsin.desk import serve
from tocsin.desk.doors import Desk
from tocsin.desk.security import LOOPBACK
from tocsin.store.open import open_store


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "desk.example", ""])  # noqa: S104
def test_other_machines_are_not_answered(host: str) -> None:
    """An address that others can reach is refused, with what to do and how to go about it."""
    with pytest.raises(InputError, match=r"asks nobody who they are.*--team.*tunnel"):
        desk.check(host)


@pytest.mark.parametrize("host", desk.LOOPBACK)
def test_the_machine_itself_is_answered(host: str) -> None:
    """Every address of the machine's own is accepted, by the machine's own names."""
    assert desk.check(host).names == desk.check(host, team=True).names == LOOPBACK


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"host": "192.168.1.5", "team": True}, "in the open"),
     ({"host": "127.0.0.1", "team": True, "names": ["desk.example"]}, "in the open"),
     ({"host": "::", "team": True, "proxy": "::1"}, "--name"),
     ({"host": "127.0.0.1", "names": ["desk.example"]}, "--team"),
     ({"host": "127.0.0.1", "proxy": "::1"}, "--team"),
     ({"host": "127.0.0.1", "team": True, "key": Path("key.pem")}, "give both")],
)  # fmt: skip
def test_a_team_is_reached_by_https(asked: dict[str, Any], said: str) -> None:
    """A team's desk that others reach needs TLS and a name; what is missing is said."""
    with pytest.raises(InputError, match=said):
        desk.check(**asked)


def test_names_of_a_team() -> None:
    """A team's desk is asked by the machine's names, its address and those that are given."""
    front = desk.check("192.168.1.5", team=True, names=["Desk.Example."], proxy="192.168.1.1")
    assert front.names == LOOPBACK | {"192.168.1.5", "desk.example"}
    every = desk.check("0.0.0.0", team=True, names=["desk.example"], proxy="::1")  # noqa: S104
    assert every.names == LOOPBACK | {"desk.example"}


def test_a_team_needs_an_admin(tmp_path: Path) -> None:
    """Nobody opens a team's desk that nobody could look after."""
    with open_store(tmp_path / "team.db") as store:
        with pytest.raises(InputError, match="make an admin first: tocsin users add"):
            desk.shared(store, https=False)
        staffed(store)
        assert desk.shared(store, https=True).https


def test_a_certificate_that_is_none(tmp_path: Path) -> None:
    """A file that is no certificate is named, with what is expected."""
    for name in ("certificate.pem", "key.pem"):
        (tmp_path / name).write_text("nothing")
    front = serve.Front(certificate=tmp_path / "certificate.pem", key=tmp_path / "key.pem")
    with (
        open_store(tmp_path / "team.db") as store,
        pytest.raises(InputError, match=r"certificate\.pem.*expected a certificate"),
    ):
        serve.server(Desk(store, doors()), front)


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
