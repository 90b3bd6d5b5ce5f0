"""Fusion in a store ends where a fusion of everything in memory does, whatever the way there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from tests.stored import NOW, keep, put
from tocsin.fusion import fuse
from tocsin.fusion.told import Sources
from tocsin.pipeline import fusing, judging
from tocsin.records.article import Moment, article_id
from tocsin.records.capture import Capture, capture_id
from tocsin.records.claim import claim_id
from tocsin.records.coded import Coded, Stamp
from tocsin.records.event import Event
from tocsin.records.judgement import Judgement
from tocsin.sources.parcel import Parcel
from tocsin.store import events, judgements
from tocsin.store import fusing as kept
from tocsin.store.open import Store
from tocsin.store.tables import event, member

NONE: Sources = {}
OTHER = Stamp("0.2.0", "ontology", "model", "gazetteer")


def _parcel(coded: Coded) -> Parcel:
    article = coded.article
    name = capture_id(article.id, article.doc, None, None)
    return Parcel(article, Capture(id=name, article=article.id, place=article.doc, form="json"))


def _add(store: Store, coded: Sequence[Coded]) -> None:
    put(store, *(_parcel(one) for one in coded))
    keep(store, *coded)


def _fuse(store: Store) -> int:
    """Fuse what waits; return how many events that wrote."""
    return sum(counts["events"] for counts in fusing.work(store, NONE))


def _events(store: Store) -> dict[str, Event]:
    with store.read() as connection:
        ids = connection.execute(sa.select(event.c.id)).scalars().all()
        return events.load(connection, ids)


def _whole(
    store: Store, coded: Sequence[Coded], made: Sequence[Judgement] = ()
) -> dict[str, Event]:
    """Return the events of a fusion of everything in memory."""
    with store.read() as connection:
        bylines = kept.bylines(connection, [one.article.id for one in coded])
    return {one.id: one for one in fuse.fuse(coded, bylines=bylines, judgements=made).events}


@pytest.fixture
def some(examples: tuple[Coded, ...]) -> list[Coded]:
    """Return the examples of one crisis, with relays, copies, a retraction and an ultimatum."""
    found = [one for one in examples if "iraq" in one.article.doc]
    assert len(found) > 20
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_the_way_does_not_matter(store: Store, some: list[Coded], seed: int) -> None:
    """In whichever order and parcels articles come, the events are those of all at once."""
    chance = Random(seed)  # noqa: S311 - the same orders every time
    chance.shuffle(some)
    left = [*some]
    while left:
        size = chance.randint(1, 9)
        _add(store, left[:size])
        _fuse(store)
        left = left[size:]
    assert _events(store) == _whole(store, some)


def test_fusing_again_changes_nothing(store: Store, some: list[Coded]) -> None:
    """What is fused waits for nothing, and every claim is in one event."""
    _add(store, some)
    assert _fuse(store) > 0
    before = _events(store)
    assert fusing.pending(store) == 0
    assert _fuse(store) == 0
    assert _events(store) == before
    told = [name for one in before.values() for name in one.claims]
    assert sorted(told) == sorted({claim.id for one in some for claim in one.claims})
    with store.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(member)).scalar() == len(
            told
        )


def test_coding_anew(store: Store, some: list[Coded]) -> None:
    """After articles are coded anew, the events are those of the new claims."""
    _add(store, some)
    _fuse(store)
    again = []
    for number, one in enumerate(some):
        if number % 3:
            again.append(one)
            continue
        left = [
            replace(claim, type="AID", id=claim_id(claim.article, "AID", claim.trigger))
            for claim in one.claims[1::2]
        ]
        again.append(replace(one, claims=tuple(left), stamp=OTHER))
    keep(store, *again[::3])
    _fuse(store)
    assert _events(store) == _whole(store, again)


def test_a_copy_adds_no_origin(store: Store, some: list[Coded]) -> None:
    """Another outlet's copy of an article adds reports and no origin to any event."""
    _add(store, some)
    _fuse(store)
    before = _events(store)
    one = next(one for one in some if one.article.doc.startswith("iraq12"))
    _add(store, [_copied(one)])
    _fuse(store)
    after = _events(store)
    count = {name: len(found.origins) for name, found in before.items()}
    assert sum(len(found.reports) for found in after.values()) == sum(
        len(found.reports) for found in before.values()
    ) + len(one.claims)
    assert {name: len(found.origins) for name, found in after.items()} == count
    assert all(found.independent == before[name].independent for name, found in after.items())


def _copied(one: Coded) -> Coded:
    """Return an article as another outlet prints it a day later, with its claims."""
    article = one.article
    assert article.published is not None
    day = Moment(article.published.day + timedelta(days=1))
    name = article_id(article.title, article.text, "The Copyist", day)
    copy = replace(article, id=name, doc="copy", outlet="The Copyist", published=day, url=None)
    new = {c.id: claim_id(name, c.type, c.trigger) for c in one.claims}

    def linked(target: str | None) -> str | None:
        return new.get(target, target) if target else None

    claims = tuple(
        replace(
            c, id=new[c.id], article=name, content_of=linked(c.content_of),
            response_to=linked(c.response_to), same_as=linked(c.same_as),
        )
        for c in one.claims
    )  # fmt: skip
    return replace(one, article=copy, claims=claims, statements=(), relations=(), entities=())


def test_judgements_hold(store: Store, some: list[Coded]) -> None:
    """Rejected claims leave, claims that are the same meet, and undoing brings all of it back."""
    _add(store, some)
    _fuse(store)
    before = _events(store)
    large = max(before.values(), key=lambda found: (len(found.reports), found.id))
    small = min(before.values(), key=lambda found: (len(found.reports), found.id))
    with store.read() as connection:
        same = judging.made(connection, "same", large.id, "ann", NOW, other=small.id)
        gone = judging.made(connection, "reject", large.claims[-1], "ann", NOW)
        apart = judging.made(
            connection, "different", large.claims[0], "ann", NOW, other=large.claims[1]
        )
    assert judging.preview(store, same, NONE)["events"] > 0
    assert _events(store) == before
    for made in (same, gone, apart):
        judging.keep(store, made, NONE)
    found = _events(store)
    assert found == _whole(store, some, [same, gone, apart])
    of = {name: one.id for one in found.values() for name in one.claims}
    assert of[large.claims[0]] == of[small.claims[0]] != of[large.claims[1]]
    assert large.claims[-1] not in of
    for made in (apart, same, gone):
        judging.undo(store, made.id, NOW, NONE)
    assert _events(store) == before
    with store.read() as connection:
        assert judgements.standing(connection) == []


def test_a_retraction(store: Store, some: list[Coded]) -> None:
    """An article that is marked as retracted leaves its events what they are without its word."""
    _add(store, some)
    _fuse(store)
    one = some[0].article.id
    with store.write() as connection:
        connection.exec_driver_sql(f"UPDATE article SET state = 'retracted' WHERE id = '{one}'")  # noqa: S608 - an id
    _fuse(store)
    assert _events(store) == _whole(store, some)
    with store.write() as connection:
        connection.exec_driver_sql(f"UPDATE article SET state = 'old' WHERE id = '{one}'")  # noqa: S608 - an id
    _fuse(store)
    assert _events(store) == _whole(store, some[1:])
