"""Who may do what at a desk that several people share."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = "the log of deeds is only added to"


def upgrade() -> None:
    """Make tables for people, their sessions and tokens, and for the log of what they did."""
    _people()
    _passes()
    op.create_table(
        "deed",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("time", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_deed"),
    )
    op.create_index("ix_deed_time", "deed", ["time"])
    op.create_index("ix_deed_who_key", "deed", ["who", "key"])
    op.create_index("ix_deed_act_key", "deed", ["act", "key"])
    lite = op.get_bind().dialect.name == "sqlite"
    for statement in _lite() if lite else _postgresql():
        op.execute(statement)


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("disabled", sa.DateTime()),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_person"),
        sa.UniqueConstraint("name", name="uq_person_name"),
    )


def _passes() -> None:
    op.create_table(
        "session",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_session"),
        _owner("session"),
    )
    op.create_index("ix_session_expires", "session", ["expires"])
    op.create_index("ix_session_person", "session", ["person"])
    op.create_table(
        "token",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_token"),
        sa.UniqueConstraint("id", name="uq_token_id"),
        sa.UniqueConstraint("hash", name="uq_token_hash"),
        sa.UniqueConstraint("person", "name", name="uq_token_person_name"),
        _owner("token"),
    )
    op.create_index("ix_token_person", "token", ["person"])


def _owner(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_person"
    return sa.ForeignKeyConstraint(["person"], ["person.key"], name=name, ondelete="CASCADE")


def _lite() -> Iterator[str]:
    """Yield the triggers that keep the log as it is."""
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER deed_{verb.lower()} BEFORE {verb} ON deed "
            f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
        )


def _postgresql() -> Iterator[str]:
    """Yield the function and the trigger that do the same."""
    yield (
        "CREATE FUNCTION keep_deeds() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{KEPT}'; END $$"
    )
    yield (
        "CREATE TRIGGER deed_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON deed "
        "FOR EACH STATEMENT EXECUTE FUNCTION keep_deeds()"
    )
