"""An outlet that asks for it is forgotten: no word of it is left, in any table."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from tests.build import a_claim, a_participant, a_reading, a_span
from tests.stored import NOW, a_coded, a_parcel, keep, put
from tocsin.base.errors import StoreError
from tocsin.pipeline import visits
from tocsin.records.claim import Place
from tocsin.records.coded import Coded
from tocsin.records.entity import Entity
from tocsin.records.evidence import Span
from tocsin.records.feed import Entry, FeedState
from tocsin.records.issue import Issue
from tocsin.records.judgement import Anchor, Judgement
from tocsin.records.query import Query, Words
from tocsin.records.relation import Relation
from tocsin.records.source import Feed, Source
from tocsin.records.statement import Statement
from tocsin.sources import catalog
from tocsin.sources.parcel import Parcel, fingerprint
from tocsin.store import (
    articles,
    codings,
    forgetting,
    judgements,
    marks,
    pack,
    readings,
    search,
    tables,
)
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
        _said_of(connection, hidden)
        _said_of(connection, kept)
    return mine, other


def _said_of(connection: Connection, coded: Coded) -> None:
    """Keep a reading, an issue and a judgement of an article, each with words of it."""
    article, claim = coded.article, coded.claims[0]
    words = article.text.split()[0]
    (key,) = codings.keys_of(connection, [article.id]).values()
    readings.put(connection, key, a_reading(f"{words} {words} PROPN 0 root"))
    run = marks.begin(connection, "run", NOW)
    issue = Issue(
        code="bad-date", stage="sources", severity="note", file=article.doc, article=article.id,
        message=f"{words} is no date",
    )  # fmt: skip
    marks.add_issues(connection, run, [issue])
    anchor = Anchor(
        claim=claim.id, article=article.id, type=claim.type, span=a_span(article.text, words)
    )
    made = Judgement(
        id=f"judgement-of-{claim.id}", verdict="correct", target=claim.id, author="ann", time=NOW,
        reason=f"{words} did it", anchor=anchor, field="actors", before=words, after=[words],
    )  # fmt: skip
    judgements.add(connection, made)


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
        assert forgetting.count(connection, "THE TELLER") == 2
        assert forgetting.forget(connection, "the teller", NOW) == 2
    with store.write() as connection:
        assert forgetting.count(connection, "The Teller") == 0
        assert forgetting.forget(connection, "The Teller", NOW) == 0

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
        forgetting.forget(connection, "The Teller", NOW)
    with store.read() as connection:
        assert before == (
            codings.load(connection, [other.article.id]),
            articles.load(connection, [other.article.id]),
        )
        assert [*readings.load(connection, [other.article.id])] == [other.article.id]
        assert "Rebels is no date" in {one.message for one in marks.issues(connection)}
        assert judgements.standing(connection)[1].reason == "Rebels did it"
        assert articles.raw_bytes(connection, fingerprint(b"other")) == b"other"
        for words, number in ((HIDDEN, 0), ("attacked", 1), ("northfield", 1)):
            query = Query(where=Words((words,)))
            assert search.count(connection, query)[0] == number
    names = _rows(store, "who", ("name",))
    assert names == [("rebels",)]


def test_what_stays_of_judgements(store: Store) -> None:
    """Who judged what, how and when stays, and where in the text; words and reasons go."""
    _filled(store)
    with store.write() as connection:
        before = judgements.standing(connection)[0]
        forgetting.forget(connection, "The Teller", NOW)
    with store.read() as connection:
        found = judgements.standing(connection)[0]
    assert before.anchor
    at = before.anchor.span
    span = Span(at.start, at.end, " " * len(HIDDEN))
    bare = replace(before, reason="", before=None, after=None)
    assert found == replace(bare, anchor=replace(before.anchor, span=span))


def test_a_name_without_letters(store: Store) -> None:
    """What names no outlet forgets nothing, articles without an outlet least of all."""
    put(store, a_parcel("Rebels attacked.", outlet=None))
    with store.write() as connection, pytest.raises(StoreError, match="names no outlet"):
        forgetting.forget(connection, " - ", NOW)


def test_the_forgotten_do_not_come_back(store: Store) -> None:
    """What comes of a forgotten outlet is left out, and said to be, whatever it quotes."""
    mine, _ = _filled(store)
    with store.write() as connection:
        forgetting.forget(connection, "The Teller", NOW)
    new = a_parcel(f"{HIDDEN} attacked again.", outlet="THE TELLER", raw=HIDDEN.encode() * 2)
    bare = a_parcel("Rebels attacked.", outlet=None, place="tales/bare.txt")
    later = NOW + timedelta(days=1)
    assert put(store, mine, new, bare, now=later) == {"left out": 2, "notes": 2, "new": 1}
    assert HIDDEN.lower() not in _everything(store).lower()
    with store.read() as connection:
        assert articles.known(connection, {new.article.id, bare.article.id}) == {bare.article.id}
        left = [one for one in marks.issues(connection) if one.code == forgetting.LEFT_OUT]
    assert [one.article for one in left] == [mine.article.id, new.article.id]
    assert put(store, mine, new, now=later)["left out"] == 2


def test_feeds_of_the_forgotten_are_not_visited(store: Store, tmp_path: Path) -> None:
    """A source that is forgotten is not due; remembered, it is again."""
    file = tmp_path / "sources.yml"
    teller = Source(id="teller", name="The  Teller", feeds=(Feed(url=FEED),))
    listed = catalog.add(file, [teller, Source(id="other", name="Another", feeds=(Feed(url=URL),))])
    assert [call[1].url for call in visits.due(store, listed, NOW)] == [FEED, URL]
    with store.write() as connection:
        forgetting.forget(connection, "The Teller", NOW)
    assert [call[1].url for call in visits.due(store, listed, NOW)] == [URL]
    with store.write() as connection:
        assert forgetting.remember(connection, "The Teller")
    assert [call[1].url for call in visits.due(store, listed, NOW)] == [FEED, URL]


def test_remembering(store: Store) -> None:
    """What was left out comes in again, by file and by feed; what was forgotten has no text."""
    mine, _ = _filled(store)
    new = a_parcel("Rebels attacked again.", place="tales/new.txt")
    shards = [marks.Shard(place, "1", 1, done=True) for place in ("tales/new.txt", "other.txt")]
    with store.write() as connection:
        assert not forgetting.remember(connection, "The Teller")
        forgetting.forget(connection, "The Teller", NOW)
        assert [one.outlet for one in forgetting.outlets(connection).values()] == ["The Teller"]
    put(store, new)
    with store.write() as connection:
        for one in shards:
            marks.mark(connection, one)
        listed = Entry(feed=FEED, key="new", digest="d", article=new.article.id)
        marks.set_entries(connection, [listed])
        assert forgetting.remember(connection, "the teller")
        assert forgetting.outlets(connection) == {}
        assert [*marks.shards(connection, [one.place for one in shards])] == ["other.txt"]
        assert [*marks.entries(connection, FEED)] == ["other"]
        assert forgetting.LEFT_OUT not in {one.code for one in marks.issues(connection)}
    assert put(store, mine, new) == {"seen": 1, "new": 1}
    with store.read() as connection:
        states = [one.state for one in articles.load(connection, [mine.article.id, new.article.id])]
    assert states == ["forgotten", "live"]


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
                    out.append(
                        pack.expanded(value).decode(errors="replace") if bytes_ else str(value)
                    )
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
