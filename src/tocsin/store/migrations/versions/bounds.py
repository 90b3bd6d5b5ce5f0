"""Long names as indexes hold them, an index that was missing, and none that nothing asks."""

from __future__ import annotations

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Columns of indexes whose names may be of any length.
NAMES = (
    ("article", "chain"),
    ("version", "chain"),
    ("article", "outlet_folded"),
    ("forgotten", "folded"),
    ("shard", "place"),
    ("feed", "url"),
    ("entry", "feed"),
    ("entry", "entry"),
)
# Bytes that a name may have, and those of a longer one that stay readable.
LONGEST, SHOWN = 1_000, 200


def upgrade() -> None:
    """Shorten what is too long, and change the indexes of claims."""
    for table, column in NAMES:
        _shorten(sa.table(table, sa.column(column)), column)
    op.drop_index("ix_claim_place_folded", "claim")
    op.create_index("ix_claim_sentence", "claim", ["sentence"])


def _shorten(table: sa.TableClause, column: str) -> None:
    connection, name = op.get_bind(), table.c[column]
    # A character has four bytes at most.
    query = sa.select(name).where(sa.func.length(name) > LONGEST // 4).distinct()
    for old in connection.execute(query).scalars().all():
        whole = old.encode("utf8", "surrogatepass")
        if len(whole) > LONGEST:
            new = f"{whole[:SHOWN].decode('utf8', 'ignore')}... {sha256(whole).hexdigest()}"
            connection.execute(sa.update(table).where(name == old).values({column: new}))
