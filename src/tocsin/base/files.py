"""Files that are there whole or not at all, and what they are known by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to write that takes its place at a path when it is done; folders are made.

    Where writing fails the path stays as it was, and nothing is left beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}-{token_hex(4)}")  # others may be writing it too
    try:
        with part.open("xb") as stream:
            yield stream
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink()


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
