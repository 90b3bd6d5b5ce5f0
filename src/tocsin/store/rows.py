"""Lists of statements, judgements and sources, a page at a time, in the order they came in."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError
from tocsin.records.judgement import Judgement
from tocsin.records.source import Source
from tocsin.records.statement import Polarity, Statement
from tocsin.store import codings, pack
from tocsin.store.tables import article, judgement, source, statement

R = TypeVar("R", bound=Struct)
List = Literal["statements", "judgements", "sources"]


class Wanted(Struct, frozen=True, kw_only=True):
    """Which statements are wanted: of a speaker (an entity's id or a name), in an article."""

    speaker: str | None = None
    article: str | None = None
    polarity: Polarity | None = None


class Some(NamedTuple):
    """Some records in order, and the cursor that the next page begins behind; None at the end."""

    rows: tuple[Any, ...]
    next: str | None


def statements(
    connection: Connection, wanted: Wanted, *, after: str | None = None, limit: int = 50
) -> Some:
    """Return statements of live articles, the first to come in first."""
    query = (
        sa.select(statement.c.key, statement.c.id, article.c.id.label("article"))
        .join(article, article.c.key == statement.c.article)
        .where(article.c.state == "live", statement.c.key > _read(after, "statements"))
    )
    if wanted.article is not None:
        query = query.where(article.c.id == wanted.article)
    if wanted.polarity is not None:
        query = query.where(statement.c.polarity == wanted.polarity)
    if wanted.speaker is not None:
        named = (statement.c.entity == wanted.speaker) | (statement.c.name == wanted.speaker)
        query = query.where(named)
    rows = connection.execute(query.order_by(statement.c.key).limit(limit + 1)).all()
    kept = rows[:limit]
    known: dict[str, Statement] = {
        one.id: one
        for coded in codings.load(connection, sorted({row.article for row in kept}))
        for one in coded.statements
    }
    found = tuple(known[row.id] for row in kept if row.id in known)
    return Some(found, _cursor("statements", kept[-1].key) if len(rows) > limit else None)


def judgements(
    connection: Connection, *, undone: bool = True, after: str | None = None, limit: int = 50
) -> Some:
    """Return judgements in the order they were made; those undone bear when."""
    query = sa.select(judgement.c.key, judgement.c.body).where(
        judgement.c.key > _read(after, "judgements")
    )
    if not undone:
        query = query.where(judgement.c.undone.is_(None))
    rows = connection.execute(query.order_by(judgement.c.key).limit(limit + 1)).all()
    return _some("judgements", rows, limit, Judgement)


def sources(connection: Connection, *, after: str | None = None, limit: int = 50) -> Some:
    """Return the sources of the registry that was last read, by their ids."""
    query = sa.select(source.c.id.label("key"), source.c.body)
    if after is not None:
        query = query.where(source.c.id > _name(after, "sources"))
    rows = connection.execute(query.order_by(source.c.id).limit(limit + 1)).all()
    return _some("sources", rows, limit, Source)


def _some(of: List, rows: Sequence[Any], limit: int, kind: type[R]) -> Some:
    kept = rows[:limit]
    found = tuple(pack.unpacked(row.body, kind) for row in kept)
    return Some(found, _cursor(of, kept[-1].key) if len(rows) > limit else None)


def _cursor(of: List, key: int | str) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([of, key])).decode().rstrip("=")


def _read(after: str | None, of: List) -> int:
    return _opened(after, of, int) if after is not None else 0


def _name(after: str, of: List) -> str:
    return str(_opened(after, of, str))


def _opened(after: str, of: List, kind: type[Any]) -> Any:  # noqa: ANN401 - a key of that kind
    try:
        body = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4))
        listed, key = msgspec.json.decode(body, type=tuple[str, kind])  # type: ignore[valid-type]
    except (ValueError, msgspec.MsgspecError) as error:
        raise QueryError("that is no cursor; give the one a page ended with") from error
    if listed != of:
        raise QueryError("the cursor is of another list; begin again without it")
    return key
