"""What people keep under a name, and a list of what changed last."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WATCHED = ("article", "event", "judgement")


def upgrade() -> None:
    """Make their tables, and have every change of a record noted from now on."""
    op.create_table(
        "kept",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time", sa.DateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_kept"),
        sa.UniqueConstraint("id", name="uq_kept_id"),
    )
    op.create_index("ix_kept_kind", "kept", ["kind"])
    op.create_table(
        "change",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_change"),
        sa.UniqueConstraint("kind", "id", name="uq_change_kind_id"),
        sqlite_autoincrement=True,
    )
    # The orders that lists of events go by.
    op.create_index("ix_event_killed_key", "event", ["killed", "key"])
    op.create_index("ix_event_reports_key", "event", ["reports", "key"])
    for table in WATCHED:
        op.execute(
            f"INSERT INTO change (kind, id, gone) SELECT '{table}', id, FALSE FROM {table}"  # noqa: S608 - ours
        )
    lite = op.get_bind().dialect.name == "sqlite"
    for statement in _lite() if lite else _postgresql():
        op.execute(statement)


def _lite() -> Iterator[str]:
    """Yield the triggers that note a change once for each record, behind all others."""
    for table in WATCHED:
        for verb, row, gone in (
            ("INSERT", "NEW", "FALSE"), ("UPDATE", "NEW", "FALSE"), ("DELETE", "OLD", "TRUE"),
        ):  # fmt: skip
            own = f"kind = '{table}' AND id = {row}.id"
            values = f"'{table}', {row}.id, {gone}"
            head = f"CREATE TRIGGER change_{table}_{verb.lower()} AFTER {verb} ON {table} BEGIN"
            before = f"DELETE FROM change WHERE {own};"  # noqa: S608 - ours
            noted = f"INSERT INTO change (kind, id, gone) VALUES ({values});"  # noqa: S608 - ours
            yield f"{head} {before} {noted} END"


def _postgresql() -> Iterator[str]:
    """Yield the function and triggers that do the same."""
    yield (
        "CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE name text; "
        "BEGIN "
        "IF TG_OP = 'DELETE' THEN name := OLD.id; ELSE name := NEW.id; END IF; "
        "DELETE FROM change WHERE kind = TG_TABLE_NAME AND id = name; "
        "INSERT INTO change (kind, id, gone) VALUES (TG_TABLE_NAME, name, TG_OP = 'DELETE'); "
        "RETURN NULL; END $$"
    )
    for table in WATCHED:
        yield (
            f"CREATE TRIGGER change_{table} AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION note_change()"
        )
