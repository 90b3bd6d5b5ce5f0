"""What somebody of a team decides, and the log that tells of it: both are kept, or neither."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.crew import staffed
from tests.stored import filled
from tocsin.base.errors import StoreError
from tocsin.cli.doors import doors
from tocsin.desk.doors import Desk
from tocsin.desk.hands import signed
from tocsin.desk.team import Who
from tocsin.records.judgement import Judgement
from tocsin.store import decisions, deeds, listing
from tocsin.store.deeds import Wanted
from tocsin.store.open import Store
from tocsin.views.decision import Wish

# A log that cannot be written, as on a full disk.
REFUSED = "CREATE TRIGGER full BEFORE INSERT ON deed BEGIN SELECT RAISE(ABORT, 'disk is full'); END"


def _judged(store: Store) -> list[Judgement]:
    with store.read() as connection:
        return list(decisions.every(connection))


def _log(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as connection:
        found = deeds.listed(connection, Wanted()).deeds
    return [(one.who, one.act, one.about) for one in found]


def test_together_or_not_at_all(tmp_path: Path) -> None:
    """A decision, its undoing and its redoing have a row each; without its row none of them is."""
    with filled(tmp_path / "team.db") as store:
        desk = Desk(store, doors(), team=staffed(store))
        assert desk.team is not None
        own = signed(desk, desk.team, Who("rosa", "reviewer", "127.0.0.1"))
        with store.read() as connection:
            event = listing.lines(connection, limit=1).lines[0].id
        wish = Wish("accept", event)
        bench = own.doors.bench
        bench.decide(store, wish)
        (made,) = _judged(store)
        bench.undo(store, [made.id])
        bench.redo(store, [made.id])
        told = [("redo", made.id), ("undo", made.id), ("judgement", f"accept {event}")]
        assert _log(store) == [("rosa", act, about) for act, about in told]

        with store.write() as connection:
            connection.execute(sa.text(REFUSED))
        before = _judged(store)
        tries: list[Callable[[], object]] = [
            lambda: bench.decide(store, Wish("reject", event)),
            lambda: bench.undo(store, [made.id]),
        ]
        for attempt in tries:
            with pytest.raises(StoreError, match="full"):
                attempt()
        assert _judged(store) == before
        assert len(_log(store)) == len(told)
