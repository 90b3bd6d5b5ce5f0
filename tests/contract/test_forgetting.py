"""An outlet that asks for it is forgotten: no word of it is left, in any table."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from msgspec.structs import replace

from tests.build import a_claim, a_participant, a_span
from tests.stored import NOW, a_coded, a_parcel, keep, put
from tocsin.records.claim import Place
from tocsin.records.coded import Coded
from tocsin.records.entity import Entity
from tocsin.records.feed import Entry, FeedState
from tocsin.records.query import Query, Words
from tocsin.records.relation import Relation
from tocsin.records.statement import Statement
from tocsin.sources.parcel import Parcel, fingerprint
from tocsin.store import articles, codings, marks, pack, search, tables
from tocsin.store.open import Store

HIDDEN = "Zorblax"
URL = "https://teller.example/1"
FEED = "https://teller.example/feed"


def _mine() -> tuple[Parcel, Coded]:
    """Return an article whose coding names the hidden word wherever it can."""
    text = f"{HIDDEN} attacked {HIDDEN}."
    raw = HIDDEN.encode()
    mine = a_parcel(text, title=HIDDEN, url=URL, authors=(HIDDEN,), source="teller", raw=raw)
    span, name = a_span(text, HIDDEN), mine.article.id
    who = a_participant(span, HIDDEN)
    claim = a_claim(
        mine.article, actors=(who, a_participant(a_span(text, "attacked"), "rebels")),
        recipients=(who,), speakers=(who,),
        place=Place(span=span, name=HIDDEN, country="LBN", geonames=5),
    )  # fmt: skip
    statement = Statement(id="statement-1", article=name, content=span, speaker=who)
    relation = Relation(
        id="relation-1", article=name, subject=who, relation="opposes", object=who, span=span
    )
    entity = Entity(id="entity-1", article=name, name=HIDDEN, kind="person", mentions=(span,))
    coded = a_coded(mine.article, claim)
    return mine, replace(
        coded, statements=(statement,), relations=(relation,), entities=(entity,)
    )  # fmt: skip


def _other() -> tuple[Parcel, Coded]:
    """Return an article of another outlet; some of those who take part are the same."""
    text = "Rebels attacked Northfield."
    other = a_parcel(text, outlet="Another", place="tales/other.txt", raw=b"other")
    rebels = a_participant(a_span(text, "Rebels"), "rebels")
    return other, a_coded(other.article, a_claim(other.article, actors=(rebels,)))


def _filled(store: Store) -> tuple[Parcel, Parcel]:
    """Fill a store; return the article that is to be forgotten, and the one that is to stay."""
    (mine, hidden), (other, kept) = _mine(), _other()
    put(store, mine, other)
    keep(store, hidden, kept)
    made = (("mine", mine), ("other", other))
    with store.write() as connection:
        marks.set_feed(connection, FeedState(url=FEED, source="teller"))
        marks.set_entries(
            connection,
            [Entry(feed=FEED, key=key, digest="d", article=one.article.id) for key, one in made],
        )
    return mine, other


def test_forgetting(store: Store) -> None:
    """An outlet's words are nowhere in the store any more; ids, hashes and offsets stay."""
    mine, _ = _filled(store)
    put(store, a_parcel(f"Retraction: this article is retracted for {HIDDEN}.", url=URL))
    kept = ("id", "chain", "doc", "digest", "outlet", "url", "published", "added")
    before = (
        _rows(store, "article", kept),
        _rows(store, "claim", ("id", "start", "end", "geonames")),
    )
    sentences = _rows(store, "sentence", ("start", "end"))
    assert HIDDEN in _everything(store)

    with store.write() as connection:
        assert articles.forget(connection, "The Teller") == 2
    with store.write() as connection:
        assert articles.forget(connection, "The Teller") == 0

    assert HIDDEN.lower() not in _everything(store).lower()
    assert before == (
        _rows(store, "article", kept), _rows(store, "claim", ("id", "start", "end", "geonames")),
    )  # fmt: skip
    assert sentences == _rows(store, "sentence", ("start", "end"))
    with store.read() as connection:
        (gone,) = articles.load(connection, [mine.article.id])
        assert (gone.state, gone.article.title, gone.article.text) == ("forgotten", "", "")
        assert [c.raw for c in articles.captures(connection, mine.article.id)] == [
            fingerprint(HIDDEN.encode())
        ]
        assert articles.raw_bytes(connection, fingerprint(HIDDEN.encode())) is None
        assert codings.load(connection, [mine.article.id]) == []
        named = _rows(store, "claim", ("id",))
        assert len(codings.claims(connection, [str(row[0]) for row in named])) == 1
        assert articles.waiting(connection, None, 0, 10) == []
        assert [*marks.entries(connection, FEED)] == ["other"]


def test_what_is_not_forgotten(store: Store) -> None:
    """Articles of other outlets keep everything, those who take part in both among it."""
    _, other = _filled(store)
    with store.read() as connection:
        before = (
            codings.load(connection, [other.article.id]),
            articles.load(connection, [other.article.id]),
        )
    with store.write() as connection:
        articles.forget(connection, "The Teller")
    with store.read() as connection:
        assert before == (
            codings.load(connection, [other.article.id]),
            articles.load(connection, [other.article.id]),
        )
        assert articles.raw_bytes(connection, fingerprint(b"other")) == b"other"
        for words, number in ((HIDDEN, 0), ("attacked", 1), ("northfield", 1)):
            query = Query(where=Words((words,)))
            assert search.count(connection, query)[0] == number
    names = _rows(store, "who", ("name",))
    assert names == [("rebels",)]


def test_the_forgotten_do_not_come_back(store: Store) -> None:
    """An article that is met again after it was forgotten brings neither text nor bytes back."""
    mine, _ = _filled(store)
    with store.write() as connection:
        articles.forget(connection, "The Teller")
    assert put(store, mine, now=NOW + timedelta(days=1)) == {"seen": 1}
    assert HIDDEN.lower() not in _everything(store).lower()


def _rows(store: Store, table: str, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    names = ", ".join(f'"{name}"' for name in columns)
    with store.read() as connection:
        found = connection.exec_driver_sql(f"SELECT {names} FROM {table} ORDER BY {names}")  # noqa: S608 - ours
        return [tuple(row) for row in found]


def _everything(store: Store) -> str:
    """Return every value of every table, those that are packed unpacked."""
    out = []
    with store.read() as connection:
        for table in tables.meta.sorted_tables:
            for row in connection.execute(sa.select(table)):
                for value in row:
                    bytes_ = isinstance(value, bytes)
                    out.append(pack.expanded(value).decode() if bytes_ else str(value))
        for name in ("article", "sentence"):
            if store.dialect == "postgresql":
                found = connection.exec_driver_sql(f"SELECT search FROM {name}_text")  # noqa: S608 - ours
            else:
                connection.exec_driver_sql("PRAGMA query_only=OFF")
                connection.exec_driver_sql(
                    f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_words "
                    f"USING fts5vocab(main, {name}_text, 'row')"
                )
                found = connection.exec_driver_sql(f"SELECT term FROM {name}_words")  # noqa: S608 - ours
            out += [str(row[0]) for row in found]
    return "\n".join(out)
