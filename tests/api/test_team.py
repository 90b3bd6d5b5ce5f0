"""A desk with a team in use: forms, tokens, judgements, users, the log, what pages show."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from tests.chromium import serving
from tests.crew import HASHER, NAMES, PASSWORD, Held, enter, session, signed, staffed, token
from tests.stored import filled
from tocsin.cli.doors import doors
from tocsin.client import ApiError, Client
from tocsin.desk.doors import Desk, now
from tocsin.desk.limits import Limiter
from tocsin.desk.team import Team
from tocsin.store import decisions, passes, teams

LONG = "a fine and long password"


@pytest.fixture(scope="module")
def known(held: Held) -> dict[str, str]:
    """Return an id of an event and of a claim."""
    with held.client("vera") as client:
        event = client.get("/api/v1/events").json()["items"][0]["id"]
        claim = client.get("/api/v1/claims").json()["items"][0]["claim"]["id"]
    return {"events": event, "claims": claim}


def test_a_desk_for_one_asks_nobody(address: str) -> None:
    """Without a team there is nothing to sign in at, and a token counts for nothing."""
    for path in ("/signin", "/account", "/users", "/audit"):
        assert httpx.get(address + path).status_code == 404
    page = httpx.get(f"{address}/claims")
    assert page.status_code == 200
    assert "/account" not in page.text
    assert "/signout" not in page.text
    headers = {"authorization": "Bearer tocsin_x"}
    assert httpx.get(f"{address}/api/v1/events", headers=headers).status_code == 200
    assert httpx.post(f"{address}/api/v1/judgements", headers=headers).status_code == 403


def test_requests_are_limited(tmp_path: Path) -> None:
    """The API answers so many requests of a token in a minute, then says when to ask again."""
    with filled(tmp_path / "team.db") as store:
        staffed(store)
        team = Team(store, now, hasher=HASHER, requests=Limiter(5, 60))
        with serving(Desk(store, doors(), team=team)) as address:
            bearer = {"authorization": f"Bearer {token(team, 'vera', 'viewer')}"}
            other = {"authorization": f"Bearer {token(team, 'anton', 'viewer')}"}
            found = [
                httpx.get(f"{address}/api/v1/events", headers=bearer).status_code for _ in range(6)
            ]
            assert found == [200] * 5 + [429]
            shut = httpx.get(f"{address}/api/v1", headers=bearer)
            assert shut.json()["error"]["code"] == "too-many"
            assert 0 < int(shut.headers["retry-after"]) <= 60
            assert httpx.get(f"{address}/api/v1", headers=other).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/signin", "/signout", "/account/password", "/account/token", "/account/revoke", "/users/add",
     "/users/role", "/users/disable", "/users/enable", "/users/password", "/users/revoke"],
)  # fmt: skip
def test_forms_come_from_the_desk(path: str, held: Held) -> None:
    """A form needs the page's token and the desk as its origin, whoever's cookie it bears."""
    form = {
        "name": "vera",
        "role": "admin",
        "password": LONG,
        "new": LONG,
        "again": LONG,
        "id": "x",
    }
    with held.client("amal") as client:
        mark = signed(client, "/account")
        assert client.post(path, data=form).status_code == 403
        assert client.post(path, data=form | {"_csrf_token": mark[:-1] + "x"}).status_code == 403
        whole = form | {"_csrf_token": mark}
        for origin in ("https://evil.example", "null"):
            headers = {"origin": origin}
            assert client.post(path, data=whole, headers=headers).status_code == 403
        headers = {"sec-fetch-site": "cross-site"}
        assert client.post(path, data=whole, headers=headers).status_code == 403
        # A token in the header of a page's request lifts nothing.
        headers = {"authorization": f"Bearer {token(held.team, 'amal', 'admin')}"}
        assert client.post(path, data=form, headers=headers).status_code == 403
    with held.store.read() as connection:
        assert {one.role: one.name for one in teams.people(connection)} == NAMES


def test_a_session_is_no_token(held: Held) -> None:
    """The API takes what a page sends with a page's token alone; a session's secret is no token."""
    with held.client("rosa") as client:
        body = {"verdict": "accept", "target": "claim-0"}
        assert client.post("/api/v1/judgements", json=body).status_code == 403
        secret = client.cookies[held.team.cookie]
    for words in (secret, "x", f"tocsin_{secret}", "tocsin_", "\xff"):
        headers = {"authorization": f"Bearer {words}".encode("latin-1")}
        answer = httpx.get(f"{held.address}/api/v1/events", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["error"]["code"] == "unauthorised"


def test_a_token_is_not_for_other_sites(held: Held) -> None:
    """A request that a browser says is of another site is refused with a good token as well."""
    headers = {"authorization": f"Bearer {token(held.team, 'amal', 'reviewer')}"}
    for more in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = httpx.post(f"{held.address}/api/v1/judgements", headers=headers | more, json={})
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


def test_a_token_is_shown_once(held: Held) -> None:
    """Its owner sees a token when it is made, and nobody later; the store has its hash."""
    with held.client("anton") as client:
        form = {
            "_csrf_token": signed(client, "/account"), "name": "nightly <b>", "role": "analyst",
            "days": "30",
        }  # fmt: skip
        page = client.post("/account/token", data=form)
        found = re.search(r"tocsin_[\w-]{43}", page.text)
        assert found is not None
        assert page.headers["cache-control"] == "no-store"
        assert "nightly <b>" not in page.text
        again = client.get("/account")
        assert found[0] not in again.text
        assert "nightly &lt;b&gt;" in again.text
        form["role"], form["name"] = "reviewer", "more"
        refused = client.post("/account/token", data=form)
        assert refused.status_code == 400
        assert "cannot be reviewer" in refused.text
    with held.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM token").all()
        one = passes.tokens(connection, "anton")[0]
    assert found[0] not in str(rows)
    assert held.log(act="token-make")[0][0] == "anton"
    bearer = {"authorization": f"Bearer {found[0]}"}
    assert httpx.get(f"{held.address}/api/v1/events", headers=bearer).status_code == 200
    with held.client("vera") as other:
        form = {"_csrf_token": signed(other, "/account"), "id": one.id}
        other.post("/account/revoke", data=form)
    assert httpx.get(f"{held.address}/api/v1/events", headers=bearer).status_code == 200
    with held.client("anton") as client:
        client.post("/account/revoke", data={**form, "_csrf_token": signed(client, "/account")})
    assert httpx.get(f"{held.address}/api/v1/events", headers=bearer).status_code == 401


def test_judgements_bear_the_name(alone: Held) -> None:
    """What is judged at a page or by a token is its owner's, in the store and in the log."""
    with alone.client("rosa") as client:
        claims = client.get("/api/v1/claims").json()["items"]
        first, second = claims[0]["claim"]["id"], claims[1]["claim"]["id"]
        form = {"_csrf_token": signed(client, "/review"), "verdict": "accept", "target": first}
        assert client.post("/review/decide", data=form).status_code == 303
    with Client(alone.address, token=token(alone.team, "amal", "reviewer")) as desk:
        desk.judge("reject", second, reason="a drill")
        with pytest.raises(ApiError, match=r"claim-0"):
            desk.judge("accept", "claim-0000000000000000")
    with Client(alone.address, token=token(alone.team, "amal", "viewer")) as desk:
        assert next(iter(desk.events())).id
        with pytest.raises(ApiError) as refused:
            desk.judge("accept", first)
        assert (refused.value.status, refused.value.code) == (403, "forbidden")
    with alone.client("rosa") as client:
        form = {"_csrf_token": signed(client, "/review")}
        assert client.post("/review/undo", data=form).status_code == 303
    with alone.store.read() as connection:
        made = {one.target: one for one in decisions.every(connection)}
    assert (made[first].author, made[second].author) == ("rosa", "amal")
    assert made[first].undone is not None
    assert made[second].undone is None
    told = [(who, act, about.split()[:2]) for who, act, about in alone.log()]
    assert told == [
        ("rosa", "undo", [made[first].id]), ("amal", "judgement", ["reject", second]),
        ("rosa", "judgement", ["accept", first]),
    ]  # fmt: skip


