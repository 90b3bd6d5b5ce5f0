"""The tables of a desk that several people share."""

from __future__ import annotations

import sqlalchemy as sa

from tocsin.store.columns import Utc
from tocsin.store.schema import Name, key, meta, of

# Who shares the desk of this store (`records.team`). Of passwords, and of the secrets of sessions
# and tokens, only hashes are kept.
person = sa.Table(
    "person", meta, key(),
    sa.Column("name", Name, nullable=False, unique=True),
    sa.Column("role", Name, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("made", Utc, nullable=False),
    sa.Column("disabled", Utc),
    sa.Column("fresh", sa.Boolean, nullable=False),
)  # fmt: skip

session = sa.Table(
    "session", meta,
    sa.Column("hash", Name, primary_key=True),
    of("person"),
    sa.Column("made", Utc, nullable=False),
    sa.Column("expires", Utc, nullable=False, index=True),
    sa.Column("address", Name, nullable=False),
)  # fmt: skip

token = sa.Table(
    "token", meta, key(), of("person"),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("hash", Name, nullable=False, unique=True),
    sa.Column("name", Name, nullable=False),
    sa.Column("role", Name, nullable=False),
    sa.Column("made", Utc, nullable=False),
    sa.Column("expires", Utc, nullable=False),
    sa.UniqueConstraint("person", "name"),
)  # fmt: skip

# What people did; triggers keep its rows as they are (`migrations`).
deed = sa.Table(
    "deed", meta, key(),
    sa.Column("time", Utc, nullable=False, index=True),
    sa.Column("who", Name, nullable=False),
    sa.Column("act", Name, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("address", Name, nullable=False),
    sa.Column("way", Name, nullable=False),
    sa.Index("ix_deed_who_key", "who", "key"),
    sa.Index("ix_deed_act_key", "act", "key"),
)  # fmt: skip
