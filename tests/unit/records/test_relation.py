"""Relations: named by both their ends, in their order."""

from __future__ import annotations

from tests.build import TEXT, a_span
from tocsin.records.relation import relation_id

REBELS, MINISTRY = a_span(TEXT, "Rebels"), a_span(TEXT, "ministry")


def test_id_has_a_direction() -> None:
    """Who leads whom matters: the ends turned round are another relation."""
    one = relation_id("a", "leads", REBELS, MINISTRY)
    assert one == relation_id("a", "leads", REBELS, MINISTRY)
    assert one != relation_id("a", "leads", MINISTRY, REBELS)
    assert one != relation_id("a", "opposes", REBELS, MINISTRY)