def test_remarks_are_their_authors(held: Held, known: dict[str, str]) -> None:
    """A remark bears the name of who asks, who alone puts it away, by a page or by a token."""
    with Client(held.address, token=token(held.team, "anton", "analyst")) as desk:
        note = desk.remark("note", known["events"], "who was it?")
        assert note.author == "anton"
        with Client(held.address, token=token(held.team, "amal", "admin")) as other:
            with pytest.raises(ApiError, match="anton's") as refused:
                other.drop(note.id)
            assert refused.value.status == 400
        with held.client("rosa") as client:
            form = {"_csrf_token": signed(client, "/saved"), "id": note.id}
            assert client.post("/saved/drop", data=form).status_code == 400
        assert [row.remark for row in desk.remarks().rows] == [note]
        assert desk.drop(note.id)


def test_what_is_taken_along_is_told(held: Held, known: dict[str, str]) -> None:
    """A report and a list of judgements that somebody takes along stand in the log."""
    with held.client("anton") as client:
        assert client.get("/report/file/md", params={"pick": known["events"]}).status_code == 200
        assert client.get("/review/judgements.jsonl").status_code == 200
    told = [one for one in held.log(act="export") if one[0] == "anton"]
    assert told[0][2] == "/review/judgements.jsonl"
    assert told[1][2] == f"/report/file/md?pick={known['events']}"


