"""Searches find in either database what going through all records one by one finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace

from tests.build import DAY
from tests.plain import found
from tests.shelves import Shelved
from tests.stored import a_report, keep, put
from tocsin.base.errors import QueryError
from tocsin.records.query import FIELDS, All, Field, Node, Order, Query, either, leaves, without
from tocsin.store import articles, backup, codings
from tocsin.store.open import Store, open_store
from tocsin.store.search import Found, count, everything, explain, search
from tocsin.store.syntax import parse

TODAY = date(2024, 12, 10)
Kind = Literal["claims", "articles"]
Library = tuple[Store, list[Shelved]]

# One part of a search each: every field, every operator, words of every kind.
PARTS = """\
type:THREATEN
type:assault,ACCUSE
mode:drone
mode:air-strike,heavy-weapons
context:election
modality:actual
modality:possible,future,conditional
outcome:foiled
outcome:intercepted,failed
actor:ISR
actor:"Bob Anstrom"
actor:rebels
actor:"%"
recipient:IRQ
recipient:"al hadath",SYR
about:Hezbollah
about:chn-hadath
said_by:"Al-Hadath"
said_by:government
country:LBN
country:isr,SDN
place:Eilat
place:"kafr ayn"
place:2147483648
place:99999999999999999999
place:²
place:LBN
dyad:ISR-IRQ
dyad:IRQ-ISR
dyad:ISR~IRQ
dyad:"al-Hadath"~"Bob Anstrom"
sector:REB
sector:mil,MED
sector:"%"
date:2024-02-27
date:2024-11
date:2024-11-18..2024-11-21
date:>2024-11-20
date:..2024-03-01
on:2024-11-18
after:2024-11-20
before:2024-11-20
reported:2024-11
reported:2024-02-29
reported_after:2024-11-20
reported_before:2024-11
since:2024-12-05
since:2024-12-02
since:1d
source:one
source:two,Three
outlet:"the teller"
outlet:"ИЗВЕСТИЯ","ÉCONOMIE"
outlet:"TESSALY wire"
language:en
language:XX
confidence:>=0.6
confidence:<0.5
confidence:0.5..0.5
killed:0
killed:>2
killed:<=3
injured:12..40
injured:>=1
condition:yes
condition:no
deadline:yes
deadline:no
denied:yes
denied:no
review:accepted
review:rejected,corrected
review:none
version:all
version:old
version:retracted,live
chain:"file tales/sad.txt"
chain:"url https://b.example/2"
attacked
rebels attacked
air strikes
"air strikes"
"strikes air"
"the air"~2
"israel iraq security"~4
"one three two"~1
"five one three"~2
"two two one"~2
"seven one attacked"~4
milit*
"anti aircraft"
aircraft
anti-aircraft
anti-aircr*
afp
hadath
"hadath afp"
"u.s. forces"
3.5
"a.b@example.org"
example
http
"strike report"
2024-11-21
"state of the art war planes"
armee
Armée
straße
STRASSE
tire
киев
елкино
Ёлк*
أحمد
احمد
الجيش
한국
군대*
north
123
fire
शहर
"fall silent"
"guns fall"
"guns fall"~3
"guns 😀"
100%
quoted
"'quoted' so"
sure
"no such words at all"
zzz*
""".splitlines()


def _read(text: str) -> Node:
    return parse(text, today=TODAY)


def _pool(shelf: list[Shelved]) -> list[Node]:
    """Return one part of a search each, with the ids of a few records among them."""
    claims = [one.id for of in shelf[::9] for one in of.claims[::4]]
    names = [of.article.id for of in shelf[::11]]
    ids = [Field("id", "in", (*claims, names[0])), Field("article", "in", tuple(names))]
    return [*map(_read, PARTS), *ids]


def _all(store: Store, query: Query) -> list[str]:
    with store.read() as connection:
        return [hit.id for hit in search(connection, query).hits]


def test_every_field_is_asked() -> None:
    """No field of a search is left out of these tests."""
    asked = {leaf.name for part in PARTS for leaf in leaves(_read(part)) if isinstance(leaf, Field)}
    assert asked | {"id", "article"} == {form.of or name for name, form in FIELDS.items()}


def test_as_a_plain_filter_finds(library: Library) -> None:
    """Each part of a search finds the records that meet it, in order, and no others."""
    store, shelf = library
    empty = []
    for number, part in enumerate(_pool(shelf)):
        kinds: list[Kind] = ["claims", "articles"]
        asked = [Query(where=part, kind=kind, limit=10_000) for kind in kinds]
        if number % 2:
            asked.append(Query(where=without(part), kind=kinds[number % 4 // 2], limit=10_000))
        for query in asked:
            assert _all(store, query) == _expected(shelf, query), query
        empty += [] if _expected(shelf, asked[0]) else [part]
    # Of parts that find nothing there are only those meant to.
    assert len(empty) < 12, empty


EXPECTED: dict[Query, list[str]] = {}


def _expected(shelf: list[Shelved], query: Query) -> list[str]:
    """Return what a search should find, looked for once for both databases."""
    if query not in EXPECTED:
        EXPECTED[query] = found(shelf, query)
    return EXPECTED[query]


def test_parts_together(library: Library) -> None:
    """AND, OR and NOT, within one another, find what they say; both kinds, every order."""
    store, shelf = library
    lots = random.Random(5)  # noqa: S311 - the same every time
    pool = _pool(shelf)
    orders: tuple[Order, ...] = ("newest", "oldest", "added")
    some = 0
    for number in range(60):
        query = Query(
            where=_random(lots, pool, 3), kind=lots.choice(("claims", "articles")),
            order=orders[number % 3], limit=10_000,
        )  # fmt: skip
        some += bool(_expected(shelf, query))
        assert _all(store, query) == _expected(shelf, query), query
    assert some > 30


def _random(lots: random.Random, pool: list[Node], depth: int) -> Node:
    kind = lots.choice(("leaf", "all", "any", "not")) if depth else "leaf"
    if kind == "leaf":
        return lots.choice(pool)
    parts = [_random(lots, pool, depth - 1) for _ in range(lots.randint(2, 3))]
    if kind == "not":
        return without(parts[0])
    return All(tuple(parts)) if kind == "all" else either(*parts)


def test_the_same_from_both(sqlite_library: Library, postgresql_library: Library) -> None:
    """Both databases give the same pages and counts, hit for hit."""
    lots = random.Random(6)  # noqa: S311 - the same every time
    pool = _pool(sqlite_library[1])
    assert [of.article for of in sqlite_library[1]] == [of.article for of in postgresql_library[1]]
    for number in range(25):
        where = _random(lots, pool, 2)
        for kind in ("claims", "articles"):
            query = Query(where=where, kind=kind, limit=1 + number)
            given = []
            for store, _ in (sqlite_library, postgresql_library):
                with store.read() as connection:
                    given.append((search(connection, query), count(connection, query)))
            assert given[0] == given[1], query


def test_what_is_found_already_changes_no_page(library: Library) -> None:
    """Pages are the same where all that is found is known, and where that were too many to keep."""
    store, shelf = library
    lots = random.Random(7)  # noqa: S311 - the same every time
    pool = _pool(shelf)
    for number, where in enumerate([*pool, *(_random(lots, pool, 2) for _ in range(20))]):
        kind: Kind = "articles" if number % 3 == 2 else "claims"
        order: Order = ("newest", "oldest", "added")[number % 3]  # type: ignore[assignment]
        query = Query(where=where, kind=kind, order=order, limit=5)
        with store.read() as connection:
            whole = everything(connection, query)
            assert sorted(whole.ids) == sorted(_expected(shelf, replace(query, limit=10_000)))
            page = search(connection, query)
            for held in (whole, Found((), (), more=True)):
                assert search(connection, query, held) == page, query
            if page.next is not None:
                after = replace(query, after=page.next)
                for held in (whole, Found((), (), more=True)):
                    assert search(connection, after, held) == search(connection, after), query


def test_counts(library: Library) -> None:
    """A count says how many records a search finds, and that there are no more."""
    store, shelf = library
    for text in ("", "type:THREATEN", "-attacked", "country:ISR version:all"):
        for kind in ("claims", "articles"):
            query = Query(where=_read(text), kind=kind)
            with store.read() as connection:
                assert count(connection, query) == (len(found(shelf, query)), False)


def test_counts_have_an_end(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A count that would take long stops, and says that there are more."""
    store, shelf = library
    monkeypatch.setattr("tocsin.store.search.COUNTED", 7)
    with store.read() as connection:
        assert count(connection, Query()) == (7, True)
        whole = everything(connection, Query())
        assert (len(whole.keys), len(whole.ids), whole.more) == (7, 7, True)
    monkeypatch.setattr("tocsin.store.search.COUNTED", len(found(shelf, Query())))
    with store.read() as connection:
        assert count(connection, Query()) == (len(found(shelf, Query())), False)


