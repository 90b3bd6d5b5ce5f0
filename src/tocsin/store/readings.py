"""Readings in a store, where somebody asked to keep them: each beside the coding made of it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.records.reading import Reading
from tocsin.store import pack
from tocsin.store.tables import article, reading


def put(connection: Connection, key: int, read: Reading | None) -> None:
    """Keep an article's reading in place of the one before; None only takes that one out."""
    connection.execute(sa.delete(reading).where(reading.c.article == key))
    if read is not None:
        body = pack.squeezed(msgspec.msgpack.encode(read))
        connection.execute(sa.insert(reading).values(article=key, body=body))


def load(connection: Connection, ids: Sequence[str]) -> dict[str, Reading]:
    """Return the readings of some articles that are kept, by the articles' ids."""
    query = (
        sa.select(article.c.id, reading.c.body)
        .join(reading, reading.c.article == article.c.key)
        .where(article.c.id.in_(list(ids)))
    )
    return {row.id: _reading(row.body) for row in connection.execute(query)}


def _reading(body: bytes) -> Reading:
    try:
        return msgspec.msgpack.decode(pack.expanded(body), type=Reading)
    except msgspec.MsgspecError as error:
        raise StoreError(f"no reading in the store's bytes ({error}); recode --readings") from error
