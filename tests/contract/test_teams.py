"""People, sessions, tokens and the log, in either database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.crew import HASH, NAMES, PASSWORD, session, staffed, token
from tocsin.base.errors import InputError, StoreError
from tocsin.desk.crew import Crew
from tocsin.desk.team import Refused, Team
from tocsin.records.team import ROLES, Deed, Person
from tocsin.store import backup, deeds, passes, teams
from tocsin.store.deeds import Wanted
from tocsin.store.open import Store, open_store

NOW = datetime(2024, 11, 21, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def team(store: Store) -> Team:
    """Return a team of somebody of each role, at one moment."""
    return staffed(store, clock=lambda: NOW)


@pytest.fixture
def crew(team: Team) -> Crew:
    """Return the same people in an admin's hands."""
    return Crew(team.store, team.clock, "amal", "192.0.2.7", "session")


def _log(store: Store, **wanted: object) -> list[tuple[str, str, str]]:
    with store.read() as connection:
        found = deeds.listed(connection, Wanted(**wanted)).deeds  # type: ignore[arg-type]
    return [(one.who, one.act, one.about) for one in found]


def test_people_are_kept(team: Team) -> None:
    """Everybody comes back by name, and of the password only its hash is there."""
    with team.store.read() as connection:
        people = teams.people(connection)
        assert {one.role: one.name for one in people} == NAMES
        assert [one.name for one in people] == sorted(NAMES.values())
        held = teams.hashed(connection, "vera") or ""
        assert held == HASH
        assert held.startswith("$argon2id$")
        assert PASSWORD not in held
        assert teams.find(connection, "nobody") is None
        assert teams.hashed(connection, "nobody") is None


def test_a_name_is_one_persons(team: Team) -> None:
    """Nobody is added twice."""
    again = Person(name="vera", role="viewer", made=NOW)
    with pytest.raises(InputError, match="somebody of that name"), team.store.write() as connection:
        teams.add(connection, again, HASH)


def test_a_session_is_found_by_its_secret(team: Team) -> None:
    """The secret alone leads to its owner, for as long as it lasts; the store has only a hash."""
    secret = session(team, "vera")
    with team.store.read() as connection:
        found = passes.bearer(connection, secret, NOW)
        assert found is not None
        assert (found.name, found.role) == ("vera", "viewer")
        assert passes.bearer(connection, secret, NOW + timedelta(hours=12)) is None
        assert passes.bearer(connection, passes.mark(secret), NOW) is None
        kept = connection.exec_driver_sql("SELECT hash FROM session").scalars().all()
    assert kept == [passes.mark(secret)]
    assert secret not in kept


def test_sessions_that_have_expired_go(team: Team) -> None:
    """A sign-in takes out what has expired."""
    session(team, "vera", HOUR)
    with team.store.write() as connection:
        passes.begin(connection, "anton", "x", NOW + 2 * HOUR, expires=NOW + 3 * HOUR, address="")
        assert connection.exec_driver_sql("SELECT count(*) FROM session").scalar() == 1


@pytest.mark.parametrize("what", ["leave", "role", "disable", "password", "reset"])
def test_what_ends_a_session(what: str, team: Team, crew: Crew) -> None:
    """Signing out, another role, being disabled and another password end sessions that are open."""
    secret, other = session(team, "rosa"), session(team, "vera")
    who = team.known(secret, "")
    assert who is not None
    if what == "leave":
        team.leave(who)
    elif what == "role":
        crew.give("rosa", "viewer")
    elif what == "disable":
        crew.disable("rosa")
    elif what == "password":
        fresh = team.change(who, PASSWORD, "another fine long password")
        assert fresh != secret
        assert team.known(fresh, "") is not None
    else:
        crew.reset(team.hasher, "rosa", "another fine long password")
    assert team.known(secret, "") is None
    assert team.known(other, "") is not None


