"""Conditions on columns of keys that may have any of thousands of values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection


def among(
    connection: Connection, column: sa.ColumnElement[Any], keys: Iterable[int]
) -> sa.ColumnElement[bool]:  # fmt: skip
    """Return the condition that a column has one of some whole numbers.

    They are handed over as one value, which takes a tenth of the time that one each does.
    """
    held = list(keys)
    if connection.dialect.name == "sqlite":
        text = sa.literal(msgspec.json.encode(held).decode(), sa.Text)
        return column.in_(sa.select(sa.func.json_each(text).table_valued("value").c.value))
    return column == sa.any_(sa.literal(held, ARRAY(sa.BigInteger)))
