"""Which requests the desk lets through."""

from __future__ import annotations

import pytest
from litestar.datastructures import Headers

from tocsin.desk.security import LOOPBACK, POLICY, refusal

HOST = {"host": "127.0.0.1:8421"}


def _status(method: str, **headers: str) -> int | None:
    told = HOST | {name.replace("_", "-"): value for name, value in headers.items()}
    found = refusal(method, Headers(told), LOOPBACK)
    return found[0] if found else None


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8421", "localhost:8421", "LOCALHOST", "[::1]:8421"]
)
def test_the_machine_by_its_own_names(host: str) -> None:
    """Every name by which a machine calls itself is let through, with a port or without."""
    assert _status("GET", host=host) is None


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8421", "10.0.0.1",
     "[", "evil.example@127.0.0.1.evil", "0.0.0.0:8421"],
)  # fmt: skip
def test_any_other_name(host: str) -> None:
    """A name that somebody else made to point here is not."""
    assert _status("GET", host=host) == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://127.0.0.1:8421"}, None),
        ({"origin": "http://127.0.0.1:8421", "sec_fetch_site": "same-origin"}, None),
        ({"origin": "null", "sec_fetch_site": "same-origin"}, None),
        ({"sec_fetch_site": "same-origin"}, None),
        ({}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://evil.example", "sec_fetch_site": "same-origin"}, 403),
        ({"origin": "http://127.0.0.1:8421", "sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "none"}, 403),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_changes_come_from_the_desk(
    method: str, headers: dict[str, str], status: int | None
) -> None:
    """Whatever changes something says that a page of the desk sent it."""
    assert _status(method, **headers) == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, None), ({"origin": "http://127.0.0.1:8421"}, None), ({"origin": "null"}, 403),
        ({"origin": "https://evil.example"}, 403), ({"sec-fetch-site": "cross-site"}, 403),
        ({"host": "evil.example"}, 421),
    ],
)  # fmt: skip
def test_changes_by_a_token(headers: dict[str, str], status: int | None) -> None:
    """A program that bears a token need not say where it asks from; a browser is held to it."""
    found = refusal("POST", Headers(HOST | headers), LOOPBACK, bearing=True)
    assert (found[0] if found else None) == status


def test_the_policy_allows_nothing_but_the_desk() -> None:
    """Scripts, styles, requests and forms are the desk's own; the rest is forbidden."""
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("img-src") == "'self' data:"
    assert set(rules.values()) == {"'self'", "'none'"}
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
