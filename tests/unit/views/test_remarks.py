"""Remarks stay with their claims, are put away by who made them, and say something."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.stored import filled
from tocsin.base.errors import QueryError
from tocsin.records.remark import LABEL, LONGEST
from tocsin.store import events, listing
from tocsin.views import remarks, saved

NOW = datetime(2024, 3, 6, tzinfo=UTC)


def test_remarks(tmp_path: Path) -> None:
    """A remark of an event goes by a claim, is found by it and by its label, and only so often."""
    with filled(tmp_path / "some.db") as store, store.write() as connection:
        event = listing.lines(connection, limit=1).lines[0].id
        claims = events.load(connection, [event])[event].claims
        note = remarks.remark(connection, "note", event, " who was it? ", author="ada", now=NOW)
        assert (note.claim in claims, note.words) == (True, "who was it?")
        for _ in range(2):
            remarks.remark(connection, "label", event, "to  ask", author="ada", now=NOW)
        assert {one.words for one in remarks.about(connection, claims)} == {"who was it?", "to ask"}
        assert len(remarks.about(connection, claims)) == 2
        assert remarks.about(connection, ["claim-0000000000000000"]) == []
        found = remarks.view(connection, "to ask")
        assert found.labels == (("to ask", 1),)
        assert {row.event.id for row in found.rows if row.event} == {event}
        assert remarks.view(connection, "nothing").rows == ()
        with pytest.raises(QueryError, match="ada's"):
            remarks.drop(connection, note.id, "bob")
        assert [remarks.drop(connection, note.id, "ada") for _ in range(2)] == [True, False]
        assert [one.kind for one in remarks.about(connection, claims)] == ["label"]


def test_each_disputes_for_himself(tmp_path: Path) -> None:
    """Who holds something to be disputed does so once, and takes back no one else's mark."""
    with filled(tmp_path / "some.db") as store, store.write() as connection:
        claim = events.load(connection, [listing.lines(connection, limit=1).lines[0].id])
        name = next(iter(claim.values())).claims[0]
        made = [
            remarks.remark(connection, "disputed", name, "x", author=author, now=NOW)
            for author in ("ada", "bob", "ada")
        ]
        assert {one.author for one in remarks.about(connection, [name])} == {"ada", "bob"}
        assert len(remarks.about(connection, [name])) == 2
        with pytest.raises(QueryError, match="bob's"):
            saved.drop(connection, made[1].id, "ada")
        assert saved.drop(connection, made[0].id, "ada")
        assert [one.author for one in remarks.about(connection, [name])] == ["bob"]


def test_what_says_nothing_is_refused(tmp_path: Path) -> None:
    """An empty note, and a note of nothing, are refused; long words are cut."""
    with filled(tmp_path / "some.db") as store, store.write() as connection:
        event = listing.lines(connection, limit=1).lines[0].id
        with pytest.raises(QueryError, match="empty"):
            remarks.remark(connection, "label", event, " \n", author="ada", now=NOW)
        with pytest.raises(QueryError, match="neither"):
            remarks.remark(connection, "note", "event-00", "so?", author="ada", now=NOW)
        long = remarks.remark(connection, "note", event, "x" * 9_999, author="ada", now=NOW)
        label = remarks.remark(connection, "label", event, "y" * 99, author="ada", now=NOW)
        assert (len(long.words), len(label.words)) == (LONGEST, LABEL)