@pytest.mark.parametrize("kind", ["claims", "articles"])
@pytest.mark.parametrize("order", ["newest", "oldest", "added"])
def test_pages_have_no_gap_and_no_double(store: Store, order: Order, kind: str) -> None:
    """Page after page gives every record once, though others come in meanwhile."""
    _add(store, range(24))
    query = Query(kind="claims" if kind == "claims" else "articles", order=order, limit=9)
    before = _all(store, Query(kind=query.kind, order=order, limit=10_000))
    given: list[str] = []
    for page in _pages(store, query):
        given += page
        number = 100 + 3 * len(given)
        _add(store, range(number, number + 3))
    assert len(set(given)) == len(given)
    assert [name for name in given if name in set(before)] == before


def _add(store: Store, numbers: range) -> None:
    """Add articles of a few days in no order."""
    made = [a_report(n, day=DAY + timedelta((7 * n) % 5)) for n in numbers]
    put(store, *(parcel for parcel, _ in made))
    keep(store, *(coded for _, coded in made))


def _pages(store: Store, query: Query) -> Iterator[list[str]]:
    while True:
        with store.read() as connection:
            page = search(connection, query)
        yield [hit.id for hit in page.hits]
        if page.next is None:
            return
        query = Query(where=query.where, kind=query.kind, order=query.order, limit=9,
                      after=page.next)  # fmt: skip


