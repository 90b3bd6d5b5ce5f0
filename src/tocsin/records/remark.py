"""What analysts remark of claims and events without judging them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tocsin.base.ids import digest

RemarkKind = Literal["note", "label", "disputed"]
# Characters of a note, and of a label.
LONGEST, LABEL = 2_000, 60


class Remark(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A note, a label, or that somebody holds something to be disputed; that has no words.

    An event goes by the claim that first reported it, since that stays when events are merged.
    """

    id: str
    kind: RemarkKind
    claim: str
    words: Annotated[str, Meta(max_length=LONGEST)] = ""
    author: str
    time: datetime


def remark_id(kind: RemarkKind, claim: str, words: str, author: str) -> str:
    """Return the id of a remark: what it says of what, and who says so."""
    return digest("remark", kind, claim, words, author)
