"""Signals, and to whom they went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "signal",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("rule", sa.String()),
        sa.Column("added", sa.DateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_signal"),
        sa.UniqueConstraint("id", name="uq_signal_id"),
    )
    op.create_index("ix_signal_day_key", "signal", ["day", "key"])
    op.create_index("ix_signal_unit_day", "signal", ["unit", "day"])
    op.create_table(
        "delivery",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("signal", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String()),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_delivery"),
        sa.UniqueConstraint("channel", "signal", name="uq_delivery_channel_signal"),
    )
    op.create_index("ix_delivery_channel_state_due", "delivery", ["channel", "state", "due"])
    op.create_index("ix_delivery_channel_topic", "delivery", ["channel", "topic"])
