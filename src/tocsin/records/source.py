"""An outlet or feed that articles come from, as a person describes it in the registry."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

# STANAG 2511: how far a source can be relied on; a person's judgement, F until somebody judged.
Reliability = Literal["A", "B", "C", "D", "E", "F"]
SourceType = Literal[
    "agency", "broadcaster", "daily", "weekly", "site", "state", "party", "ngo", "igo",
    "government", "social", "aggregator", "archive", "other",
]  # fmt: skip
Address = Annotated[str, Meta(min_length=1, max_length=2000)]
Part = Literal["title", "category", "url", "language"]


class Filter(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What a feed's entries must or must not have: a pattern (RE2-like) over one of their parts."""

    part: Part
    matches: str
    exclude: bool = False


class Feed(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """An address that lists new articles; `full` says that entries carry whole articles."""

    url: Address
    kind: Literal["feed", "sitemap"] = "feed"
    full: bool = False
    minutes: Annotated[int, Meta(ge=1)] = 30


class Source(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One source: whose it is, how reliable a person holds it, where its articles are listed.

    `country` is ISO 3166-1 alpha-3, `languages` ISO 639; `panels` are the fixed sets of sources
    that series are counted over; `daily` is how many articles a healthy day brings, from and to.
    `actor` is the outlet's id among the known actors; unknown stays empty.
    """

    id: str
    name: str
    country: str | None = None
    languages: tuple[str, ...] = ()
    owner: str | None = None
    type: SourceType = "other"
    reliability: Reliability = "F"
    reviewed: date | None = None
    reviewer: str | None = None
    sites: tuple[str, ...] = ()
    feeds: tuple[Feed, ...] = ()
    filters: tuple[Filter, ...] = ()
    panels: tuple[str, ...] = ()
    daily: tuple[int, int] | None = None
    actor: str | None = None
    columns: dict[str, str] = {}
    active: bool = True
    note: str | None = None
