"""Decisions in both databases: taken back and made again with a trace, and where events went."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.build import DAY
from tests.stored import NOW, a_report, keep, put
from tocsin.base.errors import StoreError
from tocsin.fusion.told import Sources
from tocsin.pipeline import deciding, judging, project
from tocsin.pipeline.corrected import Corrected
from tocsin.records.judgement import Judgement, Reversal, Verdict
from tocsin.store import decisions, former, listing
from tocsin.store.open import Store
from tocsin.views import claim, decision

NONE: Sources = {}
LATER = NOW + timedelta(hours=1)
LAST = NOW + timedelta(hours=2)


def _filled(store: Store) -> list[str]:
    """Fill a store with two reports of two years, fused; return the first claim of each."""
    made = [a_report(number, day=DAY + timedelta(days=500 * number)) for number in range(2)]
    put(store, *(parcel for parcel, _ in made))
    keep(store, *(coded for _, coded in made))
    project.fuse(store)
    return [coded.claims[0].id for _, coded in made]


def _made(store: Store, verdict: Verdict, target: str, **more: object) -> Judgement:
    with store.read() as connection:
        return judging.made(connection, verdict, target, "ann", NOW, **more)  # type: ignore[arg-type]


def test_what_was_undone_and_made_again_is_told(store: Store) -> None:
    """A decision keeps every time that it was taken back and made again, and by whom."""
    first, _ = _filled(store)
    made = _made(store, "reject", first)
    deciding.keep(store, [made], NONE)
    deciding.undo(store, [made.id], LATER, NONE, "ben")
    with store.read() as connection:
        assert decision.redoable(connection, "ann") is not None
        assert decision.undoable(connection, "ann") is None
    deciding.redo(store, [made.id], LAST, NONE, "cem")
    with store.read() as connection:
        (kept,) = decisions.latest(connection)
        (step,) = decision.recent(connection)
        assert decision.undoable(connection, "ann") == step
        assert decision.redoable(connection, "ann") is None
    told = (Reversal(undone=LATER, undone_by="ben", redone=LAST, redone_by="cem"),)
    assert (kept.undone, kept.reversals, step.reversals) == (None, told, told)
    deciding.undo(store, [made.id], LAST, NONE)
    deciding.undo(store, [made.id], LAST + timedelta(hours=1), NONE)
    with store.read() as connection:
        (kept,) = decisions.latest(connection)
    assert kept.undone == LAST
    assert kept.reversals == (*told, Reversal(undone=LAST))


def test_what_there_is_none_of(store: Store) -> None:
    """A judgement that there is none of cannot be made again."""
    with pytest.raises(StoreError, match="judgement-1"), store.write() as connection:
        decisions.redo(connection, "judgement-1", NOW)


def test_a_former_event_leads_to_where_its_claims_are(store: Store) -> None:
    """A merged event's id leads to the event that has its claim, until it is parted again."""
    claims = _filled(store)
    with store.read() as connection:
        one, other = (listing.of_claims(connection, claims)[name].id for name in claims)
        assert one != other
        assert former.heir(connection, one) is None
    same = _made(store, "same", one, other=other)
    deciding.keep(store, [same], NONE)
    with store.read() as connection:
        (now,) = {line.id for line in listing.of_claims(connection, claims).values()}
        (gone,) = {one, other} - {now}
        assert former.heir(connection, gone) == now
        assert former.heir(connection, "event-0123456789abcdef") is None
        assert former.heir(connection, "event-' OR 1=1") is None
    deciding.undo(store, [same.id], LATER, NONE)
    with store.read() as connection:
        assert former.heir(connection, gone) is None
        assert set(listing.named(connection, {one, other})) == {one, other}


def test_corrected_claims_follow_the_judgements(store: Store) -> None:
    """Corrections are seen at once, each on its own, and gone when they are undone."""
    first, second = _filled(store)
    corrected = Corrected()
    with store.read() as connection:
        assert corrected(connection) == {}
    one = _made(store, "correct", first, field="modality", after="negated")
    other = _made(store, "correct", second, field="modality", after="possible")
    deciding.keep(store, [one], NONE)
    with store.read() as connection:
        held = corrected(connection)
        assert corrected(connection) is held
    assert {name: found.modality for name, found in held.items()} == {first: "negated"}
    deciding.keep(store, [other], NONE)
    with store.read() as connection:
        told = {name: found.modality for name, found in corrected(connection).items()}
        assert claim.judged(connection, claims=[second]) == {second: "corrected"}
    assert told == {first: "negated", second: "possible"}
    deciding.undo(store, [one.id], LATER, NONE)
    with store.read() as connection:
        assert set(corrected(connection)) == {second}
        assert claim.judged(connection) == {second: "corrected"}
