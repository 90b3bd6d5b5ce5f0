"""The people of a desk from the command line: added, changed, listed, and written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tests.crew import HASHER, NAMES, PASSWORD, session, staffed
from tocsin.base.errors import InputError
from tocsin.cli import users
from tocsin.cli.app import app
from tocsin.desk.doors import now
from tocsin.desk.team import Refused, Team
from tocsin.store import deeds
from tocsin.store.deeds import Wanted
from tocsin.store.open import open_store

LONG = "a fine and long password"
Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return an empty store."""
    open_store(tmp_path / "team.db").close()
    return tmp_path / "team.db"


@pytest.fixture
def run(file: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs `tocsin users` over the store, with words typed when it asks for them."""
    monkeypatch.setattr(users, "_hasher", lambda: HASHER)

    def told(*words: str, typed: str = "", fails: str | None = None) -> Result:
        done = CliRunner().invoke(
            app, ["users", *words, "--store", str(file)], input=f"{typed}\n{typed}\n"
        )
        if fails is None:
            assert done.exit_code == 0, done.output
        else:
            assert isinstance(done.exception, InputError)
            assert fails in str(done.exception)
        return done

    return told


def test_people_from_the_first_on(run: Run, file: Path) -> None:
    """The first is an admin; passwords are typed, unseen, and let their owners in."""
    run("add", "vera", fails="give --role admin")
    told = run("add", "amal", "--role", "admin", typed=PASSWORD)
    assert "amal is admin" in told.output
    assert PASSWORD not in told.output
    run("add", "amal", typed=PASSWORD, fails="somebody of that name")
    run("add", "vera", typed="short", fails="12 to 512")
    assert "at the first sign-in" in run("add", "vera", typed=PASSWORD).output
    assert run("list").output.splitlines() == [
        "amal  admin", "vera  viewer  first password not changed",
    ]  # fmt: skip
    with open_store(file) as store:
        team = Team(store, now, hasher=HASHER)
        assert team.known(team.enter("amal", PASSWORD, ""), "") is not None
        with store.read() as connection:
            log = deeds.listed(connection, Wanted()).deeds[::-1]
    assert [(one.act, one.about, one.way) for one in log] == [
        ("user-add", "amal admin", "command"), ("user-add", "vera viewer", "command"),
        ("sign-in", "", "session"),
    ]  # fmt: skip
    assert all(one.who for one in log)


def test_changes(run: Run, file: Path) -> None:
    """Another role, another password and being disabled end what is open; the last admin stays."""
    with open_store(file) as store:
        team = staffed(store)
        for words, typed in (
            (("role", "rosa", "viewer"), ""), (("password", "rosa"), LONG),
            (("disable", "rosa"), ""),
        ):  # fmt: skip
            secret = session(team, NAMES["reviewer"])
            assert team.known(secret, "") is not None
            run(*words, typed=typed)
            assert team.known(secret, "") is None
        with pytest.raises(Refused):
            team.enter("rosa", LONG, "")
        run("enable", "rosa")
        assert team.enter("rosa", LONG, "")
    run("disable", "amal", fails="last admin")
    run("role", "amal", "viewer", fails="last admin")
    for words in (("role", "nobody", "viewer"), ("disable", "nobody"), ("password", "nobody")):
        run(*words, typed=LONG, fails="nobody of that name")


def test_tokens(run: Run, file: Path) -> None:
    """A token is made, shown this once, listed without its secret, and taken back."""
    with open_store(file) as store:
        team = staffed(store)
        secret, line = run("tokens", "vera", "--make", "nightly export").output.splitlines()
        held = team.holder(secret, "")
        assert held is not None
        assert line.startswith(f"{held.token}  viewer  until ")
        assert secret not in run("tokens", "vera").output
        run("tokens", "vera", "--make", "x", "--role", "admin", fails="cannot be admin")
        run("tokens", "vera", "--make", "x", "--days", "0", fails="1 to 366 days")
        run("tokens", "anton", "--revoke", held.token, fails="no token")
        assert run("tokens", "vera", "--revoke", held.token).output == ""
        assert team.holder(secret, "") is None
    run("tokens", "nobody", fails="nobody of that name")


def test_no_password_in_a_command() -> None:
    """No command takes a password as a word, which other users of the machine could read."""
    for name in ("add", "password", "tokens"):
        told = CliRunner().invoke(app, ["users", name, "--help"]).output
        assert "--password" not in told
