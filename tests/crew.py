"""A desk's team for tests: somebody of each role, whose passwords are quick to check."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

import httpx

from tocsin.desk.doors import now
from tocsin.desk.frame import START
from tocsin.desk.passwords import Hasher
from tocsin.desk.team import PREFIX, SESSION, Team
from tocsin.records.team import Person, Role, Token
from tocsin.store import deeds, passes, teams
from tocsin.store.deeds import Wanted
from tocsin.store.open import Store

PASSWORD = "correct horse battery staple"  # noqa: S105 - of nobody
NAMES: dict[Role, str] = {
    "viewer": "vera", "analyst": "anton", "reviewer": "rosa", "admin": "amal",
}  # fmt: skip
# Cheap, since nobody has to be kept out.
HASHER = Hasher(memory=64, rounds=1)
HASH = HASHER.hash(PASSWORD)
MADE = datetime(2024, 3, 5, 9, tzinfo=UTC)


def staffed(store: Store, *, clock: Callable[[], datetime] = now, https: bool = False) -> Team:
    """Return the team of a store, with one person of each role in it."""
    with store.write() as connection:
        for role, name in NAMES.items():
            teams.add(connection, Person(name=name, role=role, made=MADE), HASH)
    return Team(store, clock, https=https, hasher=HASHER)


def session(team: Team, name: str, lasting: timedelta = SESSION) -> str:
    """Return the secret of a new session of somebody."""
    secret, begun = token_urlsafe(), team.clock()
    with team.store.write() as connection:
        passes.begin(connection, name, secret, begun, expires=begun + lasting, address="")
    return secret


def token(team: Team, name: str, role: Role, lasting: timedelta = SESSION) -> str:
    """Return the secret of a new token of somebody."""
    secret, made = PREFIX + token_urlsafe(), team.clock()
    one = Token(
        id=f"token-{secret[-8:]}", owner=name, name=secret[-8:], role=role, made=made,
        expires=made + lasting,
    )  # fmt: skip
    with team.store.write() as connection:
        passes.keep(connection, one, secret)
    return secret


@dataclass(frozen=True)
class Held:
    """A desk with a team: its address, its store, its people."""

    address: str
    store: Store
    team: Team

    def client(self, name: str | None = None) -> httpx.Client:
        """Return a browser of somebody who has signed in, or of nobody."""
        made = httpx.Client(base_url=self.address, timeout=60, headers={"origin": self.address})
        if name is not None:
            made.cookies.set(self.team.cookie, session(self.team, name))
        return made

    def log(self, **wanted: object) -> list[tuple[str, str, str]]:
        """Return the log, the latest first."""
        with self.store.read() as connection:
            found = deeds.listed(connection, Wanted(**wanted)).deeds  # type: ignore[arg-type]
        return [(one.who, one.act, one.about) for one in found]


def signed(client: httpx.Client, path: str = "/signin") -> str:
    """Return the token of a page's forms."""
    found = re.search(r'name="_csrf_token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def enter(
    client: httpx.Client, name: str = "vera", password: str = PASSWORD, back: str = START
) -> httpx.Response:
    """Return what somebody is answered who signs in."""
    token = signed(client)
    form = {"_csrf_token": token, "name": name, "password": password, "back": back}
    return client.post("/signin", data=form)
