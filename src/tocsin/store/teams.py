"""People who share a store's desk: added, never taken out, since the log goes on naming them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.errors import InputError
from tocsin.records.team import Person, Role
from tocsin.store.sharing import person, session, token


def add(connection: Connection, one: Person, hashed: str) -> None:
    """Keep somebody with the hash of a password; raise InputError where the name is taken."""
    if find(connection, one.name) is not None:
        raise InputError(f"{one.name}: there is somebody of that name; expected another name")
    values = {
        "name": one.name, "role": one.role, "hash": hashed, "made": one.made,
        "disabled": one.disabled, "fresh": one.fresh,
    }  # fmt: skip
    connection.execute(sa.insert(person).values(**values))


def people(connection: Connection) -> list[Person]:
    """Return everybody by name."""
    rows = connection.execute(sa.select(person).order_by(person.c.name))
    return [_person(row) for row in rows]


def find(connection: Connection, name: str) -> Person | None:
    """Return somebody by name; None where there is nobody."""
    row = connection.execute(sa.select(person).where(person.c.name == name)).one_or_none()
    return None if row is None else _person(row)


def hashed(connection: Connection, name: str) -> str | None:
    """Return the hash of somebody's password."""
    query = sa.select(person.c.hash).where(person.c.name == name)
    return connection.execute(query).scalar()


def rehash(connection: Connection, name: str, made: str) -> None:
    """Keep another hash of the same password."""
    connection.execute(sa.update(person).where(person.c.name == name).values(hash=made))


def give(connection: Connection, name: str, role: Role) -> Person:
    """Return somebody with another role, whose sessions have ended."""
    held = _there(connection, name)
    if role != "admin":
        _not_last(connection, held)
    _set(connection, name, role=role)
    return _there(connection, name)


def disable(connection: Connection, name: str, now: datetime) -> Person:
    """Return somebody who may not sign in any more, and whose sessions and tokens are gone."""
    held = _there(connection, name)
    _not_last(connection, held)
    _set(connection, name, disabled=held.disabled or now)
    _untoken(connection, name)
    return _there(connection, name)


def enable(connection: Connection, name: str) -> Person:
    """Return somebody who may sign in again."""
    _there(connection, name)
    _set(connection, name, disabled=None)
    return _there(connection, name)


def reset(connection: Connection, name: str, made: str, *, fresh: bool) -> Person:
    """Return somebody with another password, whose sessions have ended.

    Where another chose it (`fresh`), the tokens are gone too: whoever had the old one may have made
    some.
    """
    _there(connection, name)
    _set(connection, name, hash=made, fresh=fresh)
    if fresh:
        _untoken(connection, name)
    return _there(connection, name)


def _set(connection: Connection, name: str, **values: Any) -> None:  # noqa: ANN401 - of any column
    connection.execute(sa.update(person).where(person.c.name == name).values(**values))
    connection.execute(sa.delete(session).where(session.c.person == _key(name)))


def _untoken(connection: Connection, name: str) -> None:
    connection.execute(sa.delete(token).where(token.c.person == _key(name)))


def _key(name: str) -> sa.ScalarSelect[int]:
    return sa.select(person.c.key).where(person.c.name == name).scalar_subquery()


def _there(connection: Connection, name: str) -> Person:
    found = find(connection, name)
    if found is None:
        raise InputError(f"{name}: there is nobody of that name; `tocsin users list` has them all")
    return found


def _not_last(connection: Connection, one: Person) -> None:
    """Raise InputError where nobody would be left who can look after the others."""
    left = [
        other
        for other in people(connection)
        if other.role == "admin" and other.disabled is None and other.name != one.name
    ]
    if one.role == "admin" and one.disabled is None and not left:
        raise InputError(f"{one.name} is the last admin; make another one first")


def _person(row: sa.Row[Any]) -> Person:
    return Person(
        name=row.name, role=row.role, made=row.made, disabled=row.disabled, fresh=row.fresh
    )
