"""The table of roles, limits and passwords, each by itself."""

from __future__ import annotations

import pytest
from litestar.routes import HTTPRoute

from tests.crew import HASH, HASHER, PASSWORD
from tocsin.base.errors import InputError
from tocsin.cli.doors import doors
from tocsin.desk import limits, passwords, roles, team
from tocsin.desk.app import application
from tocsin.desk.doors import Desk, now
from tocsin.desk.limits import Limiter
from tocsin.desk.passwords import Hasher
from tocsin.records.team import ROLES, enough, lesser
from tocsin.store.open import Store


def _routes(store: Store, *, shared: bool) -> set[tuple[str, str]]:
    people = team.Team(store, now, hasher=HASHER) if shared else None
    app = application(Desk(store, doors(), team=people), "secret" * 8)
    return {
        (str(method), route.path)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method in route.route_handler_map
        if method != "OPTIONS"
    }


def test_every_route_has_a_role(store: Store) -> None:
    """The table has every route of the desk, and no other, once."""
    rows = [(row.method, row.path) for row in roles.TABLE]
    assert len(rows) == len(set(rows))
    assert set(rows) == _routes(store, shared=True)


def test_what_a_team_has(store: Store) -> None:
    """A desk without a team has no page to sign in at, and nothing else of a team's."""
    more = _routes(store, shared=True) - _routes(store, shared=False)
    assert {path.split("/")[1] for _, path in more} == {
        "signin", "signout", "account", "users", "audit",
    }  # fmt: skip


def test_nobody_may_what_is_not_in_the_table() -> None:
    """A route without a row is refused to every role."""
    for role in (*ROLES, None):
        assert not roles.may(role, "GET", "/new")
        assert not roles.may(role, "DELETE", "/events")


def test_each_role_may_more() -> None:
    """A role may all that those before it may, and the first nothing that changes the store."""
    for row in roles.TABLE:
        held = [roles.may(role, row.method, row.path) for role in (None, *ROLES)]
        assert held == sorted(held)
        assert held[-1]
    changing = [row.path for row in roles.TABLE if row.method == "POST" and row.role == "viewer"]
    assert changing == [
        "/keys",
        "/signout",
        "/account/password",
        "/account/token",
        "/account/revoke",
    ]
    free = {row.path for row in roles.TABLE if row.role == roles.ANYONE}
    assert free == {"/static/{file_path:path}", "/signin", "/look"}


def test_paths_with_and_without_kinds() -> None:
    """A route is found as it is written and as it is matched."""
    assert roles.row("GET", "/events/{name}") == roles.row("GET", "/events/{name:str}")
    assert roles.may("reviewer", "POST", "/threats/{name}/outcome")


def test_roles_in_order() -> None:
    """Of two roles the lesser is found, and the greater is enough."""
    for at, one in enumerate(ROLES):
        for other in ROLES[at:]:
            assert lesser(one, other) == lesser(other, one) == one
            assert enough(other, one)
            assert enough(one, other) is (one == other)


def test_a_limit() -> None:
    """So many within a time and no more, each key by itself; then again as time goes on."""
    at = [100.0]
    held = Limiter(3, 60, lambda: at[0])
    for second in (100, 110, 120):
        at[0] = second
        assert held.take("a") == 0
    assert held.take("a") == 40
    assert held.take("b") == 0
    at[0] = 160
    assert held.take("a") == 0
    assert held.take("a") == 10
    held.back("a")
    assert held.take("a") == 0
    held.forget("a")
    assert [held.take("a") for _ in range(3)] == [0, 0, 0]


def test_a_limit_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks under ever new names fills no memory, nor lets go of who asks just now."""
    monkeypatch.setattr(limits, "KEYS", 100)
    held = Limiter(1, 60, lambda: 0.0)
    for number in range(500):
        held.take(str(number))
        held.take("steady")
    assert len(held._held) == 100
    assert held.take("steady") > 0


def test_addresses_of_one_subscriber() -> None:
    """All of a subscriber's IPv6 addresses count as one; a name of no address as itself."""
    assert team.network("2001:db8:1:2:aaaa::1") == team.network("2001:db8:1:2:bbbb::9")
    assert team.network("2001:db8:1:2::1") != team.network("2001:db8:1:3::1")
    assert team.network("192.0.2.1") != team.network("192.0.2.2")
    assert team.network("") == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [("short", "12 to 512"), ("x" * 513, "12 to 512"), ("amal.haddad1", "mostly the name"),
     ("Amal.Haddad.2024", "mostly the name"), ("aaaaaaaaaaaaaaaa", "repeats"),
     ("ababababababab", "repeats")],
)  # fmt: skip
def test_passwords_that_will_not_do(words: str, said: str) -> None:
    """What is short, too long, the name or one key held down is refused, with what is expected."""
    with pytest.raises(InputError, match=said):
        passwords.check(words, "amal.haddad")
    passwords.check(PASSWORD, "amal.haddad")


def test_hashes() -> None:
    """A password fits its own hash however it was typed, no other, and nobody's never."""
    kept = HASHER.hash("cafe\u0301 au lait, du pain")
    assert HASHER.fits(kept, "caf\u00e9 au lait, du pain")
    assert not HASHER.fits(kept, "cafe au lait, du pain")
    assert HASHER.hash(PASSWORD) != HASH
    for none in (None, "", "nonsense", "$argon2id$v=19$m=8$broken"):
        assert not HASHER.fits(none, PASSWORD)
    for odd in ("", "\x00", "\ud800", "x" * 1_000_000):
        assert not HASHER.fits(HASH, odd)


def test_costs_are_those_advised() -> None:
    """Without other costs a hash takes argon2id's of RFC 9106; a cheaper one is made anew."""
    usual = Hasher()
    made = usual.hash(PASSWORD)
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert usual.stale(HASH)
    assert not usual.stale(made)


def test_without_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where argon2 is not installed, whoever needs it is told what to install."""
    monkeypatch.setattr(passwords, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'tocsin\[team\]'"):
        Hasher()


def test_too_many_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where as many sign in as there is memory for, the next are told to wait."""
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    hasher = Hasher(memory=64, rounds=1)
    for _ in range(passwords.AT_ONCE):
        hasher._turn.acquire()
    with pytest.raises(passwords.Busy):
        hasher.fits(HASH, PASSWORD)
    hasher._turn.release()
    assert hasher.fits(HASH, PASSWORD)
