"""Which article was copied from which, and where the two share their words."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

# `verbatim` keeps most of its parent's words, a `rewrite` keeps fewer; a `release` repeats what a
# government, party or organisation put out itself.
CopyKind = Literal["verbatim", "rewrite", "release"]


class Run(Struct, frozen=True, forbid_unknown_fields=True, array_like=True, order=True):
    """Characters of a copy, half open, that stand in its parent from `at` on."""

    start: int
    end: int
    at: int
    until: int


class Copy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """An article whose text comes from another one, its parent.

    `share` is the part of the copy's words that stand in the parent, in runs; `credit` the agency
    that the copy names; `because` says in a sentence what shows it and why that one is the parent.
    """

    article: str
    parent: str
    kind: CopyKind
    share: float
    runs: tuple[Run, ...] = ()
    credit: str | None = None
    because: str = ""
