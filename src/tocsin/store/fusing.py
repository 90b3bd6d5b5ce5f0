"""What fusion keeps of articles and claims between its runs: sheets, likenesses, copies, pairs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, TypeVar

import msgspec
import numpy as np
import sqlalchemy as sa
from msgspec import Struct
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from tocsin.base.ids import named, number
from tocsin.records.article import Byline, Moment, Precision
from tocsin.records.lineage import Copy
from tocsin.store import pack
from tocsin.store.articles import few
from tocsin.store.tables import article, coding, copy, likeness, meet, pair, sheet

S = TypeVar("S", bound=Struct)
Bits = NDArray[np.int64]
Reals = NDArray[np.float32]
# States of articles whose claims are fused: older versions and forgotten texts stay as they are.
FUSED = ("live", "retracted")


class Waiting(Struct, frozen=True):
    """An article whose claims are coded: its key and id, what coded it, its state, its token."""

    key: int
    id: str
    stamp: str
    state: str
    token: str | None


def coded(connection: Connection) -> list[Waiting]:
    """Return all articles that are coded or were fused, the oldest first."""
    query = (
        sa.select(
            article.c.key, article.c.id, article.c.state, sheet.c.token,
            sa.case((coding.c.state == "done", coding.c.stamp), else_="").label("stamp"),
        )
        .join(coding, coding.c.article == article.c.key)
        .outerjoin(sheet, sheet.c.article == article.c.key)
        .where(article.c.state.in_(FUSED) | sheet.c.token.is_not(None))
        .order_by(article.c.reported, article.c.key)
    )  # fmt: skip
    return [
        Waiting(r.key, r.id, r.stamp if r.state in FUSED else "", r.state, r.token)
        for r in connection.execute(query)
    ]


def bylines(connection: Connection, ids: Collection[str]) -> dict[str, Byline]:
    """Return articles without their texts."""
    out = {}
    columns = (
        article.c.id, article.c.outlet, article.c.published, article.c.precision, article.c.clock,
        article.c.title, article.c.url, article.c.wire, article.c.source, article.c.chain,
        article.c.state,
    )  # fmt: skip
    for some in few(sorted(ids)):
        for row in connection.execute(sa.select(*columns).where(article.c.id.in_(some))):
            precision: Precision = row.precision
            out[row.id] = Byline(
                article=row.id, outlet=row.outlet, title=row.title, url=row.url,
                published=Moment(row.published, precision, row.clock) if row.published else None,
                wire=tuple(row.wire), source=row.source, chain=row.chain,
                retracted=row.state == "retracted",
            )  # fmt: skip
    return out


def save(
    connection: Connection, made: Sequence[tuple[int, str, Struct, Collection[int]]]
) -> None:  # fmt: skip
    """Keep the sheets of articles by their keys, with tokens and with what they meet others by.

    `drop` older ones first.
    """
    told = [
        {"article": key, "token": token, "body": pack.squeezed(msgspec.msgpack.encode(kept))}
        for key, token, kept, _ in made
    ]
    _insert(connection, sheet, told)
    _insert_many(connection, meet, sorted((one, key) for key, _, _, keys in made for one in keys))


def drop(connection: Connection, asked: Sequence[Waiting], claims: Collection[str]) -> None:
    """Forget sheets and likenesses of articles, and the pairs of claims."""
    for keys in few([one.key for one in asked]):
        for table in (sheet, meet):
            connection.execute(sa.delete(table).where(table.c.article.in_(keys)))
    for table, names in ((likeness, [one.id for one in asked]), (pair, claims)):
        for some in _bits(names):
            for side in (table.c.one, table.c.other):
                connection.execute(sa.delete(table).where(side.in_(some)))


def near(
    connection: Connection, keys: Collection[int] | None, kind: type[S], known: Collection[int]
) -> list[S]:
    """Return the sheets of all articles but those known that meet under some keys.

    Without keys, of all articles; `known` are keys of articles.
    """
    articles: set[int] = set()
    if keys is None:
        articles.update(connection.execute(sa.select(sheet.c.article)).scalars())
    else:
        for some in few(sorted(keys)):
            found = sa.select(meet.c.article).where(meet.c.key.in_(some)).distinct()
            articles.update(connection.execute(found).scalars())
    decoder = msgspec.msgpack.Decoder(kind)
    return [
        decoder.decode(pack.expanded(body))
        for some in few(sorted(articles.difference(known)))
        for body in connection.execute(
            sa.select(sheet.c.body).where(sheet.c.article.in_(some)).order_by(sheet.c.article)
        ).scalars()
    ]


def sheets(connection: Connection, ids: Collection[str], kind: type[S]) -> list[S]:
    """Return the sheets of some articles."""
    decoder = msgspec.msgpack.Decoder(kind)
    return [
        decoder.decode(pack.expanded(row.body))
        for some in few(sorted(ids))
        for row in connection.execute(
            sa.select(sheet.c.body)
            .join(article, article.c.key == sheet.c.article)
            .where(article.c.id.in_(some))
            .order_by(article.c.id)
        )
    ]


def add_pairs(connection: Connection, one: Bits, other: Bits, chance: Reals) -> None:
    """Keep pairs of claims, by the numbers of their names, with the chance that they are one."""
    order = np.lexsort((other, one))
    columns = (one[order].tolist(), other[order].tolist(), chance[order].tolist())
    _insert_many(connection, pair, list(zip(*columns, strict=True)))


def pairs(connection: Connection, claims: Collection[str]) -> dict[tuple[str, str], float]:
    """Return the pairs that touch one of some claims, with their chances."""
    name = cache(partial(named, "claim"))
    one, other, chance = (column.tolist() for column in chances(connection, claims))
    return {(name(a), name(b)): p for a, b, p in zip(one, other, chance, strict=True)}


def chances(connection: Connection, claims: Collection[str]) -> tuple[Bits, Bits, Reals]:
    """Return the pairs that touch one of some claims: three columns, some pairs in them twice."""
    rows = [
        row
        for some in _bits(claims)
        for side in (pair.c.one, pair.c.other)
        for row in connection.execute(sa.select(pair).where(side.in_(some))).all()
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return (
        np.array(columns[0], np.int64), np.array(columns[1], np.int64),
        np.array(columns[2], np.float32),
    )  # fmt: skip


def add_likeness(connection: Connection, rows: Iterable[tuple[str, str, Struct]]) -> None:
    """Keep which articles share their words."""
    told = [
        {
            "one": number(a), "other": number(b),
            "body": pack.squeezed(msgspec.msgpack.encode(kept)),
        }
        for a, b, kept in rows
    ]  # fmt: skip
    _insert(connection, likeness, told)


def alike(connection: Connection, ids: Collection[str], kind: type[S]) -> list[S]:
    """Return the likenesses of some articles and of all that they hang together with."""
    out: dict[tuple[int, int], S] = {}
    decoder = msgspec.msgpack.Decoder(kind)
    seen: set[int] = set()
    front = {number(name) for name in ids}
    while front:
        seen |= front
        rows = [
            row
            for some in few(sorted(front))
            for side in (likeness.c.one, likeness.c.other)
            for row in connection.execute(sa.select(likeness).where(side.in_(some)))
        ]
        out |= {(r.one, r.other): decoder.decode(pack.expanded(r.body)) for r in rows}
        front = {end for row in rows for end in (row.one, row.other)} - seen
    return [out[ends] for ends in sorted(out)]


def save_copies(connection: Connection, group: Collection[str], made: Iterable[Copy]) -> None:
    """Keep which of some articles are copies, in place of what was held of them before."""
    for some in _bits(group):
        connection.execute(sa.delete(copy).where(copy.c.article.in_(some)))
    rows = [
        {
            "article": number(one.article), "parent": number(one.parent), "kind": one.kind,
            "share": one.share, "body": pack.packed(one),
        }
        for one in made
    ]  # fmt: skip
    _insert(connection, copy, rows)


def copies(connection: Connection, ids: Collection[str]) -> dict[str, Copy]:
    """Return which of some articles are copies, and their parents' own, up to the first ones."""
    out: dict[str, Copy] = {}
    front = set(ids)
    while front:
        found = [
            pack.unpacked(row.body, Copy)
            for some in _bits(front)
            for row in connection.execute(sa.select(copy.c.body).where(copy.c.article.in_(some)))
        ]
        out |= {one.article: one for one in found}
        front = {one.parent for one in found} - out.keys()
    return out


def _bits(names: Collection[str]) -> Iterator[Sequence[int]]:
    return few(sorted(map(number, names)))


def _insert(connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)


def _insert_many(connection: Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of plain numbers, as the columns of their table stand.

    Rows that come in the order of their keys are kept faster; there are millions of them, so that
    no value goes through SQLAlchemy.
    """
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    names, marks = ", ".join(table.columns.keys()), ", ".join(mark for _ in table.columns)
    if rows:
        told = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
        connection.exec_driver_sql(told, list(rows))
