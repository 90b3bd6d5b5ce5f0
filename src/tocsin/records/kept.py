"""What an analyst keeps under a name: searches, watch lists, drafts of reports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tocsin.base.ids import digest

WatchKind = Literal["actor", "dyad", "place", "phrase"]
Kind = Literal["events", "claims", "articles"]
Title = Annotated[str, Meta(min_length=1, max_length=200)]
# Events in one report.
MOST = 200


class Saved(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A search under a name, with the order and the level that its list was shown by."""

    id: str
    name: Title
    query: Annotated[str, Meta(max_length=2_000)] = ""
    kind: Kind = "events"
    order: str = "newest"
    level: str | None = None
    time: datetime


class Watched(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Somebody, two parties, a place or words to look out for; `other` is a dyad's second."""

    id: str
    kind: WatchKind
    value: Title
    other: Annotated[str, Meta(max_length=200)] = ""
    note: Annotated[str, Meta(max_length=2_000)] = ""
    time: datetime

    @property
    def query(self) -> str | None:
        """The search that finds it, as `docs/search.md` has them; None where none can say it."""
        first, second = self.value.replace('"', " ").strip(), self.other.replace('"', " ").strip()
        if not first:
            return None
        if self.kind == "dyad":
            return f'dyad:"{first}"~"{second}"' if second else None
        if self.kind == "phrase":
            return f'"{first}"'
        return f'{"about" if self.kind == "actor" else "place"}:"{first}"'


class Draft(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A report in the making: its title and the claims by which its events are known.

    An event goes by the claim that first reported it, since that stays when events are merged.
    """

    id: str
    title: Title
    picks: Annotated[tuple[str, ...], Meta(max_length=MOST)] = ()
    time: datetime


Kept = Saved | Watched | Draft


def saved_id(name: str) -> str:
    """Return the id of a saved search: its name."""
    return digest("search", name)


def watched_id(kind: WatchKind, value: str, other: str = "") -> str:
    """Return the id of what is watched: itself."""
    return digest("watch", kind, value, other)


def draft_id(title: str) -> str:
    """Return the id of a draft: its title."""
    return digest("report", title)
