"""What people and programs are let in by: sessions and tokens, kept by hashes of their secrets.

Secrets are 256 random bits, so that a plain SHA-256 of them keeps them safe.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.errors import InputError
from tocsin.records.team import Person, Token
from tocsin.store.sharing import person, session, token


def mark(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode("utf8", "surrogatepass")).hexdigest()


def begin(
    connection: Connection,
    name: str,
    secret: str,
    now: datetime,
    *,
    expires: datetime,
    address: str,
) -> None:
    """Keep a session of somebody, and let go of those that have expired."""
    connection.execute(sa.delete(session).where(session.c.expires <= now))
    values = {
        "hash": mark(secret), "person": _key(name), "made": now, "expires": expires,
        "address": address,
    }  # fmt: skip
    connection.execute(sa.insert(session).values(**values))


def end(connection: Connection, secret: str) -> None:
    """End a session."""
    connection.execute(sa.delete(session).where(session.c.hash == mark(secret)))


def bearer(connection: Connection, secret: str, now: datetime) -> Person | None:
    """Return whose session a secret is of; None where it has ended or its owner may not sign in."""
    query = (
        sa.select(person)
        .join(session, session.c.person == person.c.key)
        .where(session.c.hash == mark(secret), session.c.expires > now, person.c.disabled.is_(None))
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else _person(row)


def keep(connection: Connection, made: Token, secret: str) -> None:
    """Keep a token; raise InputError where its owner has one of that name."""
    if any(one.name == made.name for one in tokens(connection, made.owner)):
        raise InputError(f"{made.name}: there is a token of that name; expected another name")
    values = {
        "id": made.id, "hash": mark(secret), "person": _key(made.owner), "name": made.name,
        "role": made.role, "made": made.made, "expires": made.expires,
    }  # fmt: skip
    connection.execute(sa.insert(token).values(**values))


def drop(connection: Connection, owner: str, name: str) -> bool:
    """Take a token back by its id; return whether its owner had it."""
    query = sa.delete(token).where(token.c.id == name, token.c.person == _key(owner))
    return bool(connection.execute(query).rowcount)


def tokens(connection: Connection, owner: str) -> list[Token]:
    """Return somebody's tokens, the newest first."""
    query = _tokens().where(person.c.name == owner).order_by(token.c.key.desc())
    return [_token(row) for row in connection.execute(query)]


def holder(connection: Connection, secret: str, now: datetime) -> tuple[Person, Token] | None:
    """Return a token and its owner; None where it has expired or its owner may not sign in."""
    query = _tokens(person.c.role.label("held"), person.c.made.label("since"), person.c.fresh)
    query = query.where(
        token.c.hash == mark(secret), token.c.expires > now, person.c.disabled.is_(None)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Person(name=row.owner, role=row.held, made=row.since, fresh=row.fresh), _token(row)


def _tokens(*more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    columns: Sequence[sa.ColumnElement[Any]] = (
        token.c.id, token.c.name, token.c.role, token.c.made, token.c.expires,
        person.c.name.label("owner"), *more,
    )  # fmt: skip
    return sa.select(*columns).join(person, person.c.key == token.c.person)


def _key(name: str) -> sa.ScalarSelect[int]:
    return sa.select(person.c.key).where(person.c.name == name).scalar_subquery()


def _token(row: sa.Row[Any]) -> Token:
    return Token(
        id=row.id, owner=row.owner, name=row.name, role=row.role, made=row.made, expires=row.expires
    )


def _person(row: sa.Row[Any]) -> Person:
    return Person(name=row.name, role=row.role, made=row.made, fresh=row.fresh)
