"""Records as compressed bytes and back."""

from __future__ import annotations

import zlib
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy.engine import RowMapping

from tocsin.base.errors import StoreError
from tocsin.base.ids import digest

T = TypeVar("T", bound=Struct)
LEVEL = 6
# The most that one record may unpack to, so that a damaged store cannot fill memory.
LARGEST = 256_000_000


def packed(record: Struct) -> bytes:
    """Return a record as compressed JSON, the same bytes for the same record."""
    return squeezed(msgspec.json.encode(record, order="deterministic"))


def unpacked(body: bytes, kind: type[T]) -> T:
    """Return the record in some bytes; raise StoreError where they are none of that kind."""
    try:
        return msgspec.json.decode(expanded(body), type=kind)
    except msgspec.MsgspecError as error:
        raise StoreError(f"no {kind.__name__} in the store's bytes ({error})") from error


def squeezed(body: bytes) -> bytes:
    """Return bytes compressed."""
    return zlib.compress(body, LEVEL)


def expanded(body: bytes) -> bytes:
    """Return compressed bytes as they were; raise StoreError where they are damaged."""
    reader = zlib.decompressobj()
    try:
        whole = reader.decompress(body, LARGEST)
    except zlib.error as error:
        raise StoreError(f"damaged bytes ({error}); restore a backup") from error
    if not reader.eof:
        raise StoreError(f"bytes that are cut off, or unpack to over {LARGEST:,}; restore a backup")
    return whole


def plain(record: Struct) -> dict[str, Any]:
    """Return a record's fields as columns take them."""
    return {name: getattr(record, name) for name in record.__struct_fields__}


def record(row: RowMapping, kind: type[T]) -> T:
    """Return the record in a row's columns, whatever else the row has."""
    return kind(**{name: row[name] for name in kind.__struct_fields__})


def name(kind: str, of: Struct) -> str:
    """Return the name of a record of a kind, made from all of its fields."""
    return digest(kind, *(str(value) for value in plain(of).values()))
