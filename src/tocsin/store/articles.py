"""Articles in a store: adding them with their versions and captures, and finding them again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from sys import intern
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from tocsin.base.text import fold
from tocsin.records.article import Article, Moment, Precision
from tocsin.records.capture import Capture
from tocsin.records.version import Version
from tocsin.store import pack, text
from tocsin.store.columns import bounded
from tocsin.store.tables import article, capture, coding, raw, reading, sheet, version

# How many values one `IN (...)` asks for.
FEW = 500
# The stamp and token of what was made of an article before it was filled in.
OUTDATED = ""
# Made once: a statement takes longer to put together than to carry out.
_ADD = sa.insert(article).returning(article.c.key)
_ADD_VERSION, _ADD_CAPTURE, _ADD_RAW = sa.insert(version), sa.insert(capture), sa.insert(raw)
_CAPTURED = sa.select(capture.c.key).where(capture.c.id == sa.bindparam("name"))
_KEPT = sa.select(raw.c.size).where(raw.c.hash == sa.bindparam("name"))
_MARK = (
    sa.update(article)
    .where(article.c.id == sa.bindparam("name"), article.c.state != "forgotten")
    .values(state=sa.bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest version of a chain: its number, and the article as it reads."""

    number: int
    article: Article
    digest: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An article with its key in the store, its chain and its state."""

    key: int
    article: Article
    chain: str
    state: str
    source: str | None


def text_digest(found: Article) -> str:
    """Return the SHA-256 of title and text, which a new date or author does not change."""
    return sha256(f"{found.title}\0{found.text}".encode("utf8", "surrogatepass")).hexdigest()


def known(connection: Connection, ids: Collection[str]) -> set[str]:
    """Return those of some ids that the store has."""
    return {
        row.id
        for some in few(sorted(ids))
        for row in connection.execute(sa.select(article.c.id).where(article.c.id.in_(some)))
    }


def heads(connection: Connection, chains: Collection[str]) -> dict[str, Head]:
    """Return the newest version of each of some chains, where there is one."""
    found = {}
    for some in few(sorted(chains)):
        newest = (
            sa.select(version.c.chain, sa.func.max(version.c.number).label("number"))
            .where(version.c.chain.in_(some))
            .group_by(version.c.chain)
            .subquery()
        )
        both = (version.c.chain == newest.c.chain) & (version.c.number == newest.c.number)
        query = (
            sa.select(article, version.c.number, version.c.chain.label("of"))
            .join(version, version.c.article == article.c.id)
            .join(newest, both)
        )
        for row in connection.execute(query).mappings():
            found[row["of"]] = Head(row["number"], _article(row), row["digest"])
    return {chain: found[bounded(chain)] for chain in chains if bounded(chain) in found}


def add(
    connection: Connection, found: Article, chain: str, source: str | None, now: datetime
) -> None:
    """Add an article that the store does not have yet."""
    fetched = found.fetched
    values = {
        "id": found.id, "chain": chain, "doc": found.doc, "title": found.title, "text": found.text,
        "digest": text_digest(found), "outlet": found.outlet,
        "outlet_folded": fold(found.outlet) if found.outlet else None, "source": source,
        "language": found.language, "url": found.url,
        **_dated(found),
        "fetched": fetched.day if fetched else None,
        "authors": list(found.authors), "wire": list(found.wire), "added": now,
    }  # fmt: skip
    key = connection.execute(_ADD, values).scalar_one()
    text.index(connection, "article", [{**values, "key": key}])


def fill(connection: Connection, found: Article) -> None:
    """Write the day and outlet of an article that lacked one.

    Its claims wait to be coded and fused again.
    """
    values = _dated(found) | {
        "outlet": found.outlet, "outlet_folded": fold(found.outlet) if found.outlet else None
    }  # fmt: skip
    connection.execute(sa.update(article).where(article.c.id == found.id).values(values))
    own = sa.select(article.c.key).where(article.c.id == found.id).scalar_subquery()
    connection.execute(sa.update(coding).where(coding.c.article == own).values(stamp=OUTDATED))
    connection.execute(sa.update(sheet).where(sheet.c.article == own).values(token=OUTDATED))


def _dated(found: Article) -> dict[str, Any]:
    published = found.published
    return {
        "published": published.day if published else None,
        "reported": published.day if published else date.min,
        "precision": published.precision if published else None,
        "clock": published.clock if published else None,
    }


def add_version(connection: Connection, step: Version) -> None:
    """Add the next version of a chain and mark the one before as old, unless it lives elsewhere."""
    connection.execute(_ADD_VERSION, pack.plain(step))
    state = "retracted" if step.change == "retraction" else "live"
    _mark(connection, [step.article], state)
    if step.before is not None and step.before != step.article:
        later = sa.alias(version)
        newest = ~sa.exists().where(
            later.c.chain == version.c.chain, later.c.number > version.c.number
        )
        alive = sa.select(version.c.chain).where(version.c.article == step.before, newest)
        if connection.execute(alive.limit(1)).first() is None:
            _mark(connection, [step.before], "old")


def add_capture(connection: Connection, seen: Capture) -> bool:
    """Add a capture; return whether it is new."""
    if connection.execute(_CAPTURED, {"name": seen.id}).first():
        return False
    connection.execute(_ADD_CAPTURE, pack.plain(seen))
    return True


def add_raw(connection: Connection, name: str, body: bytes) -> None:
    """Keep the bytes that an article was read out of, once."""
    if connection.execute(_KEPT, {"name": name}).first() is None:
        kept = {"hash": name, "size": len(body), "body": pack.squeezed(body)}
        connection.execute(_ADD_RAW, kept)


def load(connection: Connection, ids: Sequence[str]) -> list[Stored]:
    """Return the articles of some ids, in the order asked for; those missing are left out."""
    rows = {
        row["id"]: row
        for some in few(ids)
        for row in connection.execute(sa.select(article).where(article.c.id.in_(some))).mappings()
    }
    return [_stored(rows[name]) for name in ids if name in rows]


def waiting(
    connection: Connection, stamp: str | None, after: int, limit: int, *, unread: bool = False
) -> list[Stored]:
    """Return articles behind a key that were not coded under a stamp, in the order they came.

    Without a stamp these are the articles that were never coded as they are now. With `unread`
    those that were, but whose readings are not kept, wait as well.
    """
    query = (
        sa.select(article)
        .outerjoin(coding, coding.c.article == article.c.key)
        .where(article.c.key > after, article.c.state != "forgotten", _uncoded(stamp, unread))
        .order_by(article.c.key)
        .limit(limit)
    )
    return [_stored(row) for row in connection.execute(query).mappings()]


def count_waiting(connection: Connection, stamp: str | None, *, unread: bool = False) -> int:
    """Return how many articles `waiting` has."""
    query = (
        sa.select(sa.func.count())
        .select_from(article.outerjoin(coding, coding.c.article == article.c.key))
        .where(article.c.state != "forgotten", _uncoded(stamp, unread))
    )
    return int(connection.execute(query).scalar_one())


def _uncoded(stamp: str | None, unread: bool) -> sa.ColumnElement[bool]:  # noqa: FBT001 - private
    tests: list[sa.ColumnElement[bool]] = [coding.c.stamp.is_(None), coding.c.stamp == OUTDATED]
    if stamp is not None:
        tests.append(coding.c.stamp != stamp)
    if unread:
        kept = sa.exists().where(reading.c.article == coding.c.article)
        tests.append(sa.and_(coding.c.state == "done", ~kept))
    return sa.or_(*tests)


def versions(connection: Connection, chain: str) -> list[Version]:
    """Return the versions of a chain, the first one first."""
    query = sa.select(version).where(version.c.chain == chain).order_by(version.c.number)
    return [pack.record(row, Version) for row in connection.execute(query).mappings()]


def chains(connection: Connection, name: str) -> Sequence[str]:
    """Return the chains that an article is or was a version of."""
    query = sa.select(version.c.chain).where(version.c.article == name).distinct()
    return connection.execute(query).scalars().all()


def came(connection: Connection, ids: Sequence[str]) -> dict[str, datetime]:
    """Return when some articles came in for the first time, by their ids."""
    query = sa.select(article.c.id, article.c.added).where(article.c.id.in_(list(ids)))
    return {row.id: row.added for row in connection.execute(query)}


def captures(connection: Connection, name: str) -> list[Capture]:
    """Return how an article came in, the first time first."""
    query = sa.select(capture).where(capture.c.article == name).order_by(capture.c.key)
    return [pack.record(row, Capture) for row in connection.execute(query).mappings()]


def raw_bytes(connection: Connection, name: str) -> bytes | None:
    """Return kept bytes by their SHA-256; None where there are none, or no longer."""
    body = connection.execute(sa.select(raw.c.body).where(raw.c.hash == name)).scalar()
    return None if body is None else pack.expanded(body)


def _mark(connection: Connection, ids: Iterable[str], state: str) -> None:
    connection.execute(_MARK, [{"name": name, "now": state} for name in ids])


def _stored(row: RowMapping) -> Stored:
    return Stored(row["key"], _article(row), row["chain"], row["state"], row["source"])


def _article(row: RowMapping) -> Article:
    return Article(
        id=row["id"],
        doc=row["doc"],
        title=row["title"],
        text=row["text"],
        outlet=row["outlet"],
        published=moment(row),
        fetched=Moment(row["fetched"]) if row["fetched"] else None,
        language=row["language"],
        url=row["url"],
        authors=tuple(row["authors"]),
        wire=tuple(row["wire"]),
    )


def moment(row: RowMapping) -> Moment | None:
    """Return when an article was published."""
    if not row["published"]:
        return None
    # A record leaves out what is the very object of its default, as written, so as read.
    return Moment(row["published"], cast("Precision", intern(row["precision"])), row["clock"])


def few(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield values, no more at a time than one `IN (...)` asks for."""
    for at in range(0, len(values), FEW):
        yield values[at : at + FEW]