def test_the_disabled_come_in_no_way(team: Team, crew: Crew) -> None:
    """Who is disabled has no session, no token and no sign-in; enabled again, only the last."""
    made = token(team, "rosa", "reviewer")
    assert team.holder(made, "") is not None
    crew.disable("rosa")
    assert team.holder(made, "") is None
    with pytest.raises(Refused):
        team.enter("rosa", PASSWORD, "")
    crew.enable("rosa")
    assert team.holder(made, "") is None
    assert team.known(team.enter("rosa", PASSWORD, ""), "") is not None


@pytest.mark.parametrize("role", ROLES)
def test_a_token_may_no_more_than_its_owner(role: str, team: Team) -> None:
    """Nobody makes a token of a higher role than the own."""
    for owner, name in NAMES.items():
        who = team.known(session(team, name), "")
        assert who is not None
        wish = (who, f"{role} of {name}", role, 30)
        if ROLES.index(role) > ROLES.index(owner):  # type: ignore[arg-type]
            with pytest.raises(InputError, match=f"cannot be {role}"):
                team.token(*wish)  # type: ignore[arg-type]
        else:
            made, secret = team.token(*wish)  # type: ignore[arg-type]
            held = team.holder(secret, "192.0.2.1")
            assert held is not None
            assert (held.name, held.role, held.way) == (name, role, made.id)


def test_a_token_falls_with_its_owner(team: Team, crew: Crew) -> None:
    """Who may less from now on has tokens that may less."""
    made = token(team, "rosa", "reviewer")
    crew.give("rosa", "viewer")
    held = team.holder(made, "")
    assert held is not None
    assert held.role == "viewer"


def test_tokens_end(team: Team, crew: Crew) -> None:
    """A token ends on its day, when it is taken back, and when another sets the password."""
    short, long = token(team, "vera", "viewer", -HOUR), token(team, "vera", "viewer")
    assert team.holder(short, "") is None
    assert team.holder(long, "") is not None
    assert team.holder(long.removeprefix("tocsin_"), "") is None
    with team.store.read() as connection:
        names = [one.id for one in passes.tokens(connection, "vera")]
    with pytest.raises(InputError, match="no token"):
        crew.revoke("anton", names[0])
    crew.revoke("vera", names[0])
    assert team.holder(long, "") is None
    other = token(team, "vera", "viewer")
    crew.reset(team.hasher, "vera", "another fine long password")
    assert team.holder(other, "") is None


def test_somebody_can_look_after_them(team: Team, crew: Crew) -> None:
    """The last admin is neither disabled nor given another role."""
    for does in (lambda: crew.disable("amal"), lambda: crew.give("amal", "viewer")):
        with pytest.raises(InputError, match="last admin"):
            does()
    crew.give("rosa", "admin")
    crew.disable("amal")
    with pytest.raises(InputError, match="last admin"):
        crew.give("rosa", "analyst")
    assert crew.give("rosa", "admin").role == "admin"


