"""What the readers of files find: a row of fields, where it stands, and its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.records.issue import Issue
from tocsin.sources.fields import Row, Spot

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of fields; `offset` and `length` are bytes of the file, where it holds several rows.

    `raw` are the bytes of the row alone where it has its own, of the whole file otherwise;
    `fetched` is when an archive took them.
    """

    row: Row
    spot: Spot
    form: str
    raw: bytes | None = None
    offset: int | None = None
    length: int | None = None
    fetched: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What of a file is read: its lines or records from byte to byte, or its rows.

    `line` is the number of the first line or record.
    """

    start: int
    end: int
    line: int = 1


Found = Piece | Issue
