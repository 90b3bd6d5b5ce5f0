"""Signing in to a team's desk, and those who try to get by it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.chromium import serving
from tests.crew import HASHER, MADE, PASSWORD, Held, enter, session, signed, staffed
from tests.stored import filled
from tocsin.cli.doors import doors
from tocsin.desk.doors import Desk, now
from tocsin.desk.frame import START
from tocsin.desk.passwords import Hasher
from tocsin.desk.serve import Front
from tocsin.desk.team import Refused, Team
from tocsin.records.team import Person
from tocsin.store import deeds, teams
from tocsin.store.deeds import Wanted

LONG = "a fine and long password"


def test_signing_in(held: Held) -> None:
    """The right words make a session that scripts and other sites cannot reach, and lead on."""
    with held.client() as client:
        answer = enter(client, " Vera ", back="/events?q=a")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/events?q=a"
        cookie = answer.headers["set-cookie"]
        for part in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"):
            assert part in cookie
        assert "Secure" not in cookie
        page = client.get("/events")
        assert page.status_code == 200
        assert "vera" in page.text
        assert client.get("/signin").headers["location"] == START
        done = client.post("/signout", data={"_csrf_token": signed(client, "/account")})
        assert (done.status_code, done.headers["location"]) == (303, "/signin")
        assert client.get("/events").headers["location"] == "/signin?back=%2Fevents"


def test_a_session_that_is_over_stays_over(held: Held) -> None:
    """A cookie that was copied is worth nothing after its owner signed out."""
    with held.client() as client:
        enter(client)
        secret = client.cookies[held.team.cookie]
        client.post("/signout", data={"_csrf_token": signed(client, "/account")})
    with held.client() as other:
        other.cookies.set(held.team.cookie, secret)
        assert other.get("/events").status_code == 303
    with held.client() as late:
        late.cookies.set(held.team.cookie, session(held.team, "vera", -timedelta(seconds=1)))
        assert late.get("/events").status_code == 303
        assert late.get("/api/v1/events").status_code == 401


def test_a_session_cannot_be_fixed(held: Held) -> None:
    """Whatever cookie somebody came with, he leaves the sign-in with another, the old is over."""
    with held.client() as client:
        client.cookies.set(held.team.cookie, "chosen-by-somebody-else")
        answer = enter(client)
        given = re.search(f"{held.team.cookie}=([^;]+)", answer.headers["set-cookie"])
        assert given is not None
        assert given[1] != "chosen-by-somebody-else"
        assert len(given[1]) >= 43
    assert held.team.known("chosen-by-somebody-else", "") is None
    before = session(held.team, "anton")
    with held.client() as client:
        token = signed(client)
        client.cookies.set(held.team.cookie, before)
        form = {"_csrf_token": token, "name": "vera", "password": PASSWORD}
        assert client.post("/signin", data=form).status_code == 303
    assert held.team.known(before, "") is None


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
     "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "///evil.example", "",
     "http:evil.example", "/%0d%0aSet-Cookie:x=y\r\nSet-Cookie: x=y", "/x\r\nX-Odd: 1", "/\x00"],
)  # fmt: skip
def test_nobody_is_led_elsewhere(back: str, held: Held) -> None:
    """After the sign-in somebody is led to the desk, and no header is made of where to."""
    with held.client() as client:
        answer = enter(client, back=back)
        assert (answer.status_code, answer.headers["location"]) == (303, START)
        assert "x-odd" not in answer.headers
        assert "x=y" not in answer.headers["set-cookie"]
        again = client.get("/signin", params={"back": back})
        assert again.headers["location"] == START


def test_names_make_no_headers(held: Held) -> None:
    """What is typed as a name is words on a page and nothing else."""
    words = '"><script>x</script>\r\nX-Odd: 1'
    with held.client() as client:
        answer = enter(client, name=words)
        assert answer.status_code == 401
        assert "x-odd" not in answer.headers
        assert "<script>x" not in answer.text
    assert words not in str(held.log())


def test_one_answer_for_all_that_is_wrong(held: Held) -> None:
    """A wrong password, a name that nobody has and one that is disabled read the same."""
    with held.store.write() as connection:
        teams.add(connection, Person(name="gone", role="viewer", made=MADE), HASHER.hash(PASSWORD))
        teams.disable(connection, "gone", held.team.clock())
    pages = []
    for name, password in (("vera", LONG), ("nobody", PASSWORD), ("gone", PASSWORD)):
        with held.client() as client:
            answer = enter(client, name, password)
            assert answer.status_code == 401
            assert "set-cookie" not in answer.headers
            pages.append(re.sub(r'value="[^"]*"|content="[^"]*"', "", answer.text))
    assert pages[0] == pages[1] == pages[2]


def test_a_name_that_nobody_has_takes_as_long(alone: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    """One hash is checked, at the same costs, whether there is somebody of the name or not."""
    usual = Hasher()
    own, asked = usual._own, []

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            asked.append(kept.split("$")[1:4])
            return own.verify(kept, password)

    with alone.store.write() as connection:
        teams.rehash(connection, "vera", usual.hash(PASSWORD))
        teams.rehash(connection, "rosa", usual.hash(PASSWORD))
        teams.disable(connection, "rosa", alone.team.clock())
    monkeypatch.setattr(usual, "_own", Counting())
    team = Team(alone.store, now, hasher=usual)
    for name in ("vera", "rosa", "nobody", "no name at all"):
        with pytest.raises(Refused):
            team.enter(name, LONG, "")
    assert asked == [["argon2id", "v=19", "m=65536,t=3,p=4"]] * 4


def test_brute_force_of_a_name(alone: Held) -> None:
    """After ten wrong passwords a name is closed for a while, to the right one too; others not."""
    with alone.client() as client:
        for _ in range(10):
            assert enter(client, password=LONG).status_code == 401
        shut = enter(client)
        assert shut.status_code == 429
        assert 0 < int(shut.headers["retry-after"]) <= 900
        assert "minutes" in shut.text
        assert enter(client, "nobody", LONG).status_code == 401
        assert enter(client, "anton").status_code == 303
    assert len(alone.log(act="sign-in-failed")) == 11


def test_brute_force_from_an_address(alone: Held) -> None:
    """After thirty wrong attempts under any names an address is closed; sign-ins do not count."""
    with alone.client() as client:
        for _ in range(12):
            assert enter(client, "rosa").status_code == 303
            client.cookies.delete(alone.team.cookie)
        for number in range(30):
            assert enter(client, f"user{number}", LONG).status_code == 401
        assert enter(client).status_code == 429
        # Who has signed in goes on.
        client.cookies.set(alone.team.cookie, session(alone.team, "vera"))
        assert client.get("/claims").status_code == 200


def test_by_https(tmp_path: Path) -> None:
    """Behind a proxy with TLS cookies are Secure and this host's; what came by http is refused."""
    with filled(tmp_path / "team.db") as store:
        team = staffed(store, https=True)
        front = Front(frozenset({"127.0.0.1", "desk.example"}), proxy="127.0.0.1")
        with serving(Desk(store, doors(), team=team), front) as address:
            host = {"host": "desk.example", "origin": "https://desk.example"}
            assert httpx.get(f"{address}/signin", headers=host).status_code == 403
            by = host | {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}
            page = httpx.get(f"{address}/signin", headers=by)
            assert page.status_code == 200
            assert page.headers["strict-transport-security"].startswith("max-age=")
            csrf = page.headers["set-cookie"]
            assert "Secure" in csrf
            found = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
            assert found is not None
            form = {"_csrf_token": found[1], "name": "vera", "password": PASSWORD}
            headers = by | {"cookie": csrf.partition(";")[0]}
            done = httpx.post(f"{address}/signin", data=form, headers=headers)
            assert done.status_code == 303
            cookie = done.headers["set-cookie"]
            assert cookie.startswith("__Host-session-")
            assert "Secure" in cookie
            other = by | {"host": "evil.example"}
            assert httpx.get(f"{address}/signin", headers=other).status_code == 421
        with store.read() as connection:
            assert deeds.listed(connection, Wanted()).deeds[0].address == "203.0.113.9"


def test_nobody_else_says_where_he_is(held: Held) -> None:
    """Without a proxy that is known, what a request says of its own address counts for nothing."""
    with held.client() as client:
        token = signed(client)
        form = {"_csrf_token": token, "name": "vera", "password": LONG}
        forged = {"x-forwarded-for": "203.0.113.9", "forwarded": "for=203.0.113.9"}
        assert client.post("/signin", data=form, headers=forged).status_code == 401
    with held.store.read() as connection:
        assert deeds.listed(connection, Wanted()).deeds[0].address == "127.0.0.1"


@pytest.mark.parametrize("mark", ["", "x", "\u00e9" * 200, "0" * 128, "\x00" * 128])
def test_marks_that_were_never_made(mark: str, held: Held) -> None:
    """A form whose token is none is refused, whatever stands in it, and its sender's cookie too."""
    form = {"_csrf_token": mark, "name": "vera", "password": PASSWORD}
    with held.client() as client:
        signed(client)
        assert client.post("/signin", data=form).status_code == 403
        (name,) = [one for one in client.cookies if one.startswith("csrf")]
        client.cookies.clear()
        client.cookies.set(name, mark if mark.isascii() and mark.isprintable() else "x")
        assert client.post("/signin", data=form).status_code == 403
