"""Who shares a desk: people, what each may do, their tokens, and what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

# Each may do what those before it may: a viewer reads, an analyst keeps searches and writes
# reports, a reviewer judges, an admin looks after the others.
Role = Literal["viewer", "analyst", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
# By this a person is called everywhere: in judgements, in the log, on the command line.
NAME = r"^[a-z0-9][a-z0-9._@-]{0,63}$"
Name = Annotated[str, Meta(pattern=NAME)]
Label = Annotated[str, Meta(min_length=1, max_length=100)]
# What the log tells of.
Act = Literal[
    "sign-in", "sign-in-failed", "sign-out", "password", "user-add", "user-role", "user-disable",
    "user-enable", "user-password", "token-make", "token-revoke", "judgement", "undo", "redo",
    "export",
]  # fmt: skip
ACTS: tuple[Act, ...] = get_args(Act)


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who may sign in; `fresh` says that another chose the password and it must change."""

    name: Name
    role: Role
    made: datetime
    disabled: datetime | None = None
    fresh: bool = False


class Token(Struct, frozen=True, kw_only=True):
    """What a program signs in by, without its secret; it may no more than its owner."""

    id: str
    owner: str
    name: Label
    role: Role
    made: datetime
    expires: datetime


class Deed(Struct, frozen=True, kw_only=True):
    """What somebody did: when, about what, from which address, by a session, a token or a command.

    `key` is its place in the log, 0 before it has one. `who` is empty where nobody is known.
    """

    time: datetime
    who: str
    act: Act
    about: str = ""
    address: str = ""
    way: str = ""
    key: int = 0


def enough(held: Role, needed: Role) -> bool:
    """Return whether a role may do what another is needed for."""
    return ROLES.index(held) >= ROLES.index(needed)


def lesser(one: Role, other: Role) -> Role:
    """Return the one of two roles that may do less."""
    return min(one, other, key=ROLES.index)
