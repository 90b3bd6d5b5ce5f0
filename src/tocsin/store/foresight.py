"""The tables of what is counted, foretold and signalled."""

from __future__ import annotations

import sqlalchemy as sa

from tocsin.store.columns import Bounded, Utc
from tocsin.store.schema import Name, key, meta, of

# The events that count as a run left them; `body` is what changed since the snapshot before.
snapshot = sa.Table(
    "snapshot", meta, key(),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("taken", Utc, nullable=False, index=True),
    sa.Column("events", sa.Integer, nullable=False),
    sa.Column("put", sa.Integer, nullable=False),
    sa.Column("gone", sa.Integer, nullable=False),
    sa.Column("left", sa.JSON, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)  # fmt: skip

# What was asked of the future: `about` is a series or a threat, the days are those it is about, and
# `deadline` is when it can be settled. `body` has the rest (`records.forecast`).
question = sa.Table(
    "question", meta, key(),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("rule", Name, nullable=False),
    sa.Column("about", Name, nullable=False),
    sa.Column("start", sa.Date, nullable=False),
    sa.Column("end", sa.Date, nullable=False),
    sa.Column("deadline", sa.Date, nullable=False),
    sa.Column("state", Name, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Index("ix_question_about_start", "about", "start"),
    sa.Index("ix_question_state_deadline", "state", "deadline"),
)  # fmt: skip

# What was answered, each day anew; triggers keep its rows as they are (`migrations`).
forecast = sa.Table(
    "forecast", meta, key(), of("question"),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("issued", sa.Date, nullable=False, index=True),
    sa.Column("chance", sa.Float),
    sa.Column("body", sa.LargeBinary, nullable=False),
)  # fmt: skip

# What analysts should look at, by day; `topic` stays the same while one goes on day after day.
signal = sa.Table(
    "signal", meta, key(),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("kind", Name, nullable=False),
    sa.Column("about", Name, nullable=False),
    sa.Column("unit", Bounded, nullable=False),
    sa.Column("family", Name, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("topic", Name, nullable=False),
    sa.Column("rule", Name),
    sa.Column("added", Utc, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Index("ix_signal_day_key", "day", "key"),
    sa.Index("ix_signal_unit_day", "unit", "day"),
)  # fmt: skip

# Which signal goes out by which channel, when, and whether it went. `message` names what was sent
# at once; a row that is being sent belongs to one process until `due`.
delivery = sa.Table(
    "delivery", meta, key(),
    sa.Column("channel", Name, nullable=False),
    sa.Column("signal", Name, nullable=False),
    sa.Column("topic", Name, nullable=False),
    sa.Column("state", Name, nullable=False),
    sa.Column("due", Utc, nullable=False),
    sa.Column("changed", Utc, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("whole", sa.Boolean, nullable=False),
    sa.Column("message", Name),
    sa.Column("reason", sa.Text),
    sa.UniqueConstraint("channel", "signal"),
    sa.Index("ix_delivery_channel_state_due", "channel", "state", "due"),
    sa.Index("ix_delivery_channel_topic", "channel", "topic"),
)  # fmt: skip
