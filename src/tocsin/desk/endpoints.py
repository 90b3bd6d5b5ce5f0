"""What programs can ask, in one table: the API and its description are both made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from litestar.exceptions import NotFoundException
from msgspec import Meta, Struct
from sqlalchemy.engine import Connection

from tocsin.base.errors import InputError
from tocsin.desk.doors import Desk
from tocsin.desk.former import missing
from tocsin.explain.lines import Part
from tocsin.records.article import Byline
from tocsin.records.judgement import Judgement
from tocsin.records.kept import Draft, Saved, Watched
from tocsin.records.source import Source
from tocsin.records.statement import Polarity, Statement
from tocsin.records.threat import Threat
from tocsin.store import changes, events, former, kept, rows
from tocsin.store.listing import Line
from tocsin.views import records, search
from tocsin.views.records import (
    Changes,
    Cursor,
    EventSearch,
    Limit,
    Page,
    Read,
    Search,
    ThreatSearch,
    Told,
    Whole,
    Words,
)
from tocsin.views.search import Found
from tocsin.views.version import Step

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Room:
    """Where a question is answered: the desk, a state of its store, the day, the record's id."""

    desk: Desk
    connection: Connection
    today: date
    name: str = ""


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """A question without parts."""


class Paged(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked of a list in the order of its making."""

    limit: Limit = 50
    after: Cursor | None = None


class Said(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked of a list of statements; `speaker` is an entity's id or a name."""

    speaker: Annotated[str, Meta(max_length=500)] | None = None
    article: Annotated[str, Meta(max_length=100)] | None = None
    polarity: Polarity | None = None
    limit: Limit = 50
    after: Cursor | None = None


class Judged(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked of a list of judgements; those undone are in it unless it says otherwise."""

    undone: bool = True
    limit: Limit = 50
    after: Cursor | None = None


class Seeking(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A search as the desk's own pages put it, with facets and how many were found."""

    query: Words = ""
    kind: search.Kind = "events"
    order: Annotated[str, Meta(pattern="^(newest|oldest|reports|killed)$")] = "newest"
    level: str | None = None
    limit: Limit = 25
    after: Cursor | None = None


class Since(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked of the list of changes; `since` is the `cursor` of the answer before."""

    since: Annotated[int, Meta(ge=0, le=2**62)] = 0
    kind: changes.Kind | None = None
    limit: Limit = 100


class About(Struct, frozen=True):
    """The API: its version, whose data it answers with, whether that is the example world."""

    api: str
    store: str
    example: bool
    cursor: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One question: where it is asked, what it may hold, what the answer is, who answers it."""

    path: str
    summary: str
    asked: type[Struct]
    answer: Any
    read: Callable[[Room, Any], Any]


def _about(room: Room, _: Nothing) -> About:
    name = room.desk.store.name.replace("\\", "/").rpartition("/")[2]
    return About("v1", name, room.desk.example, changes.last(room.connection))


def _articles(room: Room, asked: Search) -> Page[Byline]:
    return records.article_page(room.connection, asked, room.today)


def _article(room: Room, _: Nothing) -> Read:
    found = records.article(room.connection, room.name, room.desk.doors.corrected(room.connection))
    return there(found, room)


def _versions(room: Room, _: Nothing) -> list[list[Step]]:
    try:
        return [list(chain) for chain in room.desk.doors.versions(room.desk.store, room.name)]
    except InputError as error:
        raise NotFoundException(str(error)) from error


def _claims(room: Room, asked: Search) -> Page[Told]:
    corrected = room.desk.doors.corrected(room.connection)
    return records.claim_page(room.connection, asked, room.today, corrected)


def _claim(room: Room, _: Nothing) -> Told:
    found = records.claim(room.connection, room.name, room.desk.doors.corrected(room.connection))
    return there(found, room)


def _events(room: Room, asked: EventSearch) -> Page[Line]:
    return records.event_page(room.connection, asked, room.today)


def _event(room: Room, _: Nothing) -> Whole:
    return event_there(records.event(room.connection, room.name), room)


def _why(room: Room, _: Nothing) -> list[Part]:
    found = events.load(room.connection, [room.name]).get(room.name)
    return list(room.desk.doors.why(room.connection, event_there(found, room)))


def _threats(room: Room, asked: ThreatSearch) -> Page[Threat]:
    held = room.desk.doors.lookout.ledger(room.desk.store, asked.on or room.today).threats
    return records.threat_page(held, asked, room.today)


def _threat(room: Room, _: Nothing) -> Threat:
    held = room.desk.doors.lookout.ledger(room.desk.store, room.today).threats
    return there(next((one for one in held if one.id == room.name), None), room)


def _statements(room: Room, asked: Said) -> Page[Statement]:
    wanted = rows.Wanted(speaker=asked.speaker, article=asked.article, polarity=asked.polarity)
    found = rows.statements(room.connection, wanted, after=asked.after, limit=asked.limit)
    return Page(*found)


def _judgements(room: Room, asked: Judged) -> Page[Judgement]:
    return Page(
        *rows.judgements(
            room.connection, undone=asked.undone, after=asked.after, limit=asked.limit
        )
    )  # fmt: skip


def _sources(room: Room, asked: Paged) -> Page[Source]:
    return Page(*rows.sources(room.connection, after=asked.after, limit=asked.limit))


def _search(room: Room, asked: Seeking) -> Found:
    wanted = search.Asked(
        text=asked.query, kind=asked.kind, order=asked.order, level=asked.level,
        after=asked.after, limit=asked.limit,
    )  # fmt: skip
    corrected = room.desk.doors.corrected(room.connection)
    return search.found(room.connection, wanted, corrected, room.today)


def _changes(room: Room, asked: Since) -> Changes:
    return records.changed(room.connection, asked.since, asked.limit, asked.kind)


def _kept(kind: Any) -> Callable[[Room, Any], Any]:  # noqa: ANN401 - a kind of what is kept
    return lambda room, _: kept.load(room.connection, kind)


def event_there(found: T | None, room: Room) -> T:
    """Return what was found of an event; raise where it went, if it did, where nothing was."""
    if found is None:
        raise missing(room.name, former.heir(room.connection, room.name))
    return found


def there(found: T | None, room: Room) -> T:
    """Return what was found; raise where nothing was."""
    if found is None:
        raise NotFoundException(f"{room.name}: there is no such record, or not just one")
    return found


ENDPOINTS = (
    Endpoint("/", "What this is, and the cursor of the last change", Nothing, About, _about),
    Endpoint("/articles", "Articles, without their texts", Search, Page[Byline], _articles),
    Endpoint("/articles/{name}", "An article and what was read out of it", Nothing, Read, _article),
    Endpoint("/articles/{name}/versions", "How it changed", Nothing, list[list[Step]], _versions),
    Endpoint("/claims", "Claims with their bylines", Search, Page[Told], _claims),
    Endpoint("/claims/{name}", "A claim by its id", Nothing, Told, _claim),
    Endpoint("/events", "Events in short", EventSearch, Page[Line], _events),
    Endpoint("/events/{name}", "An event by its id, or a claim's", Nothing, Whole, _event),
    Endpoint("/events/{name}/why", "Why its claims are one event", Nothing, list[Part], _why),
    Endpoint("/threats", "The ledger, newest first", ThreatSearch, Page[Threat], _threats),
    Endpoint("/threats/{name}", "A threat by its id", Nothing, Threat, _threat),
    Endpoint("/statements", "Who says what", Said, Page[Statement], _statements),
    Endpoint("/judgements", "What analysts decided", Judged, Page[Judgement], _judgements),
    Endpoint("/sources", "The registry of sources", Paged, Page[Source], _sources),
    Endpoint("/search", "A search with facets and counts", Seeking, Found, _search),
    Endpoint("/changes", "What changed behind a cursor", Since, Changes, _changes),
    Endpoint("/searches", "Saved searches", Nothing, list[Saved], _kept(Saved)),
    Endpoint("/watched", "Watch lists", Nothing, list[Watched], _kept(Watched)),
    Endpoint("/reports", "Drafts of reports", Nothing, list[Draft], _kept(Draft)),
)  # fmt: skip
