"""The place of an article in the chain of its versions."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

# `first` opens a chain; an `edit` changes words; a `correction` or `retraction` says so itself.
Change = Literal["first", "edit", "correction", "retraction"]


class Version(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One version: the chain it belongs to, its number from 1, what it changes of the one before.

    `added` and `removed` count words; `notice` is the sentence in which the outlet says that it
    corrected or withdrew something.
    """

    article: str
    chain: str
    number: int
    change: Change
    before: str | None = None
    added: int = 0
    removed: int = 0
    notice: str | None = None
