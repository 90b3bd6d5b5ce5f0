"""What fusion makes of claims: lineages, pairs, events and threats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make their tables."""
    _lineage()
    _events()


def _lineage() -> None:
    op.create_table(
        "sheet",
        sa.Column("article", KEY, nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.key"], name="fk_sheet_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", name="pk_sheet"),
    )
    op.create_table(
        "meet",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.key"], name="fk_meet_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "article", name="pk_meet"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_meet_article", "meet", ["article"])
    op.create_table(
        "likeness",
        sa.Column("one", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name="pk_likeness"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_likeness_other", "likeness", ["other"])
    op.create_table(
        "copy",
        sa.Column("article", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("parent", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_copy"),
    )
    op.create_index("ix_copy_parent", "copy", ["parent"])
    op.create_table(
        "pair",
        sa.Column("one", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chance", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name="pk_pair"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pair_other", "pair", ["other"])


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("start", sa.Date()),
        sa.Column("end", sa.Date()),
        sa.Column("first_reported", sa.Date(), nullable=False),
        sa.Column("last_reported", sa.Date(), nullable=False),
        sa.Column("country", sa.String()),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("independent", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("killed", sa.Integer()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_event"),
        sa.UniqueConstraint("id", name="uq_event_id"),
    )
    op.create_index("ix_event_last_reported_key", "event", ["last_reported", "key"])
    op.create_index("ix_event_start_key", "event", ["start", "key"])
    op.create_index("ix_event_type_last_reported_key", "event", ["type", "last_reported", "key"])
    op.create_table(
        "member",
        sa.Column("claim", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("component", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("claim", name="pk_member"),
    )
    op.create_index("ix_member_article", "member", ["article"])
    op.create_index("ix_member_component", "member", ["component"])
    op.create_index("ix_member_event", "member", ["event"])
    op.create_table(
        "source",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
    )
