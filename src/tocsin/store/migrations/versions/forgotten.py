"""The outlets that are forgotten, so that what comes of them is left out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of forgotten outlets."""
    op.create_table(
        "forgotten",
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=False),
        sa.Column("time", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("folded", name="pk_forgotten"),
    )
    _fill()


def _fill() -> None:
    """Take those for forgotten whose articles all were."""
    live = "SELECT outlet_folded FROM article WHERE state <> 'forgotten' AND outlet IS NOT NULL"
    op.execute(
        "INSERT INTO forgotten SELECT outlet_folded, min(outlet), max(added) FROM article "  # noqa: S608 - ours
        f"WHERE state = 'forgotten' AND outlet_folded NOT IN ({live}) GROUP BY outlet_folded"
    )
