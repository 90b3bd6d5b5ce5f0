"""How the text says that two actors stand to each other."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tocsin.base.ids import digest
from tocsin.records.claim import Participant
from tocsin.records.evidence import Span

RelationName = Literal[
    "backed_by", "part_of", "allied_with", "leads", "speaks_for",
    "member_of", "controls", "opposes", "based_in",
]  # fmt: skip


class Relation(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Subject, relation, object, as stated in one span of an article."""

    id: str
    article: str
    subject: Participant
    relation: RelationName
    object: Participant
    span: Span
    attribution: tuple[Participant, ...] = ()


def relation_id(article: str, name: str, subject: Span, object_: Span) -> str:
    """Return the name of a relation: its article, its kind and both its ends."""
    ends = (f"{end.start}:{end.end}" for end in (subject, object_))
    return digest("relation", article, name, *ends)
