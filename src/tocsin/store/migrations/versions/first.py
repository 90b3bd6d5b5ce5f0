"""The first tables, as they were; later changes are later migrations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tocsin.store import text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table and the text indexes."""
    for made in TABLES:
        made()
    connection = op.get_bind()
    for statement in text.created(connection.dialect.name):
        connection.exec_driver_sql(statement)


def _article() -> None:
    op.create_table(
        "article",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="live", nullable=False),
        sa.Column("doc", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("outlet", sa.String()),
        sa.Column("outlet_folded", sa.String()),
        sa.Column("source", sa.String()),
        sa.Column("language", sa.String()),
        sa.Column("url", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("reported", sa.Date(), nullable=False),
        sa.Column("precision", sa.String()),
        sa.Column("clock", sa.String()),
        sa.Column("fetched", sa.Date()),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("wire", sa.JSON(), nullable=False),
        sa.Column("added", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_article"),
        sa.UniqueConstraint("id", name="uq_article_id"),
    )
    op.create_index("ix_article_added", "article", ["added"])
    op.create_index("ix_article_chain", "article", ["chain"])
    op.create_index("ix_article_outlet_folded", "article", ["outlet_folded"])
    op.create_index("ix_article_reported_key", "article", ["reported", "key"])
    op.create_index("ix_article_source", "article", ["source"])


def _capture() -> None:
    op.create_table(
        "capture",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("source", sa.String()),
        sa.Column("final", sa.Text()),
        sa.Column("offset", sa.BigInteger()),
        sa.Column("length", sa.BigInteger()),
        sa.Column("fetched", sa.DateTime()),
        sa.Column("raw", sa.String()),
        sa.Column("teaser", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_capture"),
        sa.UniqueConstraint("id", name="uq_capture_id"),
    )
    op.create_index("ix_capture_article", "capture", ["article"])
    op.create_index("ix_capture_raw", "capture", ["raw"])


def _visits() -> None:
    op.create_table(
        "entry",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "entry", name="pk_entry"),
    )
    op.create_table(
        "feed",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("health", sa.String(), nullable=False),
        sa.Column("due", sa.DateTime()),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_feed"),
    )
    op.create_index("ix_feed_due", "feed", ["due"])
    op.create_index("ix_feed_source", "feed", ["source"])


def _issue() -> None:
    op.create_table(
        "issue",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("place", sa.Text()),
        sa.Column("article", sa.String()),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_issue"),
        sa.UniqueConstraint("id", name="uq_issue_id"),
    )
    op.create_index("ix_issue_article", "issue", ["article"])
    op.create_index("ix_issue_run", "issue", ["run"])


def _work() -> None:
    op.create_table(
        "judgement",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("article", sa.String()),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("time", sa.DateTime(), nullable=False),
        sa.Column("undone", sa.DateTime()),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_judgement"),
        sa.UniqueConstraint("id", name="uq_judgement_id"),
    )
    op.create_index("ix_judgement_article", "judgement", ["article"])
    op.create_index("ix_judgement_target", "judgement", ["target"])
    op.create_table(
        "raw",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("hash", name="pk_raw"),
    )
    op.create_table(
        "run",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.DateTime()),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_run"),
        sa.UniqueConstraint("id", name="uq_run_id"),
    )
    op.create_table(
        "shard",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("print", sa.String(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_shard"),
    )


def _version() -> None:
    op.create_table(
        "version",
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("before", sa.String()),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Text()),
        sa.PrimaryKeyConstraint("chain", "number", name="pk_version"),
    )
    op.create_index("ix_version_article", "version", ["article"])


def _who() -> None:
    op.create_table(
        "who",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("entity", sa.String()),
        sa.Column("country", sa.String()),
        sa.Column("sectors", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_who"),
        sa.UniqueConstraint("id", name="uq_who_id"),
    )
    op.create_index("ix_who_country", "who", ["country"])
    op.create_index("ix_who_entity", "who", ["entity"])


def _coding() -> None:
    op.create_table(
        "coding",
        sa.Column("article", KEY, nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("coded", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.key"], name="fk_coding_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", name="pk_coding"),
    )
    op.create_index("ix_coding_stamp", "coding", ["stamp"])


def _entity() -> None:
    op.create_table(
        "entity",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String()),
        sa.Column("known_as", sa.String()),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.key"], name="fk_entity_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_entity"),
        sa.UniqueConstraint("id", name="uq_entity_id"),
    )
    op.create_index("ix_entity_article", "entity", ["article"])
    op.create_index("ix_entity_known_as", "entity", ["known_as"])


def _reading() -> None:
    op.create_table(
        "reading",
        sa.Column("article", KEY, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.key"], name="fk_reading_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", name="pk_reading"),
    )


def _relation() -> None:
    op.create_table(
        "relation",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_entity", sa.String()),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("object_entity", sa.String()),
        sa.ForeignKeyConstraint(
            ["article"], ["article.key"], name="fk_relation_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_relation"),
        sa.UniqueConstraint("id", name="uq_relation_id"),
    )
    op.create_index("ix_relation_article", "relation", ["article"])
    op.create_index("ix_relation_object_entity", "relation", ["object_entity"])
    op.create_index("ix_relation_subject_entity", "relation", ["subject_entity"])


def _sentence() -> None:
    op.create_table(
        "sentence",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.key"], name="fk_sentence_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_sentence"),
    )
    op.create_index("ix_sentence_article", "sentence", ["article"])


def _statement() -> None:
    op.create_table(
        "statement",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("style", sa.String(), nullable=False),
        sa.Column("name", sa.String()),
        sa.Column("entity", sa.String()),
        sa.Column("country", sa.String()),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.key"], name="fk_statement_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_statement"),
        sa.UniqueConstraint("id", name="uq_statement_id"),
    )
    op.create_index("ix_statement_article", "statement", ["article"])
    op.create_index("ix_statement_entity", "statement", ["entity"])


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("sentence", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reported", sa.Date(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("outcome", sa.String()),
        sa.Column("first_day", sa.Date()),
        sa.Column("last_day", sa.Date()),
        sa.Column("due_from", sa.Date()),
        sa.Column("due_to", sa.Date()),
        sa.Column("place", sa.String()),
        sa.Column("place_folded", sa.String()),
        sa.Column("country", sa.String()),
        sa.Column("geonames", sa.BigInteger()),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("place_precision", sa.String()),
        sa.Column("killed", sa.Integer()),
        sa.Column("injured", sa.Integer()),
        sa.Column("conditional", sa.Boolean(), nullable=False),
        sa.Column("content_of", sa.String()),
        sa.ForeignKeyConstraint(
            ["article"], ["article.key"], name="fk_claim_article", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sentence"], ["sentence.key"], name="fk_claim_sentence", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_claim"),
        sa.UniqueConstraint("id", name="uq_claim_id"),
    )
    op.create_index("ix_claim_article", "claim", ["article"])
    op.create_index("ix_claim_country", "claim", ["country"])
    op.create_index("ix_claim_due_to", "claim", ["due_to"])
    op.create_index("ix_claim_first_day", "claim", ["first_day"])
    op.create_index("ix_claim_place_folded", "claim", ["place_folded"])
    op.create_index("ix_claim_reported_key", "claim", ["reported", "key"])
    op.create_index("ix_claim_type_reported_key", "claim", ["type", "reported", "key"])


def _label() -> None:
    op.create_table(
        "label",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["claim.key"], name="fk_label_claim", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim", "kind", "value", name="pk_label"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_label_value_kind_claim", "label", ["value", "kind", "claim"])


def _party() -> None:
    op.create_table(
        "party",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("who", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["claim.key"], name="fk_party_claim", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["who"], ["who.key"], name="fk_party_who"),
        sa.PrimaryKeyConstraint("claim", "role", "rank", name="pk_party"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_party_who_role_claim", "party", ["who", "role", "claim"])


# In the order in which they point at one another.
TABLES = (
    _article,
    _capture,
    _visits,
    _issue,
    _work,
    _version,
    _who,
    _coding,
    _entity,
    _reading,
    _relation,
    _sentence,
    _statement,
    _claim,
    _label,
    _party,
)
