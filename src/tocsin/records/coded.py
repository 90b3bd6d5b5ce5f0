"""Everything coded out of one article, in one parcel."""

from __future__ import annotations

from msgspec import Struct

from tocsin.records.article import Article
from tocsin.records.claim import Claim
from tocsin.records.entity import Entity
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement


class Stamp(Struct, frozen=True, forbid_unknown_fields=True):
    """What made a record: the same input and stamp give the same bytes."""

    version: str
    ontology: str
    model: str
    gazetteer: str


class Coded(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An article with its claims, statements, relations and entities, in text order."""

    article: Article
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    entities: tuple[Entity, ...] = ()
    stamp: Stamp
