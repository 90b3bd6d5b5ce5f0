"""Words that are common are found as rare ones are; SQLite only goes another way."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.plain import found
from tests.shelves import Shelved
from tests.stored import a_report, keep, put
from tocsin.records.query import Order, Phrase, Prefix, Query, Words
from tocsin.store import match
from tocsin.store.open import Store, open_store
from tocsin.store.search import count, explain, search
from tocsin.store.syntax import parse
from tocsin.store.tables import article, sentence

TEXTS = (
    "attacked",
    "milit*",
    '"air strikes"',
    '"israel iraq security"~4',
    "attacked OR milit*",
    "attacked -rebels",
    "attacked type:ASSAULT",
    "attacked version:all reported:2024",
    "anti-aircr* OR hadath",
)
ORDERS: tuple[Order, ...] = ("newest", "oldest", "added")


@pytest.mark.parametrize("kind", ["claims", "articles"])
def test_the_same_is_found(
    library: tuple[Store, list[Shelved]],
    kind: Literal["claims", "articles"],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether words are taken for common or not, the same pages come, in every order."""
    store, shelf = library
    monkeypatch.setattr(match, "COMMON", 0)
    for number, text in enumerate(TEXTS):
        query = Query(where=parse(text), kind=kind, order=ORDERS[number % 3], limit=10_000)
        with store.read() as connection:
            hits = [hit.id for hit in search(connection, query).hits]
            assert count(connection, query) == (len(hits), False)
        assert hits == found(shelf, query), query


def test_what_is_common(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are common in SQLite where more rows have them than the limit; marks never are."""
    made = [a_report(number) for number in range(4)]
    put(store, *(parcel for parcel, _ in made))
    keep(store, *(coded for _, coded in made[:3]))
    monkeypatch.setattr(match, "COMMON", 3)
    sqlite = store.dialect == "sqlite"
    with store.read() as connection:
        for node in (Words(("rebels",)), Phrase(("rebels", "shelled")), Prefix("reb")):
            assert match.is_common(connection, node, article) == sqlite
            assert not match.is_common(connection, node, sentence)
        for node in (Words(("2",)), Words(("!",)), Words(("rebels", "2"))):
            assert not match.is_common(connection, node, article)


@pytest.mark.parametrize("kind", ["claims", "articles"])
def test_the_way_there(
    sqlite_url: str, kind: Literal["claims", "articles"], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite sorts the rows of rare words, and goes through the page's order for common ones."""
    query = Query(where=Words(("rebels",)), kind=kind)
    with open_store(sqlite_url) as store:
        put(store, *(a_report(number)[0] for number in range(3)))
        keep(store, *(a_report(number)[1] for number in range(3)))
        with store.read() as connection:
            rare = explain(connection, query)
            monkeypatch.setattr(match, "COMMON", 0)
            common = explain(connection, query)
    assert any("ORDER BY" in step for step in rare)
    assert not any("ORDER BY" in step for step in common)
