"""What is known of a feed after its last visit, and of the entries that it listed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

# `new` was never visited; `unchanged` is what the server says (304) or the bytes show; `empty` is a
# valid feed without entries; `moved` answers under another address for good; `gone` is 410.
Health = Literal["new", "ok", "unchanged", "empty", "failed", "moved", "gone", "skipped"]


class FeedState(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A feed as it was when last visited.

    `reason` says in plain words why it is in its state; `since` is when it came into it; `failures`
    counts visits in a row without a usable answer, which an unchanged answer does not end;
    `digest` is the SHA-256 of the last body that was read.
    """

    url: str
    source: str
    health: Health = "new"
    reason: str = ""
    checked: datetime | None = None
    since: datetime | None = None
    due: datetime | None = None
    failures: int = 0
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    moved: str | None = None


class Entry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """An entry that a feed listed, remembered so that only what is new or changed is fetched.

    `key` is the entry's own id or its address; `digest` is of what the feed says of it; `article`
    is the article that was made of it last; `etag` and `modified` are of the article's page.
    """

    feed: str
    key: str
    digest: str
    url: str | None = None
    article: str | None = None
    fetched: datetime | None = None
    etag: str | None = None
    modified: str | None = None
