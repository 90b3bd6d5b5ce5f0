"""Lists of events come in pages that together are the whole list, in either database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.build import DAY
from tests.stored import a_report, keep, put
from tocsin.base.errors import QueryError, StoreError
from tocsin.base.ids import digest
from tocsin.records.event import Dispute, Event, Held, Tally, event_id
from tocsin.records.origin import Origin, Report
from tocsin.records.query import Order, Query
from tocsin.store import called, events, listing
from tocsin.store.listing import By
from tocsin.store.open import Store
from tocsin.store.syntax import parse

SIZE = 3


def an_event(*claims: str, article: str = "", day: date | None = DAY, killed: int = 0) -> Event:
    """Return an event of claims, reported on a day; without killed it has no number."""
    tally = Tally(kind="killed", low=killed, best=killed, high=killed, as_of=day, given=())
    return Event(
        id=event_id(claims[0]), type="ASSAULT", modality="actual", title=claims[0],
        level="relayed" if len(claims) > 1 else "single origin",
        reports=tuple(
            Report(claim=name, article=article or digest("article", name), outlet=None, origin="o")
            for name in claims
        ),
        origins=(Origin(id="o", kind="outlet", name="The Teller"),),
        independent=1, copies=0, articles=1, first_reported=day, last_reported=day,
        tallies=(tally,) if killed else (),
    )  # fmt: skip


def add(store: Store, *made: Event) -> None:
    """Put events into a store."""
    held = [
        events.Member(report.claim, report.article, one.id, report.claim)
        for one in made
        for report in one.reports
    ]
    with store.write() as connection:
        events.add(connection, made, held)


def some() -> list[Event]:
    """Return events of all sizes and days, several of each, one without a day."""
    made = []
    for number in range(11):
        claims = [digest("claim", str(number), str(part)) for part in range(1 + number % 4)]
        day = None if number == 5 else DAY + timedelta(days=number // 3)
        made.append(an_event(*claims, day=day, killed=number % 3))
    return made


def pages(store: Store, by: By, level: str | None = None) -> list[str]:
    """Return the ids of all pages of a list."""
    out: list[str] = []
    after = None
    with store.read() as connection:
        while True:
            page = listing.lines(connection, by=by, level=level, after=after, limit=SIZE)
            out += [line.id for line in page.lines]
            if page.next is None:
                return out
            after = page.next


@pytest.mark.parametrize("by", ["newest", "oldest", "reports", "killed"])
def test_pages_are_the_list(store: Store, by: By) -> None:
    """Every event stands on one page, in order; the order by killed leaves out those without."""
    made = some()
    add(store, *made)
    listed = pages(store, by)
    held = {one.id: one for one in made}
    values = {
        "newest": [-(held[name].last_reported or date.min).toordinal() for name in listed],
        "oldest": [(held[name].last_reported or date.min).toordinal() for name in listed],
        "reports": [-len(held[name].reports) for name in listed],
        "killed": [-sum(t.best for t in held[name].tallies) for name in listed],
    }[by]
    assert values == sorted(values)
    assert set(listed) == {one.id for one in made if by != "killed" or one.tallies}
    assert len(set(listed)) == len(listed)
    with store.read() as connection:
        assert listing.count(connection, by=by) == len(listed)


def test_a_level_limits_a_list(store: Store) -> None:
    """Only events of that level are listed, and an event without a day has none to show."""
    made = some()
    add(store, *made)
    assert set(pages(store, "newest", "relayed")) == {o.id for o in made if o.level == "relayed"}
    with store.read() as connection:
        (line,) = listing.named(connection, [made[5].id]).values()
    assert (line.last_reported, line.reports) == (None, 2)


def test_a_cursor_is_of_its_own_list(store: Store) -> None:
    """The cursor of another order, or nonsense, is refused."""
    add(store, *some())
    with store.read() as connection:
        cursor = listing.lines(connection, by="newest", limit=SIZE).next
        assert cursor is not None
        for by, after in (("reports", cursor), ("newest", "nonsense")):
            with pytest.raises(QueryError, match="cursor"):
                listing.lines(connection, by=by, after=after)  # type: ignore[arg-type]


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_a_search_lists_each_event_once(store: Store, order: Order) -> None:
    """Events come by the first of their claims that is found, and never on a second page."""
    made = [a_report(number, day=DAY + timedelta(days=number // 2)) for number in range(8)]
    put(store, *(parcel for parcel, _ in made))
    keep(store, *(coded for _, coded in made))
    shelled = [coded.claims[0].id for _, coded in made]
    attacked = [coded.claims[1].id for _, coded in made]
    # One event runs through all articles, the others are of one article each.
    add(store, an_event(*attacked), *(an_event(name, day=DAY) for name in shelled))
    found: list[str] = []
    after = None
    with store.read() as connection:
        while True:
            query = Query(where=parse("rebels", today=DAY), order=order, limit=2, after=after)
            page = listing.found(connection, query)
            assert len(page.lines) <= 2
            found += [line.id for line in page.lines]
            if page.next is None:
                break
            after = page.next
        narrow = Query(where=parse("northfield 3", today=DAY))
        assert event_id(shelled[3]) in {e.id for e in listing.found(connection, narrow).lines}
    assert sorted(found) == sorted([event_id(attacked[0]), *map(event_id, shelled)])


def test_records_are_called_by_the_beginning_of_their_ids(store: Store) -> None:
    """An event by its own id or a claim's; what begins two ids or none is refused."""
    made = some()
    add(store, *made)
    one = made[0]
    with store.read() as connection:
        for name in (one.id, one.id[:12], one.id[6:12], one.claims[0]):
            assert called.event(connection, name) == one.id
        with pytest.raises(StoreError, match="there is no such event"):
            called.event(connection, "event-zz")
        with pytest.raises(StoreError, match="give more of the id"):
            called.event(connection, _shared([one.id for one in made]))


def _shared(ids: list[str]) -> str:
    """Return a beginning that two ids have in common, or almost: eleven ids of sixteen digits."""
    digits = [name.removeprefix("event-")[0] for name in ids]
    return f"event-{max(digits, key=digits.count)}"


def test_disputes_are_counted(store: Store) -> None:
    """Disputed events come with how many of their values are; others do not come."""
    one, other = digest("claim", "1"), digest("claim", "2")
    sides = (Held(value="one", name="One", claims=(one,)), Held(value="two", name="Two", claims=()))
    actor = Dispute(kind="actor", slot="actors", sides=sides, because="they differ")
    place = Dispute(kind="place", slot="place", sides=sides, because="they differ")
    calm, torn = an_event(one), replace(an_event(other), disputes=(actor, place))
    add(store, calm, torn)
    with store.read() as connection:
        assert listing.disputes(connection, [calm.id, torn.id, event_id("none")]) == {torn.id: 2}
