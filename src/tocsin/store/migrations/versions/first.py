"""The first tables."""

from __future__ import annotations

from alembic import op

from tocsin.store import text
from tocsin.store.tables import meta

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table and the text indexes."""
    connection = op.get_bind()
    meta.create_all(connection)
    for statement in text.created(connection.dialect.name):
        connection.exec_driver_sql(statement)
