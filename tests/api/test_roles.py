"""Every route of a team's desk for every role, before real requests."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.crew import NAMES, Held, session, signed, token
from tocsin.desk import roles
from tocsin.records.team import ROLES, Role

ASKERS = (None, *ROLES)
# What is asked for by names in the address's end, of whom the store may know nothing.
NAMED = ("/entity", "/actor", "/dyad", "/place", "/unit")
NAMED += tuple(f"/api/v1{path}" for path in NAMED)


@pytest.fixture(scope="module")
def known(held: Held) -> dict[str, str]:
    """Return an id for each kind of record in an address."""
    with held.client("vera") as client:
        event = client.get("/api/v1/events").json()["items"][0]["id"]
        claim = client.get("/api/v1/claims").json()["items"][0]["claim"]
    return {"events": event, "claims": claim["id"], "articles": claim["article"], "report": "md"}


def _address(row: roles.Row, known: dict[str, str]) -> str:
    """Return an address that a route answers, as far as the store has what it is of."""
    parts = row.path.removeprefix("/api/v1").split("/")
    name = known.get(parts[1] if len(parts) > 1 else "", "threat-0000000000000000")
    path = re.sub(r"\{file_path:path\}", "bell.svg", row.path)
    path = re.sub(r"\{\w+:str\}", name, path)
    if row.path.endswith("/unit"):
        return f"{path}?kind=country&name=IRQ"
    if row.path.removeprefix("/api/v1") in NAMED:
        return f"{path}?name=IRQ&one=IRQ&other=SYR"
    return path


@pytest.fixture(scope="module")
def browsers(held: Held) -> Iterator[dict[Role | None, httpx.Client]]:
    """Return a browser of somebody of each role, and of nobody, which bears a page's token."""
    made = {role: held.client(NAMES[role] if role else None) for role in ASKERS}
    for role, client in made.items():
        client.headers["x-csrftoken"] = signed(client, "/account" if role else "/signin")
    yield made
    for client in made.values():
        client.close()


def _asked(client: httpx.Client, row: roles.Row, address: str, **headers: str) -> httpx.Response:
    """Return an answer; one that goes on and on is not waited for."""
    with client.stream(row.method, address, headers=headers) as answer:
        if not row.path.endswith("/stream") or answer.is_error:
            answer.read()
        return answer


@pytest.mark.parametrize("row", roles.TABLE, ids=lambda row: f"{row.method} {row.path}")
def test_every_route_for_every_role(
    row: roles.Row, held: Held, known: dict[str, str], browsers: dict[Role | None, httpx.Client]
) -> None:
    """The desk answers whom the table has, and leads others to sign in or refuses them."""
    for role in ASKERS:
        client = browsers[role]
        answer = _asked(client, row, _address(row, known))
        if row.path == "/signout" and role:
            client.cookies.set(held.team.cookie, session(held.team, NAMES[role]))
        allowed = roles.may(role, row.method, row.path)
        api = row.path.startswith("/api/")
        to = answer.headers.get("location", "")
        if allowed:
            # Forms without anything in them, and records that are not there, are let through too.
            assert answer.status_code in (200, 201, 302, 303, 400, 404)
            assert not to.startswith("/signin") or row.path == "/signout"
            if row.method == "GET" and row.path not in NAMED and "{name" not in row.path:
                assert answer.status_code in (200, 302, 303)
        elif role is None and row.method == "GET" and not api:
            assert answer.status_code == 303
            assert to.startswith("/signin")
        else:
            assert answer.status_code == (401 if role is None else 403)
        if api and not allowed:
            code = "unauthorised" if role is None else "forbidden"
            assert answer.json()["error"]["code"] == code


@pytest.mark.parametrize("row", roles.TABLE, ids=lambda row: f"{row.method} {row.path}")
def test_every_route_for_every_token(
    row: roles.Row, held: Held, known: dict[str, str], tokens: dict[Role, str]
) -> None:
    """A token opens the API as far as its role goes, without origin or page, and no page at all."""
    api = row.path.startswith("/api/")
    for role in ROLES:
        with httpx.Client(base_url=held.address, timeout=60) as client:
            bearer = f"Bearer {tokens[role]}"
            answer = _asked(client, row, _address(row, known), authorization=bearer)
        if api and roles.may(role, row.method, row.path):
            assert answer.status_code in (200, 201, 400, 404)
        elif api:
            assert answer.status_code == 403
        elif row.role == roles.ANYONE and row.method != "POST":
            assert answer.status_code == 200
        else:
            # As somebody whom nobody knows: to sign in, or refused as not from a page of the desk.
            assert answer.status_code == (303 if row.method == "GET" else 403)


@pytest.fixture(scope="module")
def tokens(held: Held) -> dict[Role, str]:
    """Return an admin's token of each role."""
    return {role: token(held.team, NAMES["admin"], role) for role in ROLES}