def test_the_first_password_is_changed_first(alone: Held) -> None:
    """Who was given a password may do nothing before changing it; then everything of the role."""
    with alone.client("amal") as admin:
        form = {
            "_csrf_token": signed(admin, "/users"), "name": "nora", "role": "viewer",
            "password": PASSWORD,
        }  # fmt: skip
        assert admin.post("/users/add", data=form).status_code == 303
        assert admin.post("/users/add", data=form).status_code == 400
    with alone.client() as client:
        enter(client, "nora")
        assert client.get("/events").headers["location"] == "/account"
        assert client.get("/api/v1/events").status_code == 403
        assert client.get("/events", headers={"hx-request": "true"}).headers["hx-redirect"] == (
            "/account"
        )
        form = {
            "_csrf_token": signed(client, "/account"), "password": PASSWORD, "new": LONG,
            "again": LONG,
        }  # fmt: skip
        assert client.post("/account/token", data=form | {"name": "x"}).status_code == 403
        for wrong in (
            {"again": "x" * 12},
            {"new": PASSWORD, "again": PASSWORD},
            {"password": LONG},
        ):
            assert client.post("/account/password", data=form | wrong).status_code == 400
        before = client.cookies[alone.team.cookie]
        assert client.post("/account/password", data=form).status_code == 303
        assert client.cookies[alone.team.cookie] != before
        assert client.get("/events").status_code == 200
    assert alone.team.known(before, "") is None
    assert [one[:2] for one in alone.log(who="nora")] == [
        ("nora", "password"), ("nora", "sign-in-failed"), ("nora", "sign-in"),
    ]  # fmt: skip


def test_roles_change_at_once(alone: Held) -> None:
    """Who is given another role or disabled is signed out; the last admin stays one."""
    with alone.client("rosa") as rosa, alone.client("amal") as admin:
        token = signed(admin, "/users")
        form = {"_csrf_token": token, "name": "rosa", "role": "viewer"}
        assert rosa.get("/review").status_code == 200
        assert admin.post("/users/role", data=form).status_code == 303
        assert rosa.get("/review").headers["location"].startswith("/signin")
        rosa.cookies.set(alone.team.cookie, session(alone.team, "rosa"))
        assert rosa.get("/review").status_code == 403
        assert admin.post("/users/disable", data=form).status_code == 303
        assert rosa.get("/events").status_code == 303
        own = form | {"name": "amal"}
        for path in ("/users/role", "/users/disable"):
            refused = admin.post(path, data=own)
            assert refused.status_code == 400
            assert "last admin" in refused.text
        assert admin.post("/users/role", data=form | {"name": "nobody"}).status_code == 400
        assert admin.post("/users/role", data=form | {"role": "king"}).status_code == 400


def test_the_log_as_a_page(held: Held) -> None:
    """The log shows who did what and narrows down; what makes no sense is left out."""
    with held.client("amal") as client:
        page = client.get("/audit")
        assert page.status_code == 200
        for odd in ("from=x", "after=x", "after=99999999999999999999", "act=x", "to=9999-12-31"):
            assert client.get(f"/audit?{odd}").status_code == 200
        none = client.get("/audit", params={"who": "'; DROP TABLE deed; --"})
        assert none.status_code == 200
        assert "nothing like that" in none.text


def test_scripts_are_told_to_sign_in(held: Held) -> None:
    """A page whose session is over leads its window on, instead of showing a page in a page."""
    with held.client() as client:
        asked = {"hx-request": "true", "hx-current-url": f"{held.address}/events?q=a"}
        answer = client.get("/claims", headers=asked)
        assert (answer.status_code, answer.headers["hx-redirect"]) == (
            401,
            "/signin?back=%2Fclaims",
        )
        form = {"_csrf_token": signed(client)}
        answer = client.post("/review/decide", data=form, headers=asked)
        assert answer.headers["hx-redirect"] == "/signin?back=%2Fevents%3Fq%3Da"
        card = client.get("/claims/x/card", headers={"sec-fetch-dest": "empty"})
        assert card.status_code == 401
        assert client.get("/map/shapes", headers={"sec-fetch-dest": "empty"}).status_code == 401


def test_pages_show_what_one_may(held: Held, known: dict[str, str]) -> None:
    """Buttons and links stand where their route is open to the role, and nowhere else."""
    event = f"/events/{known['events']}"
    for role, kept, judged, users in (
        ("viewer", False, False, False), ("analyst", True, False, False),
        ("reviewer", True, True, False), ("admin", True, True, True),
    ):  # fmt: skip
        with held.client(NAMES[role]) as client:  # type: ignore[index]
            page = client.get(event).text
            assert ("/report/add" in page) is kept
            assert (f"{event}/merge" in page) is judged
            assert ('href="/review"' in page) is judged
            claim = f"/claims/{known['claims']}"
            assert (f"{claim}/correct" in client.get(claim).text) is judged
            assert ("/saved/watch" in client.get("/saved").text) is kept
            assert ('href="/users"' in client.get("/account").text) is users
