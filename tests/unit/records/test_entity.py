"""Entities: one thing, one name within an article."""

from __future__ import annotations

from tocsin.records.entity import entity_id


def test_id() -> None:
    """The article, the kind and the canonical name make the id."""
    ids = [
        entity_id("a", "person", "Tarn"),
        entity_id("a", "place", "Tarn"),
        entity_id("a", "person", "Tarns"),
        entity_id("b", "person", "Tarn"),
    ]
    assert len(set(ids)) == 4
    assert all(name.startswith("entity-") for name in ids)
