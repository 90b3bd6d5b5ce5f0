"""Records that are not there: some went into others, and a request for them is led there."""

from __future__ import annotations

import re

from litestar.exceptions import NotFoundException

_ID = re.compile(r"event-[0-9a-f]{16}")


class Moved(Exception):  # noqa: N818 - nothing went wrong
    """An event that is asked for by its former id."""

    def __init__(self, was: str, now: str) -> None:
        super().__init__(f"{was} was merged or parted; {now} holds the claim that it was known by")
        self.was, self.now = was, now


def missing(name: str, heir: str | None) -> Moved | NotFoundException:
    """Return what is to be raised for an event that is not there; `heir` is where it went."""
    if heir is None:
        return NotFoundException(f"{name}: there is no such record, or not just one")
    return Moved(name, heir)


def was(name: str, now: str) -> str | None:
    """Return the former id that an address names, if it is one and another than the event's now."""
    return name if name != now and _ID.fullmatch(name) else None
