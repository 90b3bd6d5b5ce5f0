"""Everything coded out of one article, in one parcel."""

from __future__ import annotations

from msgspec import Struct

from tocsin.records.article import Article
from tocsin.records.claim import Claim
from tocsin.records.entity import Entity
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement


class Stamp(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What made a record: the same input and stamp give the same bytes.

    `endpoint` stands where a second reader had a say: its task, its model and what it was asked,
    as a digest. Nobody can promise that such a service answers alike twice.
    """

    version: str
    ontology: str
    model: str
    gazetteer: str
    endpoint: str | None = None


class Coded(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An article with its claims, statements, relations and entities, in text order."""

    article: Article
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    entities: tuple[Entity, ...] = ()
    stamp: Stamp
