"""Words, phrases and beginnings of words, as each database's text index is asked for them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.text import fold
from tocsin.records import query as q

Leaf = q.Words | q.Phrase | q.Prefix
# Where more rows than this have the words, SQLite finds a page sooner by going through the table in
# the page's order than by fetching and sorting all of them; about where both take the same at
# 100,000 articles and a page of fifty.
COMMON = 5_000


def matches(
    node: Leaf, table: sa.Table, key: sa.ColumnElement[int], dialect: str, *, common: bool = False
) -> sa.ColumnElement[bool]:
    """Return the condition that a table's row of a key has the words.

    Of `common` words SQLite does not begin with the rows that have them.
    """
    words = fts5(node) if dialect == "sqlite" else tsquery(node)
    if not words:  # nothing but marks: no row is without them
        return sa.true()
    if dialect == "sqlite":
        index = sa.table(f"{table.name}_text", sa.column("rowid", sa.Integer))
        asked = _asked(f"{table.name}_text MATCH :words", words=words)
        # A sum is no column that an index could be asked for.
        return (key + 0 if common else key).in_(sa.select(index.c.rowid).where(asked))
    index = sa.table(f"{table.name}_text", sa.column("key", sa.BigInteger))
    tests = [_asked("search @@ CAST(:words AS tsquery)", words=words)]
    terms = _loose(node)
    if terms:
        assert isinstance(node, q.Phrase)  # noqa: S101 - nothing else has slop
        span = node.slop + len(terms) - 1
        tests.append(_asked(_TOGETHER, terms=terms, span=span, number=len(terms)))
    return key.in_(sa.select(index.c.key).where(*tests))


def is_common(connection: Connection, node: Leaf, table: sa.Table) -> bool:
    """Return whether so many rows of a table have the words that SQLite has to be told.

    It takes every text search to find a few rows, and sorts however many there are; PostgreSQL
    keeps count of words.
    """
    words = fts5(node) if connection.dialect.name == "sqlite" else ""
    if not words:
        return False
    asked = _asked(f"{table.name}_text MATCH :words", words=words)
    index = sa.table(f"{table.name}_text", sa.column("rowid", sa.Integer))
    found = sa.select(index.c.rowid).where(asked).limit(COMMON + 1).subquery()
    number = connection.execute(sa.select(sa.func.count()).select_from(found)).scalar_one()
    return int(number) > COMMON


def fts5(node: Leaf) -> str:
    """Return what SQLite's index is asked for."""
    if isinstance(node, q.Prefix):
        parts = _terms(node.start)
        return f"{_quoted(parts)} *" if parts else ""
    if isinstance(node, q.Words):
        # What one word is to a person may be several to the index: "al-hadath".
        return " AND ".join(_quoted(t) for w in node.words if (t := _terms(w)))
    loose = _loose(node)
    if loose:
        # The number counts the words between the first and the last, ours among them.
        between = node.slop + len(loose) - 2
        return f"NEAR({' '.join(_quoted([term]) for term in loose)}, {between})"
    terms = _terms(" ".join(node.words))
    return _quoted(terms) if terms else ""


def tsquery(node: Leaf) -> str:
    """Return what PostgreSQL's index is asked for; of loose phrases only that all words are in."""
    if isinstance(node, q.Prefix):
        parts = _terms(node.start)
        return f"{_followed(parts)}:*" if parts else ""
    if isinstance(node, q.Words):
        return " & ".join(f"({_followed(t)})" for w in node.words if (t := _terms(w)))
    loose = _loose(node)
    if loose:
        return " & ".join(_followed([term]) for term in loose)
    return _followed(_terms(" ".join(node.words)))


# That so many words stand within a span, in any order.
_TOGETHER = (
    "EXISTS (SELECT 1 FROM unnest(search) one, unnest(one.positions) start, "
    "unnest(search) other, unnest(other.positions) place "
    "WHERE one.lexeme = ANY(:terms) AND other.lexeme = ANY(:terms) "
    "AND place BETWEEN start AND start + :span "
    "GROUP BY start HAVING count(DISTINCT other.lexeme) = :number)"
)


def _asked(condition: str, **values: str | int | list[str]) -> sa.TextClause:
    found = sa.text(condition)
    for name, value in values.items():
        kind = sa.ARRAY(sa.Text) if isinstance(value, list) else None
        found = found.bindparams(sa.bindparam(name, value, kind, unique=True))
    return found


def _loose(node: Leaf) -> list[str]:
    """Return the words of a phrase that others may stand between, none of any other part."""
    if not isinstance(node, q.Phrase) or not node.slop:
        return []
    terms = list(dict.fromkeys(_terms(" ".join(node.words))))
    return terms if len(terms) > 1 else []


def _terms(words: str) -> list[str]:
    return fold(words).split()


def _quoted(terms: list[str]) -> str:
    return f'"{" ".join(terms)}"'


def _followed(terms: list[str]) -> str:
    return " <-> ".join(f"'{term}'" for term in terms)
