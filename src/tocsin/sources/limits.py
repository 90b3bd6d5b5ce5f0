"""What one request may cost: seconds and bytes, the bytes counted before and after unpacking."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tocsin.sources.guard import NotFetchedError

# Statuses whose body is what was asked for: 202 is often a check for robots, 206 a part alone.
FOUND = frozenset({200, 203, 204})
_EITHER = 32 + zlib.MAX_WBITS  # gzip or zlib, whichever it is
_GZIP = b"\x1f\x8b"
_PIECE = 65_536  # most bytes unpacked at once


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes of one request; `cut` keeps the beginning of a body that is too large."""

    connect: float
    read: float
    total: float
    size: int
    wire: int
    header: int
    cut: bool = False


class Budget:
    """What is left of the limits of one request."""

    def __init__(self, host: str, limits: Limits) -> None:
        self.host = host
        self.limits = limits
        self.ended = False  # whether the other side hung up
        self.start = b""  # the first bytes that came in
        self._end = time.monotonic() + limits.total
        self._bytes = 0

    def left(self, most: float | None) -> float:
        """Return the seconds that the next step may take; raises NotFetchedError when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            message = f"{self.host} was not done after {self.limits.total:g} s"
            raise NotFetchedError(message, "too-slow")
        return left if most is None else min(left, most)

    def count(self, data: bytes) -> bytes:
        """Return bytes that came in, counted; raises NotFetchedError when they are too many."""
        self._bytes += len(data)
        self.ended = not data
        self.start = self.start or data[:5]
        # A body that is cut is cut by its own limit.
        if self._bytes > self.limits.wire + self.limits.header:
            raise self.too_large(self.limits.wire)
        return data

    def too_large(self, size: int) -> NotFetchedError:
        """Return the error of an answer that has more than some bytes."""
        return NotFetchedError(f"{self.host} sent more than {size:,} bytes", "too-large")


def whole(parts: Iterable[bytes], budget: Budget) -> bytes:
    """Return a body whole, or its beginning where the limits say so."""
    body, size = bytearray(), budget.limits.size
    for part in parts:
        body += part
        if len(body) > size:
            if budget.limits.cut:
                return bytes(body[:size])
            raise budget.too_large(size)
    return bytes(body)


def unpacked(parts: Iterable[bytes], coding: str, budget: Budget) -> Iterator[bytes]:
    """Yield a body unpacked, in pieces of a bounded size however tightly it was packed."""
    if coding in {"", "identity"}:
        yield from parts
        return
    if coding not in {"gzip", "x-gzip", "deflate"}:
        message = (
            f"{budget.host} packs its answer as {coding[:40]!r}; gzip or deflate was asked for"
        )
        raise NotFetchedError(message, "encoding")
    packed, started = None, False
    try:
        for part in parts:
            left = part
            while left:
                if packed is None:
                    packed = zlib.decompressobj(_window(left, coding))
                yield packed.decompress(left, _PIECE)
                started = True
                left = packed.unconsumed_tail
                if packed.eof:
                    # Another gzip member may follow; anything else is padding.
                    left = packed.unused_data
                    left = left if left.startswith(_GZIP) else b""
                    packed = None if left else packed
    except zlib.error as error:
        message = f"{budget.host} sent a body that is not packed as {coding}, as it says"
        raise NotFetchedError(message, "encoding") from error
    if started and packed is not None and not packed.eof:
        message = f"{budget.host} broke off a packed answer"
        raise NotFetchedError(message, "broken", again=True)


def _window(start: bytes, coding: str) -> int:
    """Return zlib's window for a body; some servers send deflate without the header of zlib."""
    bare = coding == "deflate" and start[0] & 0x0F != zlib.DEFLATED
    return -zlib.MAX_WBITS if bare else _EITHER
