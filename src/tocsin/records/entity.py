"""An actor, place or outlet that an article mentions."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tocsin.base.ids import digest
from tocsin.records.evidence import Span

EntityKind = Literal["person", "organisation", "country", "group", "place", "outlet"]


class Entity(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """All mentions of one thing within an article, under one name."""

    id: str
    article: str
    name: str
    kind: EntityKind
    mentions: tuple[Span, ...]
    country: str | None = None
    sectors: tuple[str, ...] = ()
    known_as: str | None = None


def entity_id(article: str, kind: str, name: str) -> str:
    """Return the name of an entity: its article, its kind and its canonical name."""
    return digest("entity", article, kind, name)
