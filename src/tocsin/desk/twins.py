"""What programs can ask of what pages show: each page's twin, in the table that the API is made of.

`QUESTIONS` are these and the questions for records.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from litestar.exceptions import NotFoundException
from msgspec import Meta, Struct

from tocsin.base.errors import QueryError
from tocsin.desk import forecasts, series, signals
from tocsin.desk import review as reviewing
from tocsin.desk.endpoints import ENDPOINTS, Endpoint, Nothing, Room, event_there, there
from tocsin.records.kept import Draft
from tocsin.records.remark import LABEL
from tocsin.records.threat import Status
from tocsin.store import codings, events, kept
from tocsin.store.actors import Listed
from tocsin.views import atlas, decision, entity, remarks, review, sources, threats, watch
from tocsin.views import filter as filters
from tocsin.views import report as reports
from tocsin.views import signals as fired
from tocsin.views.atlas import Atlas
from tocsin.views.decision import Step
from tocsin.views.entity import Site, Way
from tocsin.views.filter import Clock, Filter, chosen
from tocsin.views.index import Index
from tocsin.views.records import Cursor, Words
from tocsin.views.report import Report
from tocsin.views.threats import Rows, Thread
from tocsin.views.twins import Queue, Screen, Somebody

Name = Annotated[str, Meta(min_length=1, max_length=300, description="An entity's id, or a name.")]
Some = Annotated[int, Meta(ge=1, le=50, description="Questions on a page.")]


class Sight(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True,
    rename={"start": "from", "end": "to"},
):  # fmt: skip
    """The filter of the first screen and the map: as of which day, since when, on which days.

    `box` is west, south, east, north in degrees; `pick` is an event's or threat's id.
    """

    on: date | None = None
    since: date | None = None
    start: date | None = None
    end: date | None = None
    clock: Clock = "report"
    family: Literal["VC", "MC", "VX", "MX", "XX"] | None = None
    country: Annotated[str, Meta(pattern="^[A-Za-z]{2,3}$")] | None = None
    box: Annotated[str, Meta(max_length=100)] | None = None
    query: Words = ""
    pick: Annotated[str, Meta(max_length=100)] | None = None

    def held(self) -> Mapping[str, str]:
        """Return it as addresses of pages have it."""
        said = {
            "on": self.on, "since": self.since, "from": self.start, "to": self.end,
            "clock": self.clock, "family": self.family, "country": self.country, "box": self.box,
            "q": self.query, "pick": self.pick,
        }  # fmt: skip
        return {name: str(value) for name, value in said.items() if value}


class OnDay(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """As of which day; the last one with news where none is given."""

    on: date | None = None


class LedgerAsked(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The ledger as of which day, of one status or of all."""

    on: date | None = None
    status: Status | None = None


