"""What the tables of a store have in common: their names, keys and ways to point at each other."""

from __future__ import annotations

import sqlalchemy as sa

meta = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite gives 64-bit keys under this name alone.
Key = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Name = sa.String


def key() -> sa.Column[int]:
    """Return the column that numbers the rows of a table."""
    return sa.Column("key", Key, primary_key=True, autoincrement=True)


def of(table: str) -> sa.Column[int]:
    """Return a column that points at a row of another table and goes with it."""
    to = sa.ForeignKey(f"{table}.key", ondelete="CASCADE")
    return sa.Column(table, Key, to, nullable=False, index=True)


def bits(name: str, *, index: bool = False, primary_key: bool = False) -> sa.Column[int]:
    """Return a column of the 64 bits of a record's id (`base.ids.number`)."""
    return sa.Column(name, sa.BigInteger, nullable=False, index=index, primary_key=primary_key,
                     autoincrement=False)  # fmt: skip
