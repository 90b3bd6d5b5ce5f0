"""The tables of a store, the same in SQLite and PostgreSQL.

Records are kept whole, as the JSON that `records.wire` writes, compressed: one parcel an article.
The other columns are what searches, lists and joins ask for. Text search stands apart, since each
database has its own (`store.text`).
"""

from __future__ import annotations

import sqlalchemy as sa

from tocsin.store import foresight, schema, sharing  # noqa: F401 - of the same store
from tocsin.store.columns import Address, Bounded, Utc
from tocsin.store.schema import Key, Name, bits, key, of

meta = schema.meta

# `reported` is the day of publication that lists go by, the first of all days where there is none;
# `state` is live, old (superseded), retracted or forgotten (its text taken out on request).
article = sa.Table(
    "article", meta, key(),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("chain", Bounded, nullable=False, index=True),
    sa.Column("state", Name, nullable=False, server_default="live"),
    sa.Column("doc", Name, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("digest", Name, nullable=False),
    sa.Column("outlet", Name),
    sa.Column("outlet_folded", Bounded, index=True),
    sa.Column("source", Name, index=True),
    sa.Column("language", Name),
    sa.Column("url", sa.Text),
    sa.Column("published", sa.Date),
    sa.Column("reported", sa.Date, nullable=False),
    sa.Column("precision", Name),
    sa.Column("clock", Name),
    sa.Column("fetched", sa.Date),
    sa.Column("authors", sa.JSON, nullable=False),
    sa.Column("wire", sa.JSON, nullable=False),
    sa.Column("added", Utc, nullable=False, index=True),
    sa.Index("ix_article_reported_key", "reported", "key"),
)  # fmt: skip

version = sa.Table(
    "version", meta,
    sa.Column("chain", Bounded, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("article", Name, nullable=False, index=True),
    sa.Column("change", Name, nullable=False),
    sa.Column("before", Name),
    sa.Column("added", sa.Integer, nullable=False),
    sa.Column("removed", sa.Integer, nullable=False),
    sa.Column("notice", sa.Text),
)  # fmt: skip

capture = sa.Table(
    "capture", meta, key(),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("article", Name, nullable=False, index=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("form", Name, nullable=False),
    sa.Column("source", Name),
    sa.Column("final", sa.Text),
    sa.Column("offset", sa.BigInteger),
    sa.Column("length", sa.BigInteger),
    sa.Column("fetched", Utc),
    sa.Column("raw", Name, index=True),
    sa.Column("teaser", sa.Boolean, nullable=False),
)  # fmt: skip

# Bytes that articles were read out of, by their SHA-256; `body` is empty once they are forgotten.
raw = sa.Table(
    "raw", meta,
    sa.Column("hash", Name, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("body", sa.LargeBinary),
)  # fmt: skip

# Outlets whose texts had to go, by their folded names; what comes of them is left out.
forgotten = sa.Table(
    "forgotten", meta,
    sa.Column("folded", Bounded, primary_key=True),
    sa.Column("outlet", Name, nullable=False),
    sa.Column("time", Utc, nullable=False),
)  # fmt: skip

# What was coded out of an article, last time; `state` is done or skipped (with an issue).
coding = sa.Table(
    "coding", meta,
    sa.Column("article", Key, sa.ForeignKey("article.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("stamp", Name, nullable=False, index=True),
    sa.Column("state", Name, nullable=False),
    sa.Column("body", sa.LargeBinary),
    sa.Column("coded", Utc, nullable=False),
)  # fmt: skip

# Readings, where somebody asked to keep them.
reading = sa.Table(
    "reading", meta,
    sa.Column("article", Key, sa.ForeignKey("article.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)  # fmt: skip

# The sentences that claims stand in, once each, for searching and showing.
sentence = sa.Table(
    "sentence", meta, key(), of("article"),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)  # fmt: skip

claim = sa.Table(
    "claim", meta, key(), of("article"), of("sentence"),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("reported", sa.Date, nullable=False),
    sa.Column("type", Name, nullable=False),
    sa.Column("modality", Name, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("outcome", Name),
    sa.Column("first_day", sa.Date, index=True),
    sa.Column("last_day", sa.Date),
    sa.Column("due_from", sa.Date),
    sa.Column("due_to", sa.Date, index=True),
    sa.Column("place", Name),
    sa.Column("place_folded", Name),
    sa.Column("country", Name, index=True),
    sa.Column("geonames", sa.BigInteger),
    sa.Column("latitude", sa.Float),
    sa.Column("longitude", sa.Float),
    sa.Column("place_precision", Name),
    sa.Column("killed", sa.Integer),
    sa.Column("injured", sa.Integer),
    sa.Column("conditional", sa.Boolean, nullable=False),
    sa.Column("content_of", Name),
    sa.Index("ix_claim_reported_key", "reported", "key"),
    sa.Index("ix_claim_type_reported_key", "type", "reported", "key"),
)  # fmt: skip

# Everybody who takes part somewhere, once for each way of being named; `folded` is the name as it
# is searched for, `sectors` the codes with a space after each.
who = sa.Table(
    "who", meta, key(),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("name", Name, nullable=False),
    sa.Column("folded", Name, nullable=False),
    sa.Column("entity", Name, index=True),
    sa.Column("country", Name, index=True),
    sa.Column("sectors", Name, nullable=False),
)  # fmt: skip

# Who takes part in a claim: actor, recipient, speaker (rank 0 the outermost), denier.
party = sa.Table(
    "party", meta,
    sa.Column("claim", Key, sa.ForeignKey("claim.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("role", Name, primary_key=True),
    sa.Column("rank", sa.Integer, primary_key=True),
    sa.Column("who", Key, sa.ForeignKey("who.key"), nullable=False),
    sa.Index("ix_party_who_role_claim", "who", "role", "claim"),
    sqlite_with_rowid=False,
)  # fmt: skip

# Modes and contexts of a claim.
label = sa.Table(
    "label", meta,
    sa.Column("claim", Key, sa.ForeignKey("claim.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", Name, primary_key=True),
    sa.Column("value", Name, primary_key=True),
    sa.Index("ix_label_value_kind_claim", "value", "kind", "claim"),
    sqlite_with_rowid=False,
)  # fmt: skip

statement = sa.Table(
    "statement", meta, key(), of("article"),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("polarity", Name, nullable=False),
    sa.Column("style", Name, nullable=False),
    sa.Column("name", Name),
    sa.Column("entity", Name, index=True),
    sa.Column("country", Name),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
)  # fmt: skip

relation = sa.Table(
    "relation", meta, key(), of("article"),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("relation", Name, nullable=False),
    sa.Column("subject", Name, nullable=False),
    sa.Column("subject_entity", Name, index=True),
    sa.Column("object", Name, nullable=False),
    sa.Column("object_entity", Name, index=True),
)  # fmt: skip

entity = sa.Table(
    "entity", meta, key(), of("article"),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("kind", Name, nullable=False),
    sa.Column("name", Name, nullable=False),
    sa.Column("country", Name),
    sa.Column("known_as", Name, index=True),
    sa.Column("mentions", sa.Integer, nullable=False),
)  # fmt: skip

issue = sa.Table(
    "issue", meta, key(),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("run", Name, nullable=False, index=True),
    sa.Column("code", Name, nullable=False),
    sa.Column("stage", Name, nullable=False),
    sa.Column("severity", Name, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("place", sa.Text),
    sa.Column("article", Name, index=True),
    sa.Column("message", sa.Text, nullable=False),
)  # fmt: skip

run = sa.Table(
    "run", meta, key(),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("verb", Name, nullable=False),
    sa.Column("state", Name, nullable=False),
    sa.Column("started", Utc, nullable=False),
    sa.Column("ended", Utc),
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("message", sa.Text),
)  # fmt: skip

# How far a file was read: `taken` of its articles are in; `print` tells whether it is the same.
shard = sa.Table(
    "shard", meta,
    sa.Column("place", Address, primary_key=True),
    sa.Column("print", Name, nullable=False),
    sa.Column("taken", sa.BigInteger, nullable=False),
    sa.Column("done", sa.Boolean, nullable=False),
)  # fmt: skip

feed = sa.Table(
    "feed", meta,
    sa.Column("url", Address, primary_key=True),
    sa.Column("source", Name, nullable=False, index=True),
    sa.Column("health", Name, nullable=False),
    sa.Column("due", Utc, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)  # fmt: skip

entry = sa.Table(
    "entry", meta,
    sa.Column("feed", Address, primary_key=True),
    sa.Column("entry", Address, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)  # fmt: skip

judgement = sa.Table(
    "judgement", meta, key(),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("verdict", Name, nullable=False),
    sa.Column("target", Name, nullable=False, index=True),
    sa.Column("article", Name, index=True),
    sa.Column("author", Name, nullable=False),
    sa.Column("time", Utc, nullable=False),
    sa.Column("undone", Utc),
    sa.Column("body", sa.LargeBinary, nullable=False),
)  # fmt: skip

# What fusion keeps of an article; `token` names the coding, the state and the judgements that it
# was made of.
sheet = sa.Table(
    "sheet", meta,
    sa.Column("article", Key, sa.ForeignKey("article.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("token", Name, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)  # fmt: skip

# What the mentions of an article must share with others to meet them (`fusion.keys`).
meet = sa.Table(
    "meet", meta,
    sa.Column("key", sa.BigInteger, primary_key=True),
    sa.Column(
        "article", Key, sa.ForeignKey("article.key", ondelete="CASCADE"), primary_key=True,
        index=True,
    ),
    sqlite_with_rowid=False,
)  # fmt: skip


# Articles that share their words, and which of them is a copy of which.
likeness = sa.Table(
    "likeness", meta,
    bits("one", primary_key=True), bits("other", primary_key=True, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

copy = sa.Table(
    "copy", meta,
    bits("article", primary_key=True), bits("parent", index=True),
    sa.Column("kind", Name, nullable=False),
    sa.Column("share", sa.Float, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)  # fmt: skip

# Claims that may tell of one event, with the chance that they do.
pair = sa.Table(
    "pair", meta,
    bits("one", primary_key=True), bits("other", primary_key=True, index=True),
    sa.Column("chance", sa.Float, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

event = sa.Table(
    "event", meta,
    bits("key", primary_key=True),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("type", Name, nullable=False),
    sa.Column("modality", Name, nullable=False),
    sa.Column("level", Name, nullable=False),
    sa.Column("start", sa.Date),
    sa.Column("end", sa.Date),
    sa.Column("first_reported", sa.Date, nullable=False),
    sa.Column("last_reported", sa.Date, nullable=False),
    sa.Column("country", Name),
    sa.Column("reports", sa.Integer, nullable=False),
    sa.Column("articles", sa.Integer, nullable=False),
    sa.Column("copies", sa.Integer, nullable=False),
    sa.Column("independent", sa.Integer, nullable=False),
    sa.Column("disputed", sa.Boolean, nullable=False),
    sa.Column("killed", sa.Integer),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Index("ix_event_last_reported_key", "last_reported", "key"),
    sa.Index("ix_event_type_last_reported_key", "type", "last_reported", "key"),
    sa.Index("ix_event_start_key", "start", "key"),
    sa.Index("ix_event_killed_key", "killed", "key"),
    sa.Index("ix_event_reports_key", "reports", "key"),
)  # fmt: skip

# Which claim is in which event. `component` names all the claims that it hangs together with, by
# pairs however weak: what has to be looked at again when one of them changes.
member = sa.Table(
    "member", meta,
    bits("claim", primary_key=True), bits("article", index=True), bits("event", index=True),
    bits("component", index=True),
)  # fmt: skip

# Sources as a registry described them when it was last read, for the grades of reports.
source = sa.Table(
    "source", meta,
    sa.Column("id", Name, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)  # fmt: skip

# What was added, changed or taken out, by when it last was; triggers write it (`migrations`).
change = sa.Table(
    "change", meta, key(),
    sa.Column("kind", Name, nullable=False),
    sa.Column("id", Name, nullable=False),
    sa.Column("gone", sa.Boolean, nullable=False),
    sa.UniqueConstraint("kind", "id"),
    sqlite_autoincrement=True,
)  # fmt: skip

# Searches, watch lists and drafts of reports that somebody keeps, each under a name.
kept = sa.Table(
    "kept", meta, key(),
    sa.Column("id", Name, nullable=False, unique=True),
    sa.Column("kind", Name, nullable=False, index=True),
    sa.Column("name", Name, nullable=False),
    sa.Column("time", Utc, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)  # fmt: skip
