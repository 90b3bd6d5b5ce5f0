"""A log of what happens, one JSON object a line, for machines to read and people to search."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from tocsin.base.errors import InputError


class Log:
    """Lines appended to a file, which is open only while one is written; without a file, none."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        try:
            if path is not None:
                path.touch()
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}; the log cannot be kept there") from error

    def say(self, event: str, **fields: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Add a line: the moment in UTC, what happened, and its particulars."""
        if self._path is None:
            return
        row = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event}
        with self._path.open("ab") as stream:
            stream.write(msgspec.json.encode({**row, **fields}) + b"\n")
