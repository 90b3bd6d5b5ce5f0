"""Kinds of columns that both databases keep alike: moments, and names of any length."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

# Bytes of a name that every index holds: PostgreSQL's take 2,704 in all (a third of a page), and a
# key may be of two names.
LONGEST = 1_000
# Bytes of a longer name that stay readable.
_SHOWN = 200


def bounded(name: str) -> str:
    """Return a name as indexes hold it: a long one as its beginning and its SHA-256."""
    whole = name.encode("utf8", "surrogatepass")
    if len(whole) <= LONGEST:
        return name
    return f"{whole[:_SHOWN].decode('utf8', 'ignore')}... {sha256(whole).hexdigest()}"


class Utc(TypeDecorator[datetime]):
    """A moment in UTC; databases without zones keep it bare."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the moment in UTC without its zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the moment with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Bounded(TypeDecorator[str]):
    """A name that may be of any length, and is kept and asked for as indexes hold it."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return the name as indexes hold it."""
        return None if value is None else bounded(value)


class Address(Bounded):
    """The same for addresses and paths."""

    impl = sa.Text
    cache_ok = True
