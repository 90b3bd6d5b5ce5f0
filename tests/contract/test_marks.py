"""What a store remembers of the work: runs, issues, files, feeds, entries, judgements."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from tests.build import a_span
from tests.stored import NOW
from tocsin.base.errors import StoreError
from tocsin.records.feed import Entry, FeedState
from tocsin.records.issue import Issue
from tocsin.records.judgement import Anchor, Judgement, Reversal
from tocsin.records.run import Run
from tocsin.store import judgements, marks
from tocsin.store.marks import Shard
from tocsin.store.open import Store

LATER = NOW + timedelta(hours=1)


def _begun(store: Store, verb: str = "add", now: datetime = NOW) -> Run:
    with store.write() as connection:
        return marks.begin(connection, verb, now)


def _runs(store: Store) -> list[Run]:
    with store.read() as connection:
        return marks.runs(connection)


def test_a_run(store: Store) -> None:
    """A run's counts add up over its batches, and it ends as it is told to."""
    run = _begun(store)
    assert _runs(store) == [run]
    for counts in ({"new": 3, "errors": 1}, {}, {"new": 4, "left out": 2}):
        with store.write() as connection:
            run = marks.count(connection, run, counts)
    assert run.counts == {"new": 7, "errors": 1, "left out": 2}
    assert _runs(store) == [run]
    with store.write() as connection:
        run = marks.end(connection, run, "failed", LATER, "the disk is full")
    assert (run.state, run.ended, run.message) == ("failed", LATER, "the disk is full")
    assert _runs(store) == [run]


def test_dangling_runs(store: Store) -> None:
    """A run that never ended is stopped once the next of its verb begins; others go on."""
    done = _begun(store)
    with store.write() as connection:
        done = marks.end(connection, done, "done", NOW)
    dangling, other = _begun(store), _begun(store, "recode")
    now = _begun(store, now=LATER)
    last, second, first, zeroth = _runs(store)
    assert (last, second, zeroth) == (now, other, done)
    assert (first.id, first.state) == (dangling.id, "stopped")
    assert "killed" in (first.message or "")


def test_runs_at_one_moment(store: Store) -> None:
    """Runs that begin at the same moment are told apart; the last ones are listed first."""
    ids = [_begun(store).id for _ in range(25)]
    assert len(set(ids)) == 25
    assert [run.id for run in _runs(store)] == ids[:-21:-1]


def test_a_run_by_its_id(store: Store) -> None:
    """One run is found by its id, none by another."""
    begun = _begun(store)
    _begun(store, "recode")
    with store.read() as connection:
        assert marks.find(connection, begun.id) == begun
        assert marks.find(connection, "run-0") is None


def _issue(number: int, **fields: str) -> Issue:
    whole = {"severity": "error", "stage": "sources"} | fields
    return Issue(code="bad", file=f"{number}.txt", message="it is bad; mend it", **whole)  # type: ignore[arg-type]


def test_issues_once(store: Store) -> None:
    """An issue is kept once, whichever run meets it again, with all its fields."""
    first, second = _begun(store), _begun(store, "recode")
    full = _issue(3, severity="note", place="line 5", article="article-1")
    found = [_issue(1), _issue(2, severity="warning"), full]
    with store.write() as connection:
        assert marks.add_issues(connection, first, []) == 0
        assert marks.add_issues(connection, first, [*found, found[0]]) == 3
        assert marks.add_issues(connection, second, [found[1], _issue(4)]) == 1
    with store.read() as connection:
        assert marks.issues(connection) == [*found, _issue(4)]
        assert marks.issues(connection, of=second) == [_issue(4)]
        assert marks.issues(connection, severity="note") == [full]
        assert marks.issues(connection, of=first, severity="error") == [found[0]]


def test_issues_dropped(store: Store) -> None:
    """Issues of an earlier coding go; those of other articles and stages stay."""
    run = _begun(store)
    mine = _issue(1, article="article-1", stage="coding")
    others = [_issue(2, article="article-2", stage="coding"), _issue(3, article="article-1")]
    with store.write() as connection:
        marks.add_issues(connection, run, [mine, *others])
        marks.drop_issues(connection, ["article-1"], ["language", "coding"])
        assert marks.issues(connection) == others
        assert marks.add_issues(connection, run, [mine]) == 1


