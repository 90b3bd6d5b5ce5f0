"""Pages' twins in the API: what pages show, things done and taken back, former ids led on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from tests.build import DAY
from tests.chromium import serving
from tests.stored import a_report, filled, keep, put
from tocsin.cli.doors import doors
from tocsin.client import ApiError, Client
from tocsin.desk.doors import Desk
from tocsin.pipeline import project
from tocsin.store.open import Store


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store that these tests change."""
    with filled(tmp_path_factory.mktemp("twins") / "own.db") as opened:
        parcel, coded = a_report(50, day=DAY + timedelta(days=500))
        put(opened, parcel)
        keep(opened, coded)
        project.fuse(opened)
        yield opened


@pytest.fixture(scope="module")
def place(own: Store) -> Iterator[str]:
    """Return the address of a desk over it."""
    with serving(Desk(own, doors())) as found:
        yield found


@pytest.fixture
def desk(place: str) -> Iterator[Client]:
    """Return a client of it."""
    with Client(place) as client:
        yield client


def test_twins_show_what_pages_do(desk: Client) -> None:
    """The first screen, the map, actors and outlets come as records."""
    screen = desk.screen(since="2024-01-01")
    assert screen.tally.events == len(list(desk.events()))
    assert screen.changed.rows
    assert desk.map().total == screen.tally.kept
    assert desk.ledger().total == 0
    names = {one.shown: one for one in desk.actors("rebel")}
    assert desk.actor(names["Rebels"].name).view.acts > 0
    there, back = desk.dyad(names["Rebels"].name, "nobody")
    assert (there.total, back.total) == (0, 0)
    assert [row.outlet.name for row in desk.outlets().rows] == ["The Teller"]
    assert len(list(desk.review())) == len({one.item.id for one in desk.review()})
    for ask in (lambda: desk.actor("nobody"), lambda: desk.place("nowhere"),
                lambda: desk.thread("threat-0"), lambda: desk.report("report-0"),
                lambda: desk.history("claim-0"), lambda: desk.undo("judgement-0")):  # fmt: skip
        with pytest.raises(ApiError) as caught:
            ask()
        assert caught.value.status == 404


def test_a_filter_that_makes_no_sense(desk: Client) -> None:
    """A filter that pages leave out is an error to a program."""
    for asked in ({"box": "1,2"}, {"query": "actr:x"}, {"family": "ZZ"}, {"nonsense": 1}):
        with pytest.raises(ApiError) as caught:
            desk.screen(**asked)  # type: ignore[arg-type]
        assert caught.value.status == 400


def test_things_are_kept_and_put_away(desk: Client) -> None:
    """A search, an entry of a watch list and a draft are kept, listed and put away."""
    event = next(desk.events())
    made = [
        desk.save("Northfield", "place:Northfield"), desk.watch("actor", "Rebels"),
        desk.draft("A day", [event.id]),
    ]  # fmt: skip
    assert [desk.searches(), desk.watched(), desk.drafts()] == [[one] for one in made]
    (entry,) = desk.screen(since="2024-01-01").lists.entries
    assert (entry.name, entry.news > 0) == ("Rebels", True)
    report = desk.report(made[2].id)
    assert [item.event for item in report.items] == [event.id]
    assert [desk.drop(one.id) for one in made] == [True] * 3
    assert desk.drop(made[0].id) is False
    with pytest.raises(ApiError, match="both"):
        desk.watch("dyad", "Rebels")


def test_remarks_are_made_listed_and_put_away(desk: Client) -> None:
    """A note, a label and a mark go by the claim that first reported the event; each once."""
    event = next(desk.events())
    note = desk.remark("note", event.id, " who was it? ")
    label = desk.remark("label", note.claim, "to  ask")
    mark = desk.remark("disputed", event.id)
    assert desk.remark("disputed", event.id).id == mark.id
    assert note.claim in desk.event(event.id).event.claims
    assert [(one.kind, one.words) for one in (note, label, mark)] == [
        ("note", "who was it?"), ("label", "to ask"), ("disputed", ""),
    ]  # fmt: skip
    found = desk.remarks()
    assert {row.remark.id for row in found.rows} == {note.id, label.id, mark.id}
    assert {row.event.id for row in found.rows if row.event} == {event.id}
    assert desk.remarks("to ask").labels == found.labels == (("to ask", 1),)
    assert desk.remarks("to do").rows == ()
    for wrong in (("label", event.id, " "), ("note", "event-00", "so?"), ("praise", event.id, "x")):
        with pytest.raises(ApiError) as caught:
            desk.remark(*wrong)  # type: ignore[arg-type]
        assert caught.value.status == 400
    assert [desk.drop(one.id) for one in (note, label, mark, mark)] == [True] * 3 + [False]
    assert desk.remarks().rows == ()


def test_a_former_id_leads_on(desk: Client, place: str) -> None:
    """A merged event's id is answered with the event it went into, by the API and by pages."""
    one, other = [line.id for line in desk.events()][:2]
    made = desk.judge("same", one, others=[other])
    ids = made["step"]["ids"]
    now = {desk.event(name).event.id for name in (one, other)}
    assert len(now) == 1
    (gone,) = {one, other} - now
    with httpx.Client(base_url=place) as http:
        asked = http.get(f"/api/v1/events/{gone}")
        assert (asked.status_code, asked.json()["error"]["code"]) == (307, "moved")
        for path in ("", "/history", "/why", "/merge", "/split"):
            led = http.get(f"/events/{gone}{path}")
            assert led.status_code == 303
            assert led.headers["location"] == f"/events/{min(now)}{path}?was={gone}"
        page = http.get(f"/events/{gone}", follow_redirects=True)
        assert f"{gone} was merged or parted" in page.text
        assert http.get("/events/event-0123456789abcdef").status_code == 404
    (step,) = desk.undo(*ids)
    assert step.undone
    assert desk.event(gone).event.id == gone
    (step,) = desk.redo(*ids)
    assert step.undone is None
    assert len(step.reversals) == 1
    assert [found.ids for found in desk.history(min(now))] == [tuple(ids)]


def test_several_claims_are_parted_together(desk: Client) -> None:
    """Claims that are parted from an event go into one of their own."""
    line = max(desk.events(), key=lambda found: found.reports)
    first, second, *stay = desk.event(line.id).event.claims
    assert stay
    trial = desk.judge("different", first, others=stay, along=[second], dry=True)
    assert len(trial["effect"]["own"]) + len(trial["effect"]["events"]) > 1
    made = desk.judge("different", first, others=stay, along=[second])
    events = [desk.event(name).event.id for name in (first, second, stay[0])]
    assert events[0] == events[1] != events[2]
    desk.undo(*made["step"]["ids"])