def test_hits_and_the_end(store: Store) -> None:
    """A hit names its record, its article and its day; a page that is just full is the last."""
    parcel, coded = a_report(1)
    put(store, parcel)
    keep(store, coded)
    with store.read() as connection:
        page = search(connection, Query(limit=2))
    assert page.next is None
    assert {(hit.id, hit.article, hit.reported) for hit in page.hits} == {
        (one.id, parcel.article.id, DAY) for one in coded.claims
    }


def test_cursors_of_other_searches(library: Library) -> None:
    """A page begins behind a cursor of its own search alone."""
    store, _ = library
    with store.read() as connection:
        cursor = search(connection, Query(where=_read("type:ASSAULT"), limit=1)).next
        others = (
            Query(where=_read("type:ASSAULT"), order="oldest", after=cursor),
            Query(where=_read("type:ASSAULT"), kind="articles", after=cursor),
            Query(where=_read("type:THREATEN"), after=cursor),
            *(Query(after=text) for text in ("", "x", "WzFd", "bnVsbA", "é", "WyJhIiwiYiJd")),
        )
        for query in others:
            with pytest.raises(QueryError, match="cursor"):
                search(connection, query)
        assert search(connection, Query(where=_read("type:ASSAULT"), limit=3, after=cursor)).hits


def test_since_is_when_it_came(store: Store) -> None:
    """`since` means the day in UTC on which an article came in, to the last moment of it."""
    parcel, coded = a_report(1)
    put(store, parcel, now=datetime(2024, 12, 1, 23, 30, tzinfo=UTC))
    keep(store, coded)
    assert len(_all(store, Query(where=_read("since:2024-12-01")))) == 2
    assert _all(store, Query(where=_read("since:2024-12-02"))) == []


def test_old_claims_stay(store: Store) -> None:
    """Claims of a version that was superseded are found when asked for, not otherwise."""
    from tests.shelves import _changed  # noqa: PLC0415

    shelf = list(_changed(store, datetime(2024, 12, 1, tzinfo=UTC)))
    old = [one.id for of in shelf if of.state == "old" for one in of.claims]
    assert sorted(_all(store, Query(where=_read("version:old")))) == sorted(old)
    assert not set(old) & set(_all(store, Query()))


def test_records_of_hits(library: Library) -> None:
    """Claims and articles that were found can be read by their ids."""
    store, shelf = library
    known = {one.id: one for of in shelf for one in of.claims}
    with store.read() as connection:
        page = search(connection, Query(where=_read("type:ASSAULT"), limit=200))
        assert codings.claims(connection, [hit.id for hit in page.hits]) == {
            hit.id: known[hit.id] for hit in page.hits
        }
        loaded = articles.load(connection, [hit.article for hit in page.hits])
    assert [one.article.id for one in loaded] == [hit.article for hit in page.hits]


def test_plans_can_be_read(library: Library) -> None:
    """The database says how it means to answer a search, whatever stands in it."""
    store, shelf = library
    with store.read() as connection:
        for part in _pool(shelf):
            assert explain(connection, Query(where=part))


def test_found_after_restoring(library: Library, bare: str, tmp_path: Path) -> None:
    """What a backup is restored into, of either kind, finds the same."""
    store, shelf = library
    backup.backup(store, tmp_path / "backup.db", datetime(2025, 1, 1, tzinfo=UTC))
    with open_store(bare) as restored:
        backup.restore(tmp_path / "backup.db", restored)
        for text in ("", "attacked", '"al hadath"', "milit* -israel", "actor:ISR", "version:all"):
            for kind in ("claims", "articles"):
                query = Query(where=_read(text), kind=kind, limit=10_000)
                assert _all(restored, query) == _expected(shelf, query), query