def test_shards(store: Store) -> None:
    """How far a file was read is known by its place, the last word counting."""
    steps = [Shard("a.csv", "1-2", 100), Shard("ب.csv", "3-4", 2**40, done=True)]
    with store.write() as connection:
        for one in [*steps, Shard("a.csv", "1-9", 200, done=True)]:
            marks.mark(connection, one)
    with store.read() as connection:
        found = marks.shards(connection, ["a.csv", "ب.csv", "c.csv"])
        assert marks.shards(connection, []) == {}
    assert found == {"a.csv": Shard("a.csv", "1-9", 200, done=True), "ب.csv": steps[1]}


def test_feeds(store: Store) -> None:
    """A feed's state is the last that was set, with all its fields."""
    new = FeedState(url="https://a.example/feed", source="a")
    full = FeedState(
        url="https://b.example/feed", source="b", health="moved", reason="moved for good",
        checked=NOW, since=NOW, due=LATER, failures=3, etag='W/"1"', modified="x", digest="d",
        moved="https://c.example/feed",
    )  # fmt: skip
    with store.write() as connection:
        for state in (new, full, replace(new, health="ok", due=LATER)):
            marks.set_feed(connection, state)
    with store.read() as connection:
        assert marks.feeds(connection) == {
            new.url: replace(new, health="ok", due=LATER), full.url: full,
        }  # fmt: skip


def test_entries(store: Store) -> None:
    """Entries are known by feed and key; one that is listed again is as it was listed last."""
    one, other = "https://a.example/feed", "https://b.example/feed"
    full = Entry(
        feed=one, key="1", digest="d", url="https://a.example/1", article="article-1",
        fetched=NOW, etag="e", modified="m",
    )  # fmt: skip
    with store.write() as connection:
        marks.set_entries(connection, [Entry(feed=one, key="1", digest="c"), full])
        marks.set_entries(connection, [Entry(feed=other, key="1", digest="x")])
        marks.set_entries(connection, [])
    with store.read() as connection:
        assert marks.entries(connection, one) == {"1": full}
        assert [*marks.entries(connection, other)] == ["1"]
        assert marks.entries(connection, "https://c.example/feed") == {}


def _judgement(number: int, **fields: object) -> Judgement:
    whole = {"verdict": "accept", "author": "ann", "time": NOW} | fields
    return Judgement(id=f"judgement-{number}", target=f"claim-{number}", **whole)  # type: ignore[arg-type]


def _anchor(article: str) -> Anchor:
    trigger = a_span("They attacked.", "attacked")
    return Anchor(claim="claim-1", article=article, type="ASSAULT", span=trigger)


def test_judgements(store: Store) -> None:
    """Judgements stand in the order they were made, with every field; undone ones do not."""
    full = _judgement(
        1, verdict="correct", anchor=_anchor("article-1"), beside=_anchor("article-3"),
        field="killed", before={"low": 1}, after=[2, None, "x"], reason="it says two",
        time=datetime(2024, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=3))),
    )  # fmt: skip
    other = _judgement(2, verdict="same", other="claim-3", anchor=_anchor("article-2"))
    with store.write() as connection:
        for made in (full, other):
            judgements.add(connection, made)
    with store.read() as connection:
        assert judgements.standing(connection) == [full, other]
        assert judgements.standing(connection, article="article-2") == [other]
    with store.write() as connection:
        undone = judgements.undo(connection, full.id, LATER)
    back = (Reversal(undone=LATER),)
    assert undone == replace(full, undone=LATER, reversals=back)
    with store.read() as connection:
        assert judgements.standing(connection) == [other]
        assert judgements.standing(connection, article="article-1") == []


def test_a_judgement_is_never_changed(store: Store) -> None:
    """One under a name that is taken is refused; what there is none of cannot be undone."""
    with store.write() as connection:
        judgements.add(connection, _judgement(1))
    with pytest.raises(StoreError), store.write() as connection:
        judgements.add(connection, _judgement(1, verdict="reject"))
    with store.read() as connection:
        assert judgements.standing(connection) == [_judgement(1)]
    with pytest.raises(StoreError, match="judgement-2"), store.write() as connection:
        judgements.undo(connection, "judgement-2", LATER)


def test_moments_are_in_utc(store: Store) -> None:
    """A moment of any zone is the same moment when it is read, to the microsecond."""
    moment = datetime(2024, 3, 31, 1, 59, 59, 999999, tzinfo=timezone(-timedelta(hours=9.5)))
    run = _begun(store, now=moment)
    assert _runs(store) == [run]
    assert _runs(store)[0].started.tzinfo == UTC
