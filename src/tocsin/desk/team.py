"""A desk that several people share: who asks, who may sign in, what is written down of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from secrets import token_hex, token_urlsafe
from typing import Any, NamedTuple

from tocsin.base.errors import InputError
from tocsin.base.ids import digest
from tocsin.desk.limits import Limiter
from tocsin.desk.passwords import Hasher, check
from tocsin.records.team import NAME, Act, Deed, Person, Role, Token, lesser
from tocsin.store import deeds, passes, teams
from tocsin.store.open import Store

# A session lasts a day's work, whatever is done in it.
SESSION = timedelta(hours=12)
# Days that a token may last.
DAYS = 366
# What every token begins with, so that it is known for one where it must not be.
PREFIX = "tocsin_"
# Attempts to sign in with one name and from one address within so many seconds, and requests of one
# person's or token's to the API within so many.
NAMES, ADDRESSES, WITHIN = 10, 30, 900.0
REQUESTS, MINUTE = 600, 60.0


class Who(NamedTuple):
    """Who asks: by name, with which role, from where, by which session's secret or token's id."""

    name: str
    role: Role
    address: str
    secret: str = ""
    token: str = ""
    fresh: bool = False

    @property
    def way(self) -> str:
        """How the log calls what he comes by."""
        return self.token or "session"

    def deed(self, time: datetime, act: Act, about: str = "") -> Deed:
        """Return something that he does, as the log has it."""
        return Deed(
            time=time, who=self.name, act=act, about=about, address=self.address, way=self.way
        )

    def failed(self, time: datetime, about: str) -> Deed:
        """Return that somebody was not let in under his name."""
        return Deed(
            time=time, who=self.name, act="sign-in-failed", about=about, address=self.address
        )


def asker(scope: Mapping[str, Any]) -> Who | None:
    """Return who makes a request; None where nobody has signed in, or there is no team."""
    found = scope.get("user")
    return found if isinstance(found, Who) else None


class Refused(Exception):  # noqa: N818 - it is an answer
    """Somebody is not let in; `wait` are the seconds to wait, 0 where the words were wrong."""

    def __init__(self, wait: float = 0.0) -> None:
        """Keep how long to wait."""
        super().__init__("refused")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a store's desk; `https` says that browsers reach it by https alone."""

    store: Store
    clock: Callable[[], datetime]
    https: bool = False
    hasher: Hasher = field(default_factory=Hasher)
    names: Limiter = field(default_factory=lambda: Limiter(NAMES, WITHIN))
    addresses: Limiter = field(default_factory=lambda: Limiter(ADDRESSES, WITHIN))
    requests: Limiter = field(default_factory=lambda: Limiter(REQUESTS, MINUTE))

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds a session's secret.

        Browsers keep one jar for all ports of a machine. By https nobody but this very host can set
        a cookie whose name begins so.
        """
        return ("__Host-" if self.https else "") + digest("session", self.store.name)

    def known(self, secret: str, address: str) -> Who | None:
        """Return whose session a secret is of; None where it is nobody's."""
        with self.store.read() as connection:
            one = passes.bearer(connection, secret, self.clock())
        return None if one is None else Who(one.name, one.role, address, secret, fresh=one.fresh)

    def holder(self, secret: str, address: str) -> Who | None:
        """Return whose token a secret is; None where it is nobody's."""
        with self.store.read() as connection:
            found = passes.holder(connection, secret, self.clock())
        if found is None:
            return None
        one, token = found
        role = lesser(one.role, token.role)
        return Who(one.name, role, address, token=token.id, fresh=one.fresh)

    def enter(self, name: str, password: str, address: str, before: str = "") -> str:
        """Return the secret of a new session, in the place of the one before; raise Refused.

        Nothing of the answer, nor the time it takes, tells whether there is somebody of that name.
        """
        name, now = name.strip().lower(), self.clock()
        self._try(name, address)
        one, kept = None, None
        if re.fullmatch(NAME, name):
            with self.store.read() as connection:
                one, kept = teams.find(connection, name), teams.hashed(connection, name)
        fits = self.hasher.fits(kept, password)
        if one is None or one.disabled is not None or not fits:
            about = "no such name" if one is None else "disabled" if one.disabled else "password"
            # A password may be typed as a name: names that nobody has are not written down.
            self.note(Who(one.name if one else "", "viewer", address).failed(now, about))
            raise Refused
        self._passed(name, address)
        with self.store.write() as connection:
            if kept is None or teams.hashed(connection, name) != kept:
                raise Refused  # it was changed in this moment
            if self.hasher.stale(kept):
                teams.rehash(connection, name, self.hasher.hash(password))
            if before:
                passes.end(connection, before)
            deeds.add(connection, Who(name, one.role, address).deed(now, "sign-in"))
            secret = token_urlsafe(32)
            passes.begin(connection, name, secret, now, expires=now + SESSION, address=address)
        return secret

    def leave(self, who: Who) -> None:
        """End a session."""
        with self.store.write() as connection:
            passes.end(connection, who.secret)
            deeds.add(connection, who.deed(self.clock(), "sign-out"))

    def change(self, who: Who, password: str, new: str) -> str:
        """Give somebody the password that he chose, and return the secret of a new session.

        All others of his sessions have ended. Raises Refused where the present password is another,
        InputError where the new one will not do.
        """
        now = self.clock()
        self._try(who.name, who.address)
        with self.store.read() as connection:
            kept = teams.hashed(connection, who.name)
        if not self.hasher.fits(kept, password):
            self.note(who.failed(now, "password, to change it"))
            raise Refused
        check(new, who.name)
        if new == password:
            raise InputError("the new password is the present one; expected another")
        self._passed(who.name, who.address)
        hashed = self.hasher.hash(new)
        with self.store.write() as connection:
            teams.reset(connection, who.name, hashed, fresh=False)
            deeds.add(connection, who.deed(now, "password"))
            secret = token_urlsafe(32)
            passes.begin(
                connection, who.name, secret, now, expires=now + SESSION, address=who.address
            )
        return secret

    def token(self, who: Who, name: str, role: Role, days: int) -> tuple[Token, str]:
        """Return a new token with its secret, which nobody can see again."""
        with self.store.write() as connection:
            held = teams.find(connection, who.name)
            made, secret = new_token(who.name, held, name, self.clock(), role=role, days=days)
            passes.keep(connection, made, secret)
            deeds.add(connection, who.deed(made.made, "token-make", told(made)))
        return made, secret

    def revoke(self, who: Who, name: str) -> None:
        """Take back one of somebody's own tokens by its id."""
        with self.store.write() as connection:
            if passes.drop(connection, who.name, name):
                deeds.add(connection, who.deed(self.clock(), "token-revoke", name))

    def note(self, one: Deed) -> None:
        """Write down what somebody did."""
        with self.store.write() as connection:
            deeds.add(connection, one)

    def _try(self, name: str, address: str) -> None:
        """Count an attempt before it is made, so that many at once are no way around."""
        wait = max(self.addresses.take(network(address)), self.names.take(name[:64]))
        if wait:
            raise Refused(wait)

    def _passed(self, name: str, address: str) -> None:
        """Count no attempt that was right."""
        self.names.forget(name)
        self.addresses.back(network(address))


def network(address: str) -> str:
    """Return what one subscriber has of the Internet: an IPv4 address, or 64 bits of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address


def new_token(
    owner: str, held: Person | None, name: str, now: datetime, *, role: Role, days: int
) -> tuple[Token, str]:
    """Return a new token for its owner and its secret; raise InputError where it cannot be."""
    if held is None:
        raise InputError(f"{owner}: there is nobody of that name")
    name = " ".join(name.split())
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise InputError("a token has a name of 1 to 100 characters, such as what uses it")
    if not 1 <= days <= DAYS:
        raise InputError(f"a token lasts 1 to {DAYS} days; found {days}")
    if lesser(held.role, role) != role:
        raise InputError(f"{owner} is {held.role}; a token of his cannot be {role}")
    secret = PREFIX + token_urlsafe(32)
    one = Token(
        id=f"token-{token_hex(4)}", owner=owner, name=name, role=role, made=now,
        expires=now + timedelta(days=days),
    )  # fmt: skip
    return one, secret


def told(one: Token) -> str:
    """Return a token as the log tells of it."""
    return f"{one.id} {one.role} until {one.expires.date()}: {one.name}"