class Named(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody, or a place."""

    name: Name


class Two(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Two who act on each other."""

    one: Name
    other: Name


class Called(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Those whose names hold some words; those named most where there are none."""

    words: Annotated[str, Meta(max_length=300)] = ""


class QueueAsked(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Questions of one kind, or of all."""

    kind: review.Kind | None = None
    limit: Some = 10
    after: Cursor | None = None


class Labelled(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All remarks, or those of the claims that bear a label."""

    label: Annotated[str, Meta(max_length=LABEL)] = ""


def _sight(room: Room, asked: Sight) -> tuple[Index, Filter]:
    index = room.desk.doors.lookout.index(room.desk.store)
    of = filters.read(asked.held(), filters.latest(index, room.today))
    if asked.box and of.box is None:
        raise QueryError(f"box={asked.box}: expected west,south,east,north in degrees")
    return index, of


def _sound(keep: filters.Chosen) -> filters.Chosen:
    """Return what a filter chooses; raise where its search cannot be read."""
    if keep.fault is not None:
        raise QueryError(keep.fault.message, keep.fault.at)
    return keep


def _on(room: Room, on: date | None) -> date:
    index = room.desk.doors.lookout.index(room.desk.store)
    return on or filters.latest(index, room.today)


def _watch(room: Room, asked: Sight) -> Screen:
    index, of = _sight(room, asked)
    desk, lookout = room.desk, room.desk.doors.lookout
    view = watch.view(
        room.connection, index, of, ledger=lookout.ledger(desk.store, of.on),
        needs=lookout.needs(desk.store, of.on, desk.doors.bench.near),
        corrected=desk.doors.corrected(room.connection), held=lookout.watched(desk.store),
    )  # fmt: skip
    return Screen(
        filter=of, changed=view.changed, due=view.due, more_due=view.more_due, weeks=view.weeks,
        places=atlas.places(index, _sound(view.chosen).timed), lists=view.lists, needs=view.needs,
        tally=view.tally, countries=view.countries, shown=view.shown,
        signals=fired.first(
            room.connection, desk.doors.foresight.signals_of(desk.store, of.on), of.country,
            desk.doors.foresight.parties,
        ),
    )  # fmt: skip


def _map(room: Room, asked: Sight) -> Atlas:
    index, of = _sight(room, asked)
    return atlas.atlas(room.connection, index, _sound(chosen(room.connection, index, of)).timed)


def _ledger(room: Room, asked: LedgerAsked) -> Rows:
    on = _on(room, asked.on)
    return threats.rows(room.desk.doors.lookout.ledger(room.desk.store, on), on, asked.status)


def _thread(room: Room, asked: OnDay) -> Thread:
    on = _on(room, asked.on)
    ledger = room.desk.doors.lookout.ledger(room.desk.store, on)
    corrected = room.desk.doors.corrected(room.connection)
    return there(threats.thread(room.connection, ledger, room.name, on, corrected), room)


def _actors(room: Room, asked: Called) -> list[Listed]:
    return list(entity.listed(room.connection, asked.words))


def _actor(room: Room, asked: Named) -> Somebody:
    bench = room.desk.doors.bench
    view = entity.view(room.connection, asked.name, bench.corners())
    if view is None:
        raise NotFoundException(f"{asked.name}: no claim names anybody so")
    return Somebody(view, bench.known(asked.name, room.today))


def _dyad(room: Room, asked: Two) -> tuple[Way, Way]:
    corners = room.desk.doors.bench.corners()
    return (
        entity.way(room.connection, asked.one, asked.other, corners),
        entity.way(room.connection, asked.other, asked.one, corners),
    )


def _place(room: Room, asked: Named) -> Site:
    found = entity.site(room.connection, asked.name, room.desk.doors.bench.corners())
    if found is None:
        raise NotFoundException(f"{asked.name}: nothing is placed there")
    return found


def _outlets(room: Room, _: Nothing) -> sources.View:
    return sources.view(room.connection)


def _queue(room: Room, asked: QueueAsked) -> Queue:
    items = [
        one for one in reviewing.queue_of(room.desk) if asked.kind is None or one.kind == asked.kind
    ]
    left = items[reviewing.behind_place(items, asked.after or "") :]
    corrected = room.desk.doors.corrected(room.connection)
    shown = (review.shown(room.connection, one, corrected) for one in left[: asked.limit])
    last = reviewing.behind(left[asked.limit - 1]) if len(left) > asked.limit else None
    return Queue(tuple(one for one in shown if one is not None), len(left), last)


def _of_claim(room: Room, _: Nothing) -> list[Step]:
    found = there(codings.claims(room.connection, [room.name]).get(room.name), room)
    return decision.history(room.connection, {found.article}, {found.id})


def _of_event(room: Room, _: Nothing) -> list[Step]:
    found = event_there(events.load(room.connection, [room.name]).get(room.name), room)
    articles = {report.article for report in found.reports}
    return decision.history(room.connection, articles, {found.id, *found.claims})


def _remarks(room: Room, asked: Labelled) -> remarks.View:
    return remarks.view(room.connection, asked.label)


def _report(room: Room, asked: OnDay) -> Report:
    draft = there(kept.find(room.connection, room.name, Draft), room)
    on = asked.on or room.today
    held = room.desk.doors.lookout.ledger(room.desk.store, on).threats if draft.picks else ()
    return reports.report(room.connection, draft.title, draft.picks, held, on)


TWINS = (
    Endpoint("/watch", "The first screen", Sight, Screen, _watch),
    Endpoint("/map", "Where events are", Sight, Atlas, _map),
    Endpoint("/ledger", "Threats in groups, due first", LedgerAsked, Rows, _ledger),
    Endpoint("/threats/{name}/thread", "All that was said of a threat", OnDay, Thread, _thread),
    Endpoint("/actors", "Those who are named", Called, list[Listed], _actors),
    Endpoint("/actor", "Somebody with whom he deals", Named, Somebody, _actor),
    Endpoint("/dyad", "What two do to each other", Two, tuple[Way, Way], _dyad),
    Endpoint("/place", "The events of a place", Named, Site, _place),
    Endpoint("/outlets", "Outlets, feeds and how they fared", Nothing, sources.View, _outlets),
    Endpoint("/review", "What waits to be decided", QueueAsked, Queue, _queue),
    Endpoint("/claims/{name}/history", "Who decided what of it", Nothing, list[Step], _of_claim),
    Endpoint("/events/{name}/history", "Who decided what of it", Nothing, list[Step], _of_event),
    Endpoint("/remarks", "Notes, labels, disputes", Labelled, remarks.View, _remarks),
    Endpoint("/reports/{name}", "A draft as it would be taken along", OnDay, Report, _report),
)
QUESTIONS = (*ENDPOINTS, *TWINS, *signals.TWINS, *series.TWINS, *forecasts.TWINS)
