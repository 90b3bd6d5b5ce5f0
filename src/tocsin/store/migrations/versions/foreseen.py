"""Forecasts, and the questions that they answered."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make their tables; what was foretold cannot be changed or taken out by a statement."""
    op.create_table(
        "question",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_question"),
        sa.UniqueConstraint("id", name="uq_question_id"),
    )
    op.create_index("ix_question_about_start", "question", ["about", "start"])
    op.create_index("ix_question_state_deadline", "question", ["state", "deadline"])
    op.create_table(
        "forecast",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("question", KEY, nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("chance", sa.Float()),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question"], ["question.key"], name="fk_forecast_question", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_forecast"),
        sa.UniqueConstraint("id", name="uq_forecast_id"),
    )
    op.create_index("ix_forecast_issued", "forecast", ["issued"])
    op.create_index("ix_forecast_question", "forecast", ["question"])
    lite = op.get_bind().dialect.name == "sqlite"
    for statement in _lite() if lite else _postgresql():
        op.execute(statement)


def _lite() -> Iterator[str]:
    """Yield the triggers that keep forecasts as they were made."""
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER forecast_{verb.lower()} BEFORE {verb} ON forecast BEGIN "
            "SELECT RAISE(ABORT, 'forecasts are kept as they were made'); END"
        )


def _postgresql() -> Iterator[str]:
    """Yield the function and the trigger that do the same."""
    yield (
        "CREATE FUNCTION keep_forecast() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'forecasts are kept as they were made'; END $$"
    )
    yield (
        "CREATE TRIGGER forecast_kept BEFORE UPDATE OR DELETE ON forecast "
        "FOR EACH ROW EXECUTE FUNCTION keep_forecast()"
    )
