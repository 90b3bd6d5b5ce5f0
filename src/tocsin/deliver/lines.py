"""Signals as lines of JSON at the end of a file, each there once however often it is tried."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from tocsin.base.channels import Lines
from tocsin.deliver.failure import NotSentError
from tocsin.deliver.words import entry
from tocsin.records.signal import Signal


class _Named(msgspec.Struct):
    id: str


def append(
    channel: Lines, signals: Sequence[Signal], titles: Mapping[str, str], desk: str
) -> None:  # fmt: skip
    """Append signals that the file does not have yet; raises NotSentError where it cannot be.

    A last line that was cut off is taken out first: its signal comes again.
    """
    path = Path(channel.path).expanduser()
    try:
        with path.open("a+b") as stream:
            known = _known(stream)
            rows = [
                msgspec.json.encode(entry(one, titles, desk)) + b"\n"
                for one in signals
                if one.id not in known
            ]
            stream.write(b"".join(rows))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise NotSentError(f"{path}: {error.strerror}; the file cannot be written") from error


def _known(stream: BinaryIO) -> set[str]:
    """Return the signals in a file, which ends with a whole line then."""
    found: set[str] = set()
    stream.seek(0)
    end = 0
    for line in stream:
        name = _id(line)
        found.update({name} if name else ())
        if not line.endswith(b"\n"):
            if name:
                stream.write(b"\n")
            else:
                stream.truncate(end)
        end += len(line)
    stream.seek(0, os.SEEK_END)
    return found


def _id(line: bytes) -> str | None:
    try:
        return msgspec.json.decode(line, type=_Named).id
    except msgspec.MsgspecError:
        return None  # not ours, or cut off
