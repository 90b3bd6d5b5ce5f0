"""Looking after the people of a desk, at the desk and from the command line; the log tells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tocsin.base.errors import InputError
from tocsin.desk.passwords import Hasher, check
from tocsin.desk.team import new_token, told
from tocsin.records.team import NAME, Act, Deed, Person, Role, Token
from tocsin.store import deeds, passes, teams
from tocsin.store.open import Store


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of a store in the hands of somebody, with the address and the way he comes by.

    Every method raises InputError where what is asked for cannot be.
    """

    store: Store
    clock: Callable[[], datetime]
    by: str
    address: str = ""
    way: str = "command"

    def add(self, hasher: Hasher, name: str, role: Role, password: str) -> Person:
        """Return somebody new.

        He must change the password first of all, unless he is the first, who chooses his own.
        """
        name = name.strip().lower()
        if not re.fullmatch(NAME, name):
            raise InputError(
                f"{name[:64]!r} is no name to sign in by; expected a letter or digit, then letters "
                "from a to z, digits and . _ - @, 64 at most"
            )
        check(password, name)
        hashed = hasher.hash(password)
        with self.store.write() as connection:
            first = not teams.people(connection)
            if first and role != "admin":
                raise InputError(f"{name} is the first; expected an admin, who can add the others")
            one = Person(name=name, role=role, made=self.clock(), fresh=not first)
            teams.add(connection, one, hashed)
            deeds.add(connection, self._deed("user-add", f"{name} {role}"))
        return one

    def give(self, name: str, role: Role) -> Person:
        """Return somebody with another role."""
        with self.store.write() as connection:
            one = teams.give(connection, name, role)
            deeds.add(connection, self._deed("user-role", f"{name} {role}"))
        return one

    def disable(self, name: str) -> Person:
        """Return somebody who is let in no more."""
        with self.store.write() as connection:
            one = teams.disable(connection, name, self.clock())
            deeds.add(connection, self._deed("user-disable", name))
        return one

    def enable(self, name: str) -> Person:
        """Return somebody who is let in again."""
        with self.store.write() as connection:
            one = teams.enable(connection, name)
            deeds.add(connection, self._deed("user-enable", name))
        return one

    def reset(self, hasher: Hasher, name: str, password: str) -> Person:
        """Return somebody with a password that he must change first of all."""
        check(password, name)
        hashed = hasher.hash(password)
        with self.store.write() as connection:
            one = teams.reset(connection, name, hashed, fresh=True)
            deeds.add(connection, self._deed("user-password", name))
        return one

    def token(self, owner: str, name: str, role: Role, days: int) -> tuple[Token, str]:
        """Return a new token of somebody, with its secret, which nobody can see again."""
        with self.store.write() as connection:
            held = teams.find(connection, owner)
            made, secret = new_token(owner, held, name, self.clock(), role=role, days=days)
            passes.keep(connection, made, secret)
            deeds.add(connection, self._deed("token-make", f"{owner} {told(made)}"))
        return made, secret

    def revoke(self, owner: str, name: str) -> None:
        """Take back a token of somebody's."""
        with self.store.write() as connection:
            if not passes.drop(connection, owner, name):
                raise InputError(f"{owner} has no token {name[:64]}")
            deeds.add(connection, self._deed("token-revoke", f"{owner} {name}"))

    def _deed(self, act: Act, about: str) -> Deed:
        return Deed(
            time=self.clock(), who=self.by, act=act, about=about, address=self.address, way=self.way
        )
