"""Articles into a store: new ones once, edits as versions, each place they were seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.build import an_article
from tocsin.pipeline import ingest
from tocsin.records.article import Article, Moment, article_id
from tocsin.records.capture import Capture, capture_id
from tocsin.records.issue import Issue
from tocsin.sources.files import Mark
from tocsin.sources.parcel import Parcel, fingerprint
from tocsin.sources.walk import Shard
from tocsin.store import articles, marks
from tocsin.store.open import Store, open_store

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
DAY = NOON.date()
PAGE = "https://teller.example/1"
FIRST = "Shells hit the market of Northfield on Monday. Twelve people were killed, a mayor said."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    with open_store(tmp_path / "a.db") as opened:
        yield opened


def a_parcel(
    text: str = FIRST, url: str | None = PAGE, *, day: date = DAY, place: str = "a.html"
) -> Parcel:
    """Return an article of a text as it came from a place."""
    moment = Moment(day)
    article = replace(
        an_article(text, language=None), id=article_id("", text, "The Teller", moment), url=url,
        published=moment,
    )  # fmt: skip
    return Parcel(article, a_capture(article, place), text.encode())


def a_capture(article: Article, place: str) -> Capture:
    """Return the capture of an article at a place."""
    raw = fingerprint(article.text.encode())
    name = capture_id(article.id, place, None, raw)
    return Capture(id=name, article=article.id, place=place, form="html", raw=raw)


def put(store: Store, *items: ingest.Item) -> Counter[str]:
    """Put items into a store and return what that counted."""
    with store.write() as connection:
        run = marks.begin(connection, "add", datetime.now(UTC))
    total: Counter[str] = Counter()
    for counts in ingest.add(store, items, run, NOON):
        total += counts
    return total


def chain(store: Store, url: str = PAGE) -> list[tuple[int, str, str]]:
    """Return the versions of an address, with the state of each version's article."""
    with store.read() as connection:
        steps = articles.versions(connection, f"url {url}")
        states = {
            s.article.id: s.state for s in articles.load(connection, [v.article for v in steps])
        }
    return [(step.number, step.change, states[step.article]) for step in steps]


def test_twice_is_once(store: Store) -> None:
    """The same article from the same place adds nothing; from another place a capture."""
    parcel = a_parcel()
    assert put(store, parcel, parcel) == {"new": 1, "seen": 1}
    assert put(store, a_parcel(place="b.html")) == {"seen": 1}
    with store.read() as connection:
        assert [c.place for c in articles.captures(connection, parcel.article.id)] == [
            "a.html", "b.html",
        ]  # fmt: skip


def test_an_edit_is_the_next_version_and_the_first_is_old(store: Store) -> None:
    """Both stay, in one chain."""
    put(store, a_parcel(), a_parcel(FIRST.replace("Twelve", "Fourteen")))
    assert chain(store) == [(1, "first", "old"), (2, "edit", "live")]


def test_a_new_day_on_the_same_words_is_no_version(store: Store) -> None:
    """An outlet that only moves the date publishes nothing new."""
    put(store, a_parcel())
    assert put(store, a_parcel(day=date(2024, 3, 9))) == {"seen": 1}
    assert chain(store) == [(1, "first", "live")]


def test_an_article_that_goes_back_lives_again(store: Store) -> None:
    """The first text comes back as the third version."""
    other = a_parcel(FIRST.replace("Twelve", "Fourteen"))
    put(store, a_parcel(), other, a_parcel())
    assert chain(store) == [(1, "first", "live"), (2, "edit", "old"), (3, "edit", "live")]


def test_a_retraction_is_marked(store: Store) -> None:
    """What is withdrawn stays, and says that it is."""
    put(store, a_parcel(), a_parcel(f"{FIRST}\nThis story has been retracted."))
    assert chain(store) == [(1, "first", "old"), (2, "retraction", "retracted")]


def test_one_text_under_two_addresses_lives_while_one_of_them_has_it(store: Store) -> None:
    """An edit under one address does not make the other's text old."""
    other = "https://teller.example/2"
    put(store, a_parcel(), a_parcel(url=other), a_parcel(FIRST.replace("Twelve", "Ten"), other))
    assert chain(store) == [(1, "first", "live")]
    assert chain(store, other) == [(1, "first", "live"), (2, "edit", "live")]


def test_the_language_is_told(store: Store) -> None:
    """Articles are kept with their language where it can be told."""
    put(store, a_parcel(" ".join([FIRST] * 3)))
    with store.read() as connection:
        (found,) = articles.waiting(connection, None, 0, 10)
    assert found.article.language == "en"


def test_issues_and_marks_land_with_their_batch(store: Store) -> None:
    """How far a file was read stands in the store, and what was wrong there."""
    issue = Issue(code="no-text", stage="sources", severity="error", file="a.jsonl", message="none")
    shard = Shard("a.jsonl", 120, 7, "lines")
    counts = put(store, a_parcel(), issue, Mark(shard, done=True, position=1))
    assert counts == {"new": 1, "errors": 1}
    with store.read() as connection:
        assert marks.issues(connection) == [issue]
        assert marks.shards(connection, ["a.jsonl"]) == {
            "a.jsonl": marks.Shard("a.jsonl", "120-7", 1, done=True)
        }


def test_a_batch_that_fails_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in the middle of a batch takes all of it back."""
    whole = articles.add_capture

    def failing(*arguments: object) -> bool:
        raise OSError("no power")

    put(store, a_parcel())
    monkeypatch.setattr(articles, "add_capture", failing)
    with pytest.raises(OSError, match="no power"):
        put(store, a_parcel("Another article of some words.", "https://teller.example/9"))
    monkeypatch.setattr(articles, "add_capture", whole)
    assert chain(store, "https://teller.example/9") == []