def test_the_first_is_an_admin(store: Store) -> None:
    """A team begins with an admin who keeps the own password; others change theirs."""
    crew = Crew(store, lambda: NOW, "root")
    hasher = Team(store, lambda: NOW).hasher
    with pytest.raises(InputError, match="expected an admin"):
        crew.add(hasher, "vera", "viewer", PASSWORD)
    assert not crew.add(hasher, " Amal ", "admin", PASSWORD).fresh
    assert crew.add(hasher, "vera", "viewer", PASSWORD).fresh
    assert _log(store) == [
        ("root", "user-add", "vera viewer"), ("root", "user-add", "amal admin"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["", "Véra", "vera b", "-vera", "vera\nb", "vera\x00", "<b>", "../vera", "v" * 65]
)
def test_names_to_sign_in_by(name: str, team: Team, crew: Crew) -> None:
    """A name is letters and digits; any other is refused where it is made, and knows nobody."""
    with pytest.raises(InputError, match="no name to sign in by"):
        crew.add(team.hasher, name, "viewer", PASSWORD)
    with pytest.raises(Refused):
        team.enter(name, PASSWORD, "")


def test_the_log_tells(team: Team, crew: Crew) -> None:
    """Who came in, who did not, and what was done to whom are told, with address and way."""
    secret = team.enter("VERA ", PASSWORD, "192.0.2.1")
    for name, words in (("vera", "wrong"), ("hunter2 is my password", "x")):
        with pytest.raises(Refused):
            team.enter(name, words, "192.0.2.9")
    who = team.known(secret, "192.0.2.1")
    assert who is not None
    made, _ = team.token(who, "nightly", "viewer", 30)
    team.revoke(who, made.id)
    team.leave(who)
    crew.give("vera", "analyst")
    assert _log(team.store) == [
        ("amal", "user-role", "vera analyst"), ("vera", "sign-out", ""),
        ("vera", "token-revoke", made.id),
        ("vera", "token-make", f"{made.id} viewer until 2024-12-21: nightly"),
        ("", "sign-in-failed", "no such name"), ("vera", "sign-in-failed", "password"),
        ("vera", "sign-in", ""),
    ]  # fmt: skip
    with team.store.read() as connection:
        rows = deeds.listed(connection, Wanted()).deeds
    assert [one.address for one in rows] == ["192.0.2.7"] + ["192.0.2.1"] * 3 + [
        "192.0.2.9", "192.0.2.9", "192.0.2.1",
    ]  # fmt: skip
    assert {one.time for one in rows} == {NOW}


def test_the_log_by_pages(store: Store) -> None:
    """Pages go back from the last deed without gap or double; each narrows down as it is told."""
    with store.write() as connection:
        for number in range(7):
            day = NOW + timedelta(days=number)
            who = "vera" if number % 2 else "anton"
            deeds.add(connection, Deed(time=day, who=who, act="export", about=f"{number}" * 600))
    found: list[str] = []
    after = None
    with store.read() as connection:
        while True:
            page = deeds.listed(connection, Wanted(), after=after, limit=3)
            found += [one.about[0] for one in page.deeds]
            after = page.next
            if after is None:
                break
        last = deeds.listed(connection, Wanted(), limit=1).deeds[0]
        between = Wanted(start=date(2024, 11, 22), end=date(2024, 11, 24))
        some = deeds.listed(connection, between)
        most = deeds.listed(connection, Wanted(end=date.max))
    assert found == list("6543210")
    assert len(last.about) == deeds.LONGEST
    assert [one.about[0] for one in some.deeds] == list("321")
    assert len(most.deeds) == 7
    assert len(_log(store, who="vera")) == 3
    assert _log(store, act="undo") == []


@pytest.mark.parametrize(
    "statement", ["UPDATE deed SET who = 'rosa'", "DELETE FROM deed", "DELETE FROM deed WHERE 1=1"]
)
def test_the_log_is_only_added_to(statement: str, store: Store) -> None:
    """Neither a row nor the log can be changed or taken out, whoever asks the database."""
    with store.write() as connection:
        deeds.add(connection, Deed(time=NOW, who="vera", act="export"))
    with pytest.raises(StoreError, match="only added to"), store.write() as connection:
        connection.exec_driver_sql(statement)
    assert _log(store) == [("vera", "export", "")]


def test_a_team_is_backed_up(team: Team, tmp_path: Path) -> None:
    """A backup has the people and the log in it, and a store that it is restored to as well."""
    team.enter("vera", PASSWORD, "192.0.2.1")
    backup.backup(team.store, tmp_path / "copy.db", NOW)
    with open_store(tmp_path / "again.db") as again:
        backup.restore(tmp_path / "copy.db", again)
        assert _log(again) == _log(team.store)
        secret = Team(again, team.clock, hasher=team.hasher).enter("rosa", PASSWORD, "")
        assert secret
