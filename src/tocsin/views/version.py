"""A version of an article as a reader sees it: what it is, when it came, what it changed."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from tocsin.records.version import Version


class Step(Struct, frozen=True, omit_defaults=True):
    """One version of a chain.

    `changes` are stretches of words around what changed, each a list of signs with their words: `=`
    stayed, `+` came, `-` went, `…` was left out. `like` is the number of an earlier version that is
    the same article; None in `came` where nobody knows when that came back.
    """

    version: Version
    title: str
    state: str
    came: datetime | None = None
    like: int | None = None
    changes: tuple[tuple[tuple[str, str], ...], ...] = ()
