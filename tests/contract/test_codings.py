"""Codings come out of a store byte for byte; a new one takes the place of the one before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from tests.build import DAY, a_claim, a_participant, a_span
from tests.shelves import Shelved
from tests.stored import NAME, NOW, STAMP, a_coded, a_parcel, a_report, keep, numbers, put
from tocsin.base.errors import StoreError
from tocsin.records.article import Moment, byline
from tocsin.records.coded import Coded
from tocsin.records.query import Query, Words
from tocsin.records.wire import dump
from tocsin.store import articles, codings, pack
from tocsin.store.open import Store
from tocsin.store.search import search
from tocsin.store.tables import article, claim, coding, meta, sentence, who

SPREAD = ("coding", "claim", "sentence", "party", "label", "statement", "relation", "entity")


def _load(store: Store, *ids: str) -> list[Coded]:
    with store.read() as connection:
        return codings.load(connection, ids)


def test_examples_byte_for_byte(
    library: tuple[Store, list[Shelved]], examples: tuple[Coded, ...]
) -> None:
    """Everything coded out of the bundled examples is read again as it was written."""
    names = [one.article.id for one in examples]
    assert [dump(one) for one in _load(library[0], *names)] == [dump(one) for one in examples]


def test_columns_of_examples(
    library: tuple[Store, list[Shelved]], examples: tuple[Coded, ...]
) -> None:
    """Records are spread over as many rows as there are, with their offsets and sentences."""
    store, shelf = library
    with store.read() as connection:
        query = sa.select(
            claim.c.id, claim.c.start, claim.c.end, sentence.c.start, sentence.c.end,
            sentence.c.words,
        ).join_from(claim, sentence)  # fmt: skip
        rows = {tuple(row) for row in connection.execute(query)}
    assert rows == {
        (c.id, c.trigger.start, c.trigger.end, c.sentence.start, c.sentence.end, c.sentence.quote)
        for of in shelf
        for c in of.claims
    }
    counted = [
        sum(len(getattr(one, name)) for one in examples)
        for name in ("statements", "relations", "entities")
    ]
    assert numbers(store, ("statement", "relation", "entity")) == counted
    assert all(counted)


def test_order_and_gaps(store: Store) -> None:
    """Codings come in the order asked for; articles without one are left out."""
    made = [a_report(number) for number in range(4)]
    put(store, *(parcel for parcel, _ in made))
    for _, coded in made[:3]:
        keep(store, coded)
    names = [parcel.article.id for parcel, _ in made]
    asked = [names[2], names[3], "article-0", names[0], names[1]]
    assert _load(store, *asked) == [made[2][1], made[0][1], made[1][1]]


def test_a_coding_replaced(store: Store) -> None:
    """Nothing of the coding before stays in any table; saving the same again changes nothing."""
    parcel, coded = a_report(1)
    put(store, parcel)
    keep(store, coded)
    before = numbers(store, SPREAD)
    keep(store, coded, now=NOW + timedelta(days=1))
    assert numbers(store, SPREAD) == before

    text = parcel.article.text
    fewer = replace(
        a_coded(parcel.article, a_claim(parcel.article, "times", code="RETREAT",
                                        sentence=a_span(text, text[:35]))),
        stamp=replace(STAMP, model="another"),
    )  # fmt: skip
    keep(store, fewer)
    assert _load(store, parcel.article.id) == [fewer]
    assert numbers(store, SPREAD) == [1, 1, 1, 0, 0, 0, 0, 0]
    with store.read() as connection:
        for words, found in (("southport", 0), ("northfield", 1)):
            assert len(search(connection, Query(where=Words((words,)))).hits) == found
        assert articles.count_waiting(connection, NAME) == 1


def test_skipped(store: Store) -> None:
    """An article left out has no coding, and is not tried again before something else codes."""
    parcel, coded = a_report(1)
    put(store, parcel)
    keep(store, coded)
    with store.write() as connection:
        (stored,) = articles.load(connection, [parcel.article.id])
        codings.skip(connection, stored.key, NAME, NOW)
    assert _load(store, parcel.article.id) == []
    assert numbers(store, SPREAD) == [1, 0, 0, 0, 0, 0, 0, 0]
    with store.read() as connection:
        assert articles.count_waiting(connection, None) == 0
        assert articles.count_waiting(connection, NAME) == 0
        assert articles.count_waiting(connection, "stamp-other") == 1


def test_claims_by_id(store: Store) -> None:
    """Claims are read by their ids, those of several articles and those that are not there."""
    made = [a_report(number) for number in range(3)]
    put(store, *(parcel for parcel, _ in made))
    keep(store, *(coded for _, coded in made))
    one, two = made[0][1].claims[1], made[2][1].claims[0]
    with store.read() as connection:
        assert codings.claims(connection, []) == {}
        found = codings.claims(connection, [two.id, "claim-0", one.id])
    assert found == {one.id: one, two.id: two}


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_all_that_is_said(store: Store, size: int) -> None:
    """Claims are read article by article, in the order these came, from behind any of them."""
    made = [a_report(number, source="a") for number in range(5)]
    put(store, *(parcel for parcel, _ in made))
    keep(store, *(coded for _, coded in reversed(made[1:])))
    with store.read() as connection:
        found = list(codings.stream(connection, size=size))
        assert list(codings.stream(connection, after=found[1].key, size=size)) == found[2:]
        assert list(codings.stream(connection, after=found[-1].key, size=size)) == []
    assert [one.claims for one in found] == [coded.claims for _, coded in made[1:]]
    assert [one.byline for one in found] == [
        byline(parcel.article, source="a", chain=f"file {parcel.article.doc}")
        for parcel, _ in made[1:]
    ]


def test_what_stands(store: Store) -> None:
    """What was edited, left out or forgotten says nothing any more; what was retracted is marked.

    The whole byline is read: address, agencies, hour, title.
    """
    parcels = [
        a_parcel(f"Rebels attacked {n}.", url=f"https://a.example/{n}", place=f"{n}.txt",
                 title="Attack", outlet=f"Outlet {n}", wire=("AFP",),
                 published=Moment(DAY, "minute", "23:59"))
        for n in range(5)
    ]  # fmt: skip
    put(store, *parcels)
    keep(store, *(a_coded(p.article, a_claim(p.article)) for p in parcels))
    states = ("live", "old", "retracted", "forgotten")
    with store.write() as connection:
        for stored, state in zip(
            articles.load(connection, [p.article.id for p in parcels]), states, strict=False
        ):
            mine = article.c.key == stored.key
            connection.execute(sa.update(article).where(mine).values(state=state))
        (last,) = articles.load(connection, [parcels[4].article.id])
        codings.skip(connection, last.key, NAME, NOW)
    with store.read() as connection:
        found = [one.byline for one in codings.stream(connection)]
    bylines = [byline(p.article, chain=f"url {p.article.url}") for p in parcels]
    assert found == [bylines[0], replace(bylines[2], retracted=True)]


def test_everybody_once(store: Store) -> None:
    """Whoever is named the same way in many claims is kept once."""
    made = [a_report(number) for number in range(5)]
    put(store, *(parcel for parcel, _ in made))
    keep(store, *(coded for _, coded in made))
    assert numbers(store, ("who", "party")) == [1, 10]
    text = made[0][0].article.text
    other = a_participant(a_span(text, "Rebels"), sectors=("REB",), entity="rebels")
    keep(store, a_coded(made[0][0].article, a_claim(made[0][0].article, actors=(other,))))
    assert numbers(store, ("who", "party")) == [2, 9]


def test_many_in_one_claim(store: Store) -> None:
    """Somebody who takes part twice, or in two ways, does so in the store as well."""
    parcel = a_parcel("Rebels attacked rebels.")
    rebels = a_participant(a_span(parcel.article.text, "Rebels"))
    one = a_claim(
        parcel.article, modes=("drone", "drone"), actors=(rebels, rebels), recipients=(rebels,),
        speakers=(rebels, rebels),
    )  # fmt: skip
    put(store, parcel)
    keep(store, a_coded(parcel.article, one))
    assert _load(store, parcel.article.id) == [a_coded(parcel.article, one)]
    assert numbers(store, ("party", "label", "who")) == [5, 1, 1]


def test_a_failure_leaves_the_old_coding(store: Store) -> None:
    """A batch that fails at its end leaves codings as they were, in every table."""
    parcel, coded = a_report(1)
    put(store, parcel)
    keep(store, coded)
    before = _whole(store)
    with pytest.raises(RuntimeError, match="stop"):
        _half_saved(store, a_coded(parcel.article))
    assert _whole(store) == before


def _half_saved(store: Store, coded: Coded) -> None:
    with store.write() as connection:
        (stored,) = articles.load(connection, [coded.article.id])
        codings.save(connection, stored.key, coded, "stamp-new", NOW)
        raise RuntimeError("stop")


def _whole(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.read() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=str)
            for table in meta.sorted_tables
        }


def test_damaged_bytes(store: Store) -> None:
    """A coding whose bytes are damaged is told as such, not read as something else."""
    parcel, coded = a_report(1)
    put(store, parcel)
    keep(store, coded)
    whole = pack.packed(coded)
    for bad in (whole[:-5], whole[5:], b"", pack.squeezed(b"[1]"), pack.squeezed(b"{")):
        with store.write() as connection:
            connection.execute(sa.update(coding).values(body=bad))
        with pytest.raises(StoreError, match=r"bytes"):
            _load(store, parcel.article.id)


def test_names_of_stamps() -> None:
    """A stamp's name tells every part of it."""
    others = [
        replace(STAMP, **{name: "x"}) for name in STAMP.__struct_fields__
    ]  # fmt: skip
    assert len({codings.stamp_name(one) for one in [STAMP, *others]}) == 6
    assert codings.stamp_name(replace(STAMP)) == NAME


def test_who_is_told_apart(store: Store) -> None:
    """Two who differ in one field are two, whichever it is."""
    parcel = a_parcel("Rebels attacked.")
    span = a_span(parcel.article.text, "Rebels")
    people = (
        a_participant(span, "Rebels"),
        a_participant(span, "rebels"),
        a_participant(span, "Rebels", country="LBN"),
        a_participant(span, "Rebels", entity="LBN"),
        a_participant(span, "Rebels", sectors=("REB", "MIL")),
        a_participant(span, "Rebels", sectors=("MIL", "REB")),
    )
    put(store, parcel)
    keep(store, a_coded(parcel.article, a_claim(parcel.article, actors=people)))
    with store.read() as connection:
        assert len(connection.execute(sa.select(who)).all()) == len(people)
