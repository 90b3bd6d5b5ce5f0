"""What an analyst keeps under a name, for pages: searches, watch lists, drafts of reports."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError
from tocsin.records.kept import (
    MOST,
    Draft,
    Kind,
    Saved,
    Watched,
    WatchKind,
    draft_id,
    saved_id,
    watched_id,
)
from tocsin.store import kept, syntax
from tocsin.views import remarks

# Characters of a name, and of a search or a note.
LONGEST, LONG = 200, 2_000


class Shelf(Struct, frozen=True):
    """All that is kept, each kind by name."""

    searches: tuple[Saved, ...]
    watched: tuple[Watched, ...]
    drafts: tuple[Draft, ...]


class Follow(Struct, frozen=True):
    """What could be watched, and whether it is: what goes onto a watch list, or off it."""

    id: str
    kind: WatchKind
    value: str
    other: str
    held: bool


def shelf(connection: Connection) -> Shelf:
    """Return all that is kept."""
    return Shelf(searches(connection), watched(connection), drafts(connection))


def searches(connection: Connection) -> tuple[Saved, ...]:
    """Return the saved searches by name."""
    return tuple(kept.load(connection, Saved))


def watched(connection: Connection) -> tuple[Watched, ...]:
    """Return who, what and where is watched; `query` of each is the search that finds it."""
    return tuple(kept.load(connection, Watched))


def follow(connection: Connection, kind: WatchKind, value: str, other: str = "") -> Follow:
    """Return whether somebody or something is on a watch list."""
    name = watched_id(kind, value, other)
    return Follow(name, kind, value, other, kept.find(connection, name, Watched) is not None)


def drafts(connection: Connection) -> tuple[Draft, ...]:
    """Return the drafts of reports, the last one that was changed first."""
    return tuple(sorted(kept.load(connection, Draft), key=lambda one: one.time, reverse=True))


def save_search(
    connection: Connection, name: str, query: str, now: datetime, *,
    kind: Kind = "events", order: str = "newest", level: str | None = None,
) -> Saved:  # fmt: skip
    """Keep a search under a name, in the place of one of that name; QueryError where unreadable."""
    title = _named(name)
    syntax.parse(query[:LONG], today=now.date())
    made = Saved(
        id=saved_id(title), name=title, query=query[:LONG].strip(), kind=kind, order=order,
        level=level, time=now,
    )  # fmt: skip
    kept.keep(connection, made)
    return made


def watch(
    connection: Connection, kind: WatchKind, value: str, now: datetime, *,
    other: str = "", note: str = "",
) -> Watched:  # fmt: skip
    """Keep somebody or something to look out for; a dyad has two parties."""
    first, second = _named(value), " ".join(other.split())[:LONGEST] if kind == "dyad" else ""
    made = Watched(
        id=watched_id(kind, first, second), kind=kind, value=first, other=second,
        note=note.strip()[:LONG], time=now,
    )  # fmt: skip
    if made.query is None:
        raise QueryError("a dyad has two parties: give both")
    syntax.parse(made.query, today=now.date())
    kept.keep(connection, made)
    return made


def add(connection: Connection, draft: str, pick: str, now: datetime, *, title: str) -> Draft:
    """Return a draft with one more event, known by a claim; a new one where there is none."""
    had = kept.find(connection, draft, Draft) if draft else next(iter(drafts(connection)), None)
    held = had or Draft(id=draft_id(title), title=title, time=now)
    if pick in held.picks:
        return held
    if len(held.picks) >= MOST:
        raise QueryError(f"a report holds {MOST} events; begin another")
    made = Draft(id=held.id, title=held.title, picks=(*held.picks, pick), time=now)
    kept.keep(connection, made)
    return made


def draft(connection: Connection, title: str, picks: tuple[str, ...], now: datetime) -> Draft:
    """Keep a draft under its title, in the place of one of that title."""
    name = _named(title)
    made = Draft(id=draft_id(name), title=name, picks=picks[:MOST], time=now)
    kept.keep(connection, made)
    return made


def remove(connection: Connection, name: str, pick: str, now: datetime) -> Draft | None:
    """Return a draft without an event; None where there is no such draft."""
    had = kept.find(connection, name, Draft)
    if had is None:
        return None
    left = tuple(one for one in had.picks if one != pick)
    made = Draft(id=had.id, title=had.title, picks=left, time=now)
    kept.keep(connection, made)
    return made


def drop(connection: Connection, name: str, author: str) -> bool:
    """Put something away by its id; return whether it was there.

    A remark is put away by whoever made it alone: QueryError where that was somebody else.
    """
    return kept.drop(connection, name) or remarks.drop(connection, name, author)


def _named(name: str) -> str:
    found = " ".join(name.split())[:LONGEST]
    if not found:
        raise QueryError("give it a name")
    return found
